//! Markup as a tree, and the one way in which it becomes bytes.

use std::{borrow::Cow, io};

use quick_xml::{
    Writer,
    escape::partial_escape,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::document::printable;

/// Text or an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// An element of XML or HTML.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    name: Cow<'static, str>,
    attributes: Vec<(Cow<'static, str>, String)>,
    children: Vec<Node>,
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl Node {
    /// Words as they are: nothing of them is markup, and nothing steers whoever shows them.
    pub(super) fn text(words: &str) -> Self {
        Self::Text(printable(words).into_owned())
    }
}

impl Element {
    pub(super) fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), attributes: Vec::new(), children: Vec::new() }
    }

    /// With this attribute; what is in it stays on one line.
    pub(super) fn with(mut self, name: impl Into<Cow<'static, str>>, value: &str) -> Self {
        self.attributes.push((name.into(), printable(value).replace('\n', " ")));
        self
    }

    pub(super) fn holding<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    pub(super) fn saying(self, words: &str) -> Self {
        self.holding([Node::text(words)])
    }
}

/// A whole file of XML.
pub(super) fn file(root: Element) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write(&mut writer, &Node::Element(root))?;
    Ok(writer.into_inner())
}

/// A piece of markup.
pub(super) fn fragment(nodes: &[Node]) -> io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    nodes.iter().try_for_each(|node| write(&mut writer, node))?;
    String::from_utf8(writer.into_inner()).map_err(io::Error::other)
}

/// As deep as a document is, which its parser bounds.
fn write(writer: &mut Writer<Vec<u8>>, node: &Node) -> io::Result<()> {
    let element = match node {
        // Quotes mean nothing between tags, and `&apos;` is a name that HTML learnt late.
        Node::Text(words) => {
            return writer.write_event(Event::Text(BytesText::from_escaped(partial_escape(words.as_str()))));
        }
        Node::Element(element) => element,
    };
    let mut start = BytesStart::new(element.name.as_ref());
    for (name, value) in &element.attributes {
        start.push_attribute((name.as_ref(), value.as_str()));
    }
    if element.children.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    element.children.iter().try_for_each(|child| write(writer, child))?;
    writer.write_event(Event::End(BytesEnd::new(element.name.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_are_markup_or_steer_who_shows_them() {
        let words = "]]></p><script a='\"'>&amp;\u{1b}[2J\u{0}\u{fffe}\u{202e}";
        let root = Element::new("p").with("title", &format!("{words}\nb")).saying(words);
        let text = String::from_utf8(file(root).expect("it is written")).expect("it is text");
        let safe = "]]&gt;&lt;/p&gt;&lt;script a='\"'&gt;&amp;amp;\
                    &lt;U+001B&gt;[2J&lt;U+0000&gt;&lt;U+FFFE&gt;&lt;U+202E&gt;";
        let quoted = safe.replace('"', "&quot;").replace('\'', "&apos;");
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        assert_eq!(text, format!("{head}<p title=\"{quoted} b\">{safe}</p>"));
    }

    #[test]
    fn what_holds_nothing_is_closed_at_once() {
        let nodes = [Element::new("p").holding([Element::new("br")]).into(), Node::text("a\nb")];
        assert_eq!(fragment(&nodes).expect("it is written"), "<p><br/></p>a\nb");
    }
}
