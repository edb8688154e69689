//! In lines.

use std::io::Cursor;

use respline::{
    app::Goal,
    course::Timestamp,
    store::Memory,
    terminal::{Conversation, lines},
    ui::plain::Run,
};

use super::{
    evil,
    guard::harm,
    support::program::{Opening, Program},
};

/// What a conversation for `goal` says to `input`.
fn said(goal: Goal, run: Run, input: &str) -> String {
    let program = {
        // A message as hostile as the rest, which is told at the beginning.
        let mut opening = Opening { goal: Some(goal), ..evil::in_class("mail") };
        let text = evil::all();
        let act = respline::classroom::Act::Messaged { text, learner: None };
        opening.rooms[0].ledger.act(super::support::rooms::act(0, Timestamp(0), act));
        Program::start(&opening, &Memory::default(), 1)
    };
    let mut output = Vec::new();
    lines::run(Conversation::new(program.into_engine(), run), &mut Cursor::new(input), &mut output, &|| Timestamp(1))
        .expect("it is told");
    String::from_utf8(output).expect("it is UTF-8")
}

#[test]
fn no_line_obeys_hostile_content() {
    let hostile = evil::all();
    let play = "h\nh\nc\nh\nh\n1\n".repeat(5);
    let conversations = [
        (Goal::Welcome, Run::Tutor, format!("{hostile}\n/{hostile}\n/nothing\nt\np\ns\nq\n?\n3\nq\nq\n")),
        (Goal::Practice("db-hand".into()), Run::Scenario, format!("{hostile}\n?\ns\n{play}")),
        (Goal::Exam("db-hand".into()), Run::Scenario, "c\n1\n".repeat(5)),
        (Goal::Sit("1.1".into()), Run::Tutor, "c\n1\n".repeat(5) + "x\nn\nq\n"),
        (Goal::Read { lesson: "1.1".into(), at: None }, Run::Lesson, "\n".repeat(9)),
        (Goal::Practice(hostile.clone()), Run::Tutor, "q\n".into()),
        (Goal::Read { lesson: hostile.clone(), at: None }, Run::Tutor, "q\n".into()),
    ];
    let classroom = [
        (Goal::Home, Run::Tutor, format!("1\n\n{}x\n\nq\nq\n", "c\n1\n".repeat(5))),
        (Goal::Messages, Run::Tutor, "q\nq\n".into()),
        (Goal::Practice("mail".into()), Run::Tutor, "q\n".into()),
    ];
    for (goal, run, input) in conversations.into_iter().chain(classroom) {
        let what = format!("{goal:?}");
        let text = said(goal, run, &input);
        assert_eq!(harm(&text), Vec::<String>::new(), "{what}");
        assert!(text.contains("<U+001B>") && text.contains("<U+202E>"), "{what}: no mark\n{text}");
    }
}
