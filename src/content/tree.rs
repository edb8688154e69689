//! A TOML file as a tree that knows where everything stands, read in the few words the rules need.

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
    value::Datetime,
};

use super::source::Findings;

/// A value and its bytes in the file.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// How often a line that stops the parser is taken out to see what follows it.
const ROUNDS: usize = 10;

pub(super) const SYNTAX_HINT: &str =
    "this is not TOML: look at the quotes, brackets and `=` here and on the line above";

/// Tells every syntax error of `text`, then hands what could be understood to `read`.
pub(crate) fn parse<R>(
    text: &str,
    findings: &mut Findings<'_>,
    read: impl FnOnce(DeTable<'_>, &mut Findings<'_>) -> R,
) -> R {
    recover(text, findings, ROUNDS, read)
}

/// The parser gives up at a line without `=`; such a line is blanked and the rest read again.
fn recover<R>(
    text: &str,
    findings: &mut Findings<'_>,
    rounds: usize,
    read: impl FnOnce(DeTable<'_>, &mut Findings<'_>) -> R,
) -> R {
    let (tree, errors) = DeTable::parse_recoverable(text);
    tell(&errors, findings);
    let stop = errors.iter().find(|error| error.message().starts_with("key with no value")).map(start);
    match stop.filter(|_| rounds > 0) {
        Some(at) => recover(&without_line(text, at), findings, rounds - 1, read),
        None => read(tree.into_inner(), findings),
    }
}

fn tell(errors: &[Error], findings: &mut Findings<'_>) {
    let deep = |error: &&Error| error.message().contains("recur");
    if let Some(error) = errors.iter().find(deep) {
        let hint = "this format needs no more than four levels of tables and lists";
        return findings.error("too-deep", start(error), "tables or lists are nested too deep", hint);
    }
    for error in errors {
        findings.error("syntax", start(error), error.message(), SYNTAX_HINT);
    }
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn without_line(text: &str, at: usize) -> String {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let (above, left) = before.rsplit_once('\n').unwrap_or(("", before));
    let (right, below) = after.split_once('\n').unwrap_or((after, ""));
    let blank = " ".repeat(left.len() + right.len());
    let newline = if above.len() + left.len() < before.len() { "\n" } else { "" };
    [above, newline, &blank, "\n", below].concat()
}

/// A table and where its header, or the table itself, starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'t> {
    pub keys: &'t DeTable<'t>,
    pub at: usize,
}

/// A text and the bytes of the file it was written in, quotes included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'t> {
    pub text: &'t str,
    pub at: usize,
    pub end: usize,
}

impl<'t> Table<'t> {
    fn get(self, key: &str) -> Option<&'t Value<'t>> {
        self.keys.get(key)
    }

    /// The text under `key`.
    pub(crate) fn words(self, key: &str) -> Option<Words<'t>> {
        self.get(key).and_then(words)
    }

    /// The texts in the list under `key`.
    pub(crate) fn list(self, key: &str) -> impl Iterator<Item = Words<'t>> {
        self.items(key).filter_map(words)
    }

    /// The tables in the list under `key`.
    pub(crate) fn tables(self, key: &str) -> impl Iterator<Item = Self> {
        self.items(key).filter_map(table)
    }

    /// The table under `key`.
    pub(crate) fn table(self, key: &str) -> Option<Self> {
        self.get(key).and_then(table)
    }

    /// The whole number under `key`, and where it stands.
    pub(crate) fn whole(self, key: &str) -> Option<(i64, usize)> {
        let value = self.get(key)?;
        whole(value.get_ref()).map(|number| (number, value.span().start))
    }

    /// The date and time under `key`, and where it stands.
    pub(crate) fn moment(self, key: &str) -> Option<(&'t Datetime, usize)> {
        let value = self.get(key)?;
        value.get_ref().as_datetime().map(|moment| (moment, value.span().start))
    }

    /// Where `key`'s value stands.
    pub(crate) fn at(self, key: &str) -> Option<usize> {
        self.get(key).map(|value| value.span().start)
    }

    /// Whether `key` is true, and where it says so.
    pub(crate) fn truth(self, key: &str) -> Option<usize> {
        let value = self.get(key)?;
        value.get_ref().as_bool().filter(|truth| *truth).map(|_| value.span().start)
    }

    fn items(self, key: &str) -> impl Iterator<Item = &'t Value<'t>> {
        self.get(key).and_then(|value| value.get_ref().as_array()).into_iter().flat_map(|items| items.iter())
    }
}

/// A value as text.
pub(super) fn words<'t>(value: &'t Value<'t>) -> Option<Words<'t>> {
    let span = value.span();
    value.get_ref().as_str().map(|text| Words { text, at: span.start, end: span.end })
}

/// A value as a table.
pub(super) fn table<'t>(value: &'t Value<'t>) -> Option<Table<'t>> {
    value.get_ref().as_table().map(|keys| Table { keys, at: value.span().start })
}

/// A value as a whole number; none where it does not fit.
pub(super) fn whole(value: &DeValue<'_>) -> Option<i64> {
    let digits = value.as_integer()?;
    i64::from_str_radix(digits.as_str(), digits.radix()).ok()
}

/// A value as a number of any kind.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(digits) => digits.as_str().parse().ok(),
        DeValue::Float(digits) => digits.as_str().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(usize, &'static str)> {
        let mut findings = Findings::new("a.toml", text);
        parse(text, &mut findings, |_, _| ());
        findings.into_problems().iter().map(|problem| (problem.place.line, problem.code)).collect()
    }

    #[test]
    fn every_broken_line_is_told_even_where_the_parser_gives_up() {
        assert_eq!(
            problems("ä\nb = 2\nc\nd = \"x\n[[e]\n"),
            [(1, "syntax"), (3, "syntax"), (4, "syntax"), (5, "syntax")]
        );
    }

    #[test]
    fn what_follows_a_broken_line_is_still_read() {
        let mut findings = Findings::new("a.toml", "ä\nb = 'c'");
        let read = parse("ä\nb = 'c'", &mut findings, |tree, _| {
            Table { keys: &tree, at: 0 }.words("b").map(|words| (words.text.to_owned(), words.at))
        });
        assert_eq!(read, Some(("c".to_owned(), 7)), "the bytes keep their places");
    }

    #[test]
    fn a_deep_file_is_told_once() {
        assert_eq!(problems(&format!("a = {}", "[".repeat(100_000))), [(1, "too-deep")]);
        assert_eq!(problems(&format!("{}b = 1", "a.".repeat(100_000))), [(1, "too-deep")]);
    }
}
