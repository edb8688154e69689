//! Packs in folders: opened whole or not at all, kept between starts, read no further than they may be.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use respline::terminal::{Library, LibraryError, library};
use tempfile::TempDir;

/// A copy of the good pack.
fn copy() -> TempDir {
    let root = tempfile::tempdir().expect("there is room for a folder");
    copy_to(root.path());
    root
}

fn copy_to(root: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    for folder in ["lessons", "scenarios"] {
        fs::create_dir_all(root.join(folder)).expect("it can be made");
        for entry in fs::read_dir(from.join(folder)).expect("the pack is there") {
            let path = entry.expect("it can be read").path();
            fs::copy(&path, root.join(folder).join(path.file_name().expect("it has a name")))
                .expect("it can be copied");
        }
    }
}

/// Waits until what was just written counts as settled: the times of an inode cannot be set back.
fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(2_100));
}

fn replace(root: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(file)).expect("it can be read");
    assert!(text.contains(from));
    fs::write(root.join(file), text.replacen(from, to, 1)).expect("it can be written");
}

/// `respline` with caches and data in `home`.
fn run(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command
        .args(arguments)
        .env("HOME", home)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_DATA_HOME", home.join("data"));
    command.env_remove("RESPLINE_PACK").current_dir(home).output().expect("it runs")
}

fn list(home: &Path, root: &Path) -> Output {
    run(home, &["--pack", &root.to_string_lossy(), "list", "scenarios"])
}

#[test]
fn the_built_in_course_opens_with_its_scenarios_and_lessons() {
    let library = Library::embedded().expect("the build checked it");
    let course = library.course();
    for line in course.catalog.iter() {
        assert_eq!(library.scenario(line.id).expect("it is shipped").id, line.id);
    }
    for lesson in course.lessons.iter().filter(|lesson| lesson.file.is_some()) {
        assert_eq!(library.lesson(&lesson.id).expect("it is shipped").id, lesson.id);
    }
    assert!(matches!(library.scenario("../lessons/course"), Err(LibraryError::NoScenario(_))));
    assert!(matches!(library.lesson("8.9"), Err(LibraryError::NoLesson(_))));
    assert!(!library::check_embedded().problems.iter().any(respline::content::Problem::is_error));
}

#[test]
fn a_broken_pack_is_told_whole_and_never_opens() {
    let root = copy();
    replace(root.path(), "scenarios/shop.toml", "title =", "tittle =");
    replace(root.path(), "scenarios/shop-managed.toml", "level = 2", "level = 7");
    let home = tempfile::tempdir().expect("there is room");
    let output = list(home.path(), root.path());
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    for part in [
        "the pack has 2 errors",
        "unknown key `tittle`",
        "shop-managed.toml:5:9: error: `level` is out of range",
        "did you mean `title`?",
    ] {
        assert!(told.contains(part), "{told}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn two_packs_add_to_each_other_and_may_not_share_an_id() {
    let (one, two) = (copy(), tempfile::tempdir().expect("there is room"));
    copy_to(two.path());
    let roots = [one.path().to_owned(), two.path().to_owned()];
    let Err(LibraryError::Broken(problems)) = Library::open(&roots) else { panic!("ids stand twice") };
    assert!(problems.iter().all(|problem| problem.code == "duplicate-id"), "{problems:?}");

    fs::remove_file(two.path().join("scenarios/shop.toml")).expect("it is there");
    fs::rename(two.path().join("scenarios/shop-managed.toml"), two.path().join("scenarios/kiosk.toml"))
        .expect("it is there");
    replace(two.path(), "scenarios/kiosk.toml", "id = \"shop-managed\"", "id = \"kiosk\"");
    fs::remove_file(two.path().join("lessons/1-the-line.md")).expect("it is there");
    fs::write(two.path().join("lessons/course.toml"), "format = 1\ntitle = \"More\"\n").expect("it can be written");
    let library = Library::open(&roots).expect("the second adds to the first");
    assert_eq!((library.course().title.as_str(), library.course().catalog.len()), ("Reading the line", 3));
    assert_eq!(library.scenario("kiosk").expect("it is in the second").id, "kiosk");
    assert_eq!(library.scenario("shop").expect("it is in the first").id, "shop");
}

#[test]
fn a_kept_index_is_used_as_long_as_no_file_changes_and_never_when_damaged() {
    let (root, home) = (copy(), tempfile::tempdir().expect("there is room"));
    let kept = || {
        let folder = home.path().join("cache/respline/packs");
        let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("it can be read").path());
        files.collect::<Vec<PathBuf>>()
    };
    let before = list(home.path(), root.path());
    assert_eq!(kept(), Vec::<PathBuf>::new(), "files that have just been written may change again unseen");
    settle();
    assert_eq!(list(home.path(), root.path()).stdout, before.stdout);
    let [index] = kept().try_into().expect("one index is kept");
    assert_eq!(fs::metadata(&index).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert_eq!(
        fs::metadata(index.parent().expect("a folder")).expect("it is there").permissions().mode() & 0o777,
        0o700
    );

    let whole = fs::read(&index).expect("it can be read");
    let forged = String::from_utf8_lossy(&whole).into_owned();
    assert!(forged.contains("A shop that updates by hand"), "titles stand in the index");
    for damage in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[damage] ^= 0x20;
        if damage % 97 == 0 || damage < 20 {
            fs::write(&index, bytes).expect("it can be written");
            assert_eq!(list(home.path(), root.path()).stdout, before.stdout, "byte {damage}");
        }
    }
    fs::write(&index, b"").expect("it can be written");
    assert_eq!(list(home.path(), root.path()).stdout, before.stdout);

    replace(root.path(), "scenarios/shop.toml", "A shop that updates by hand", "A shop that mends by itself");
    let after = list(home.path(), root.path());
    assert!(String::from_utf8_lossy(&after.stdout).contains("A shop that mends by itself"), "same length, new time");
    replace(root.path(), "scenarios/shop.toml", "level = 2", "level = 9");
    assert_eq!(list(home.path(), root.path()).status.code(), Some(1), "a pack that broke is checked anew");
}

#[test]
fn links_that_lead_out_pipes_and_folders_are_refused() {
    let (root, outside) = (copy(), tempfile::tempdir().expect("there is room"));
    let secret = outside.path().join("secret.toml");
    fs::copy(root.path().join("scenarios/shop.toml"), &secret).expect("it can be copied");
    symlink(&secret, root.path().join("scenarios/link.toml")).expect("it can be made");
    fs::create_dir(root.path().join("scenarios/folder.toml")).expect("it can be made");
    assert!(Command::new("mkfifo").arg(root.path().join("scenarios/pipe.toml")).status().expect("it runs").success());
    symlink("nowhere.toml", root.path().join("scenarios/dangling.toml")).expect("it can be made");
    let report = library::check(&[root.path().to_owned()]).expect("the folder can be read");
    let refused: Vec<&str> = report
        .problems
        .iter()
        .filter(|problem| problem.code == "not-a-file")
        .map(|problem| problem.place.file.rsplit('/').next().unwrap_or_default())
        .collect();
    assert_eq!(refused, ["dangling.toml", "folder.toml", "link.toml", "pipe.toml"]);
    assert!(report.course.is_none());
}

#[test]
fn a_link_inside_the_pack_is_a_file_of_it() {
    let root = copy();
    fs::rename(root.path().join("scenarios/shop.toml"), root.path().join("scenarios/shop.text"))
        .expect("it can be moved");
    symlink("shop.text", root.path().join("scenarios/shop.toml")).expect("it can be made");
    let library = Library::open(&[root.path().to_owned()]).expect("nothing leads out");
    assert_eq!(library.scenario("shop").expect("it is read").id, "shop");
}

#[test]
fn a_file_that_turned_into_a_link_out_of_the_pack_is_not_read() {
    let (root, outside) = (copy(), tempfile::tempdir().expect("there is room"));
    let library = Library::open(&[root.path().to_owned()]).expect("it is good");
    let (file, secret) = (root.path().join("scenarios/shop.toml"), outside.path().join("shop.toml"));
    fs::rename(&file, &secret).expect("it can be moved");
    symlink(&secret, &file).expect("it can be made");
    assert!(matches!(library.scenario("shop"), Err(LibraryError::Unreadable { .. })));
    fs::remove_file(&file).expect("it is there");
    fs::write(&file, "format = 1").expect("it can be written");
    assert!(matches!(library.scenario("shop"), Err(LibraryError::Broken(_))), "it broke after the opening");
}

#[test]
fn large_files_are_refused_by_their_size() {
    let root = copy();
    let file = fs::File::create(root.path().join("scenarios/large.toml")).expect("it can be made");
    file.set_len(1 << 40).expect("a hole takes no room");
    let report = library::check(&[root.path().to_owned()]).expect("the folder can be read");
    let problem = report.problems.iter().find(|problem| problem.code == "too-large").expect("it is too large");
    assert!(problem.message.contains("1099511627776"), "{problem}");
}

#[test]
fn what_is_no_pack_is_said_so() {
    let empty = tempfile::tempdir().expect("there is room");
    assert!(matches!(Library::open(&[empty.path().to_owned()]), Err(LibraryError::NoPack(_))));
    let missing = empty.path().join("missing");
    assert!(matches!(Library::open(&[missing]), Err(LibraryError::Unreadable { .. })));
    fs::create_dir(empty.path().join("scenarios")).expect("it can be made");
    let Err(LibraryError::Broken(problems)) = Library::open(&[empty.path().to_owned()]) else { panic!("it is empty") };
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"no-course") && codes.contains(&"empty-pack"), "{codes:?}");
}
