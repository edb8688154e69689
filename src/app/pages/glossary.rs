//! The glossary as a page: the words of the text at hand first, then all of them.

use crate::{
    course::{Term, terms_in},
    document::{Block, Content, Document, Inline, Style, slug},
};

/// Level of the headings over the two parts; a term's name is one below, where no rule is drawn under it.
pub const PART: u8 = 2;

/// The glossary; `text` is what the learner was reading. Terms are plain text, so none of it is read as Markdown.
pub fn glossary(terms: &[Term], text: &str) -> Document {
    let here = terms_in(terms, text);
    let mut blocks = Vec::new();
    if !here.is_empty() {
        blocks.push(heading(PART, "In this text"));
        blocks.extend(here.into_iter().flat_map(entry));
    }
    blocks.push(heading(PART, "All words"));
    blocks.extend(terms.iter().flat_map(entry));
    Document { blocks }
}

/// A term under its name.
pub fn entry(term: &Term) -> Vec<Block> {
    let mut text = vec![words(&term.text, Style::default())];
    if !term.also.is_empty() {
        text.push(Inline::HardBreak);
        let also = format!("Also: {}.", term.also.join(", "));
        text.push(words(&also, Style { emphasis: true, ..Style::default() }));
    }
    vec![heading(PART + 1, &term.name), block(Content::Paragraph(text))]
}

fn heading(level: u8, text: &str) -> Block {
    let slug = slug(text);
    block(Content::Heading { level, text: vec![words(text, Style::default())], slug })
}

fn words(text: &str, style: Style) -> Inline {
    Inline::Text { text: crate::document::printable(text).into_owned(), style }
}

const fn block(content: Content) -> Block {
    Block { line: 1, content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;

    fn told(text: &str) -> String {
        let term = |name: &str, also: &[&str], text: &str| Term {
            name: name.into(),
            also: also.iter().map(|also| (*also).into()).collect(),
            text: text.into(),
        };
        let terms =
            [term("image", &[], "What a *container* starts from."), term("VM", &["virtual machine"], "A computer.")];
        plain(&glossary(&terms, text), &|_| String::new())
    }

    #[test]
    fn the_words_of_the_text_at_hand_come_first_and_again_among_all() {
        let text = told("Two virtual machines.");
        assert!(text.starts_with("Section: In this text\n\nSection: VM\n\nA computer.\n"), "{text}");
        assert_eq!(text.matches("Section: VM").count(), 2);
        assert!(text.contains("Also: virtual machine."), "{text}");
        assert!(told("Nothing.").starts_with("Section: All words"));
    }

    #[test]
    fn a_term_is_no_markdown() {
        assert!(told("").contains("What a *container* starts from."));
    }
}
