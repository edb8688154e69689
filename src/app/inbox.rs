//! What instructors say to the learner: told when it comes, kept on a page, told again until that was opened.

use crate::{
    classroom::{Act, ClassRecord},
    course::{Entry, Timestamp},
};

use super::{Context, Room, Screen, State};

/// Name of the record that says up to when messages were read. No setting: nobody chooses it.
const READ: &str = "messages-read";

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'c> {
    /// When it was sent.
    pub at: Timestamp,
    /// Its class.
    pub room: &'c str,
    /// What it says.
    pub text: &'c str,
    /// It was not read yet.
    pub unread: bool,
}

impl Context {
    /// The messages for the learner, the latest first.
    pub fn messages(&self) -> Vec<Message<'_>> {
        let read = self.progress.settings.get(READ).and_then(|at| at.parse().ok()).unwrap_or(i64::MIN);
        let mine = |room: &&Room| room.class.learner(&self.learner).is_some();
        let mut messages: Vec<Message<'_>> = self
            .rooms
            .iter()
            .filter(mine)
            .flat_map(|room| {
                let title = room.class.title.as_str();
                room.ledger.messages(&self.learner).map(move |(at, text)| Message {
                    at,
                    room: title,
                    text,
                    unread: at.0 > read,
                })
            })
            .collect();
        messages.sort_by_key(|message| std::cmp::Reverse(message.at));
        messages
    }

    /// How many messages were not read.
    pub fn unread(&self) -> usize {
        self.messages().iter().filter(|message| message.unread).count()
    }

    /// Notes that all messages there are were read.
    pub(super) fn read_messages(&mut self) {
        let latest = self.messages().first().filter(|message| message.unread).map(|message| message.at.0.to_string());
        if let Some(value) = latest {
            self.record(Entry::Set { name: READ.to_owned(), value });
        }
    }

    /// Says what was not read yet.
    pub(super) fn say_unread(&mut self) {
        let words = match self.messages().into_iter().filter(|message| message.unread).collect::<Vec<_>>().as_slice() {
            [] => return,
            [one] => told(one.text),
            more => format!("{} messages for you: open Messages.", more.len()),
        };
        self.add(words);
    }

    /// Says one more line to the learner, after those of this step.
    pub(super) fn add(&mut self, words: String) {
        self.notice = Some(match self.notice.take().filter(|_| self.speaks) {
            Some(before) => format!("{before} {words}"),
            None => words,
        });
        self.speaks = true;
    }
}

impl State {
    /// Says what instructors say to the learner in `acts`, and takes up what they changed, once those count.
    pub(super) fn hear(&mut self, class: &str, acts: &[ClassRecord]) {
        let listens = self.cx.room(class).is_some_and(|room| room.class.learner(&self.cx.learner).is_some());
        for act in acts.iter().map(|record| &record.entry.act) {
            if let Act::Messaged { text, .. } = act
                && listens
                && act.is_for(&self.cx.learner)
            {
                self.cx.add(told(text));
            }
        }
        self.set_anew();
    }

    /// What is set, or its times, may be others now.
    pub(super) fn set_anew(&mut self) {
        self.reseal();
        self.refresh_texts();
    }
}

impl State {
    /// Makes what is told of set work, of messages and of results anew.
    pub(super) fn refresh_texts(&mut self) {
        for screen in &mut self.screens {
            match screen {
                Screen::Home(home) => home.refresh(&self.cx),
                Screen::Page(page) => {
                    if let Some(anew) = page.anew(&self.cx) {
                        **page = anew;
                    }
                    page.fit(&self.cx);
                }
                _ => {}
            }
        }
    }
}

/// A message as a line; a long one is told as far as it goes into one.
fn told(text: &str) -> String {
    const LONGEST: usize = 240;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("Message: \"{} ...\" (whole under Messages)", text.get(..end).unwrap_or_default()),
        None => format!("Message: \"{text}\""),
    }
}
