//! A content file with its keys in the format's order, its tables indented and its comments kept: `respline fmt`.
//!
//! Only what lies between keys and values is written anew; values, strings above all, stay as their author wrote them.

use toml_edit::{DocumentMut, Item, KeyMut, RawString, Table, Value};

use super::{
    format::{COURSE, COURSE_FILE, GLOSSARY_FILE, SCENARIO},
    glossary::GLOSSARY,
    problem::Problem,
    shape::{Field, Kind, Shape},
    source::{Findings, SourceFile, file_name},
    tree,
};

/// The file's text in order; the very same text where it is in order already.
///
/// # Errors
/// When it is too large, no text or no TOML, with every place where it is not. Its rules are not looked at.
pub fn tidy(file: &SourceFile<'_>) -> Result<String, Vec<Problem>> {
    let text = file.text()?;
    // Both ends of a line are one here; a file that has carriage returns throughout gets them back.
    let returns = text.contains('\n') && text.matches('\n').count() == text.matches("\r\n").count();
    let lines = if returns { text.replace("\r\n", "\n") } else { text.to_owned() };
    let mut document = parse(&file.path, &lines)?;
    let shape = match file_name(&file.path) {
        COURSE_FILE => &COURSE,
        GLOSSARY_FILE => &GLOSSARY,
        _ => &SCENARIO,
    };
    table(document.as_table_mut(), Some(shape), 0);
    let trailing = collapsed(written(document.trailing()).lines().map(|line| line.trim_end().to_owned()));
    let trailing = trailing.trim_end().to_owned();
    document.set_trailing(if trailing.is_empty() { trailing } else { trailing + "\n" });
    let ordered = document.to_string();
    let ordered = ordered.trim_start_matches('\n');
    Ok(if returns { ordered.replace('\n', "\r\n") } else { ordered.to_owned() })
}

fn parse(path: &str, text: &str) -> Result<DocumentMut, Vec<Problem>> {
    let mut findings = Findings::new(path, text);
    tree::parse(text, &mut findings, |_, _| ());
    let document = text.parse().map_err(|error: toml_edit::TomlError| {
        findings.error("syntax", error.span().map_or(0, |span| span.start), error.message(), tree::SYNTAX_HINT);
    });
    document.map_err(|()| findings.into_problems())
}

/// Orders the keys of a table that lies within so many others, and what is in it.
fn table(table: &mut Table, shape: Option<&'static Shape>, depth: usize) {
    let fields = shape.map_or(&[][..], |shape| shape.fields);
    // What the format does not know stays behind the rest, in the author's order.
    let place = |key: &str| fields.iter().position(|field| field.key == key).unwrap_or(fields.len());
    let head = take_head(table);
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
    put_head(table, &head);
    let within = |key: &str| fields.iter().find(|field| field.key == key).and_then(listed);
    for (key, item) in table.iter_mut() {
        let shape = within(key.get());
        match item {
            Item::Value(value) => pair(key, value, depth),
            Item::Table(inner) if !inner.is_dotted() => header(inner, shape, depth + 1),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|inner| header(inner, shape, depth + 1)),
            Item::Table(_) | Item::None => {}
        }
    }
}

/// The shape of the tables under a key.
const fn listed(field: &Field) -> Option<&'static Shape> {
    match &field.kind {
        Kind::Table(shape) | Kind::List(Kind::Table(shape), ..) => Some(shape),
        _ => None,
    }
}

/// Takes what stands above the last blank line over a table's first key: it is about the table, whichever key comes first.
///
/// So is what editors read at the top of a file, `#:schema`, with or without a blank line.
fn take_head(table: &mut Table) -> String {
    let Some((mut key, Item::Value(_))) = table.iter_mut().next() else { return String::new() };
    let prefix = key.leaf_decor().prefix().map(written).unwrap_or_default().to_owned();
    let lines: Vec<&str> = prefix.split_inclusive('\n').collect();
    let is_last = |line: &&str| line.starts_with("#:") || (line.ends_with('\n') && line.trim().is_empty());
    let (head, rest) = lines.split_at(lines.iter().rposition(is_last).map_or(0, |last| last + 1));
    if head.iter().all(|line| line.trim().is_empty()) {
        return String::new();
    }
    key.leaf_decor_mut().set_prefix(rest.concat());
    head.concat()
}

fn put_head(table: &mut Table, head: &str) {
    if let Some((mut key, Item::Value(_))) = table.iter_mut().next().filter(|_| !head.is_empty()) {
        let prefix = key.leaf_decor().prefix().map(written).unwrap_or_default();
        let prefix = format!("{head}{}", prefix.trim_start_matches('\n'));
        key.leaf_decor_mut().set_prefix(prefix);
    }
}

/// Writes what lies around a table's header anew, and orders what is in it.
fn header(inner: &mut Table, shape: Option<&'static Shape>, depth: usize) {
    let indent = indent(depth);
    let (last, own) = parted(inner.decor().prefix().map(written).unwrap_or_default());
    let own = std::iter::once(String::new()).chain(own.map(|line| indented(line, &indent)));
    let prefix = last + &collapsed(own) + &indent;
    let suffix = remark(inner.decor().suffix());
    inner.decor_mut().set_prefix(prefix);
    inner.decor_mut().set_suffix(suffix);
    if depth > 1 {
        // Without a place of its own it follows the table it lies in, by the order of the format's keys.
        inner.set_position(None);
    }
    table(inner, shape, depth);
}

/// Writes what lies around a key and its value anew.
fn pair(mut key: KeyMut<'_>, value: &mut Value, depth: usize) {
    let indent = indent(depth);
    let above = key.leaf_decor().prefix().map(written).unwrap_or_default();
    let above = if above.trim().is_empty() { "" } else { above };
    let prefix = collapsed(whole_lines(above).map(|line| indented(line, &indent))) + &indent;
    key.leaf_decor_mut().set_prefix(prefix);
    key.leaf_decor_mut().set_suffix(" ");
    let suffix = remark(value.decor().suffix());
    value.decor_mut().set_prefix(" ");
    value.decor_mut().set_suffix(suffix);
}

/// The outermost tables are not indented.
fn indent(depth: usize) -> String {
    "  ".repeat(depth.saturating_sub(1))
}

/// The comments that end the table before, kept as they are, and the lines that belong to the header below.
fn parted(prefix: &str) -> (String, impl Iterator<Item = &str>) {
    let blank = whole_lines(prefix).position(|line| line.trim().is_empty()).unwrap_or_default();
    let last = whole_lines(prefix).take(blank).map(|line| format!("{}\n", line.trim_end())).collect();
    (last, whole_lines(prefix).skip(blank))
}

/// The lines that end; what follows the last of them is the indentation of the next.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'))
}

fn indented(line: &str, indent: &str) -> String {
    let line = line.trim();
    if line.is_empty() { String::new() } else { format!("{indent}{line}") }
}

/// The lines, with one blank line where there were several.
fn collapsed(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        if !(blank && line.is_empty()) {
            text.push_str(&line);
            text.push('\n');
        }
        blank = line.is_empty();
    }
    text
}

/// A comment at the end of a line.
fn remark(suffix: Option<&RawString>) -> String {
    let remark = suffix.map(written).unwrap_or_default().trim();
    if remark.is_empty() { String::new() } else { format!(" {remark}") }
}

/// What a parsed document keeps of its text: once it can be changed, it keeps all of it.
fn written(raw: &RawString) -> &str {
    raw.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(text: &str) -> String {
        tidy(&SourceFile::new("lessons/course.toml", text.as_bytes())).expect("it is TOML")
    }

    fn scenario(text: &str) -> String {
        tidy(&SourceFile::new("scenarios/a.toml", text.as_bytes())).expect("it is TOML")
    }

    #[test]
    fn keys_take_their_order_and_controls_their_indentation() {
        let wild = "title='T'\nformat=1\n[[layer]]\nwhy = \"\"\"w\n  x\"\"\"\n\n\nid   =   'a'\n[[layer.control]]\nwhy = \"\"\ntext = \"t\"\n";
        let tame = "format = 1\ntitle = 'T'\n\n[[layer]]\nid = 'a'\nwhy = \"\"\"w\n  x\"\"\"\n\n  [[layer.control]]\n  text = \"t\"\n  why = \"\"\n";
        assert_eq!(scenario(wild), tame);
        assert_eq!(scenario(tame), tame);
    }

    #[test]
    fn what_follows_from_a_row_stands_behind_its_controls() {
        let wild = "[[layer]]\n[layer.breach]\n[[layer.breach.step]]\ntext=\"t\"\nat=\"a\"\n# Its one answer.\n[[layer.control]]\ntext=\"c\"\n[layer.breach.other]\n[[layer]]\nid=\"b\"\n";
        let tame = "[[layer]]\n\n  # Its one answer.\n  [[layer.control]]\n  text = \"c\"\n\n  [layer.breach]\n\n    [[layer.breach.step]]\n    at = \"a\"\n    text = \"t\"\n\n    [layer.breach.other]\n\n[[layer]]\nid = \"b\"\n";
        let between = wild.replace("[layer.breach.other]\n", "");
        assert_eq!(scenario(&between), tame.replace("    [layer.breach.other]\n\n", ""));
        assert_eq!(scenario(&scenario(wild)), scenario(wild));
        assert_eq!(scenario(tame), tame);
    }

    #[test]
    fn a_glossary_has_an_order_of_its_own() {
        let wild = "[[term]]\ntext = \"What it means.\"\nalso = [\"b\"]\nname = \"a\"\n";
        let tame = tidy(&SourceFile::new("lessons/glossary.toml", wild.as_bytes())).expect("it is TOML");
        assert_eq!(tame, "[[term]]\nname = \"a\"\nalso = [\"b\"]\ntext = \"What it means.\"\n");
    }

    #[test]
    fn comments_go_with_what_they_are_about() {
        let wild = "# The course.\n\n# Its name.\ntitle = \"T\"   # for now\n  # The version.\nformat = 1\n# Ends the head.\n\n\n# A threat.\n [[threat]] # one\nname = \"N\"\n#id.\nid = \"i\"\n\n\n# Ends the file.";
        let tame = "# The course.\n\n# The version.\nformat = 1\n# Its name.\ntitle = \"T\" # for now\n# Ends the head.\n\n# A threat.\n[[threat]] # one\n#id.\nid = \"i\"\nname = \"N\"\n\n# Ends the file.\n";
        assert_eq!(course(wild), tame);
        assert_eq!(course(tame), tame);
    }

    #[test]
    fn the_line_that_names_the_schema_stays_first() {
        let tame = "#:schema ../a.json\n# The version.\nformat = 1\n# Its name.\ntitle = \"T\"\n";
        assert_eq!(course("#:schema ../a.json\n# Its name.\ntitle = \"T\"\n# The version.\nformat = 1\n"), tame);
        assert_eq!(course(tame), tame);
    }

    #[test]
    fn unknown_keys_stay_behind_the_known_ones_in_their_order() {
        assert_eq!(course("zz = 1\naa.b = 2\ntitle = \"T\"\n"), "title = \"T\"\nzz = 1\naa.b = 2\n");
    }

    #[test]
    fn line_ends_are_the_authors() {
        assert_eq!(course("title = \"T\"\r\nformat=1\r\n"), "format = 1\r\ntitle = \"T\"\r\n");
    }

    #[test]
    fn what_is_no_toml_is_told_and_left() {
        let problems = tidy(&SourceFile::new("scenarios/a.toml", &b"id = \"a\nb\n"[..])).expect_err("it is broken");
        assert!(problems.iter().all(|problem| problem.code == "syntax" && problem.place.line <= 2), "{problems:?}");
    }
}
