//! The help: the rows of the key table that hold on the screen at hand, by group.

use super::{Scope, keymap};

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// Heading of a group.
    Group(&'static str),
    /// Keys and what they do.
    Key {
        /// In words, `up k`.
        keys: String,
        /// What they do.
        label: &'static str,
    },
    /// A blank line.
    Gap,
}

/// The help for `scopes`, the innermost first.
pub fn lines(scopes: &[Scope]) -> Vec<HelpLine> {
    let mut rows = keymap::bindings(scopes);
    rows.sort_by_key(|row| row.group);
    let mut lines = Vec::new();
    for group in rows.chunk_by(|a, b| a.group == b.group) {
        lines.extend((!lines.is_empty()).then_some(HelpLine::Gap));
        lines.extend(group.first().map(|row| HelpLine::Group(row.group.name())));
        lines.extend(group.iter().map(|row| HelpLine::Key { keys: row.keys(), label: row.label }));
    }
    lines
}

/// The whole key table as Markdown: `docs/keys.md` and `respline keys`.
pub fn markdown() -> String {
    let mut text =
        String::from("# Keys\n\nMade by `respline keys`; the table in `src/app/keymap.rs` is its only source.\n");
    for scope in Scope::ALL {
        text.push_str(&format!("\n## {}\n\n| keys | what they do |\n|---|---|\n", scope.name()));
        for row in keymap::KEYMAP.iter().filter(|row| row.scope == scope) {
            text.push_str(&format!("| `{}` | {} |\n", row.keys().replace(' ', "` `"), row.label));
        }
    }
    text
}
