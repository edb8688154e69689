//! On a screen.

use respline::{app::Size, course::Timestamp, terminal::Session};

use super::{
    evil,
    guard::{harm_in_bytes, terminal},
    support::{
        packs,
        program::{Program, rows},
        tour::{Stand, alone, assigned},
    },
};

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (200, 60)];

fn sized((width, height): (u16, u16)) -> Size {
    Size { width, height }
}

#[test]
fn no_screen_obeys_hostile_content() {
    for Stand { name, program } in
        alone(&evil::opening(), "1.1", "db-hand").into_iter().chain(assigned(&evil::in_class("db-hand"), "db-hand"))
    {
        let mut session = program.into_session();
        let mut marks = 0;
        for (columns, lines) in SIZES {
            session.forget_screen();
            session.resize(sized((columns, lines)), Timestamp(0));
            let bytes = session.output();
            assert_eq!(harm_in_bytes(&bytes), Vec::<String>::new(), "{name}");
            let mut emulator = terminal(columns, lines);
            emulator.process(&bytes);
            assert_eq!(emulator.callbacks().0, Vec::<String>::new(), "{name}");
            marks += emulator.screen().contents().matches("<U+").count();
        }
        let own_words_only =
            ["settings", "help", "help of a question", "progress, empty", "unsaved", "search, nothing found"];
        assert!(marks > 0 || own_words_only.contains(&name.as_str()), "{name} shows no mark");
    }
}

#[test]
fn the_emulator_shows_the_frame_cell_by_cell() {
    for size in SIZES {
        for Stand { name, mut program } in
            alone(&evil::opening(), "1.1", "db-hand").into_iter().chain(assigned(&evil::in_class("db-hand"), "db-hand"))
        {
            program.take(respline::app::Input::Resize(sized(size)));
            let frame = rows(&program.frame());
            let mut session = program.into_session();
            let mut emulator = terminal(size.0, size.1);
            emulator.process(&session.output());
            let shown: Vec<String> = emulator.screen().rows(0, size.0).map(|row| row.trim_end().to_owned()).collect();
            assert_eq!(shown, frame, "{name} {size:?}");
        }
    }
}

/// The search after `pasted` was pasted into it.
fn pasted(pasted: &str) -> (Session, vt100::Parser<super::guard::Asked>) {
    let program = Program::start(&packs::opening(packs::small()), &respline::store::Memory::default(), 1);
    let mut session = program.into_session();
    session.resize(sized((80, 24)), Timestamp(0));
    let mut emulator = terminal(80, 24);
    session.feed(b"\r/", Timestamp(1));
    session.feed(format!("\x1b[200~{pasted}\x1b[201~").as_bytes(), Timestamp(2));
    let bytes = session.output();
    assert_eq!(harm_in_bytes(&bytes), Vec::<String>::new());
    emulator.process(&bytes);
    assert_eq!(emulator.callbacks().0, Vec::<String>::new());
    (session, emulator)
}

#[test]
fn what_is_pasted_is_shown_and_the_cursor_stands_behind_it() {
    for text in ["leak", "a\u{202e}b\u{200b}c", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "漢字", &evil::all()] {
        let (_, emulator) = pasted(text);
        let (row, column) = emulator.screen().cursor_position();
        let line = emulator.screen().rows(0, 80).nth(row.into()).expect("a row");
        assert!(line.trim_start().starts_with("search: "), "{line}");
        let shown = respline::document::width(line.trim_end());
        assert_eq!(usize::from(column), shown, "{text:?}: {line}");
    }
}

#[test]
fn an_end_of_paste_in_a_paste_and_what_follows_are_no_keys_that_harm() {
    let (mut session, mut emulator) = pasted("a\u{1b}[201~\u{3}\u{1b}[200~b");
    session.feed(b"\x1b", Timestamp(10));
    session.tick(Timestamp(1000));
    emulator.process(&session.output());
    assert!(session.ended() || emulator.callbacks().0.is_empty());
}
