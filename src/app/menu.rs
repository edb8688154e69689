//! A list to choose from: entries laid out for a width, wrapped where they are long, one of them selected and in sight.

use crate::document::{Document, Glyphs, Role, Row, Span, layout, width};

use super::{Action, Pane, stack::Ink};

/// A list to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Menu {
    /// The selected entry.
    pub at: usize,
    /// The entries' rows.
    pub pane: Pane,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Columns it is set in.
    pub indent: usize,
    /// A character for its state.
    pub mark: (&'static str, Ink),
    /// Its words.
    pub text: String,
    /// How they look.
    pub ink: Ink,
    /// How it stands, at the right edge.
    pub note: String,
    /// A blank row sets it apart from the entry before.
    pub apart: bool,
}

impl Entry {
    /// An entry of which only the words matter.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            indent: 0,
            mark: ("", Ink::Faint),
            text: text.into(),
            ink: Ink::Layer,
            note: String::new(),
            apart: false,
        }
    }
}

/// Columns for the pointer of the selected entry.
const POINTER: usize = 2;

impl Menu {
    /// Lays the entries out for a window.
    pub fn set(&mut self, entries: &[Entry], columns: u16, height: u16, glyphs: Glyphs) {
        self.pane.layout.rows.clear();
        self.pane.choices.clear();
        for entry in entries {
            if entry.apart {
                self.pane.layout.rows.push(Row::default());
            }
            let first = self.pane.rows();
            self.pane.layout.rows.extend(rows(entry, columns.into(), glyphs));
            self.pane.choices.push((first, self.pane.rows().saturating_sub(1)));
        }
        self.at = self.at.min(entries.len().saturating_sub(1));
        self.pane.fit(height);
        self.reveal();
    }

    /// Takes lines that are laid out already, one an entry.
    pub fn set_lines(&mut self, lines: Vec<Row>, height: u16) {
        self.pane.choices = (0..lines.len()).map(|line| (line, line)).collect();
        self.pane.layout.rows = lines;
        self.at = self.at.min(self.pane.rows().saturating_sub(1));
        self.pane.fit(height);
        self.reveal();
    }

    /// Moves the selection.
    pub fn act(&mut self, action: Action) {
        let last = self.pane.choices.len().saturating_sub(1);
        let page = (self.pane.height / 2).max(1);
        self.at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at + page,
            Action::Top => 0,
            Action::Bottom => last,
            _ => self.at,
        }
        .min(last);
        self.reveal();
    }

    fn reveal(&mut self) {
        // The first entry brings the head of the list back with it.
        if self.at == 0 {
            self.pane.rewind();
        }
        self.pane.reveal(self.at);
    }

    /// Selects the entry under a row of the window; true when it was selected already.
    pub fn click(&mut self, row: u16) -> bool {
        let Some(entry) = self.pane.choice_at(row.into()) else { return false };
        std::mem::replace(&mut self.at, entry) == entry
    }

    /// First and last row in sight that belong to the selection, counted from the top of the window.
    pub fn selected_rows(&self) -> Option<(usize, usize)> {
        let (first, last) = self.pane.choices.get(self.at).copied()?;
        Some((first.saturating_sub(self.pane.top), last.checked_sub(self.pane.top)?))
    }
}

fn rows(entry: &Entry, columns: usize, glyphs: Glyphs) -> Vec<Row> {
    let (sign, sign_ink) = entry.mark;
    let sign_columns = if sign.is_empty() { 0 } else { 2 };
    let before = POINTER + entry.indent + sign_columns;
    let room = columns.saturating_sub(before).max(1);
    let mut lines = wrapped(&entry.text, room, glyphs);
    place_note(&mut lines, entry, room, glyphs);
    let row = |(number, mut words): (usize, Vec<Span>)| {
        let sign = if number == 0 { sign } else { "" };
        let blank = " ".repeat(sign_columns - width(sign).min(sign_columns));
        let mut spans =
            vec![Span::new(" ".repeat(POINTER + entry.indent), Role::Text), Span::new(sign, sign_ink.role())];
        spans.push(Span::new(blank, Role::Text));
        spans.append(&mut words);
        Row { spans, block: 0 }
    };
    let lines = lines.into_iter().map(|line| {
        line.into_iter()
            .map(|span| if span.role == Role::Text { Span::new(span.text, entry.ink.role()) } else { span })
            .collect()
    });
    lines.enumerate().map(row).collect()
}

/// The words in lines; most fit on one, and those are not parsed.
fn wrapped(text: &str, room: usize, glyphs: Glyphs) -> Vec<Vec<Span>> {
    if width(text) <= room {
        return vec![vec![Span::new(text, Role::Text)]];
    }
    let columns = u16::try_from(room).unwrap_or(u16::MAX);
    let laid = layout(&Document::of_words(text), columns, glyphs, &|_, _| Vec::new());
    laid.rows.into_iter().map(|row| row.spans).collect()
}

/// Puts the note at the right edge of the last line, or on lines of its own where it does not fit.
fn place_note(lines: &mut Vec<Vec<Span>>, entry: &Entry, room: usize, glyphs: Glyphs) {
    let wide = width(&entry.note);
    if wide == 0 {
        return;
    }
    let used: usize = lines.last().map_or(0, |line| line.iter().map(|span| width(&span.text)).sum());
    let right = |words: &str, from: usize| {
        let blank = room.saturating_sub(from + width(words));
        [Span::new(" ".repeat(blank), Ink::Faint.role()), Span::new(words, Ink::Faint.role())]
    };
    if let Some(line) = lines.last_mut().filter(|_| used + 2 + wide <= room) {
        line.extend(right(&entry.note, used));
        return;
    }
    let words = wrapped(&entry.note, room, glyphs).into_iter();
    let texts = words.map(|line| line.into_iter().map(|span| span.text).collect::<String>());
    lines.extend(texts.map(|text| right(&text, 0).to_vec()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(entries: &[Entry]) -> Menu {
        let mut menu = Menu::default();
        menu.set(entries, 24, 4, Glyphs::Unicode);
        menu
    }

    #[test]
    fn a_long_entry_is_wrapped_and_its_note_stands_at_the_right() {
        let entry = Entry { note: "88 %".into(), ..Entry::new("A leaver's mailbox and a silent forward") };
        let menu = menu(&[entry, Entry::new("Short")]);
        let rows: Vec<String> = menu.pane.layout.rows.iter().map(Row::text).collect();
        assert_eq!(rows, ["  A leaver's mailbox and", "  a silent forward  88 %", "  Short"]);
        assert_eq!(menu.pane.choices, [(0, 1), (2, 2)]);
    }

    #[test]
    fn the_selection_stays_in_the_list_and_in_sight() {
        let entries: Vec<Entry> = (0..9).map(|number| Entry::new(format!("entry {number}"))).collect();
        let mut menu = menu(&entries);
        menu.act(Action::Up);
        assert_eq!(menu.at, 0);
        menu.act(Action::Bottom);
        assert_eq!((menu.at, menu.pane.top, menu.selected_rows()), (8, 5, Some((3, 3))));
        assert!(!menu.click(1) && menu.at == 6, "a first click selects");
        assert!(menu.click(1), "a second one opens");
    }
}
