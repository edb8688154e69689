//! A cell's style and the parameters that set it (SGR).

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

/// How text is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

impl Pen {
    pub(super) const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Parameters that turn this pen into `next`. A modifier is only ever turned off together with everything else:
    /// terminals disagree about the codes that turn off one.
    pub(super) fn change_to(self, next: Self) -> String {
        if next == Self::default() {
            return String::new();
        }
        let mut parameters = Vec::new();
        let mut from = self;
        if !next.modifier.contains(self.modifier) {
            parameters.push("0".to_owned());
            from = Self::default();
        }
        let added = next.modifier.difference(from.modifier);
        parameters.extend(
            MODIFIERS.iter().filter(|(modifier, _)| added.contains(*modifier)).map(|(_, code)| (*code).to_owned()),
        );
        if next.fg != from.fg {
            parameters.push(colour(next.fg, 30));
        }
        if next.bg != from.bg {
            parameters.push(colour(next.bg, 40));
        }
        parameters.join(";")
    }
}

/// `base` is 30 for the foreground and 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let named = |number: u8| (base + number).to_string();
    match colour {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(60),
        Color::LightRed => named(61),
        Color::LightGreen => named(62),
        Color::LightYellow => named(63),
        Color::LightBlue => named(64),
        Color::LightMagenta => named(65),
        Color::LightCyan => named(66),
        Color::White => named(67),
        Color::Indexed(index) => format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(fg: Color, modifier: Modifier) -> Pen {
        Pen { fg, bg: Color::Reset, modifier }
    }

    #[test]
    fn a_change_of_style_names_only_what_changes() {
        let red = pen(Color::Red, Modifier::empty());
        let bold = pen(Color::Red, Modifier::BOLD);
        assert_eq!(Pen::default().change_to(red), "31");
        assert_eq!(red.change_to(bold), "1");
        assert_eq!(bold.change_to(red), "0;31");
        assert_eq!(red.change_to(pen(Color::Rgb(1, 2, 3), Modifier::empty())), "38;2;1;2;3");
        assert_eq!(bold.change_to(pen(Color::Reset, Modifier::BOLD)), "39");
        assert_eq!(bold.change_to(Pen::default()), "");
    }

    #[test]
    fn the_sixteen_are_written_the_way_sixteen_colour_terminals_read_them() {
        assert_eq!(colour(Color::LightCyan, 30), "96");
        assert_eq!(colour(Color::DarkGray, 40), "100");
    }
}
