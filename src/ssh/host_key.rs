//! The key by which clients know the box again: made once, kept in a file that only its owner can read.

use std::{
    fs, io,
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use russh::keys::{
    HashAlg, PrivateKey,
    ssh_key::{LineEnding, private::Ed25519Keypair},
};

use crate::document::printable;

/// Why there is no host key.
#[derive(Debug, thiserror::Error)]
pub enum HostKeyError {
    /// The file cannot be read or written.
    #[error("the host key {path}: {source}")]
    File {
        /// Where it is kept.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others can read it.
    #[error("the host key {path} can be read by others (mode {mode:o})")]
    Exposed {
        /// Where it is kept.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The file holds something else.
    #[error("the host key {path} cannot be used: {detail}")]
    Unusable {
        /// Where it is kept.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
}

impl HostKeyError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::File { .. } => "give a file in a folder that exists and can be written, with --host-key",
            Self::Exposed { .. } => "take the others' permissions away: chmod 600 FILE",
            Self::Unusable { .. } => {
                "give an Ed25519 key without a passphrase, or move the file aside: a new one is made"
            }
        }
    }
}

/// The key in the file at `path`; made and written there where there is none.
pub(super) fn load_or_make(path: &Path) -> Result<PrivateKey, HostKeyError> {
    match fs::read_to_string(path) {
        Ok(text) => load(path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(error) => Err(failed(path, error)),
    }
}

/// What clients show when they ask whether this is the right box.
pub(super) fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

fn load(path: &Path, text: &str) -> Result<PrivateKey, HostKeyError> {
    let mode = fs::metadata(path).map_err(|error| failed(path, error))?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(HostKeyError::Exposed { path: path.to_owned(), mode });
    }
    let key = PrivateKey::from_openssh(text).map_err(|error| unusable(path, &error))?;
    if key.is_encrypted() || !key.algorithm().is_ed25519() {
        return Err(unusable(path, &"it is no Ed25519 key, or has a passphrase"));
    }
    Ok(key)
}

fn make(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| unusable(path, &error))?;
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&seed));
    let text = key.to_openssh(LineEnding::LF).map_err(|error| unusable(path, &error))?;
    let write = || {
        // Two servers that start at once must not each hold another key: the first file stays.
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    match write() {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => load_or_make(path),
        Err(error) => Err(failed(path, error)),
    }
}

fn failed(path: &Path, source: io::Error) -> HostKeyError {
    HostKeyError::File { path: path.to_owned(), source }
}

fn unusable(path: &Path, detail: &impl ToString) -> HostKeyError {
    HostKeyError::Unusable { path: path.to_owned(), detail: printable(&detail.to_string()).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("host_key");
        let made = load_or_make(&path).expect("it is made");
        let mode = fs::metadata(&path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let again = load_or_make(&path).expect("it is read");
        assert_eq!(fingerprint(&again), fingerprint(&made));
    }

    #[test]
    fn a_key_that_others_can_read_or_that_is_none_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("host_key");
        load_or_make(&path).expect("it is made");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("it is ours");
        assert!(matches!(load_or_make(&path), Err(HostKeyError::Exposed { mode: 0o644, .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        fs::write(&path, "no key").expect("it is ours");
        assert!(matches!(load_or_make(&path), Err(HostKeyError::Unusable { .. })));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "no key");
    }
}
