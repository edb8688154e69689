//! What an author is told, and where.

use super::*;

fn issues(markdown: &str) -> Vec<(usize, usize, Problem)> {
    let issues = Document::parse(markdown).1.into_iter();
    issues.map(|issue| (issue.line, issue.column, issue.problem)).collect()
}

#[test]
fn a_note_must_be_closed() {
    assert_eq!(issues("a\n\n:::tip T\nb"), [(3, 1, Problem::UnclosedNote(NoteKind::Tip))]);
    assert_eq!(issues("a\n:::\n"), [(2, 1, Problem::StrayClose)]);
    let crossed = [(1, 1, Problem::UnclosedNote(NoteKind::Note)), (3, 3, Problem::StrayClose)];
    assert_eq!(issues(":::note\n- a\n  :::\n"), crossed);
}

#[test]
fn an_unknown_directive_is_one_mistake() {
    assert_eq!(issues(":::tipp T\nb\n:::"), [(1, 1, Problem::UnknownDirective("tipp".into()))]);
}

#[test]
fn a_line_needs_one_scenario() {
    assert_eq!(issues(":::line"), [(1, 1, Problem::LineWithoutScenario)]);
    assert_eq!(issues(":::line a b"), [(1, 1, Problem::LineWithoutScenario)]);
}

#[test]
fn an_indented_directive_is_told_apart_from_html() {
    assert_eq!(issues("text\n     :::note\n"), [(2, 6, Problem::IndentedDirective)]);
    assert_eq!(issues("text <!---->\n"), [(1, 6, Problem::Html)]);
}

#[test]
fn html_and_images_are_refused_but_shown_as_text() {
    let markdown = "a <b>c</b> ![a chart](x.png)\n\n<div>\nd\n</div>\n";
    let found = issues(markdown);
    assert_eq!(found.iter().filter(|(_, _, problem)| *problem == Problem::Html).count(), 5);
    assert!(found.contains(&(1, 12, Problem::Image)));
    let (document, _) = Document::parse(markdown);
    assert_eq!(document.blocks[0].text(), "a <b>c</b> a chart");
    assert_eq!(document.blocks[1].text(), "<div>");
}

#[test]
fn footnotes_and_references_need_each_other() {
    assert_eq!(issues("a [^x]\n"), [(1, 3, Problem::UndefinedFootnote("x".into()))]);
    assert_eq!(issues("a\n\n[^x]: b\n"), [(3, 1, Problem::UnusedFootnote("x".into()))]);
    assert_eq!(issues("a `[^x]` \\[^x\\]\n"), []);
    let (document, _) = Document::parse("a\n\n[^x]: kept\n");
    assert_eq!(document.blocks[1].text(), "kept");
}

#[test]
fn links_lead_to_secure_or_relative_places() {
    for address in ["https://example.org", "HTTPS://example.org", "#threats", "8.2.md", "a/b:c", "?q=a:b"] {
        assert_eq!(issues(&format!("[a]({address})")), [], "{address}");
    }
    for address in ["http://example.org", "javascript:x", "//example.org", "mailto:a@example.org", "file:///etc"] {
        assert_eq!(issues(&format!("[a]({address})")), [(1, 1, Problem::Address(address.into()))], "{address}");
    }
}

#[test]
fn nesting_is_bounded_and_no_word_is_lost() {
    let deep = |levels: usize| format!("{}word\n", "> ".repeat(levels));
    assert_eq!(issues(&deep(12)), []);
    assert_eq!(issues(&deep(13)), [(1, 25, Problem::TooDeep)]);
    let (document, _) = Document::parse(&deep(5000));
    assert_eq!(document.blocks[0].text().trim(), "word");
    let notes = format!("{}word\n{}", ":::note\n".repeat(14), ":::\n".repeat(14));
    assert_eq!(issues(&notes)[0], (13, 1, Problem::TooDeep));
}

#[test]
fn a_footnote_may_be_referred_to_from_inside_a_note() {
    let markdown = ":::note\nsee[^a] and [b]\n:::\n\n[^a]: text\n\n[b]: https://example.org\n";
    assert_eq!(issues(markdown), []);
}

#[test]
fn line_numbers_are_right_after_directives() {
    let (document, _) =
        Document::parse("# a\r\n\r\n:::note\r\nb\r\n\r\nc\r\n:::\r\nd\r\n| e |\r\n|--|\r\n:::line f\r\n");
    let lines: Vec<usize> = document.blocks.iter().map(|block| block.line).collect();
    assert_eq!(lines, [1, 3, 8, 9, 11]);
    let Content::Note { blocks, .. } = &document.blocks[1].content else { panic!("a note was written") };
    assert_eq!(blocks.iter().map(|block| block.line).collect::<Vec<_>>(), [4, 6]);
}

#[test]
fn hostile_characters_are_shown_wherever_they_stand() {
    let markdown = "# a\u{1b}[2J\n\n[b\u{202e}](https://c\u{200b}.example) `d\u{7}` e&#x202E;f&#10;g\n\n\
                    :::note h\u{9b}\n:::\n\n```x\u{1b}\ni\u{1b}]52;c;\u{7}\n```\n\n:::line j\u{1b}\n";
    let (document, _) = Document::parse(markdown);
    let shown = format!("{document:?}");
    assert_eq!(problem_chars(&shown).count(), 0);
    assert_eq!(document.blocks[1].text(), "b<U+202E> d<U+0007> e<U+202E>f g");
    assert!(!shown.contains("\\u{"), "Debug would have escaped what is left: {shown}");
}

#[test]
fn an_issue_says_where_what_and_what_to_do() {
    let issue = &Document::parse("a\n\n:::danger\n").1[0];
    assert_eq!(issue.to_string(), "line 3, column 1: the danger opened here is never closed");
    assert_eq!(issue.problem.hint(), "close it with `:::` at the start of a line of its own");
}
