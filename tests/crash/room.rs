//! No room, or no leave to write.

use std::{
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use respline::store::{Sqlite, Store, StoreError};
use rustix::process::getuid;
use tempfile::TempDir;

use super::{assert_sound, child, open, said, setting, stored};

fn output(command: &mut Command) -> String {
    let Output { stdout, .. } = command.output().expect("it starts");
    String::from_utf8(stdout).expect("it is text")
}

#[test]
fn a_limit_on_the_size_of_files_loses_nothing_acknowledged() {
    for limit in [0, 1_000, 4_096, 20_000, 40_000, 100_000, 300_000] {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("progress.db");
        let output = output(child("fills", &path).env("RESPLINE_TEST_LIMIT", limit.to_string()));
        let refused = said(&output, "refused");
        assert!(refused.len() == 1 && refused[0].starts_with("Full"), "{limit}: {output}");
        let acknowledged: Vec<u32> =
            said(&output, "stored").iter().map(|seq| seq.parse().expect("it is a number")).collect();
        assert_eq!(stored(&path, 1), acknowledged, "{limit}");
        assert!(limit < 100_000 || !acknowledged.is_empty(), "{limit}: the limit leaves room for some");
        assert_sound(&path);
    }
}

/// A file system of its own, gone when this is dropped.
struct Small(TempDir);

impl Small {
    /// None without the right to mount.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("there is room");
        let mounted = mount(&["-t", "tmpfs", "-o", "size=256k", "tmpfs"], folder.path());
        mounted.then_some(Self(folder))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("progress.db")
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let status = Command::new("mount").args(arguments).arg(folder).stderr(std::process::Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[test]
fn a_full_disk_loses_nothing_acknowledged() {
    let Some(disk) = Small::mount() else { return eprintln!("skipped: no right to mount a small disk") };
    let ballast = disk.0.path().join("ballast");
    fs::write(&ballast, vec![1; 60_000]).expect("there is room for it");
    let mut store = open(&disk.path());
    let full = (0..).find_map(|seq| store.append("ann", &[setting(1, seq)]).err().map(|error| (seq, error)));
    let (seq, error) = full.expect("it fills");
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    assert_eq!(store.records("ann").expect("it still reads").len(), seq as usize);
    fs::remove_file(&ballast).expect("it is there");
    store.append("ann", &[setting(1, seq)]).expect("there is room again");
    drop(store);
    assert_eq!(stored(&disk.path(), 1).len(), seq as usize + 1);
    assert_sound(&disk.path());
}

#[test]
fn a_database_cannot_begin_on_a_full_disk_but_can_later() {
    let Some(disk) = Small::mount() else { return eprintln!("skipped: no right to mount a small disk") };
    let ballast = disk.0.path().join("ballast");
    let _ = fs::write(&ballast, vec![1; 1 << 20]);
    let error = Sqlite::open(&disk.path()).expect_err("there is no room");
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    fs::remove_file(&ballast).expect("it is there");
    open(&disk.path()).append("ann", &[setting(1, 0)]).expect("there is room again");
}

#[test]
fn a_read_only_disk_is_said_so() {
    let Some(disk) = Small::mount() else { return eprintln!("skipped: no right to mount a small disk") };
    drop(open(&disk.path()));
    assert!(mount(&["-o", "remount,ro"], disk.0.path()), "it can be remounted");
    let error = Sqlite::open(&disk.path()).expect_err("it is read-only");
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    let error = Sqlite::open(&disk.0.path().join("new/progress.db")).expect_err("it is read-only");
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
}

#[test]
fn a_read_only_file_or_folder_is_said_so() {
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().expect("there is room");
    let (file, folder) = (folder.path().join("progress.db"), folder.path());
    drop(open(&file));
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
    for (of_folder, of_file) in [(0o777, 0o444), (0o555, 0o666)] {
        set(&file, of_file);
        set(folder, of_folder);
        let mut command = child("opens", &file);
        if getuid().is_root() {
            command.uid(NOBODY);
        }
        let output = output(&mut command);
        let refused = said(&output, "refused");
        assert!(refused.len() == 1 && refused[0].starts_with("ReadOnly"), "{of_folder:o} {of_file:o}: {output}");
    }
    set(folder, 0o700);
}
