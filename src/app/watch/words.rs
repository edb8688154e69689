//! The room in words, for who listens: nothing is drawn, and no mark stands for itself.

use crate::classroom::{CellKind, Line};

use super::{
    super::{Context, Room, stack::Ink},
    View, Watch,
    names::ago,
    table::standing,
};

impl Watch {
    /// The view at hand, sentence by sentence.
    pub fn words(&self, cx: &Context) -> Vec<String> {
        let Some(room) = self.room(cx) else { return Vec::new() };
        if self.view != View::Matrix || self.order.is_empty() {
            return self.entries_in_words(room, cx);
        }
        let lines = self.order.iter().filter_map(|place| self.matrix.lines.get(*place));
        let lines = lines.map(|line| self.line_in_words(room, line, cx));
        lines.chain([self.row_in_words(self.column)]).collect()
    }

    fn entries_in_words(&self, room: &Room, cx: &Context) -> Vec<String> {
        let words = |(entry, _): super::views::Listed| {
            let note = entry.note.trim_start_matches(['█', '#', ' ']).to_owned();
            let right = entry.mark.1 == Ink::Right && !note.contains(CellKind::Right.words());
            let notes: Vec<String> = [note, if right { "the right one".to_owned() } else { String::new() }]
                .into_iter()
                .filter(|note| !note.is_empty())
                .collect();
            let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
            format!("{}{notes}", entry.text)
        };
        self.entries(room, cx).into_iter().map(words).collect()
    }

    fn line_in_words(&self, room: &Room, line: &Line, cx: &Context) -> String {
        let name = self.name(&room.class, line.place);
        let (state, _) = standing(line, cx.now);
        if line.touched.is_none() {
            return format!("{name}: {state}");
        }
        let share = line.share().map(|share| format!(", {} %", share.hundredths() / 100)).unwrap_or_default();
        let idle = line.idle(cx.now).map(|idle| format!(", idle {}", ago(idle))).unwrap_or_default();
        let cells = line.cells.iter().enumerate().filter(|(_, cell)| cell.kind.is_wrong());
        let wrong: Vec<String> =
            cells.map(|(place, cell)| format!("row {} {}", place + 1, cell.kind.words())).collect();
        let wrong = if wrong.is_empty() { String::new() } else { format!("; {}", wrong.join(", ")) };
        format!("{name}: {state}, {} of {} answered{share}{idle}{wrong}", line.answered, line.rows)
    }

    /// Time stands still for the assignment at hand.
    pub fn is_paused(&self, cx: &Context) -> bool {
        self.window(cx).is_some_and(|window| window.paused)
    }

    /// The assignment at hand can be worked on, as far as the dates go.
    pub fn is_open(&self, cx: &Context) -> bool {
        self.window(cx).is_some_and(|window| window.is_open(cx.now))
    }

    fn window(&self, cx: &Context) -> Option<crate::classroom::Window> {
        let room = self.room(cx)?;
        Some(room.ledger.window("", self.assignment(&room.class)?, cx.now))
    }
}
