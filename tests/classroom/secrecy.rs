//! An exam keeps its key: on the screen, in lines, and in the records.

use std::io::Cursor;

use respline::{
    app::{Goal, Input, Screen},
    classroom::{Act, Assignment, Feedback},
    course::{Order, Scenario, Timestamp},
    store::{Memory, Store},
    terminal::{Conversation, lines},
    ui::plain::Run,
};

use super::support::{
    packs,
    program::{LEARNER, Opening, Program},
    rooms::{BEGIN, exam, minute, room, told},
};

const SCENARIO: &str = "db-hand";

fn opening(feedback: Feedback) -> Opening {
    let set = Assignment { feedback, ..exam(SCENARIO) };
    Opening { goal: Some(Goal::Home), rooms: vec![room(vec![set])], ..packs::opening(packs::small()) }
}

fn scenario() -> Scenario {
    packs::opening(packs::small()).shelf.scenario(SCENARIO).expect("it is in the pack").as_ref().clone()
}

/// What tells the key: every reason, every hint, and the words of a verdict.
fn secrets() -> Vec<String> {
    let scenario = scenario();
    let layers = scenario.layers.iter();
    let reasons = layers.flat_map(|layer| {
        let own = std::iter::once(&layer.why).chain(&layer.hints);
        own.chain(layer.controls.iter().map(|control| &control.why)).cloned()
    });
    let verdicts = ["✓", "✗", "½", "Right:", "Over-trust", "Over-claim", "The right control", "points (", "score:"];
    reasons.chain(verdicts.map(String::from)).collect()
}

/// Without breaks and doubled spaces, so that a wrapped text is found.
fn run_on(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_secret(what: &str, shown: &str) {
    // What is handed in is ticked off on the course map.
    let shown = run_on(shown).replace("✓ Assigned", "");
    for secret in secrets() {
        assert!(!shown.contains(&run_on(&secret)), "{what} tells '{secret}':\n{shown}");
    }
}

fn assert_records_secret(store: &Memory) {
    for record in store.clone().records(LEARNER).expect("memory can be read") {
        let text = serde_json::to_string(&record).expect("it serialises");
        for word in [
            "\"mark\"",
            "\"miss\"",
            "\"trap\"",
            "\"owner\":true",
            "\"owner\":false",
            "\"control\":true",
            "\"passed\":true",
        ] {
            assert!(!text.contains(word), "a record tells {word}: {text}");
        }
        assert!(!text.contains("handed-in") || text.contains("\"marks\":[],\"points\":0"), "{text}");
    }
}

/// Presses keys one by one; every frame is kept.
fn record(program: &mut Program, keys: &str, frames: &mut String) {
    for key in super::support::keys::words(keys) {
        program.press(&key);
        frames.push_str(&program.screen().join("\n"));
        frames.push('\n');
    }
}

#[test]
fn nothing_painted_in_an_exam_tells_the_key() {
    for feedback in [Feedback::AfterDue, Feedback::Never] {
        let store = Memory::default();
        let mut program = Program::start_at(&opening(feedback), &store, 1, BEGIN);
        let mut frames = String::new();
        record(&mut program, "enter enter enter", &mut frames);
        // Right and wrong, unsure, hints asked for, help, glossary, story, a look elsewhere, back again.
        let script = "h c h h 1 enter p u 2 h enter ? q w q s enter c 3 enter q d p q \
                      / \"db\" enter esc enter c 1 enter p 1 enter";
        record(&mut program, script, &mut frames);
        program.take(told(0, minute(1), Act::Messaged { text: "Keep calm".into(), learner: None }));
        assert!(matches!(program.state().screen(), Some(Screen::HandIn(_))), "{}", program.screen().join("\n"));
        record(&mut program, "enter c 2 enter x d r t l enter d p q q", &mut frames);
        for wide in [(40, 12), (200, 60)] {
            program.take(Input::Resize(respline::app::Size { width: wide.0, height: wide.1 }));
            record(&mut program, "G p q g enter d q", &mut frames);
        }
        assert_secret("the screen", &frames);
        assert_records_secret(&store);
    }
}

#[test]
fn no_other_way_leads_to_the_key() {
    let goals = [
        Goal::Practice(SCENARIO.into()),
        Goal::Exam(SCENARIO.into()),
        Goal::Moving(SCENARIO.into()),
        Goal::Compare { from: "db-auto".into(), to: SCENARIO.into() },
        Goal::Redo { scenario: SCENARIO.into(), rows: vec!["access".into()] },
    ];
    for goal in goals {
        let with = Opening { goal: Some(goal.clone()), ..opening(Feedback::AfterDue) };
        let program = Program::start_at(&with, &Memory::default(), 1, BEGIN);
        let screen = program.screen().join("\n");
        assert!(screen.contains("Locked: part of Lab 2 until nobody may hand it in any more."), "{goal:?}\n{screen}");
    }
}

#[test]
fn work_of_one_s_own_is_closed_when_an_exam_with_it_is_set() {
    let bare = Opening { goal: Some(Goal::Practice(SCENARIO.into())), ..packs::opening(packs::small()) };
    let with = Opening { rooms: vec![room(Vec::new())], ..bare };
    let store = Memory::default();
    let mut program = Program::start_at(&with, &store, 1, BEGIN);
    program.press("enter c 1 enter");
    let set = super::support::rooms::class(vec![exam(SCENARIO)]);
    program.take(Input::Class(set.into()));
    assert!(matches!(program.state().screen(), Some(Screen::Home(_))));
    let screen = program.screen().join("\n");
    assert!(screen.contains("Locked: part of Lab 2 until you have handed it in."), "{screen}");
}

#[test]
fn a_line_that_is_sealed_is_drawn_without_its_sides() {
    let with = |rooms| Opening {
        goal: Some(Goal::Read { lesson: "1.1".into(), at: None }),
        rooms,
        ..packs::opening(packs::small())
    };
    let drawn: Vec<String> = ["blog-vm", "db-auto", "db-hand", "mail"].map(String::from).into();
    let all = Assignment { task: respline::classroom::Task::Scenarios(drawn), ..exam(SCENARIO) };
    let rows = |rooms| {
        let program = Program::start_at(&with(rooms), &Memory::default(), 1, BEGIN);
        let Some(Screen::Page(page)) = program.state().screen() else { panic!("a lesson") };
        page.pane.layout.rows.iter().map(respline::document::Row::text).collect::<Vec<_>>().join("\n")
    };
    let (open, sealed) = (rows(Vec::new()), rows(vec![room(vec![all])]));
    assert!(open.matches('┃').count() > 1 && !open.contains("Locked:"), "{open}");
    assert!(sealed.matches('┃').count() < open.matches('┃').count() && sealed.contains("Locked:"), "{sealed}");
}

/// What a conversation says to `input`, an hour of minutes passing between its lines where `steps` says so.
fn conversation(input: &str, store: &Memory, minutes: &dyn Fn() -> i64) -> String {
    let with = Opening { order: Order::Authored, ..opening(Feedback::AfterDue) };
    let program = Program::start_at(&with, store, 1, BEGIN);
    let mut output = Vec::new();
    let clock = || Timestamp(minute(minutes()).0 + 1);
    lines::run(Conversation::new(program.into_engine(), Run::Tutor), &mut Cursor::new(input), &mut output, &clock)
        .expect("it is told");
    String::from_utf8(output).expect("it is UTF-8")
}

#[test]
fn nothing_told_in_an_exam_tells_the_key() {
    let store = Memory::default();
    let answers = "c\nh\n1\n".repeat(5);
    let rows = scenario().layers.len();
    let text = conversation(&format!("1\n\n{answers}x\nq\nq\nq\n"), &store, &|| 1);
    assert!(text.contains("Assigned: Lab 2 (due in 5 h)"), "{text}");
    assert!(text.contains("Time left: 40 min."), "{text}");
    assert!(text.contains(&format!("{rows} of {rows} rows answered")), "{text}");
    assert_secret("the conversation", &text);
    assert_records_secret(&store);
}

#[test]
fn a_listener_is_warned_between_prompts_and_told_when_time_is_up() {
    let store = Memory::default();
    let step = std::cell::Cell::new(0);
    // A minute for each line and each look at the clock, at first; then ten.
    let clock = || {
        step.set(step.get() + 1);
        if step.get() < 8 { step.get() } else { 31 + (step.get() - 8) * 3 }
    };
    let text = conversation("1\n\nc\n1\nc\n1\nc\n1\nc\n1\nq\nq\n", &store, &clock);
    assert!(text.contains("left for Lab 2."), "{text}");
    assert!(text.contains("by the clock: your time was up"), "{text}");
    assert!(!text.contains("score:"), "{text}");
}
