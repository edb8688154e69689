//! What was done, for the instructors who see it done.

use crate::classroom::{Act, Class, ClassRecord};

use super::{super::Context, Watch, names::line};

impl Watch {
    /// What an act was: of this session, or of another instructor by name.
    pub(super) fn told(&self, cx: &Context, record: &ClassRecord, mine: bool) -> Option<String> {
        let room = self.room(cx)?;
        let done = self.done(&room.class, &record.entry.act);
        Some(if mine { done } else { format!("{}: {done}", line(&record.entry.by)) })
    }

    fn done(&self, class: &Class, act: &Act) -> String {
        let title = act.assignment().map(|id| class.assignment(id).map_or(id, |set| set.title.as_str()));
        let title = line(title.unwrap_or_default());
        let whom = || self.whom(class, act.learner());
        match act {
            Act::Opened { .. } => format!("{title} is open."),
            Act::Closed { .. } => format!("{title} is closed: nothing more is taken."),
            Act::Paused { .. } => format!("{title} is paused: time stands still."),
            Act::Resumed { .. } => format!("{title} goes on."),
            Act::Extended { by_ms, .. } => format!("{title} ends {} for {}.", later(*by_ms), whom()),
            Act::Reopened { .. } => format!("{title} can be tried once more by {}.", whom()),
            Act::Messaged { text, .. } => format!("Said to {}: {}", whom(), line(text)),
            Act::PollOpened { .. } => "The room is asked.".to_owned(),
            Act::PollRevealed { .. } => "The answer is on every screen.".to_owned(),
            Act::PollClosed { .. } => "The poll is over.".to_owned(),
        }
    }
}

/// `15 min later`, `5 min earlier`.
fn later(by_ms: i64) -> String {
    let minutes = by_ms.unsigned_abs() / 60_000;
    let word = if by_ms < 0 { "earlier" } else { "later" };
    format!("{minutes} min {word}")
}
