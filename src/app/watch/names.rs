//! What learners, rows and moments are called in the room.

use crate::{
    classroom::{Class, Learner},
    document::{Glyphs, clip, printable, width},
};

use super::Watch;

impl Watch {
    /// A learner's name, or their number in the roster where names are hidden.
    pub fn name(&self, class: &Class, place: usize) -> String {
        match class.learners.get(place).filter(|_| self.names) {
            Some(learner) => line(named(learner)),
            None => numbered(class, place),
        }
    }

    /// Some names in one sentence.
    pub(super) fn list(&self, class: &Class, places: &[usize]) -> String {
        places.iter().map(|place| self.name(class, *place)).collect::<Vec<_>>().join(", ")
    }

    /// The name of whoever logs in so; everyone without.
    pub(super) fn whom(&self, class: &Class, login: Option<&str>) -> String {
        let Some(login) = login else { return "everyone".to_owned() };
        let place = class.learners.iter().position(|learner| learner.login == login);
        place.map_or_else(|| "a learner who is not in the class".to_owned(), |place| self.name(class, place))
    }

    /// What a row is called: its label, or its id where its scenario could not be read.
    pub(super) fn label(&self, column: usize) -> String {
        let label = self.layer(column).map(|(_, layer)| layer.label.as_str());
        let id = || self.matrix.columns.get(column).map(|one| one.layer.as_str()).filter(|id| !id.is_empty());
        line(label.or_else(id).unwrap_or("not in this course"))
    }
}

fn named(learner: &Learner) -> &str {
    if learner.name.trim().is_empty() { &learner.login } else { &learner.name }
}

fn numbered(class: &Class, place: usize) -> String {
    let digits = class.learners.len().to_string().len().max(2);
    format!("learner {:0digits$}", place + 1)
}

/// A text of others on one line.
pub(super) fn line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// A text in so many columns, blanks behind it.
pub(super) fn left(text: &str, columns: usize, glyphs: Glyphs) -> String {
    let text = clip(text, columns, glyphs);
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// A text in so many columns, blanks before it.
pub(super) fn right(text: &str, columns: usize, glyphs: Glyphs) -> String {
    let text = clip(text, columns, glyphs);
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// A length of time, for who waits: `45 s`, `12 min`, `3 h 05`, `2 d`.
pub(super) fn ago(ms: i64) -> String {
    let seconds = ms / 1_000;
    match (seconds / 60, seconds / 3_600) {
        (0, _) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, hours @ ..48) => format!("{hours} h {:02}", minutes % 60),
        (_, hours) => format!("{} d", hours / 24),
    }
}

/// What is left of a time: `08:40` under an hour.
pub(super) fn left_of(ms: i64) -> String {
    let seconds = ms / 1_000;
    if seconds < 3_600 { format!("{:02}:{:02}", seconds / 60, seconds % 60) } else { ago(ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_short_as_they_matter() {
        const MINUTE: i64 = 60_000;
        let told = [12_000, 210_000, 59 * MINUTE, 65 * MINUTE, 47 * 60 * MINUTE, 50 * 60 * MINUTE].map(ago);
        assert_eq!(told, ["12 s", "3 min", "59 min", "1 h 05", "47 h 00", "2 d"]);
        assert_eq!([520_000, 0, 3_600_000].map(left_of), ["08:40", "00:00", "1 h 00"]);
    }

    #[test]
    fn a_cell_is_as_wide_as_it_has_to_be() {
        assert_eq!(left("日本語", 5, Glyphs::Unicode), "日本…");
        assert_eq!(left("ab", 4, Glyphs::Ascii), "ab  ");
        assert_eq!(right("ab", 4, Glyphs::Ascii), "  ab");
    }
}
