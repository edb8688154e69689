use proptest::prelude::*;
use ratatui::{
    buffer::Cell,
    layout::Rect,
    style::{Color, Modifier, Style},
};

use super::*;
use crate::app::Colours;

const WIDTH: u16 = 12;
const HEIGHT: u16 = 4;

fn look(colours: Colours) -> Look {
    Look { colours, mouse: false, ..Look::default() }
}

fn terminal() -> vt100::Parser {
    vt100::Parser::new(HEIGHT.try_into().expect("rows"), WIDTH.try_into().expect("columns"), 0)
}

/// What a cell of a terminal should look like: symbol, colours, bold, italic, underlined, reversed.
type Seen = (String, vt100::Color, vt100::Color, [bool; 4]);

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        _ => vt100::Color::Default,
    }
}

/// Without dim: the terminal of the tests takes it for the opposite of bold.
const SHOWN: [Modifier; 4] = [Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];

fn expected(cell: &Cell) -> Seen {
    let modifiers = SHOWN.map(|modifier| cell.modifier.contains(modifier));
    simplified((cell.symbol().to_owned(), colour(cell.fg), colour(cell.bg), modifiers))
}

fn seen(cell: &vt100::Cell) -> Seen {
    let modifiers = [cell.bold(), cell.italic(), cell.underline(), cell.inverse()];
    let symbol = if cell.has_contents() { cell.contents() } else { " " };
    simplified((symbol.to_owned(), cell.fgcolor(), cell.bgcolor(), modifiers))
}

/// On a blank only its background shows, a line under it, and its colours when they are swapped.
fn simplified(mut seen: Seen) -> Seen {
    let [bold, italic, underlined, reversed] = &mut seen.3;
    if seen.0 == " " && !*underlined && !*reversed {
        (*bold, *italic, seen.1) = (false, false, vt100::Color::Default);
    }
    seen
}

fn assert_shows(terminal: &vt100::Parser, frame: &Buffer) {
    for y in 0..HEIGHT {
        let mut covered = 0;
        for x in 0..WIDTH {
            let cell = &frame[(x, y)];
            if covered == 0 {
                let shown = terminal.screen().cell(y, x).expect("a cell");
                assert_eq!(seen(shown), expected(cell), "column {x}, row {y}");
                covered = unicode_width::UnicodeWidthStr::width(cell.symbol());
            }
            covered = covered.saturating_sub(1);
        }
    }
}

/// A frame made of styled words at random places, as a screen is.
fn frames() -> impl Strategy<Value = Buffer> {
    let words = prop::sample::select(&["a", "word", "漢字", "é", "e\u{301}x", "     ", "│─", "コ "][..]);
    let colours = || {
        prop::sample::select(&[Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(99), Color::Rgb(1, 2, 3)][..])
    };
    let modifiers = prop::sample::subsequence(&SHOWN[..], 0..3).prop_map(|some| some.into_iter().collect::<Modifier>());
    let placed = (0..WIDTH, 0..HEIGHT, words, (colours(), colours(), modifiers));
    prop::collection::vec(placed, 0..14).prop_map(|placed| {
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (x, y, word, (fg, bg, modifier)) in placed {
            frame.set_string(x, y, word, Style::new().fg(fg).bg(bg).add_modifier(modifier));
            mend(&mut frame, y);
        }
        frame
    })
}

/// Blanks the halves of wide characters that were written over, which a screen drawn once never has.
fn mend(frame: &mut Buffer, y: u16) {
    for x in 0..WIDTH {
        let wide = unicode_width::UnicodeWidthStr::width(frame[(x, y)].symbol()) > 1;
        if wide && (x + 1 == WIDTH || frame[(x + 1, y)].symbol() != " ") {
            frame[(x, y)].reset();
        }
    }
}

proptest! {
    #[test]
    fn the_bytes_turn_one_frame_into_the_next_on_a_terminal(frames in prop::collection::vec(frames(), 1..5)) {
        let (mut painter, mut terminal) = (Painter::default(), terminal());
        for frame in frames {
            terminal.process(&painter.paint(frame.clone(), None, look(Colours::True)));
            assert_shows(&terminal, &frame);
            prop_assert_eq!(painter.paint(frame, None, look(Colours::True)), b"");
        }
    }
}

fn written(text: &str) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    frame.set_string(2, 1, text, Style::new().fg(Color::Rgb(200, 100, 50)).bg(Color::Rgb(1, 2, 3)).bold());
    frame
}

#[test]
fn one_changed_cell_costs_at_most_64_bytes() {
    let mut painter = Painter::default();
    painter.paint(written("on"), Some((3, 1)), look(Colours::True));
    let bytes = painter.paint(written("of"), Some((4, 1)), look(Colours::True));
    assert!((1..=64).contains(&bytes.len()), "{}", bytes.escape_ascii());
}

#[test]
fn another_size_clears_the_screen_and_paints_it_whole() {
    let (mut painter, mut terminal) = (Painter::default(), terminal());
    terminal.process(&painter.paint(Buffer::filled(Rect::new(0, 0, 5, 2), Cell::new("x")), None, look(Colours::None)));
    let bytes = painter.paint(written("new"), None, look(Colours::None));
    assert!(bytes.windows(4).any(|part| part == b"\x1b[2J"));
    terminal.process(&bytes);
    assert_eq!(terminal.screen().contents().trim(), "new");
}

#[test]
fn text_turned_into_blanks_is_erased_and_not_written_over() {
    let mut painter = Painter::default();
    painter.paint(Buffer::filled(Rect::new(0, 0, 200, 60), Cell::new("x")), None, look(Colours::None));
    let bytes = painter.paint(Buffer::empty(Rect::new(0, 0, 200, 60)), None, look(Colours::None));
    assert!(bytes.len() < 60 * 10, "{} bytes", bytes.len());
}

#[test]
fn the_cursor_is_seen_only_where_the_state_wants_it() {
    let (mut painter, mut terminal) = (Painter::default(), terminal());
    let hidden_at = |terminal: &vt100::Parser| (terminal.screen().hide_cursor(), terminal.screen().cursor_position());
    terminal.process(&painter.paint(written("a"), None, look(Colours::None)));
    assert!(terminal.screen().hide_cursor());
    terminal.process(&painter.paint(written("ab"), Some((4, 1)), look(Colours::None)));
    assert_eq!(hidden_at(&terminal), (false, (1, 4)));
    terminal.process(&painter.paint(written("abc"), Some((4, 1)), look(Colours::None)));
    assert_eq!(hidden_at(&terminal), (false, (1, 4)));
    terminal.process(&painter.paint(written("abc"), None, look(Colours::None)));
    assert!(terminal.screen().hide_cursor());
}

#[test]
fn leaving_gives_back_all_that_entering_took_and_only_once() {
    let (mut painter, mut terminal) = (Painter::default(), terminal());
    assert_eq!(painter.leave(), b"");
    terminal.process(b"shell");
    terminal.process(&painter.paint(written("tutor"), None, Look::default()));
    let screen = terminal.screen();
    assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::PressRelease);
    assert_eq!(screen.mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Sgr);
    terminal.process(&painter.leave());
    let screen = terminal.screen();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(screen.contents(), "shell");
    assert_eq!(painter.leave(), b"");
}

#[test]
fn the_mouse_follows_the_look() {
    let mut painter = Painter::default();
    painter.paint(written("a"), None, Look::default());
    assert_eq!(painter.paint(written("a"), None, look(Colours::Sixteen)), MOUSE_OFF.as_bytes());
    assert_eq!(painter.paint(written("a"), None, Look::default()), MOUSE_ON.as_bytes());
}

#[test]
fn without_colours_bold_underline_and_reverse_stay() {
    let (mut painter, mut terminal) = (Painter::default(), terminal());
    let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    let style = Style::new().fg(Color::Rgb(9, 9, 9)).bg(Color::Red);
    frame.set_string(0, 0, "x", style.bold().underlined().reversed());
    terminal.process(&painter.paint(frame, None, look(Colours::None)));
    let plain = vt100::Color::Default;
    assert_eq!(
        seen(terminal.screen().cell(0, 0).expect("a cell")),
        ("x".into(), plain, plain, [true, false, true, true])
    );
}

#[test]
fn a_large_update_is_shown_at_once_and_a_small_one_costs_nothing_for_that() {
    let mut painter = Painter::default();
    let large = painter.paint(Buffer::filled(Rect::new(0, 0, 80, 24), Cell::new("x")), None, look(Colours::None));
    assert!(large.ends_with(ansi(EndSynchronizedUpdate).as_bytes()));
    let small = painter.paint(Buffer::filled(Rect::new(0, 0, 80, 1), Cell::new("y")), None, look(Colours::None));
    assert!(!small.ends_with(ansi(EndSynchronizedUpdate).as_bytes()));
}
