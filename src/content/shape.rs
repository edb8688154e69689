//! How a format is described: tables, their keys, and what each key may hold.
//!
//! One description drives the validation, the JSON Schema and the template, so the three cannot disagree.

/// A table of a format.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What an author calls it.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order they are written.
    pub fields: &'static [Field],
}

/// A key of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// The key.
    pub key: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What it may hold.
    pub kind: Kind,
    /// What it is for, in one sentence.
    pub doc: &'static str,
    /// What a template holds, as TOML; `<…>` stands for what the pack gives.
    pub sample: &'static str,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the file has no meaning.
    Required,
    /// It may be left out.
    Optional,
}

/// What a key may hold.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Text on one line, of so many characters at most.
    Line(usize),
    /// Text on one line, of at least so many characters and at most so many.
    Sentence(usize, usize),
    /// Markdown, of so many characters at most.
    Markdown(usize),
    /// A name of a certain form.
    Name(&'static Form),
    /// Text of a certain form that is no name.
    Written(&'static Form),
    /// A date with its time, in the zone the file names.
    Moment,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number from one to another.
    Whole(i64, i64),
    /// A share, from 0 to 1.
    Share,
    /// True or false.
    Flag,
    /// So many of something, from one number to another.
    List(&'static Kind, usize, usize),
    /// A table.
    Table(&'static Shape),
}

/// The form of a name, or of another text.
#[derive(Debug)]
pub(crate) struct Form {
    /// The form in words.
    pub words: &'static str,
    /// The form as a regular expression, for the schema.
    pub pattern: &'static str,
    /// Whether a name has it.
    pub holds: fn(&str) -> bool,
}

/// The most characters of a name.
pub(crate) const LONGEST_NAME: usize = 64;

/// `web-app-on-containers`.
pub(crate) static KEBAB: Form = Form {
    words: "lower-case letters and digits, joined by single hyphens",
    pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
    holds: |name| name.split('-').all(is_plain),
};

/// `8.1`, or kebab-case.
pub(crate) static DOTTED: Form = Form {
    words: "lower-case letters and digits, joined by single dots or hyphens",
    pattern: "^[a-z0-9]+([.-][a-z0-9]+)*$",
    holds: |name| name.split(['-', '.']).all(is_plain),
};

/// `8.1-shared-responsibility.md`: never a path, so that a pack reads nothing outside its folder.
pub(super) static MARKDOWN_FILE: Form = Form {
    words: "a file name without folders that ends in `.md`",
    pattern: "^[a-z0-9]+([.-][a-z0-9]+)*\\.md$",
    holds: |name| name.strip_suffix(".md").is_some_and(|stem| stem.split(['-', '.']).all(is_plain)),
};

fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

impl Kind {
    /// The kind in words, as a message says it.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Line(_) | Self::Sentence(..) => "text on one line",
            Self::Markdown(_) => "text",
            Self::Name(_) => "a name",
            Self::Written(_) => "text in double quotes",
            Self::Moment => "a date and a time",
            Self::Word(_) => "a word",
            Self::Whole(..) => "a whole number",
            Self::Share => "a number from 0 to 1",
            Self::Flag => "true or false",
            Self::List(Self::Table(_), ..) => "a list of tables",
            Self::List(..) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Whether `id` can name a scenario.
pub fn is_kebab_case(id: &str) -> bool {
    id.len() <= LONGEST_NAME && (KEBAB.holds)(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_spelling() {
        assert!(is_kebab_case("web-app-2"));
        for bad in ["", "-a", "a-", "a--b", "Web", "a_b", "a.b", "é", &"a".repeat(65)] {
            assert!(!is_kebab_case(bad), "{bad}");
        }
        assert!((DOTTED.holds)("8.1") && !(DOTTED.holds)("8..1"));
    }

    #[test]
    fn a_lesson_file_never_leaves_its_folder() {
        assert!((MARKDOWN_FILE.holds)("8.1-shared.md"));
        for bad in ["../a.md", "a/b.md", ".md", "..md", "a.txt", "a\\b.md"] {
            assert!(!(MARKDOWN_FILE.holds)(bad), "{bad}");
        }
    }
}
