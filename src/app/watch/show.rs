//! The room laid out: its heading, its tabs, the list of the view, and what is said below it.

use crate::{
    classroom::{Assignment, Summary},
    document::{Glyphs, Role, Row, Span, fold, width},
};

use super::{
    super::{Context, Room, area, menu::Entry, page::glyphs, stack::Ink},
    View, Watch,
    names::{left_of, line},
};

/// From this many rows of body on there is room for tabs and for a longer foot.
const TALL: u16 = 12;

/// Widest list of words: beyond it a note is too far from what it is about.
const WIDEST: u16 = 110;

impl Watch {
    /// Lays everything out for the size at hand.
    pub(in super::super) fn fit(&mut self, cx: &Context) {
        let Some(room) = cx.room(&self.class) else { return };
        let (body, glyphs) = (area::body(cx.size), glyphs(cx));
        let tall = body.height >= TALL;
        self.keep_chosen(room);
        let mut head: Vec<Row> = if tall { vec![self.tabs(room, body.width.into(), cx)] } else { Vec::new() };
        let foot =
            if self.view == View::Matrix { self.foot(room, body.width.into(), (tall, glyphs)) } else { Vec::new() };
        let around = |head: &[Row]| u16::try_from(head.len() + foot.len()).unwrap_or(u16::MAX);
        match self.view {
            View::Matrix if !self.order.is_empty() => {
                let (above, lines) = self.table(room, body.width.into(), glyphs, cx.now);
                head.extend(above);
                let height = body.height.saturating_sub(around(&head));
                self.stands_for =
                    self.order.iter().filter_map(|at| self.matrix.lines.get(*at)).map(|one| Some(one.place)).collect();
                self.menu.at = self.order.iter().position(|at| self.is_chosen(*at)).unwrap_or_default();
                self.menu.set_lines(lines, height);
            }
            _ => {
                let (entries, stands_for): (Vec<Entry>, Vec<Option<usize>>) =
                    self.entries(room, cx).into_iter().unzip();
                let height = body.height.saturating_sub(around(&head));
                self.stands_for = stands_for;
                self.menu.set(&entries, body.width.min(WIDEST), height, glyphs);
            }
        }
        (self.head, self.foot) = (head, foot);
    }

    fn is_chosen(&self, at: usize) -> bool {
        self.matrix.lines.get(at).map(|line| &line.login) == self.chosen.as_ref()
    }

    /// Somebody who is shown is always chosen, as long as anybody is.
    fn keep_chosen(&mut self, room: &Room) {
        let here = self.chosen.as_deref().is_some_and(|login| room.class.learners.iter().any(|one| one.login == login));
        let shown = self.view != View::Matrix || self.order.iter().any(|at| self.is_chosen(*at));
        if !here || !shown {
            let first = self.order.get(self.menu.at).or_else(|| self.order.first());
            self.chosen = first.and_then(|at| self.matrix.lines.get(*at)).map(|line| line.login.clone());
        }
    }

    /// Title and standing of the screen.
    pub fn heading(&self, cx: &Context) -> (String, String) {
        let Some(room) = self.room(cx) else { return (self.class.clone(), String::new()) };
        let Some(set) = self.assignment(&room.class) else { return (line(&room.class.title), String::new()) };
        let sum = self.matrix.summary(cx.now);
        let title = format!("{} · {}", line(&set.title), line(&room.class.title));
        let narrow = cx.size.width < 60;
        let counts = if narrow {
            format!("{}/{} begun · {} in", sum.begun, sum.learners, sum.done)
        } else {
            format!("{} of {} begun · {} handed in", sum.begun, sum.learners, sum.done)
        };
        let clock = clock(room, set, &sum, cx, narrow);
        (if narrow { line(&set.title) } else { title }, [counts, clock].join(" · "))
    }

    /// The views, the one at hand marked.
    fn tabs(&self, room: &Room, columns: usize, cx: &Context) -> Row {
        let sum = self.matrix.summary(cx.now);
        let row = (!self.matrix.columns.is_empty()).then(|| format!(" {}", self.column + 1)).unwrap_or_default();
        let poll = match room.ledger.open_poll() {
            Some(poll) if poll.takes_answers() => format!(": {} answered", poll.answers.len()),
            Some(_) => ": revealed".to_owned(),
            None => String::new(),
        };
        let words = [
            "matrix".to_owned(),
            format!("row{row}"),
            format!("stuck {}", sum.stuck),
            "learner".to_owned(),
            format!("polls{poll}"),
        ];
        let mut spans = Vec::new();
        let mut room_left = columns;
        for (place, (view, words)) in View::ALL.into_iter().zip(words).enumerate() {
            let text = format!("{} {words}", place + 1);
            let (open, close) = if view == self.view { ("[", "]") } else { (" ", " ") };
            let ink = if view == self.view { Ink::Current } else { Ink::Faint };
            let cell = format!("{open}{text}{close} ");
            let wide = width(&cell);
            if wide <= room_left {
                room_left -= wide;
                spans.push(Span::new(cell, ink.role()));
            }
        }
        Row { spans, block: 0 }
    }

    /// What is said of the chosen row, and which lines are shown.
    fn foot(&self, room: &Room, columns: usize, (tall, glyphs): (bool, Glyphs)) -> Vec<Row> {
        let sentence = self.row_in_words(self.column);
        let mut rows: Vec<Row> = fold(&sentence, columns)
            .into_iter()
            .take(if tall { 3 } else { 2 })
            .map(|text| plain(text, Ink::Layer))
            .collect();
        if tall {
            let shown = format!(
                "{} of {} shown: {}, by {}",
                self.order.len(),
                self.matrix.lines.len(),
                line(&self.filter.words()),
                self.sort.word()
            );
            let legend = Self::legend(columns, glyphs);
            rows.extend(fold(&shown, columns).into_iter().take(1).map(|text| plain(text, Ink::Faint)));
            rows.extend(legend.filter(|_| !room.class.learners.is_empty()).map(|text| plain(text, Ink::Faint)));
        }
        rows
    }
}

/// What is left of the time, as the room's clock on the wall would have it.
fn clock(room: &Room, set: &Assignment, sum: &Summary, cx: &Context, narrow: bool) -> String {
    let window = room.ledger.window("", set, cx.now);
    let left = |at: crate::course::Timestamp| left_of(at.since(cx.now));
    let word = |words: &'static str| if narrow { "" } else { words };
    if window.paused {
        return "paused".to_owned();
    }
    if let Some(opens) = window.opens.filter(|opens| *opens > cx.now) {
        return format!("{}{}", if narrow { "in " } else { "opens in " }, left(opens));
    }
    if !window.is_open(cx.now) {
        return "closed".to_owned();
    }
    if let Some(ms) = sum.left {
        return format!("{}{}", left_of(ms), word(" left"));
    }
    match window.due.or(window.closes) {
        Some(due) if due > cx.now => format!("{}{}", left(due), word(" left")),
        Some(_) => "late".to_owned(),
        None => "no end".to_owned(),
    }
}

/// A row of one ink.
pub(super) fn plain(text: impl Into<String>, ink: Ink) -> Row {
    Row { spans: vec![Span::new(text, ink.role())], block: 0 }
}

/// Blank columns.
pub(super) fn blank(columns: usize) -> Span {
    Span::new(" ".repeat(columns), Role::Text)
}

/// A span of one ink.
pub(super) fn span(text: impl Into<String>, ink: Ink) -> Span {
    Span::new(text, ink.role())
}
