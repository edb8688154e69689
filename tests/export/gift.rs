//! GIFT, taken apart by the rules of Moodle's reader, written anew from its documentation.

use respline::classroom::export;

use super::hostile::{SEEN, course, scenario};

/// An answer: right or not, its words and its comment.
type Answer = (bool, String, String);

/// A question: name, text, answers.
type Asked = (String, String, Vec<Answer>);

/// The character that stands for an escaped one while the text is cut up, and back.
fn hidden(text: &str) -> String {
    let mut chars = text.chars();
    let mut out = String::new();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                let next = chars.next().expect("a backslash escapes something");
                assert!("\\~=#{}:".contains(next), "\\{next} is no escape");
                out.push(char::from_u32(0xe000 + u32::from(next)).unwrap());
            }
            _ => out.push(char),
        }
    }
    out
}

fn shown(text: &str) -> String {
    let back = |char: char| match u32::from(char) {
        code @ 0xe000..=0xe0ff => char::from_u32(code - 0xe000).unwrap(),
        _ => char,
    };
    text.trim().chars().map(back).collect()
}

/// Blank lines part questions; lines that begin with `//` are comments.
fn read(text: &str) -> Vec<Asked> {
    let pieces = text
        .split("\n\n")
        .map(|piece| piece.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n"));
    pieces
        .filter(|piece| !piece.trim().is_empty() && !piece.starts_with("$CATEGORY: "))
        .map(|one| question(&one))
        .collect()
}

fn question(text: &str) -> Asked {
    let text = hidden(text);
    let rest = text.strip_prefix("::").expect("it has a name");
    let (name, rest) = rest.split_once("::").expect("the name ends");
    let (words, rest) = rest.split_once('{').expect("it has answers");
    let (answers, after) = rest.split_once('}').expect("they end");
    assert_eq!(after.trim(), "", "nothing follows");
    let mut found = Vec::new();
    let mut rest = answers.trim();
    while let Some(sign) = rest.chars().next() {
        assert!(sign == '=' || sign == '~', "an answer begins with its sign: {rest}");
        let end = rest[1..].find(['=', '~']).map_or(rest.len(), |end| end + 1);
        let (words, why) = rest[1..end].split_once('#').expect("every answer is explained");
        assert!(!why.contains('#'), "one comment each");
        found.push((sign == '=', shown(words), shown(why)));
        rest = rest[end..].trim_start();
    }
    (shown(name), shown(words), found)
}

/// HTML as a reader sees it: no tags, no references.
pub(crate) fn seen(html: &str) -> String {
    let html = html.replace("<br/>", "\n").replace("</p>", " ");
    let mut pieces = html.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.split_once('>').expect("a tag ends").1);
    }
    for code in ['\\', '=', '~', '{', '}'] {
        text = text.replace(&format!("&#{};", u32::from(code)), &code.to_string());
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn hostile_words_come_out_as_words() {
    let text = export::gift(&course(), &[scenario()]).expect("it is written");
    let asked = read(&text);
    assert_eq!(asked.len(), 4, "two questions for each scored row: {text}");
    for (place, (name, words, answers)) in asked.iter().enumerate() {
        assert!(name.starts_with("]]></p><script>"), "{name}");
        let words = words.strip_prefix("[html]").expect("it is HTML");
        assert_eq!(seen(words).matches(SEEN).count(), 2, "story and task: {}", seen(words));
        assert!(seen(words).contains("a = {b}\n\n  // ~c"), "code keeps its lines: {words}");
        assert_eq!(answers.len(), if place % 2 == 0 { 2 } else { 3 });
        assert_eq!(answers.iter().filter(|(right, ..)| *right).count(), 1);
        assert!(answers.iter().all(|(_, _, why)| seen(why).contains(SEEN)), "{answers:?}");
    }
    assert!(asked[1].2.iter().all(|(_, words, _)| seen(words).contains(SEEN)), "{:?}", asked[1].2);
    assert!(asked[1].2[1].0, "the right control is the right one");
    let owners =
        |place: usize| asked[place].2.iter().map(|(right, words, _)| (*right, seen(words))).collect::<Vec<_>>();
    assert_eq!(owners(0), [(true, "The customer's ".to_owned()), (false, "The provider's ".to_owned())]);
    assert_eq!(owners(2), [(false, "The customer's ".to_owned()), (true, "The provider's ".to_owned())]);
}

#[test]
fn a_disputed_row_is_named_and_not_asked() {
    let text = export::gift(&course(), &[scenario()]).expect("it is written");
    assert!(text.contains("\n// left out, since experts dispute it: Text ]]>"), "{text}");
    assert!(!text.contains("9-evil.open"));
    let ids: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("// [id:")?.split(']').next()).collect();
    assert_eq!(ids, ["9-evil.one.owner", "9-evil.one.control", "9-evil.two.owner", "9-evil.two.control"]);
}

#[test]
fn a_category_is_a_path_whose_names_keep_their_slashes() {
    let text = export::gift(&course(), &[scenario()]).expect("it is written");
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("$CATEGORY: ")).collect();
    assert_eq!(lines.len(), 1);
    let parts: Vec<String> =
        lines[0].replace("//", "\u{0}").split('/').map(|part| part.replace('\u{0}', "/")).collect();
    assert_eq!(parts.len(), 3, "{parts:?}");
    assert!(parts[0].contains("</p>") && parts[1] == "8.1" && parts[2] == parts[0], "{parts:?}");
    assert!(!text.contains(['\u{202e}', '\u{1b}']));
}
