//! Content as text of a markup language.

use crate::document::printable;

/// `text` as it may stand between tags and in a quoted attribute, in XML as in HTML.
pub(in crate::ui) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in printable(text).chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(char),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_is_markup() {
        assert_eq!(escaped("a<b title='\"&\">"), "a&lt;b title=&#39;&quot;&amp;&quot;&gt;");
        assert_eq!(escaped("\u{1b}\u{0}\u{fffe}\u{202e}"), "&lt;U+001B&gt;&lt;U+0000&gt;&lt;U+FFFE&gt;&lt;U+202E&gt;");
    }
}
