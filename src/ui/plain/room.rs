//! The room of a class in words: a picture of it on Enter, and what an instructor does by words.

use crate::{
    app::{Action, Ask, Input, State, Steer, View, Watch},
    document::printable,
};

use super::reply::Reply;

/// How the room is answered.
pub(super) const ROOM: &str = "Enter looks again. matrix, row 3, stuck, learner 7, polls; pause, resume, open, close, extend 15, reopen, \
message TEXT; ask 3, reveal, end. ? help, q leave\n";

/// The room as it is now.
pub(super) fn told(state: &State, watch: &Watch) -> String {
    let (title, standing) = watch.heading(&state.cx);
    let mut text = format!("{title}\n{standing}\n");
    for line in watch.words(&state.cx) {
        text.push_str(&line);
        text.push('\n');
    }
    text + ROOM
}

/// What is asked of the instructor.
pub(super) fn asked(ask: &Ask) -> String {
    let how = if ask.takes_text() { "An empty line leaves it." } else { "yes or no." };
    format!("{} {how}\n", ask.words)
}

/// The answer to what is asked.
pub(super) fn answer(ask: &Ask, line: &str) -> Reply {
    let cancel = || Reply::Do(vec![Input::Act(Action::Back)]);
    if ask.takes_text() {
        return if line.is_empty() { cancel() } else { Reply::Do(typed(line)) };
    }
    match line.to_ascii_lowercase().as_str() {
        "y" | "yes" => Reply::Do(vec![Input::Act(Action::Open)]),
        "n" | "no" | "q" | "" => cancel(),
        _ => Reply::Say("yes or no.\n".into()),
    }
}

fn typed(text: &str) -> Vec<Input> {
    vec![Input::Paste(text.to_owned()), Input::Act(Action::Open)]
}

fn steer(steer: Steer) -> Input {
    Input::Act(Action::Steer(steer))
}

fn with(first: Steer, text: &str) -> Vec<Input> {
    std::iter::once(steer(first)).chain(typed(text)).collect()
}

fn show(view: View) -> Input {
    let place = View::ALL.iter().position(|one| *one == view).unwrap_or_default();
    Input::Act(Action::Choose(u8::try_from(place + 1).unwrap_or(1)))
}

/// What a line means in the room; none where it is a key's letter or word.
pub(super) fn meant(state: &State, watch: &Watch, line: &str) -> Option<Reply> {
    let (verb, rest) = line.split_once(' ').map_or((line, ""), |(verb, rest)| (verb, rest.trim()));
    let inputs = match (verb.to_ascii_lowercase().as_str(), rest) {
        ("", _) => vec![Input::Tick, show(watch.view)],
        ("matrix", "") => vec![show(View::Matrix)],
        ("stuck", "") => vec![show(View::Stuck)],
        ("polls", "") => vec![show(View::Polls)],
        ("row", "") => vec![show(View::Row)],
        ("learner", "") => vec![show(View::Learner)],
        ("row", row) => [with(Steer::Find, &format!("row {row}")), vec![show(View::Row)]].concat(),
        ("ask", "") => vec![steer(Steer::ToRoom)],
        ("ask", row) => [with(Steer::Find, &format!("row {row}")), vec![steer(Steer::ToRoom)]].concat(),
        ("end", "") => vec![steer(Steer::EndPoll)],
        ("next", "") => vec![steer(Steer::NextAssignment), show(View::Matrix)],
        ("previous", "") => vec![steer(Steer::AssignmentBefore), show(View::Matrix)],
        ("pause" | "resume" | "open" | "close", "") => return Some(switch(state, watch, verb)),
        ("message", text) if !text.is_empty() => with(Steer::Message, text),
        ("learner" | "tell" | "extend" | "reopen", rest) if !rest.is_empty() => {
            return Some(for_whom(state, watch, verb, rest));
        }
        _ => return None,
    };
    Some(Reply::Do(inputs))
}

/// A word that says which way a key shall turn things does nothing where they stand so already.
fn switch(state: &State, watch: &Watch, verb: &str) -> Reply {
    let (paused, open) = (watch.is_paused(&state.cx), watch.is_open(&state.cx));
    let (does, meant) = match verb.to_ascii_lowercase().as_str() {
        "pause" => (!paused, Steer::Pause),
        "resume" => (paused, Steer::Pause),
        "open" => (!open, Steer::OpenClose),
        _ => (open, Steer::OpenClose),
    };
    if does { Reply::Do(vec![steer(meant)]) } else { Reply::Say("It is so already.\n".into()) }
}

/// What is done for one learner: `learner 7`, `tell 7: TEXT`, `extend 15 for 7`, `reopen for 7`. `extend 15` is for all.
fn for_whom(state: &State, watch: &Watch, verb: &str, rest: &str) -> Reply {
    let (whom, what, meant) = match verb.to_ascii_lowercase().as_str() {
        "learner" => (rest, "", None),
        "tell" => match rest.split_once(':') {
            Some((whom, text)) if !text.trim().is_empty() => (whom, text.trim(), Some(Steer::MessageOne)),
            _ => return Reply::Say("Write it as: tell 7: what to say\n".into()),
        },
        "extend" => match rest.split_once(" for ") {
            Some((minutes, whom)) => (whom, minutes, Some(Steer::ExtendOne)),
            None => return Reply::Do(with(Steer::Extend, rest)),
        },
        _ => (rest.strip_prefix("for ").unwrap_or(rest), "", Some(Steer::ReopenOne)),
    };
    let whom = whom.trim();
    if watch.called(&state.cx, whom).is_none_or(|login| watch.matrix.line(&login).is_none()) {
        let whom: String = whom.chars().take(40).collect();
        return Reply::Say(format!("Nobody is called '{}' here.\n", printable(&whom)));
    }
    let mut inputs = with(Steer::Find, whom);
    match meant {
        None => inputs.push(show(View::Learner)),
        Some(Steer::ReopenOne) => inputs.push(steer(Steer::ReopenOne)),
        Some(meant) => inputs.extend(with(meant, what)),
    }
    Reply::Do(inputs)
}
