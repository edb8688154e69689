//! The kept index of packs that were checked before, so that a start does not read ten thousand files.
//!
//! It is no more than a copy: one that is missing, unreadable, of another version, of other files or damaged is passed over
//! and written anew, and a failure to write it costs time at the next start and nothing else.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read, Write},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::{
    content::{index, read_index},
    course::Course,
};

use super::folder::{Entry, Listing};

/// First bytes of a kept index. The version of the program is in it: another version may write courses otherwise.
const HEAD: &[u8] = concat!("respline index 1 ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

/// The most bytes of an index that are read.
const LONGEST: u64 = 64 * 1024 * 1024;

/// A change so shortly before the files were listed may be followed by another that leaves the same times behind.
const SETTLED: i128 = 2_000_000_000;

type Sum = [u8; 32];

/// Where the index of some packs is kept, and what it must say of their files.
pub(super) struct Cache {
    file: PathBuf,
    files: Sum,
    settled: bool,
}

impl Cache {
    /// The cache in `folder` for the packs at `roots`, which hold what `listing` says.
    pub(super) fn of(folder: &Path, roots: &[PathBuf], listing: &Listing) -> Option<Self> {
        let mut named = Sha256::new();
        for root in roots {
            named.update(fs::canonicalize(root).ok()?.as_os_str().as_encoded_bytes());
            named.update([0]);
        }
        let name: String = named.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut files = Sha256::new();
        files.update(listing.lessons.len().to_le_bytes());
        let entries = || listing.lessons.iter().chain(&listing.scenarios);
        for Entry { path, stamp: (size, modified, changed), .. } in entries() {
            // The pack's own path is in the name of the index, however it was spelt this time.
            files.update(path.file_name()?.as_encoded_bytes());
            files.update([0]);
            files.update(size.to_le_bytes());
            files.update(modified.to_le_bytes());
            files.update(changed.to_le_bytes());
        }
        let now = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |passed| passed.as_nanos());
        let now = i128::try_from(now).unwrap_or(i128::MAX);
        let settled =
            entries().all(|Entry { stamp: (_, modified, changed), .. }| modified.max(changed) + SETTLED < now);
        Some(Self { file: folder.join(name), files: files.finalize().into(), settled })
    }

    /// The course, where these very files were checked before.
    pub(super) fn read(&self) -> Option<Course> {
        let mut bytes = Vec::new();
        File::open(&self.file).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(HEAD)?;
        let (files, rest) = rest.split_first_chunk::<32>()?;
        let (sum, body) = rest.split_first_chunk::<32>()?;
        let sound = *files == self.files && *sum == Sum::from(Sha256::digest(body));
        read_index(body).ok().filter(|_| sound)
    }

    /// Keeps `course`, which those files hold.
    pub(super) fn write(&self, course: &Course) {
        if self.settled
            && let Ok(body) = index(course)
        {
            // A cache that cannot be written is no cache; the pack is read again next time.
            let _ = self.replace(&body);
        }
    }

    fn replace(&self, body: &[u8]) -> io::Result<()> {
        let folder = self.file.parent().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        for part in [HEAD, &self.files, &Sum::from(Sha256::digest(body)), body] {
            file.write_all(part)?;
        }
        file.persist(&self.file).map_err(|error| error.error)?;
        Ok(())
    }
}
