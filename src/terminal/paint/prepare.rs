//! The last line of defence before bytes: a frame in the colours a terminal has, without a character that commands it.

use ratatui::{
    buffer::{Buffer, Cell, CellWidth},
    style::{Color, Modifier},
};

use crate::app::Colours;

/// The longest symbol that is painted, in bytes; a family of emoji with skin tones has 41.
const LONGEST_SYMBOL: usize = 64;

/// Modifiers that show on a blank.
const VISIBLE_ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Brings every cell into a form that means the same in fewer bytes and is safe to write.
pub(super) fn prepare(frame: &mut Buffer, colours: Colours) {
    let width = usize::from(frame.area.width);
    for (place, cell) in frame.content.iter_mut().enumerate() {
        let room = width - place % width;
        if !is_harmless(cell, room) {
            cell.set_symbol("?");
        }
        cell.fg = downgrade(cell.fg, colours);
        cell.bg = downgrade(cell.bg, colours);
        if cell.symbol() == " " && !cell.modifier.intersects(VISIBLE_ON_BLANK) {
            let bg = cell.bg;
            *cell = Cell::EMPTY;
            cell.bg = bg;
        }
    }
}

fn is_harmless(cell: &Cell, room: usize) -> bool {
    let symbol = cell.symbol();
    if let [byte] = symbol.as_bytes() {
        return matches!(byte, b' '..=b'~');
    }
    let fits = symbol.len() <= LONGEST_SYMBOL && (1..=room).contains(&usize::from(cell.cell_width()));
    fits && !symbol.chars().any(commands)
}

/// Control characters, and those that reorder the text around them.
fn commands(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn downgrade(colour: Color, colours: Colours) -> Color {
    match (colours, colour) {
        (Colours::None, _) => Color::Reset,
        (Colours::Sixteen, Color::Rgb(red, green, blue)) => nearest_named([red, green, blue]),
        (Colours::Sixteen, Color::Indexed(index)) => nearest_named(palette(index)),
        (Colours::Palette, Color::Rgb(red, green, blue)) => nearest_indexed([red, green, blue]),
        (Colours::Sixteen | Colours::Palette | Colours::True, as_it_is) => as_it_is,
    }
}

type Rgb = [u8; 3];

/// The sixteen as most terminals show them.
const NAMED: [(Color, Rgb); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

fn nearest_named(rgb: Rgb) -> Color {
    NAMED.iter().min_by_key(|(_, named)| distance(rgb, *named)).map_or(Color::Reset, |(colour, _)| *colour)
}

fn nearest_indexed(rgb: Rgb) -> Color {
    // The first sixteen are the user's own and may look like anything.
    (16..=255).min_by_key(|index| distance(rgb, palette(*index))).map_or(Color::Reset, Color::Indexed)
}

/// The colours of the palette of 256: the sixteen, a cube of six levels, and greys.
fn palette(index: u8) -> Rgb {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..=15 => NAMED.get(usize::from(index)).map_or([0; 3], |(_, rgb)| *rgb),
        16..=231 => {
            let place = index - 16;
            [level(place / 36), level(place / 6 % 6), level(place % 6)]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
    }
}

fn distance(one: Rgb, other: Rgb) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_the_nearest_the_terminal_has() {
        let orange = Color::Rgb(255, 135, 0);
        let downgraded =
            [Colours::None, Colours::Sixteen, Colours::Palette, Colours::True].map(|c| downgrade(orange, c));
        assert_eq!(downgraded, [Color::Reset, Color::Yellow, Color::Indexed(208), orange]);
        assert_eq!(downgrade(Color::Indexed(21), Colours::Sixteen), Color::Blue);
        assert_eq!(downgrade(Color::Indexed(9), Colours::Sixteen), Color::LightRed);
        assert_eq!(downgrade(Color::Rgb(8, 8, 8), Colours::Palette), Color::Indexed(232));
    }

    #[test]
    fn what_would_command_the_terminal_is_painted_as_a_question_mark() {
        let hostile = ["\x1b", "\x07", "\u{9b}", "a\x1b", "\u{202e}", "\u{200b}", "a\u{2067}", "\x7f", "", "漢"];
        let mut frame = Buffer::empty(ratatui::layout::Rect::new(0, 0, 1, 10));
        for (cell, symbol) in frame.content.iter_mut().zip(hostile) {
            cell.set_symbol(symbol);
        }
        frame.content[0].set_symbol(&format!("a{}", "\u{301}".repeat(100)));
        prepare(&mut frame, Colours::True);
        assert!(frame.content.iter().all(|cell| cell.symbol() == "?"), "{frame:?}");
    }
}
