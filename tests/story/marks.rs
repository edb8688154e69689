//! What a screen shows by its style alone: words searched for.

use ratatui::style::{Color, Modifier};
use respline::{
    app::{Colours, Goal, Size},
    store::Memory,
};

use super::support::{packs, program::Program};

/// A lesson in which `keys` were pressed.
fn lesson(colours: Colours, width: u16, keys: &str) -> Program {
    let mut opening = packs::opening(packs::small());
    opening.goal = Some(Goal::Read { lesson: "1.1".into(), at: None });
    opening.size = Size { width, height: 24 };
    opening.look.colours = colours;
    let mut program = Program::start(&opening, &Memory::default(), 1);
    program.press(keys);
    program
}

/// The words in reverse video, a line for each row.
fn reversed(program: &Program) -> Vec<String> {
    let frame = program.frame();
    let row = |y: u16| {
        let cells = (0..frame.area.width).map(|x| &frame[(x, y)]);
        cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED)).map(|cell| cell.symbol().to_owned()).collect()
    };
    (0..frame.area.height).map(row).filter(|words: &String| !words.is_empty()).collect()
}

#[test]
fn what_was_searched_for_stands_in_reverse_video_with_and_without_colours() {
    for colours in [Colours::Sixteen, Colours::None] {
        for width in [40, 80, 140] {
            let program = lesson(colours, width, "/ \"THE LINE\" enter");
            let hits = reversed(&program).concat().to_lowercase();
            assert!(hits.contains("the line"), "{width}: {hits}");
            assert_eq!(hits.replace("the line", "").trim(), "", "nothing else is");
            let frame = program.frame();
            let coloured = frame.content().iter().any(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
            assert_eq!(coloured, colours == Colours::Sixteen);
        }
    }
}

#[test]
fn hits_are_marked_until_nothing_is_searched_for() {
    let mut program = lesson(Colours::Sixteen, 80, "/ \"the\" enter n");
    assert!(!reversed(&program).is_empty());
    program.press("/ enter");
    assert_eq!(reversed(&program), Vec::<String>::new());
    program.press("/ \"zzz\" enter");
    assert_eq!(reversed(&program), Vec::<String>::new());
}
