//! From a place in a string's text back to its place in the file.
//!
//! A problem is found in what a string means and must be shown where it is written; quotes, escapes and the newline that
//! TOML drops after `"""` lie between the two.

use super::tree::Words;

/// The byte of `file` that wrote byte `place` of `words`.
pub(super) fn written_at(file: &str, words: Words<'_>, place: usize) -> usize {
    let raw = file.get(words.at..words.end).unwrap_or_default();
    let body = body(raw);
    if raw.starts_with('\'') || !body.contains('\\') {
        return words.at + (raw.len() - body.len()) + place;
    }
    let mut read = 0;
    let mut rest = body;
    while let Some((meant, left)) = step(rest).filter(|(meant, _)| read + meant <= place) {
        read += meant;
        rest = left;
    }
    words.at + (raw.len() - rest.len())
}

/// A literal without its opening quotes; the closing ones stay, nothing looks at them.
fn body(raw: &str) -> &str {
    let Some(long) = raw.strip_prefix("\"\"\"").or_else(|| raw.strip_prefix("'''")) else {
        return raw.get(1..).unwrap_or_default();
    };
    long.strip_prefix("\r\n").or_else(|| long.strip_prefix('\n')).unwrap_or(long)
}

/// Bytes meant by what stands first, and what follows it.
fn step(rest: &str) -> Option<(usize, &str)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    if first != '\\' {
        return Some((first.len_utf8(), chars.as_str()));
    }
    let digits = match chars.next()? {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        space if space.is_whitespace() => return Some((0, chars.as_str().trim_start())),
        _ => return Some((1, chars.as_str())),
    };
    let (code, left) = chars.as_str().split_at_checked(digits)?;
    let meant = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
    Some((meant.len_utf8(), left))
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::super::tree::Table;
    use super::*;

    /// Where `a` of the decoded text stands in the file, and what the file has there.
    fn found(file: &str, mark: char) -> Option<&str> {
        let tree = DeTable::parse(file).expect("the test's TOML is good").into_inner();
        let words = Table { keys: &tree, at: 0 }.words("s").expect("it is text");
        let place = words.text.find(mark).expect("the text has the mark");
        file.get(written_at(file, words, place)..)
    }

    #[test]
    fn plain_strings_of_all_four_kinds_map_byte_for_byte() {
        assert_eq!(found("s = \"one two\"", 't'), Some("two\""));
        assert_eq!(found("s = 'one \\two'", 't'), Some("two'"));
        assert_eq!(found("s = \"\"\"\none\ntwo\"\"\"", 't'), Some("two\"\"\""));
        assert_eq!(found("s = '''\none\\\ntwo'''", 't'), Some("two'''"));
        assert_eq!(found("s = \"\"\"one two\"\"\"", 't'), Some("two\"\"\""));
    }

    #[test]
    fn escapes_are_walked() {
        assert_eq!(found(r#"s = "\u00e9\t\U0001F600 \x41 \\ z""#, 'z'), Some("z\""));
        assert_eq!(found("s = \"\"\"\\\n   one\\\n   z\"\"\"", 'z'), Some("z\"\"\""));
        assert_eq!(found(r#"s = "ab\u001b""#, '\u{1b}'), Some("\\u001b\""));
    }
}
