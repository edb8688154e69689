//! Which file systems cannot hold a database: those that several hosts write to.
//!
//! The write-ahead log is kept in step through memory that only one host's processes share, and locks over a network are
//! often no locks at all.

use std::{fs, io, os::unix::fs::MetadataExt, path::Path};

use rustix::fs::{major, minor, statfs};

/// `f_type` of statfs(2) for file systems behind a network, or, like 9p, without shared memory.
const KINDS: [(u32, &str); 12] = [
    (0x0000_6969, "NFS"),
    (0x0000_517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0102_1997, "9p"),
    (0x5346_414f, "AFS"),
    (0x7375_7245, "Coda"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x1983_0326, "BeeGFS"),
    (0x7461_636f, "OCFS2"),
];

/// Many things on both sides of the network are FUSE to statfs; these are local.
const FUSE: u32 = 0x6573_5546;
const LOCAL_FUSE: [&str; 7] =
    ["fuseblk", "virtiofs", "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.encfs", "fuse.bindfs", "fuse.mergerfs"];

/// The kind of network file system that `folder` is on; none for a local one.
pub(super) fn kind(folder: &Path) -> io::Result<Option<String>> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the magic number has 32 bits in a word whose size and sign differ between machines"
    )]
    let magic = statfs(folder)?.f_type as u32;
    if magic != FUSE {
        return Ok(KINDS.iter().find(|(known, _)| *known == magic).map(|(_, name)| (*name).to_owned()));
    }
    let device = fs::metadata(folder)?.dev();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let kind = fuse_kind(&mounts, &format!("{}:{}", major(device), minor(device))).unwrap_or("FUSE");
    Ok(Some(kind.to_owned()).filter(|kind| !LOCAL_FUSE.contains(&kind.as_str())))
}

/// The type of the file system on `device`, from the lines of `/proc/self/mountinfo`.
fn fuse_kind<'text>(mounts: &'text str, device: &str) -> Option<&'text str> {
    let here = |line: &&str| line.split(' ').nth(2) == Some(device);
    let line = mounts.lines().find(here)?;
    line.split_once(" - ")?.1.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
        22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
        40 22 0:51 / /home/ann/far rw shared:7 master:2 - fuse.sshfs host: rw\n\
        41 22 0:52 / /mnt/stick rw - fuseblk /dev/sdb1 rw\n";

    #[test]
    fn a_fuse_mount_is_told_by_its_device() {
        assert_eq!(fuse_kind(MOUNTS, "0:51"), Some("fuse.sshfs"));
        assert_eq!(fuse_kind(MOUNTS, "0:52"), Some("fuseblk"));
        assert_eq!(fuse_kind(MOUNTS, "0:5"), None);
    }

    #[test]
    fn a_local_folder_is_let_through_and_a_virtual_one_is_no_network() {
        assert_eq!(kind(Path::new("/proc")).expect("it can be asked"), None);
        assert_eq!(kind(&std::env::temp_dir()).expect("it can be asked"), None);
    }
}
