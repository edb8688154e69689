//! When the session wants to be woken: for the next frame of a movement, for a reader who rests, and where a time is on the
//! screen, when its words change. Nothing else wakes it.

use crate::course::Timestamp;

use super::{Context, Effect, Home, Screen, State, area, home::Item, timing};

/// Wakes that were asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alarm {
    /// For what moves or rests on the screen.
    screen: Option<Timestamp>,
    /// What the world was asked for last.
    set: Option<Timestamp>,
}

/// The longest sleep: clocks are set, and a machine sleeps.
const LONGEST: i64 = timing::HOUR;

impl State {
    /// Makes of this step's wishes and the clock's one, and asks for it where it is a new one.
    pub(super) fn set_alarm(&mut self) {
        let now = self.cx.now;
        let later = |after: i64| Timestamp(now.0.saturating_add(after));
        let wished = self
            .cx
            .effects
            .iter()
            .rev()
            .find_map(|effect| if let Effect::Wake(after) = effect { Some(*after) } else { None });
        self.cx.effects.retain(|effect| !matches!(effect, Effect::Wake(_)));
        let screen = wished.map(|after| later(after.into())).or(self.alarm.screen.filter(|at| *at > now));
        let clock = self.next_change().map(|after| later(after.clamp(1, LONGEST)));
        let wanted = [screen, clock].into_iter().flatten().min();
        let set = self.alarm.set.filter(|at| *at > now);
        if let Some(at) = wanted.filter(|_| wanted != set || wished.is_some()) {
            self.cx.effects.push(Effect::Wake(u32::try_from(at.since(now)).unwrap_or(u32::MAX)));
        }
        self.alarm = Alarm { screen, set: wanted.or(set) };
    }

    /// After how many milliseconds a time on the screen changes, or time is up.
    fn next_change(&self) -> Option<i64> {
        let home = match self.screen() {
            Some(Screen::Home(home)) if self.is_seen() => home.next_change(&self.cx),
            _ => None,
        };
        [self.next_of_work(), home].into_iter().flatten().min()
    }

    /// The screen is drawn, and nothing lies over it: in a conversation in lines nothing is.
    fn is_seen(&self) -> bool {
        self.overlay.is_none() && area::fits(self.cx.size)
    }

    /// For the work at hand: each minute, each second when little is left and it is on the screen. Time that stands still
    /// needs no clock.
    fn next_of_work(&self) -> Option<i64> {
        let sitting = self.at_work()?;
        let duty = self.cx.duty_of(sitting).filter(|duty| !duty.window(&self.cx).paused)?;
        let left = duty.left(&self.cx, sitting).filter(|left| *left > 0)?;
        let shown = self.is_seen() && matches!(self.screen(), Some(Screen::Exercise(_) | Screen::HandIn(_)));
        let minute = (left - 1) % timing::MINUTE + 1;
        let next = if shown { timing::next_change(left).min(minute) } else { minute };
        // Half of a limit is no full minute.
        let half = duty.sat(sitting).zip(duty.end(&self.cx, sitting)).map(|(sat, end)| left - end.since(sat.at) / 2);
        [Some(next), half.filter(|after| *after > 0)].into_iter().flatten().min()
    }
}

impl Home {
    /// After how many milliseconds one of its rows reads otherwise.
    fn next_change(&self, cx: &Context) -> Option<i64> {
        let set = self.rows.iter().filter_map(|row| if let Item::Assigned(set) = &row.item { Some(set) } else { None });
        set.filter_map(|set| cx.duty(set)?.next_change(cx)).min()
    }
}
