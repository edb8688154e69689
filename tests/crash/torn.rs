//! Damaged files: each opens and works, or is refused with a clear error and kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use respline::{
    course::Seeds,
    store::{Sqlite, Store, StoreError},
};

use super::{open, setting};

/// The bytes of a database and its log: 400 records moved into the file, 100 still in the log.
fn sound(folder: &Path) -> [Vec<u8>; 2] {
    let path = folder.join("sound.db");
    let records: Vec<_> = (0..500).map(|seq| setting(1, seq)).collect();
    let (moved, logged) = records.split_at(400);
    open(&path).append("ann", moved).expect("it is stored");
    let mut store = open(&path);
    for part in logged.chunks(10) {
        store.append("ann", part).expect("it is stored");
    }
    [path.clone(), path.with_extension("db-wal")].map(|path| fs::read(path).expect("it is there"))
}

fn damage(bytes: &mut Vec<u8>, seeds: &mut Seeds) {
    let place = match seeds.below(3) {
        // The beginnings of pages and the file's header decide most.
        0 => seeds.below(100),
        1 => seeds.below(bytes.len() / 4096) * 4096 + seeds.below(16),
        _ => seeds.below(bytes.len()),
    };
    match seeds.below(4) {
        0 => bytes.truncate(place),
        1 => bytes.iter_mut().skip(place).take(512).for_each(|byte| *byte = 0),
        2 => bytes.iter_mut().skip(place).take(64).for_each(|byte| *byte = byte.wrapping_mul(31) ^ 0x5a),
        _ => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= 1 << seeds.below(8)),
    }
}

/// True where the store still works.
fn try_out(path: &Path) -> Result<(), StoreError> {
    let mut store = Sqlite::open(path)?;
    store.records("ann")?;
    store.append("ann", &[setting(2, 0)])?;
    store.records("ann").map(drop)
}

#[test]
fn a_torn_file_works_or_is_refused_and_kept() {
    let folder = tempfile::tempdir().expect("there is room");
    let sound = sound(folder.path());
    let (mut seeds, mut refused) = (Seeds::new(1), 0);
    for round in 0..400 {
        let files = [format!("{round}.db"), format!("{round}.db-wal")].map(|name| folder.path().join(name));
        let mut bytes = sound.clone();
        damage(&mut bytes[seeds.below(2)], &mut seeds);
        for (file, bytes) in files.iter().zip(&bytes) {
            fs::write(file, bytes).expect("it is written");
        }
        match Sqlite::open(&files[0]).map(drop) {
            Err(error) => assert_kept(&files, &bytes, &format!("round {round}: {error}")),
            Ok(()) => {
                if let Err(error) = try_out(&files[0]) {
                    refused += 1;
                    assert!(is_clear(&error), "round {round}: {error:?}");
                    assert!(files[0].exists(), "round {round}");
                }
            }
        }
    }
    assert!(refused > 10, "only {refused} files were damaged where it shows");
}

fn assert_kept(files: &[PathBuf; 2], bytes: &[Vec<u8>; 2], told: &str) {
    for (file, bytes) in files.iter().zip(bytes) {
        assert!(fs::read(file).is_ok_and(|now| now == *bytes), "{told}: {} was touched", file.display());
    }
}

/// Words for a learner, not only the database's own.
fn is_clear(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Corrupt { .. } | StoreError::Foreign { .. } | StoreError::Newer { .. } | StoreError::Conflict(_)
    )
}
