//! The glossary in words: what a listener needs now, and the names of the rest.

use super::page::tell;
use crate::{
    app::{Page, State, pages},
    content::nearest,
    course::Course,
    document::{Content, Document},
};

/// The term it was opened at; else the words of the text at hand, and then names only, so that nobody must hear it all.
pub(super) fn glossary(state: &State, page: &Page, at: Option<&str>) -> String {
    let course = &state.cx.course;
    if let Some(word) = at {
        return told(state, word);
    }
    let part = |content: &Content| matches!(content, Content::Heading { level: pages::PART, .. });
    let all = page.document.blocks.iter().rposition(|block| part(&block.content)).unwrap_or_default();
    let here = page.document.blocks.get(..all).filter(|blocks| !blocks.is_empty());
    let here = here.map(|blocks| tell(state, &Document { blocks: blocks.to_vec() })).unwrap_or_default();
    format!("{here}All words: {}.\nw WORD says what one means.\n\n", names(course).collect::<Vec<_>>().join(", "))
}

/// What `word` means.
pub(super) fn told(state: &State, word: &str) -> String {
    let course = &state.cx.course;
    if let Some(term) = course.term(word) {
        return tell(state, &Document { blocks: pages::entry(term) });
    }
    let hint = match nearest(word, names(course)) {
        Some(near) => format!("Did you mean '{near}'?"),
        None => "w alone lists all words.".to_owned(),
    };
    let word: String = word.chars().take(40).collect();
    crate::document::printable(&format!("The glossary has no '{word}'. {hint}\n")).into_owned()
}

fn names(course: &Course) -> impl Iterator<Item = &str> {
    course.glossary.iter().map(|term| term.name.as_str())
}
