//! A scenario whose every text tries to be something else than text.

use std::sync::Arc;

use respline::course::{Cloud, Control, Course, Layer, Model, Owner, Scenario};

/// What a text is to survive: markup, the ends of comments and sections, GIFT's own characters, what steers a terminal.
pub(crate) const EVIL: &str =
    "]]></p><script>x</script> <!-- --> & &amp; {a} =b ~c %50%d #e :: // $CATEGORY: f -> \\n \u{202e}g\u{1b}[2J";

/// The same as whoever reads it back sees it.
pub(crate) const SEEN: &str =
    "]]></p><script>x</script> <!-- --> & & {a} =b ~c %50%d #e :: // $CATEGORY: f -> \\n <U+202E>g<U+001B>[2J";

/// Evil as Markdown takes it for words.
fn words() -> String {
    format!("Text {EVIL}")
}

fn layer(id: &str, owner: Owner, contested: bool) -> Layer {
    let control = |correct| Control { text: words(), correct, trap: None, why: words() };
    Layer {
        id: id.into(),
        label: EVIL.into(),
        subject: "row".into(),
        task: words(),
        owner,
        threat: None,
        pair: None,
        contested,
        why: words(),
        hints: Vec::new(),
        controls: vec![control(false), control(true), control(false)],
        breach: None,
    }
}

/// Two scored rows and a disputed one.
pub(crate) fn scenario() -> Arc<Scenario> {
    Arc::new(Scenario {
        id: "9-evil".into(),
        title: EVIL.into(),
        lesson: "8.1".into(),
        level: 1,
        model: Model::Iaas,
        cloud: Cloud::Any,
        ladder: None,
        story: format!("{}\n\n```sh\na = {{b}}\n\n  // ~c\n```\n", words()),
        sources: Vec::new(),
        layers: vec![
            layer("one", Owner::Customer, false),
            layer("two", Owner::Provider, false),
            layer("open", Owner::Customer, true),
        ],
    })
}

/// A course of that name.
pub(crate) fn course() -> Course {
    Course { title: EVIL.into(), ..Course::default() }
}
