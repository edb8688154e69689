//! The instructor's page: what to type before, while and after.

use crate::classroom::{Assignment, Class};

use super::{
    Block::{Code, Heading, List, Table, Words},
    Page, Way, closes, date, task,
};

/// The verbs for a class whose file is `file`, with the ids of `set`.
pub fn instructor(class: &Class, set: &[&Assignment], (file, way): (&str, &Way)) -> Page {
    let first = set.first().map_or("ASSIGNMENT", |one| one.id.as_str());
    let one = class.learners.first().map_or("LEARNER", |learner| learner.login.as_str());
    let row = |set: &&Assignment| {
        vec![set.id.clone(), task(set), date(class, set.opens), date(class, set.due), closes(class, set)]
    };
    let head = ["id", "what", "opens", "due", "closes"].map(String::from).to_vec();
    let mut blocks = vec![Table(std::iter::once(head).chain(set.iter().map(row)).collect()), Heading("Before".into())];
    blocks.push(Code(format!(
        "respline class check {file}\nrespline class simulate {file} --learners 40 --out rehearsal.toml --database rehearsal.sqlite3\nrespline class handout {file} --format html --out handout.html"
    )));
    blocks.push(Heading("While it runs".into()));
    blocks.push(Words(match way {
        Way::Ssh { host, port } => {
            format!("Learners type `{}`; you watch with `respline class watch {file}`.", Way::command(host, *port, ""))
        }
        Way::Offline { .. } => format!(
            "Before, once: `respline class key {file}` and `respline class copies {file} for-learners`. These verbs reach learners who \
             work on the box; who works offline has the dates of their own copy."
        ),
    }));
    blocks.push(Code(format!(
        "respline class open {file} {first}\nrespline class message {file} \"Ten minutes left\"\nrespline class pause {file} {first}\nrespline class resume {file} {first}\nrespline class extend {file} {first} --by 15m --for {one}\nrespline class reopen {file} {first} --for {one}\nrespline class close {file} {first}"
    )));
    blocks.push(List(vec![
        "A pause stops every clock and moves every date; no answer is taken.".into(),
        "Reopening gives one more attempt; what was handed in stays as it is.".into(),
        "Nothing that was done is lost when a link drops or the box is started again.".into(),
    ]));
    blocks.push(Heading("Afterwards".into()));
    blocks.push(Code(format!(
        "respline class collect {file} FOLDER --dry-run\nrespline class report {file}\nrespline class grades {file} --lms canvas --roster EXPORT.csv --dry-run\nrespline class held {file} {one}\nrespline class forget {file} {one}\nrespline class expire {file}"
    )));
    blocks.push(Words("`collect` is for work that was handed in as files. `forget` and `expire` only say what they would do until `--yes`.".into()));
    Page { title: format!("{}: for instructors", class.title), blocks }
}
