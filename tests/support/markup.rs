//! Markup as a strict reader takes it: whole, and without anything that runs or is fetched.

/// Markup, bidi overrides, control characters, a word too long for any line.
pub(crate) const HOSTILE: &str =
    "</text></svg><script src=\"http://evil\">alert('1')</script>&lt;]]>\u{1b}[2J\u{0}\u{202e}\u{fffe}";

/// The tags of `markup` and the text between them. Stops where it is not well formed.
pub(crate) fn tags(markup: &str) -> (Vec<String>, String) {
    let (mut open, mut all, mut words) = (Vec::<String>::new(), Vec::new(), String::new());
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        assert!(!before.contains('>') || open.last().is_some_and(|tag| tag == "style"), "{before}");
        words.push_str(before);
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        let quotes = tag.matches('"').count();
        assert!(quotes % 2 == 0 && !tag.contains('<'), "{tag}");
        let name = tag.split([' ', '\n']).next().unwrap_or_default().to_owned();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{tag}");
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            open.push(name);
        }
        all.push(tag.to_owned());
    }
    assert_eq!((open, rest.trim()), (vec![], ""));
    for entity in words.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known)), "{entity}");
    }
    assert!(!words.chars().any(|char| char.is_control() && char != '\n'), "{words:?}");
    (all, words)
}

/// `text` as it stands in markup.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

/// Nothing in it is a script, a picture or an address to fetch.
pub(crate) fn runs_and_fetches_nothing(tags: &[String]) {
    for tag in tags {
        let name = tag.split(' ').next().unwrap_or_default();
        assert!(!["script", "image", "img", "link", "foreignObject", "iframe", "use", "base"].contains(&name), "{tag}");
        let outside = [" on", " src=", "href=\"h", "href=\"/", "url(h", "xlink"];
        assert!(outside.iter().all(|way| !tag.contains(way)), "{tag}");
    }
}
