//! The views that are lists of words: a row, who is stuck, a learner.

use crate::{
    classroom::{Act, CellKind, Line, RowCount, State, Stuck},
    course::{Layer, Owner, Said},
    document::Glyphs,
};

use super::{
    super::{Context, Room, menu::Entry, page::glyphs, pages::count, stack::Ink},
    View, Watch,
    names::{ago, line},
    table::{mark, standing},
};

/// An entry, and the place in the roster of the learner it stands for.
pub(super) type Listed = (Entry, Option<usize>);

impl Watch {
    /// What the view at hand lists.
    pub(super) fn entries(&self, room: &Room, cx: &Context) -> Vec<Listed> {
        if room.class.assignments.is_empty() {
            return vec![said("This class has no assignment yet.")];
        }
        match self.view {
            View::Matrix if self.matrix.lines.is_empty() => vec![said("This is set to nobody who is in the class.")],
            View::Matrix => vec![said("Nobody is like that now. f shows others.")],
            View::Row => self.row_view(room, glyphs(cx)),
            View::Stuck => self.stuck_view(room, cx),
            View::Learner => self.learner_view(room, cx),
            View::Polls => self.polls_view(room, cx),
        }
    }

    fn row_view(&self, room: &Room, glyphs: Glyphs) -> Vec<Listed> {
        let Some(column) = self.matrix.columns.get(self.column) else {
            return vec![said("Nobody was given anything yet.")];
        };
        let row = self.matrix.row(self.column);
        let all = self.matrix.columns.len();
        let heading = format!("Row {} of {all}: {}", self.column + 1, self.label(self.column));
        let mut entries = vec![titled(heading, format!("{} of {} answered", row.answered, row.set))];
        match self.layer(self.column) {
            Some((scenario, layer)) => {
                entries.push(faint(format!("{}. In: {}", line(&layer.task), line(&scenario.title))));
                entries.extend(self.owners(room, &row, layer, glyphs));
                entries.extend(self.controls(room, &row, layer, glyphs));
            }
            None => entries.push(faint(format!("{} is not in this course.", line(&column.scenario)))),
        }
        let open: Vec<usize> = self
            .matrix
            .lines
            .iter()
            .filter(|one| self.kind(one) == Some(CellKind::Open))
            .map(|one| one.place)
            .collect();
        if !open.is_empty() {
            entries.push(apart(faint(format!("Not yet: {}", self.list(&room.class, &open)))));
        }
        entries
    }

    fn kind(&self, line: &Line) -> Option<CellKind> {
        line.cells.get(self.column).map(|cell| cell.kind)
    }

    fn owners(&self, room: &Room, row: &RowCount, layer: &Layer, glyphs: Glyphs) -> Vec<Listed> {
        let sides = [(Owner::Customer, "customer", &row.customer), (Owner::Provider, "provider", &row.provider)];
        let mut entries = vec![apart(titled("Whose is it?", String::new()))];
        for (owner, word, who) in sides {
            let is_right = owner == layer.owner;
            entries.push(option(word, is_right, (who.len(), row.answered), glyphs));
            if !is_right && !who.is_empty() {
                entries.push(indented(self.list(&room.class, who)));
            }
        }
        entries
    }

    fn controls(&self, room: &Room, row: &RowCount, layer: &Layer, glyphs: Glyphs) -> Vec<Listed> {
        let mut entries = vec![apart(titled("What is left to do?", String::new()))];
        for (place, control) in layer.controls.iter().enumerate() {
            let who = row.controls.get(&place).map(Vec::as_slice).unwrap_or_default();
            entries.push(option(&line(&control.text), control.correct, (who.len(), row.answered), glyphs));
            if !control.correct && !who.is_empty() {
                entries.push(indented(self.list(&room.class, who)));
            }
        }
        entries
    }

    fn stuck_view(&self, room: &Room, cx: &Context) -> Vec<Listed> {
        let mut entries =
            vec![faint("At work with a question open, and no answer for 3 minutes, or the last 3 wrong or helped.")];
        for one in &self.matrix.lines {
            let Some(why) = one.stuck(cx.now) else { continue };
            let at = one.at().map(|column| format!(", at row {}: {}", column + 1, self.label(column)));
            let why = match why {
                Stuck::Silent(ms) => format!("no answer for {}", ago(ms)),
                Stuck::Astray(rows) => format!("{rows} answers in a row wrong or helped"),
            };
            let text = format!("{}: {why}{}", self.name(&room.class, one.place), at.unwrap_or_default());
            entries.push((Entry { mark: ("!", Ink::Wrong), ..Entry::new(text) }, Some(one.place)));
        }
        if entries.len() == 1 {
            entries.push(said("Nobody is stuck."));
        }
        entries
    }

    fn learner_view(&self, room: &Room, cx: &Context) -> Vec<Listed> {
        let Some(one) = self.chosen() else { return vec![said("Nobody is chosen. Choose a line of the matrix.")] };
        let name = self.name(&room.class, one.place);
        let share =
            one.share().map(|share| format!(", {} % of the points", share.hundredths() / 100)).unwrap_or_default();
        let answered = format!("{} of {} answered{share}", one.answered, one.rows);
        let mut entries = vec![titled(format!("{name}: {}", standing(one, cx.now).0), answered)];
        entries.push(faint(self.notes_on(room, one, cx)));
        for (place, cell) in one.cells.iter().enumerate().filter(|(_, cell)| cell.kind != CellKind::NotSet) {
            let label = format!("{} {}", place + 1, self.label(place));
            let text =
                cell.said.map_or_else(|| label.clone(), |said| format!("{label}: {}", self.answer(place, &said)));
            let note = cell.said.map_or_else(String::new, |said| note(cell.kind, &said));
            let entry = Entry { mark: mark(cell.kind, glyphs(cx)), note, ..Entry::new(text) };
            entries.push((entry, Some(one.place)));
        }
        entries
    }

    /// An answer in words.
    fn answer(&self, column: usize, said: &Said) -> String {
        let control = self.layer(column).and_then(|(_, layer)| layer.controls.get(said.control));
        let control =
            control.map_or_else(|| format!("control {}", said.control.saturating_add(1)), |one| line(&one.text));
        format!("{}; {control}", said.owner.word())
    }

    /// Section, groups, what was done for them alone, and what is left of their time.
    fn notes_on(&self, room: &Room, one: &Line, cx: &Context) -> String {
        let learner = room.class.learners.get(one.place);
        let section =
            learner.and_then(|learner| learner.section.as_ref()).map(|section| format!("section {}", line(section)));
        let extra = learner.and_then(|learner| learner.extra_time).map(|_| "extra time".to_owned());
        let left = one.time_left(cx.now).map(|left| format!("{} left", super::names::left_of(left)));
        let idle = one.idle(cx.now).map(|idle| format!("idle {}", ago(idle)));
        let own = room.ledger.acts().iter().filter(|record| record.entry.act.learner() == Some(one.login.as_str()));
        let own = own.filter(|record| !matches!(record.entry.act, Act::Messaged { .. })).count();
        let own = (own > 0).then(|| count(own, "act") + " for them alone");
        let polls = room.ledger.polls().iter().filter(|poll| poll.answer(&one.login).is_some()).count();
        let polls = (polls > 0).then(|| count(polls, "poll") + " answered");
        let done = (one.state == State::Late).then(|| "handed in late".to_owned());
        let notes: Vec<String> = [section, extra, left, idle, own, polls, done].into_iter().flatten().collect();
        if notes.is_empty() { "Nothing to note.".to_owned() } else { notes.join(", ") }
    }
}

/// What is to be noted of an answer.
fn note(kind: CellKind, said: &Said) -> String {
    let words = [
        kind.words().to_owned(),
        if said.unsure { "unsure".to_owned() } else { String::new() },
        if said.hints > 0 { count(said.hints.into(), "hint") } else { String::new() },
        if said.struck { "struck out".to_owned() } else { String::new() },
    ];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

/// One of the answers there were: how many gave it, drawn as a bar as well.
pub(super) fn option(text: &str, is_right: bool, (who, all): (usize, usize), glyphs: Glyphs) -> Listed {
    const BAR: usize = 10;
    let length = (who * BAR + all / 2).checked_div(all).unwrap_or_default();
    let bar = glyphs.pick("█", "#").repeat(length);
    let share = (who * 100).checked_div(all).unwrap_or_default();
    let sign = if is_right { (glyphs.pick("✓", "+"), Ink::Right) } else { (" ", Ink::Faint) };
    let note = format!("{bar} {who} ({share} %)");
    (Entry { mark: sign, note: note.trim_start().to_owned(), ..Entry::new(text) }, None)
}

pub(super) fn said(text: &str) -> Listed {
    (Entry { ink: Ink::Layer, ..Entry::new(text) }, None)
}

pub(super) fn faint(text: impl Into<String>) -> Listed {
    (Entry { ink: Ink::Faint, ..Entry::new(text) }, None)
}

pub(super) fn titled(text: impl Into<String>, note: String) -> Listed {
    (Entry { ink: Ink::Side, note, ..Entry::new(text) }, None)
}

fn indented(text: String) -> Listed {
    (Entry { indent: 4, ink: Ink::Faint, ..Entry::new(text) }, None)
}

pub(super) fn apart((entry, place): Listed) -> Listed {
    (Entry { apart: true, ..entry }, place)
}
