//! What things look like: one style for each role, in three themes.
//!
//! Sixteen colours are the terminal's own, so that a learner's palette is respected; with more, quieter shades are used.
//! Colour never carries meaning alone: every state has a word or a mark, and without colour bold, underline and reverse
//! keep the picture legible.

use ratatui::style::{Color, Modifier, Style};

use crate::{
    app::{Colours, Look, Theme, stack::Ink},
    document::{NoteKind, Role},
};

/// What a thing is, as far as its looks are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Text,
    Faint,
    Title,
    Heading,
    Selected,
    Key,
    Right,
    Wrong,
    Line,
    Code,
    Link,
    Caution,
}

/// The colour of a tone: with sixteen colours, and with more.
const fn colours(tone: Tone, theme: Theme) -> (Color, Color) {
    match (tone, theme) {
        (_, Theme::Contrast) | (Tone::Text, _) => (Color::Reset, Color::Reset),
        (Tone::Faint, Theme::Dark) => (Color::Reset, Color::Indexed(246)),
        (Tone::Faint, Theme::Light) => (Color::Reset, Color::Indexed(242)),
        (Tone::Title | Tone::Heading | Tone::Selected, Theme::Dark) => (Color::Cyan, Color::Indexed(80)),
        (Tone::Title | Tone::Heading | Tone::Selected, Theme::Light) => (Color::Blue, Color::Indexed(25)),
        (Tone::Key | Tone::Caution, Theme::Dark) => (Color::Yellow, Color::Indexed(179)),
        (Tone::Key | Tone::Caution, Theme::Light) => (Color::Magenta, Color::Indexed(94)),
        (Tone::Right, Theme::Dark) => (Color::Green, Color::Indexed(114)),
        (Tone::Right, Theme::Light) => (Color::Green, Color::Indexed(28)),
        (Tone::Wrong, Theme::Dark) => (Color::Red, Color::Indexed(210)),
        (Tone::Wrong, Theme::Light) => (Color::Red, Color::Indexed(124)),
        (Tone::Line, Theme::Dark) => (Color::Cyan, Color::Indexed(73)),
        (Tone::Line, Theme::Light) => (Color::Blue, Color::Indexed(31)),
        (Tone::Code, Theme::Dark) => (Color::Magenta, Color::Indexed(182)),
        (Tone::Code, Theme::Light) => (Color::Magenta, Color::Indexed(90)),
        (Tone::Link, Theme::Dark) => (Color::Blue, Color::Indexed(111)),
        (Tone::Link, Theme::Light) => (Color::Blue, Color::Indexed(26)),
    }
}

const fn modifier(tone: Tone) -> Modifier {
    match tone {
        Tone::Title | Tone::Heading | Tone::Selected | Tone::Key | Tone::Right | Tone::Wrong | Tone::Caution => {
            Modifier::BOLD
        }
        Tone::Link => Modifier::UNDERLINED,
        Tone::Text | Tone::Faint | Tone::Line | Tone::Code => Modifier::empty(),
    }
}

/// The style of a tone.
pub(super) fn style(tone: Tone, look: Look) -> Style {
    let (plain, rich) = colours(tone, look.theme);
    let colour = match look.colours {
        Colours::None => Color::Reset,
        Colours::Sixteen => plain,
        Colours::Palette | Colours::True => rich,
    };
    Style::new().fg(colour).add_modifier(modifier(tone))
}

/// The style of a role in a laid-out row.
pub(super) fn role(role: Role, look: Look) -> Style {
    let of = |tone| style(tone, look);
    match role {
        Role::Text => of(Tone::Text),
        Role::Strong | Role::TableHead => of(Tone::Text).add_modifier(Modifier::BOLD),
        Role::Emphasis => of(Tone::Text).add_modifier(Modifier::ITALIC),
        Role::StrongEmphasis => of(Tone::Text).add_modifier(Modifier::BOLD | Modifier::ITALIC),
        Role::Struck => of(Tone::Faint).add_modifier(Modifier::CROSSED_OUT),
        Role::Code => of(Tone::Code),
        Role::Heading(1) => of(Tone::Title),
        Role::Heading(_) => of(Tone::Heading),
        Role::Link => of(Tone::Link),
        Role::Address | Role::Footnote | Role::QuoteBar | Role::TableRule | Role::Rule => of(Tone::Faint),
        Role::NoteTitle(kind) | Role::NoteFrame(kind) => of(note(kind)),
        Role::Marker => of(Tone::Key),
        Role::Drawn(number) => of(ink(Ink::of(number))),
    }
}

const fn note(kind: NoteKind) -> Tone {
    match kind {
        NoteKind::Note => Tone::Line,
        NoteKind::Tip => Tone::Right,
        NoteKind::Warning => Tone::Caution,
        NoteKind::Danger => Tone::Wrong,
    }
}

const fn ink(ink: Ink) -> Tone {
    match ink {
        Ink::Layer => Tone::Text,
        Ink::Faint => Tone::Faint,
        Ink::Current => Tone::Selected,
        Ink::Right => Tone::Right,
        Ink::Wrong => Tone::Wrong,
        Ink::Line => Tone::Line,
        Ink::Side => Tone::Heading,
    }
}
