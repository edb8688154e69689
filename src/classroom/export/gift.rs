//! GIFT, Moodle's text format for questions, as `question/format/gift/format.php` reads it.
//!
//! Texts are HTML. What GIFT gives a meaning to is hidden twice over: `\`, `=`, `~`, `{` and `}` are character references
//! whose `#` is escaped, since parsers other than Moodle's end a comment at the bare character even after a backslash.

use std::fmt::Write as _;

use crate::{
    course::{Course, Scenario},
    document::printable,
};

use super::{
    ExportError, left_out,
    question::{Choice, Question, questions},
    tree::{Element, Node, fragment},
};

/// The questions of `scenarios` as one text, a category for each scenario.
///
/// # Errors
/// When there is no memory to write it.
pub fn gift(course: &Course, scenarios: &[impl AsRef<Scenario>]) -> Result<String, ExportError> {
    let mut text = format!("// {}\n\n", plain(&course.title));
    for scenario in scenarios {
        category(&mut text, course, scenario.as_ref());
        for question in questions(scenario.as_ref()) {
            asked(&mut text, &question)?;
        }
    }
    Ok(text)
}

/// Writing to a String cannot fail.
fn category(text: &mut String, course: &Course, scenario: &Scenario) {
    let lesson = course.lesson(&scenario.lesson).map_or("", |lesson| lesson.title.as_str());
    let lesson = format!("{} {lesson}", scenario.lesson);
    let path = [course.title.as_str(), lesson.trim_end(), &scenario.title].map(|name| plain(name).replace('/', "//"));
    let _ = write!(text, "$CATEGORY: {}\n\n", path.join("/"));
    for layer in left_out(scenario) {
        let _ = write!(text, "// left out, since experts dispute it: {}\n\n", plain(&layer.task));
    }
}

fn asked(text: &mut String, question: &Question<'_>) -> Result<(), ExportError> {
    let Question { scenario, layer, part } = question;
    let mut stem = super::markup::blocks(&scenario.story);
    stem.push(Element::new("hr").into());
    stem.extend(question.task());
    stem.push(Element::new("p").saying(part.asks()).into());
    let tags: String = [Some(scenario.lesson.as_str()), Some(scenario.model.word()), layer.threat.as_deref()]
        .into_iter()
        .flatten()
        .map(|tag| format!(" [tag:{tag}]"))
        .collect();
    let _ = writeln!(text, "// [id:{}]{tags}", question.id());
    let _ = writeln!(text, "::{}::[html]{} {{", escaped(&plain(&question.title())), html(&stem)?);
    for Choice { words, right, why, .. } in question.choices() {
        let _ = writeln!(text, "\t{}{}#{}", if right { '=' } else { '~' }, html(&words)?, html(&why)?);
    }
    text.push_str("}\n\n");
    Ok(())
}

/// Words on one line. A name or a category has no markup.
fn plain(words: &str) -> String {
    printable(words).replace('\n', " ")
}

/// What is no HTML, where a backslash is all there is.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for char in words.chars() {
        if matches!(char, '\\' | '~' | '=' | '#' | '{' | '}' | ':') {
            text.push('\\');
        }
        text.push(char);
    }
    text
}

fn html(nodes: &[Node]) -> Result<String, ExportError> {
    let mut text = String::new();
    for char in fragment(nodes)?.chars() {
        match char {
            '\\' | '=' | '~' | '{' | '}' => {
                let _ = write!(text, "&\\#{};", u32::from(char));
            }
            '#' | ':' => text.extend(['\\', char]),
            // Only within `pre`, where it is the same.
            '\n' => text.push_str("<br/>"),
            _ => text.push(char),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_gift_gives_a_meaning_to_stands_bare() {
        let nodes = [Element::new("pre").saying("a=b~c{d}e\\n::#f\n// g").into()];
        let text = html(&nodes).expect("it is written");
        assert_eq!(text, "<pre>a&\\#61;b&\\#126;c&\\#123;d&\\#125;e&\\#92;n\\:\\:\\#f<br/>// g</pre>");
        assert_eq!(escaped("a: ~x = {1}#\\"), "a\\: \\~x \\= \\{1\\}\\#\\\\");
    }
}
