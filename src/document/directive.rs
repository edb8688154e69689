//! Directives: the lines of `:::` that CommonMark does not know.
//!
//! They are found line by line and masked by an empty comment, which CommonMark lets interrupt a paragraph, a list or a
//! table and hands back as a block of its own. So notes may hold any block, line numbers stay right, and footnotes and
//! reference links work across them. Which lines are code is CommonMark's own answer, from a first reading.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{Event, Parser, Tag};

use super::parse::{MAX_DEPTH, OPTIONS, Reader, Scope, Stop};
use super::printable::one_line;
use super::source::Source;
use super::{Content, NoteKind, Problem};

/// What a directive's line is replaced by.
pub(super) const MASK: &str = "<!---->";

/// A line of `:::`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Directive {
    Open { kind: NoteKind, title: String, problem: Option<Problem> },
    Close,
    Line(String),
}

/// The directives by line, and the text with their lines masked.
pub(super) fn mask(markdown: &str) -> (Cow<'_, str>, BTreeMap<usize, Directive>) {
    if !markdown.contains(":::") {
        return (Cow::Borrowed(markdown), BTreeMap::new());
    }
    let code = code_lines(markdown);
    let mut directives = BTreeMap::new();
    let mut masked = String::with_capacity(markdown.len());
    for (number, line) in (1..).zip(markdown.split_inclusive('\n')) {
        match read(line).filter(|_| !code.iter().any(|lines| lines.contains(&number))) {
            None => masked.push_str(line),
            Some(directive) => {
                directives.insert(number, directive);
                masked.extend(line.chars().take_while(|char| *char == ' '));
                masked.push_str(MASK);
                masked.push('\n');
            }
        }
    }
    (Cow::Owned(masked), directives)
}

fn code_lines(markdown: &str) -> Vec<std::ops::Range<usize>> {
    let source = Source::new(markdown);
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    let blocks = events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
    blocks.map(|(_, range)| source.line(range.start)..source.line(range.end.saturating_sub(1)) + 1).collect()
}

fn read(line: &str) -> Option<Directive> {
    let rest = line.trim().strip_prefix(":::")?.trim_start();
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let title = one_line(rest.trim());
    Some(match (word, NoteKind::ALL.into_iter().find(|kind| kind.word() == word)) {
        ("", _) => Directive::Close,
        ("line", _) => Directive::Line(title),
        (_, Some(kind)) => Directive::Open { kind, title, problem: None },
        // Read as a note, so that its closing line is not a second mistake.
        (_, None) => {
            let problem = Some(Problem::UnknownDirective(one_line(word)));
            Directive::Open { kind: NoteKind::Note, title, problem }
        }
    })
}

impl Reader<'_> {
    /// The directive that was masked on a line.
    pub(super) fn directive(&mut self, html: &str, line: usize) -> Option<Directive> {
        if html.trim() == MASK { self.directives.remove(&line) } else { None }
    }

    pub(super) fn obey(&mut self, directive: Directive, offset: usize) -> Option<Content> {
        match directive {
            Directive::Close => {
                self.report(offset, Problem::StrayClose);
                None
            }
            Directive::Line(scenario) => {
                if scenario.split_whitespace().count() != 1 {
                    self.report(offset, Problem::LineWithoutScenario);
                }
                Some(Content::Line { scenario })
            }
            Directive::Open { kind, title, problem } => {
                if let Some(problem) = problem {
                    self.report(offset, problem);
                }
                self.note(kind, title, offset)
            }
        }
    }

    fn note(&mut self, kind: NoteKind, title: String, offset: usize) -> Option<Content> {
        if self.depth >= MAX_DEPTH {
            self.report_depth(offset);
            return None;
        }
        self.depth += 1;
        let (blocks, stop) = self.blocks(Scope::Note);
        self.depth -= 1;
        if stop == Stop::End {
            self.report(offset, Problem::UnclosedNote(kind));
        }
        Some(Content::Note { kind, title, blocks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_read_from_its_line() {
        assert_eq!(read("plain"), None);
        assert_eq!(read("see ::: there"), None);
        assert_eq!(read(" :::  \r\n"), Some(Directive::Close));
        assert_eq!(read(":::line web-app\n"), Some(Directive::Line("web-app".into())));
        let open = Directive::Open { kind: NoteKind::Tip, title: "In one breath".into(), problem: None };
        assert_eq!(read(":::tip In one breath\n"), Some(open));
    }

    #[test]
    fn lines_of_code_are_left_alone() {
        let markdown = ":::note\n```\n:::\n```\n:::\n\n- ~~~\n  :::\n  ~~~\n\nx\n\n    :::\n";
        let (masked, directives) = mask(markdown);
        assert_eq!(directives.keys().copied().collect::<Vec<_>>(), [1, 5]);
        assert_eq!(masked, format!("{MASK}\n```\n:::\n```\n{MASK}\n\n- ~~~\n  :::\n  ~~~\n\nx\n\n    :::\n"));
    }
}
