//! A Markdown document and its shape on a grid of cells.
/// A parsed document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {}

/// `text` with every character that could steer a terminal or reorder a line shown as a visible mark.
pub fn printable(text: &str) -> std::borrow::Cow<'_, str> {
    let steers = |char: char| {
        char.is_control()
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.contains(steers) { text.replace(steers, "\u{fffd}").into() } else { text.into() }
}
