//! Holds a file's tree against the description of its format.

use toml::de::DeValue;

use super::{
    format::FORMAT,
    near::nearest,
    shape::{Field, Form, KEBAB, Kind, LONGEST_NAME, Need, Shape},
    source::{Findings, quoted},
    tree::{Table, Value, number, table, whole},
};

/// Tells whether `root` was written for a newer respline, whose keys would all be called unknown here.
pub(super) fn is_newer(root: Table<'_>, findings: &mut Findings<'_>) -> bool {
    let newer = root.whole("format").filter(|(format, _)| *format > FORMAT);
    if let Some((format, at)) = newer {
        let message = format!("format {format} was made for a newer respline; this one reads format {FORMAT}");
        findings.error("newer-format", at, message, "update respline, or write the file in format 1");
    }
    newer.is_some()
}

/// Tells everything about `root` that is not as `shape` says.
pub(super) fn validate(shape: &Shape, root: Table<'_>, findings: &mut Findings<'_>) {
    let complete = !findings.is_broken();
    Check { findings, complete }.table(shape, root);
}

struct Check<'f, 't> {
    findings: &'f mut Findings<'t>,
    /// The file was read whole: what is missing is missing, and nothing was guessed.
    complete: bool,
}

impl Check<'_, '_> {
    fn table(&mut self, shape: &Shape, table: Table<'_>) {
        let mut meant = Vec::new();
        for (key, value) in table.keys {
            match shape.fields.iter().find(|field| field.key == key.get_ref()) {
                Some(field) => self.value(field.key, &field.kind, value),
                None => meant.extend(self.unknown(shape, key.get_ref(), key.span().start)),
            }
        }
        let missing = |field: &&Field| {
            field.need == Need::Required && !table.keys.contains_key(field.key) && !meant.contains(&field.key)
        };
        if self.complete {
            shape.fields.iter().filter(missing).for_each(|field| self.missing(shape, field, table.at));
        }
    }

    /// Tells an unknown key; the one that was meant, where it can be guessed.
    fn unknown(&mut self, shape: &Shape, key: &str, at: usize) -> Option<&'static str> {
        let keys = shape.fields.iter().map(|field| field.key);
        let near = nearest(key, keys.clone());
        let hint = near
            .map_or_else(|| format!("a {} has {}", shape.name, listed(keys)), |near| format!("did you mean `{near}`?"));
        self.findings.error("unknown-key", at, format!("unknown key {} in a {}", quoted(key), shape.name), hint);
        near
    }

    fn missing(&mut self, shape: &Shape, field: &Field, at: usize) {
        let hint = match (&field.kind, field.sample) {
            (Kind::List(Kind::Table(_), ..), _) | (_, "") => format!("add it: {}", field.doc),
            (_, sample) if sample.contains('\n') => format!("add it: {}", field.doc),
            (_, sample) => format!("add `{} = {sample}`: {}", field.key, field.doc),
        };
        self.findings.error("missing-key", at, format!("this {} has no `{}`", shape.name, field.key), hint);
    }

    fn value(&mut self, key: &str, kind: &Kind, value: &Value<'_>) {
        let span = value.span();
        if span.is_empty() {
            return;
        }
        let at = span.start;
        match (kind, value.get_ref()) {
            (Kind::Line(longest), DeValue::String(text)) => self.line(key, text, *longest, at),
            (Kind::Sentence(shortest, longest), DeValue::String(text)) => {
                self.line(key, text, *longest, at);
                self.not_short(key, text, *shortest, at);
            }
            (Kind::Markdown(longest), DeValue::String(text)) => self.length(key, text, *longest, at),
            (Kind::Name(form), DeValue::String(text)) => self.name(key, text, form, at),
            (Kind::Written(form), DeValue::String(text)) => self.written(key, text, form, at),
            (Kind::Moment, DeValue::Datetime(moment)) => self.moment(key, (moment.date, moment.time), at),
            (Kind::Word(words), DeValue::String(text)) => self.word(key, text, words, at),
            (Kind::Whole(from, to), DeValue::Integer(_)) => self.whole(key, value, *from, *to),
            (Kind::Share, DeValue::Integer(_) | DeValue::Float(_)) => self.share(key, value),
            (Kind::Flag, DeValue::Boolean(_)) => {}
            (Kind::List(kind, from, to), DeValue::Array(items)) => {
                self.count(key, items, *from, *to, at);
                items.iter().for_each(|item| self.value(key, kind, item));
            }
            (Kind::Table(shape), DeValue::Table(_)) => {
                if let Some(table) = table(value) {
                    self.table(shape, table);
                }
            }
            (_, other) => self.wrong_type(key, kind, other, at),
        }
    }

    fn wrong_type(&mut self, key: &str, kind: &Kind, value: &DeValue<'_>, at: usize) {
        let message = format!("`{key}` must be {}, not {}", kind.words(), type_words(value));
        let hint = match (kind, value) {
            (
                Kind::Line(_)
                | Kind::Sentence(..)
                | Kind::Markdown(_)
                | Kind::Name(_)
                | Kind::Written(_)
                | Kind::Word(_),
                _,
            ) => "put it in double quotes",
            (Kind::Moment, _) => "write it as 2026-10-01T09:00:00, without quotes",
            (Kind::Whole(..) | Kind::Share | Kind::Flag, DeValue::String(_)) => "write it without quotes",
            (Kind::List(Kind::Table(_), ..), _) => "write each one under a header in double brackets",
            (Kind::List(..), _) => "put it in square brackets",
            _ => "see `respline schema` and docs/authoring.md",
        };
        self.findings.error("wrong-type", at, message, hint);
    }

    fn line(&mut self, key: &str, text: &str, longest: usize, at: usize) {
        if text.contains('\n') {
            let hint = "write it on one line, in plain double quotes";
            self.findings.error("not-one-line", at, format!("`{key}` has more than one line"), hint);
        }
        self.length(key, text, longest, at);
    }

    fn length(&mut self, key: &str, text: &str, longest: usize, at: usize) {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.findings.error("empty-text", at, format!("`{key}` is empty"), "write it, or leave the key out");
        } else if length > longest {
            let message = format!("`{key}` has {length} characters, more than {longest}");
            self.findings.error("out-of-range", at, message, format!("shorten it by {}", length - longest));
        }
    }

    /// Tells a text that says too little; one that says nothing is told already.
    fn not_short(&mut self, key: &str, text: &str, shortest: usize, at: usize) {
        let length = text.trim().chars().count();
        if (1..shortest).contains(&length) {
            let message = format!("`{key}` has {length} characters, fewer than {shortest}");
            self.findings.error("out-of-range", at, message, "say it in full");
        }
    }

    fn name(&mut self, key: &str, text: &str, form: &Form, at: usize) {
        if text.len() > LONGEST_NAME {
            let message = format!("`{key}` has more than {LONGEST_NAME} characters");
            self.findings.error("out-of-range", at, message, "choose a shorter name");
        } else if !(form.holds)(text) {
            let code = if std::ptr::eq(form, &raw const KEBAB) { "not-kebab-case" } else { "bad-name" };
            let message = format!("{} is no name for `{key}`", quoted(text));
            self.findings.error(code, at, message, format!("use {}", form.words));
        }
    }

    fn written(&mut self, key: &str, text: &str, form: &Form, at: usize) {
        if !(form.holds)(text) {
            let message = format!("`{key}` cannot be {}", quoted(text));
            self.findings.error("bad-form", at, message, format!("write {}", form.words));
        }
    }

    fn moment<D, T>(&mut self, key: &str, (date, time): (Option<D>, Option<T>), at: usize) {
        if date.is_none() || time.is_none() {
            let message = format!("`{key}` must have a date and a time");
            self.findings.error("bad-form", at, message, "write it as 2026-10-01T09:00:00");
        }
    }

    fn word(&mut self, key: &str, text: &str, words: &[&str], at: usize) {
        if words.contains(&text) {
            return;
        }
        let hint = match nearest(text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", listed(words.iter().copied())),
        };
        self.findings.error("unknown-word", at, format!("{} is no {key}", quoted(text)), hint);
    }

    fn whole(&mut self, key: &str, value: &Value<'_>, from: i64, to: i64) {
        if whole(value.get_ref()).is_none_or(|number| !(from..=to).contains(&number)) {
            let at = value.span().start;
            let hint = if from == to { format!("write {from}") } else { format!("choose from {from} to {to}") };
            self.findings.error("out-of-range", at, format!("`{key}` is out of range"), hint);
        }
    }

    fn share(&mut self, key: &str, value: &Value<'_>) {
        if number(value.get_ref()).is_none_or(|share| !(0.0..=1.0).contains(&share)) {
            let at = value.span().start;
            self.findings.error(
                "out-of-range",
                at,
                format!("`{key}` is not from 0 to 1"),
                "0.8 is four points in five",
            );
        }
    }

    fn count(&mut self, key: &str, items: &[Value<'_>], from: usize, to: usize, at: usize) {
        let count = items.len();
        if count < from && self.complete {
            let hint = format!("write {} more, {from} to {to} in all", from - count);
            self.findings.error("out-of-range", at, format!("only {count} of `{key}`"), hint);
        } else if let Some(first) = items.get(to) {
            let hint = format!("take {} away: {from} to {to} in all", count - to);
            self.findings.error("out-of-range", first.span().start, format!("{count} of `{key}`"), hint);
        }
    }
}

const fn type_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The candidates in words.
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
