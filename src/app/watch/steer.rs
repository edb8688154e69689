//! What an instructor does: a key means an act, a question first where something has to be typed, or a yes where it cannot be
//! taken back.

use crate::{
    classroom::{Act, Class, Filter, Matrix, Rules, Sort, Task},
    course::Course,
    document::printable,
};

use super::{
    super::{Ask, Asking, Context, Overlay, Room, Screen, State, Steer},
    View, Watch,
    names::line,
};

impl State {
    /// Does what a key of the room means.
    pub(in super::super) fn steer(&mut self, steer: Steer) {
        if let Some(Screen::Watch(watch)) = self.screens.last_mut() {
            self.overlay = watch.steer(&mut self.cx, steer).map(Overlay::Ask);
        }
    }

    /// Takes the answer to what was asked.
    pub(in super::super) fn answered(&mut self, ask: Ask) {
        if let Some(Screen::Watch(watch)) = self.screens.last_mut() {
            self.overlay = watch.answered(&mut self.cx, ask).map(Overlay::Ask);
        }
    }
}

impl Watch {
    /// Does what a key means; a question where something is to be asked first.
    fn steer(&mut self, cx: &mut Context, steer: Steer) -> Option<Ask> {
        match steer {
            Steer::NextAssignment => self.turn(cx, 1),
            Steer::AssignmentBefore => self.turn(cx, -1),
            Steer::NextRow => self.choose_column(cx, self.column + 1),
            Steer::RowBefore => self.choose_column(cx, self.column.saturating_sub(1)),
            Steer::Sort => self.sort(cx),
            Steer::Filter => self.filter(cx),
            Steer::Names => {
                self.names = !self.names;
                self.refresh(cx);
            }
            Steer::Find => {
                return Some(Ask::line("Find a learner by number or name, or a row: 7, ana, row 3", Asking::Find));
            }
            Steer::Message => return self.message(cx, None),
            Steer::MessageOne => {
                let login = self.someone(cx)?;
                return self.message(cx, Some(login));
            }
            Steer::ToRoom | Steer::Reveal | Steer::EndPoll => return self.poll(cx, steer),
            _ => return self.timing(cx, steer),
        }
        None
    }

    /// Acts on the assignment at hand.
    fn timing(&mut self, cx: &mut Context, steer: Steer) -> Option<Ask> {
        let room = cx.room(&self.class)?;
        let Some(set) = self.assignment(&room.class) else {
            cx.say("This class has no assignment yet.");
            return None;
        };
        let (assignment, title) = (set.id.clone(), line(&set.title));
        let window = room.ledger.window("", set, cx.now);
        let sure = |words: String, act| Some(Ask::sure(words, vec![act]));
        match steer {
            Steer::Pause if window.paused => self.send(cx, vec![Act::Resumed { assignment }]),
            Steer::Pause => self.send(cx, vec![Act::Paused { assignment }]),
            Steer::OpenClose if window.is_open(cx.now) => {
                let words =
                    format!("Close {title}? Nothing more is taken, and what is open is handed in as it stands.");
                return sure(words, Act::Closed { assignment });
            }
            Steer::OpenClose => {
                return sure(format!("Open {title} to everyone it is set?"), Act::Opened { assignment });
            }
            Steer::FiveMinutes => {
                self.send(cx, vec![Act::Extended { assignment, learner: None, by_ms: 5 * MINUTE }]);
            }
            Steer::Extend => return Some(self.extension(&room.class, None)),
            Steer::ExtendOne => {
                let login = self.someone(cx)?;
                return Some(self.extension(&cx.room(&self.class)?.class, Some(login)));
            }
            Steer::Reopen => {
                return sure(
                    format!("Give everyone one more attempt at {title}?"),
                    Act::Reopened { assignment, learner: None, until: None },
                );
            }
            Steer::ReopenOne => {
                let login = self.someone(cx)?;
                let whom = self.whom(&cx.room(&self.class)?.class, Some(&login));
                let act = Act::Reopened { assignment, learner: Some(login), until: None };
                return sure(format!("Give {whom} one more attempt at {title}?"), act);
            }
            _ => {}
        }
        None
    }

    fn extension(&self, class: &Class, login: Option<String>) -> Ask {
        let whom = self.whom(class, login.as_deref());
        Ask::line(format!("Minutes more for {whom}, such as 5 or 15; -5 takes them back"), Asking::Extend(login))
    }

    fn message(&self, cx: &Context, login: Option<String>) -> Option<Ask> {
        let class = &cx.room(&self.class)?.class;
        Some(Ask::line(format!("What to say to {}", self.whom(class, login.as_deref())), Asking::Message(login)))
    }

    /// The chosen learner; a word to the instructor where nobody is.
    fn someone(&self, cx: &mut Context) -> Option<String> {
        if self.chosen.is_none() {
            cx.say("Nobody is chosen. Choose a line of the matrix.");
        }
        self.chosen.clone()
    }

    fn poll(&mut self, cx: &mut Context, steer: Steer) -> Option<Ask> {
        let room = cx.room(&self.class)?;
        let open = room.ledger.open_poll();
        match (steer, open) {
            (Steer::ToRoom, _) => return self.ask_room(cx),
            (_, None) => cx.say("No row is put to the room. o asks the chosen one."),
            (Steer::Reveal, Some(poll)) if poll.revealed.is_some() => {
                cx.say("It is revealed already. d takes it from the screens.");
            }
            (Steer::Reveal, Some(poll)) => {
                let words =
                    format!("Show the answer and how the room answered ({}) on every screen?", poll.answers.len());
                let warning = exam_in(&cx.course, room, &poll.scenario);
                let act = Act::PollRevealed { poll: poll.id, votes: poll.count() };
                return Some(Ask::sure(format!("{words}{warning}"), vec![act]));
            }
            (Steer::EndPoll, Some(poll)) => {
                let act = Act::PollClosed { poll: poll.id };
                if poll.revealed.is_some() {
                    self.send(cx, vec![act]);
                } else {
                    return Some(Ask::sure("End the poll without showing its answer?", vec![act]));
                }
            }
            _ => {}
        }
        None
    }

    fn ask_room(&self, cx: &mut Context) -> Option<Ask> {
        let room = cx.room(&self.class)?;
        let Some((scenario, layer)) = self.layer(self.column) else {
            cx.say("This row is not in this course, so it cannot be asked.");
            return None;
        };
        let ends = room.ledger.open_poll().map(|poll| Act::PollClosed { poll: poll.id });
        let words = if ends.is_some() { " This ends the one on the screens." } else { "" };
        let warning = exam_in(&cx.course, room, &scenario.id);
        let words = format!("Ask everyone about row {}, {}?{words}{warning}", self.column + 1, line(&layer.label));
        let opens = Act::PollOpened { scenario: scenario.id.clone(), layer: layer.id.clone() };
        Some(Ask::sure(words, ends.into_iter().chain([opens]).collect()))
    }

    /// Does what was asked for; another question where the answer is none.
    fn answered(&mut self, cx: &mut Context, ask: Ask) -> Option<Ask> {
        let text = printable(ask.text.trim()).replace('\n', " ");
        match ask.about {
            Asking::Confirm(acts) => {
                let asks = acts.iter().any(|act| matches!(act, Act::PollOpened { .. }));
                self.send(cx, acts);
                if asks {
                    self.show(cx, View::Polls);
                }
            }
            Asking::Message(_) if text.is_empty() => cx.say("Nothing was said."),
            Asking::Message(learner) => self.send(cx, vec![Act::Messaged { text, learner }]),
            Asking::Extend(learner) => match minutes(&text) {
                Some(by_ms) => {
                    let assignment = self.matrix.assignment.clone();
                    self.send(cx, vec![Act::Extended { assignment, learner, by_ms }]);
                }
                None => cx.say(format!("'{text}' is no number of minutes. Nothing was changed.")),
            },
            Asking::Find => self.find(cx, &text),
        }
        None
    }

    /// Chooses a learner by number or by part of a name, or a row.
    fn find(&mut self, cx: &mut Context, text: &str) {
        if let Some(row) = text.strip_prefix("row").map(str::trim).and_then(|row| row.parse::<usize>().ok()) {
            let known = row.checked_sub(1).filter(|row| *row < self.matrix.columns.len());
            return match known {
                Some(column) => self.choose_column(cx, column),
                None => cx.say(format!("There is no row {row} here.")),
            };
        }
        match self.called(cx, text) {
            Some(login) if self.matrix.line(&login).is_some() => {
                self.filter = Filter::All;
                self.chosen = Some(login);
                self.refresh(cx);
            }
            Some(_) => cx.say("This assignment is not set to them."),
            None => cx.say(format!("Nobody is called '{text}' here.")),
        }
    }

    /// The login of the learner with this number, or with this in their name.
    pub fn called(&self, cx: &Context, text: &str) -> Option<String> {
        let class = &cx.room(&self.class)?.class;
        let number = text.strip_prefix("learner").unwrap_or(text).trim().parse::<usize>().ok();
        let name = text.trim().to_lowercase();
        // A name that is hidden is not found either: the line that is chosen would give it away.
        let named = |place: &usize| self.names && self.name(class, *place).to_lowercase().contains(&name);
        let by_name = || (0..class.learners.len()).find(|place| !name.is_empty() && named(place));
        let place = number.map_or_else(by_name, |number| number.checked_sub(1))?;
        class.learners.get(place).map(|learner| learner.login.clone())
    }

    fn choose_column(&mut self, cx: &Context, column: usize) {
        self.column = column.min(self.matrix.columns.len().saturating_sub(1));
        self.turned += usize::from(self.view == View::Row);
        self.fit(cx);
    }

    fn turn(&mut self, cx: &mut Context, by: isize) {
        let Some(class) = self.room(cx).map(|room| &room.class) else { return };
        let here = class.assignments.iter().position(|set| set.id == self.matrix.assignment).unwrap_or_default();
        let next = here.checked_add_signed(by).and_then(|place| class.assignments.get(place));
        match next.map(|set| set.id.clone()) {
            Some(id) => {
                self.matrix = Matrix::new(&id);
                self.column = 0;
                self.refresh(cx);
            }
            None => cx.say("There is no other assignment in this direction."),
        }
    }

    /// Another order; names that are hidden are no order either.
    fn sort(&mut self, cx: &mut Context) {
        let here = Sort::ALL.iter().position(|sort| *sort == self.sort).unwrap_or_default();
        let after = Sort::ALL.iter().cycle().skip(here + 1).copied();
        self.sort = after.take(Sort::ALL.len()).find(|sort| self.names || *sort != Sort::Name).unwrap_or_default();
        self.refresh(cx);
        cx.say(format!("Sorted by {}.", self.sort.word()));
    }

    fn filter(&mut self, cx: &mut Context) {
        let Some(room) = cx.room(&self.class) else { return };
        let all = Filter::all(&room.class);
        let here = all.iter().position(|filter| *filter == self.filter).unwrap_or_default();
        self.filter = all.get((here + 1) % all.len()).cloned().unwrap_or_default();
        self.refresh(cx);
        cx.say(format!("Shown: {}.", line(&self.filter.words())));
    }
}

const MINUTE: i64 = 60_000;

/// The most minutes that an extension is typed in: a fortnight.
const MOST_MINUTES: i64 = 14 * 24 * 60;

/// `15`, `+5`, `-5`, `15 min`, in milliseconds; none where it is no such number, or changes nothing.
fn minutes(text: &str) -> Option<i64> {
    let number = text.trim_end_matches(|char: char| char.is_ascii_alphabetic() || char == '.').trim();
    let minutes: i64 = number.parse().ok()?;
    (minutes != 0 && minutes.abs() <= MOST_MINUTES).then_some(minutes * MINUTE)
}

/// A warning where the scenario belongs to an exam, or may be drawn for one.
fn exam_in(course: &Course, room: &Room, scenario: &str) -> String {
    let holds = |task: &Task| task.pool(course).contains(scenario);
    let exam = room.class.assignments.iter().find(|set| set.mode == Rules::Exam && holds(&set.task));
    exam.map(|set| format!(" It is part of the exam {}.", line(&set.title))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_typed_as_one_says_them() {
        let typed = ["15", "+5", "-5", "15 min", "5m", "0", "", "a", "99999999", "1.5"].map(minutes);
        let none = None;
        assert_eq!(
            typed,
            [Some(900_000), Some(300_000), Some(-300_000), Some(900_000), Some(300_000), none, none, none, none, none]
        );
    }
}
