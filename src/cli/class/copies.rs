//! `respline class copies`: a class file for each learner, with nobody else in it.
//!
//! Who works without a server needs the class file, and nobody needs the roster of others.

use std::{fs, path::Path, process::ExitCode};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::classroom::{ExtraTime, Learner};

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
    },
    load::{file, shown, sound},
};

/// Writes a copy for each learner into `folder`, named by login.
pub(super) fn run(setup: &Setup, path: &Path, folder: &Path) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, path)?;
    let document = document(path)?;
    fs::create_dir_all(folder)
        .map_err(|error| Failure::environment(format!("{}: {error}", shown(folder)), "give another folder"))?;
    for learner in &class.learners {
        let out = folder.join(format!("{}.toml", stem(&learner.login)));
        let text = copy(document.clone(), learner);
        save(&out, &Target::New(out.clone()), text.as_bytes())
            .map_err(|error| Failure::environment(error.to_string(), "give an empty folder"))?;
    }
    print(&format!("{}: {} class files, one for each learner\n", shown(folder), class.learners.len()))
}

/// A class file as it was written, comments included.
pub(super) fn document(path: &Path) -> Result<DocumentMut, Failure> {
    let text = String::from_utf8_lossy(&file(path)?.bytes).into_owned();
    text.parse().map_err(|error: toml_edit::TomlError| Failure::content(error.to_string(), "respline class check"))
}

/// No login leads out of the folder.
fn stem(login: &str) -> String {
    let safe = |char: char| if char.is_alphanumeric() || "-_.@".contains(char) { char } else { '_' };
    login.chars().map(safe).collect::<String>().trim_start_matches('.').to_owned()
}

fn copy(mut document: DocumentMut, learner: &Learner) -> String {
    for key in ["roster", "learner", "instructor", "join-code"] {
        document.remove(key);
    }
    let mut tables = ArrayOfTables::new();
    tables.push(table(learner));
    document.insert("learner", Item::ArrayOfTables(tables));
    document.to_string()
}

/// A learner as a class file has them, keys and addresses left out.
pub(super) fn table(learner: &Learner) -> Table {
    let mut table = Table::new();
    for (key, text) in [("id", &learner.id), ("login", &learner.login), ("name", &learner.name)] {
        table.insert(key, value(text));
    }
    if let Some(section) = &learner.section {
        table.insert("section", value(section));
    }
    if !learner.groups.is_empty() {
        table.insert("groups", value(learner.groups.iter().collect::<Array>()));
    }
    if let Some(more) = learner.extra_time {
        table.insert("extra-time", value(written(more)));
    }
    table
}

fn written(more: ExtraTime) -> String {
    match more {
        ExtraTime::Percent(percent) => format!("{percent}%"),
        ExtraTime::Fixed(time) => format!("{}m", time.as_secs() / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_login_and_stays_in_its_folder() {
        let named = [("ana@school.example", "ana@school.example"), ("../x", "_x"), ("a/b", "a_b"), ("Zoë", "Zoë")];
        for (login, expected) in named {
            assert_eq!(stem(login), expected, "{login}");
        }
    }

    #[test]
    fn nobody_else_is_in_a_copy() {
        let text = "# A class\nid = \"a\"\nroster = \"r.csv\"\njoin-code = \"river-anvil\"\n[[learner]]\nid = \"2\"\n[[assignment]]\nid = \"lab\"\n";
        let more = Some(ExtraTime::Percent(25));
        let ana = Learner { id: "1".into(), login: "ana".into(), extra_time: more, ..Learner::default() };
        let copy = copy(text.parse().expect("it is TOML"), &ana);
        assert!(copy.contains("# A class") && copy.contains("lab") && copy.contains("extra-time = \"25%\""), "{copy}");
        assert!(["roster", "river", "\"2\""].iter().all(|gone| !copy.contains(gone)), "{copy}");
    }
}
