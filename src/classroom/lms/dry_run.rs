//! What a learning platform would make of an import, found out against its own export before it is tried.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    classroom::{Gradebook, sheet::Line},
    content::nearest,
    document::printable,
};

use super::{LmsExport, Platform, WORTH, export::hundredths, of_worth, points_of};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The platform would refuse it, or read it wrongly.
    Refused,
    /// It would change a grade that is there.
    Changes,
    /// It is good to know.
    Note,
}

/// Something an import would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Whom or what it is about, made printable.
    pub about: String,
    /// What would happen.
    pub message: String,
    /// What to do; empty where there is nothing to be done.
    pub hint: String,
}

/// Gathers findings.
struct Run<'r> {
    book: &'r Gradebook,
    platform: Platform,
    lms: &'r LmsExport,
    found: Vec<Finding>,
}

/// What importing `book` would do on `platform`, whose own export is `lms`: the weightiest first.
pub fn dry_run(book: &Gradebook, platform: Platform, lms: &LmsExport) -> Vec<Finding> {
    let mut run = Run { book, platform, lms, found: Vec::new() };
    if !lms.is_of(platform) {
        let hint = match platform {
            Platform::Canvas => "export the gradebook in Canvas; its first columns are Student and ID",
            _ => "export the grades in Moodle, with e-mail addresses or ID numbers, and its columns in English",
        };
        run.tell(Weight::Refused, "the export", "this is not what the platform writes", hint);
        return run.found;
    }
    run.students();
    run.strangers();
    run.columns();
    run.found.sort_by_key(|finding| finding.weight);
    run.found
}

impl Run<'_> {
    fn tell(&mut self, weight: Weight, about: &str, message: impl Into<String>, hint: &str) {
        let about = printable(about).replace('\n', " ");
        let message = printable(&message.into()).replace('\n', " ");
        self.found.push(Finding { weight, about, message, hint: hint.to_owned() });
    }

    /// Learners whom the platform does not know, or cannot tell apart.
    fn students(&mut self) {
        let (book, lms, platform) = (self.book, self.lms, self.platform);
        let mut taken: BTreeMap<usize, &str> = BTreeMap::new();
        for learner in book.rows.iter().map(|row| &row.learner) {
            match lms.rows_of(learner, platform).as_slice() {
                [] => {
                    let message = match platform {
                        Platform::Moodle => "Moodle does not know them, and one unknown user stops its whole import",
                        _ => "the platform does not know them",
                    };
                    let hint =
                        "enrol them there, or mend their `id` or `login` in the class; they are left out of the file";
                    self.tell(Weight::Refused, &learner.login, message, hint);
                }
                [row] => {
                    if let Some(other) = taken.insert(row.at, &learner.login) {
                        let message = format!("it is the student that `{other}` is as well");
                        self.tell(
                            Weight::Refused,
                            &learner.login,
                            message,
                            "give each learner their own `id` in the class",
                        );
                    }
                }
                rows => {
                    let message = format!("{} students there have the same id", rows.len());
                    self.tell(Weight::Refused, &learner.login, message, "give the `id` that only one of them has");
                }
            }
        }
    }

    /// Students whom the class does not know.
    fn strangers(&mut self) {
        let known: Vec<usize> = self
            .book
            .rows
            .iter()
            .flat_map(|row| self.lms.rows_of(&row.learner, self.platform))
            .map(|line| line.at)
            .collect();
        let strangers = self.lms.sheet.rows.iter().filter(|line| !known.contains(&line.at)).count();
        if strangers > 0 {
            let message = format!("{strangers} of the platform are not in the class: their grades stay as they are");
            self.tell(Weight::Note, "students", message, "");
        }
    }

    fn columns(&mut self) {
        for place in 0..self.book.columns.len() {
            self.column(place);
        }
    }

    fn column(&mut self, place: usize) {
        let Some(column) = self.book.columns.get(place) else { return };
        let title = &column.title;
        if self.platform == Platform::Canvas {
            self.canvas_title(title);
        }
        match self.lms.columns_of(title, self.platform).as_slice() {
            [] => self.new_column(title),
            [theirs] => self.grades(place, *theirs),
            _ => {
                let hint = "rename one of them there, or the assignment here";
                self.tell(Weight::Refused, title, "the platform has several columns of this title", hint);
            }
        }
    }

    /// Titles that Canvas ignores or takes for its own.
    fn canvas_title(&mut self, title: &str) {
        let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
        let kinds = ["current", "final", "override"];
        let reckoned = words.windows(2).any(|pair| {
            matches!(pair, [kind, what] if kinds.contains(&kind.as_str())
                && ["score", "points", "grade", "status"].contains(&what.as_str()))
        });
        if reckoned {
            self.tell(
                Weight::Refused,
                title,
                "Canvas takes it for a column it reckons itself, and ignores it",
                "choose another `title`",
            );
        }
        let numbered = title.strip_suffix(')').and_then(|head| head.rsplit_once(" (")).map(|(_, number)| number);
        if numbered.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            let hint = "choose a `title` that does not end in a number in brackets";
            self.tell(Weight::Refused, title, "Canvas takes the number in brackets for the id of an assignment", hint);
        }
    }

    fn new_column(&mut self, title: &str) {
        let titles = self.lms.titles(self.platform);
        let near = nearest(title, titles.into_iter().filter(|title| !title.is_empty()));
        if let Some(near) = near.map(str::to_owned) {
            let message = format!("the platform has `{near}`: the import would make a second column");
            let hint = "has it been renamed? Give the assignment the title that the platform has";
            return self.tell(Weight::Refused, title, message, hint);
        }
        let (message, hint) = match self.platform {
            Platform::Moodle => ("Moodle has no such item", "map the column to `new grade item` when importing"),
            _ => ("the import makes a new assignment of 100 points", ""),
        };
        self.tell(Weight::Note, title, message, hint);
    }

    /// Grades that are there and would be others.
    fn grades(&mut self, place: usize, theirs: usize) {
        let Some(column) = self.book.columns.get(place) else { return };
        let title = column.title.clone();
        let points = self.lms.points.as_ref().map_or("", |line| line.cell(Some(theirs)));
        if points.to_lowercase().contains("read only") {
            let hint = "it is reckoned or locked there: unlock it, or choose another `title`";
            return self.tell(Weight::Refused, &title, "the column is read only, and ignored", hint);
        }
        let worth = if self.platform == Platform::Canvas { self.lms.worth(theirs) } else { None };
        if worth == Some(0) {
            let hint = "give it points there, 100 for instance";
            self.tell(Weight::Refused, &title, "it is worth no points there, so every grade would be 0", hint);
        }
        let worth = worth.unwrap_or(WORTH);
        let changed: Vec<(String, String)> = self
            .book
            .rows
            .iter()
            .filter_map(|row| {
                let grade = row.grades.get(place)?.as_ref()?;
                let theirs = self.lms.rows_of(&row.learner, self.platform).first()?.cell(Some(theirs)).to_owned();
                let ours = of_worth(grade.score?, worth);
                let old = hundredths(&theirs);
                let differs = old != Some(ours) && !matches!(theirs.as_str(), "" | "-");
                differs.then(|| {
                    (row.learner.login.clone(), format!("{title}: {theirs} becomes {}", points_of(Some(grade), worth)))
                })
            })
            .collect();
        for (login, message) in changed {
            let hint = if message.contains(": EX ") { "they are excused there: take the cell out" } else { "" };
            self.tell(Weight::Changes, &login, message, hint);
        }
        self.over(&title, theirs, worth);
    }

    /// Grades that the platform holds already and that are more than there is: nothing we would send.
    fn over(&mut self, title: &str, theirs: usize, worth: u64) {
        let over = |line: &&Line| hundredths(line.cell(Some(theirs))).is_some_and(|grade| grade > worth);
        let count = self.lms.sheet.rows.iter().filter(over).count();
        if count > 0 {
            let message = format!("{count} grades there are over the maximum");
            self.tell(Weight::Note, title, message, "");
        }
    }
}
