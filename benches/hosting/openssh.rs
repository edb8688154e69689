//! OpenSSH's server with `respline` as its forced command: one user, one key, private files.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use super::{
    Outcome,
    class::{self, Learner},
    process::{Server, free},
};

/// A running sshd.
pub(super) struct Host {
    pub(super) server: Server,
    pub(super) user: String,
    pub(super) learner: Learner,
    _folder: TempDir,
}

impl Host {
    /// Starts one whose sessions run `program`; nothing where there is no sshd.
    pub(super) async fn start(program: &Path) -> Outcome<Option<Self>> {
        let Some(sshd) = ["/usr/sbin/sshd", "/usr/bin/sshd"].map(PathBuf::from).into_iter().find(|path| path.exists())
        else {
            return Ok(None);
        };
        let (folder, address) = (TempDir::new()?, free()?);
        let database = folder.path().join("respline.sqlite3");
        let mut class = class::enrol(&database, 2)?;
        let (Some(host), Some(learner)) = (class.pop(), class.pop()) else { return Ok(None) };
        let key = folder.path().join("host_key");
        fs::write(&key, host.key.to_openssh(russh::keys::ssh_key::LineEnding::LF)?.as_bytes())?;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600))?;
        let keys = folder.path().join("authorized_keys");
        fs::write(&keys, learner.public()? + "\n")?;
        let command = format!("{} --database {} --learner {}", program.display(), database.display(), learner.name);
        let settings = folder.path().join("sshd_config");
        fs::write(&settings, configuration(&key, &keys, &command))?;
        let mut command = Command::new(sshd);
        command.args(["-D", "-q", "-f"]).arg(&settings).args(["-p", &address.port().to_string()]);
        // It insists on this folder where it separates privileges.
        let _ = fs::create_dir_all("/run/sshd");
        let server = Server::start(command.stderr(Stdio::inherit()), address).await?;
        let user = env::var("USER").or_else(|_| env::var("LOGNAME")).unwrap_or_else(|_| "root".to_owned());
        Ok(Some(Self { server, user, learner, _folder: folder }))
    }
}

fn configuration(host_key: &Path, keys: &Path, command: &str) -> String {
    format!(
        "ListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nForceCommand {command}\nStrictModes no\nUsePAM no\n\
         PasswordAuthentication no\nPermitRootLogin prohibit-password\nMaxStartups 100:30:300\nPidFile none\nDisableForwarding yes\n",
        host_key.display(),
        keys.display()
    )
}
