//! Keys by name, as the bytes a terminal sends for them.

/// The bytes of one word of a script: a character, the name of a key, `ctrl-x`, `click:COLUMN,ROW` (counted from one),
/// `paste:TEXT` or a `"text"` to type.
pub(crate) fn bytes(word: &str) -> Vec<u8> {
    let named = match word {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "shift-tab" => "\x1b[Z",
        "space" => " ",
        "backspace" => "\x7f",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pgup" => "\x1b[5~",
        "pgdn" => "\x1b[6~",
        _ => return made(word),
    };
    named.into()
}

fn made(word: &str) -> Vec<u8> {
    if let Some(letter) = word.strip_prefix("ctrl-") {
        return vec![letter.as_bytes()[0] & 0x1f];
    }
    if let Some(place) = word.strip_prefix("click:") {
        return format!("\x1b[<0;{}M", place.replace(',', ";")).into();
    }
    if let Some(text) = word.strip_prefix("paste:") {
        return format!("\x1b[200~{text}\x1b[201~").into();
    }
    let typed = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    assert!(typed.is_some() || word.chars().count() == 1, "'{word}' is no key");
    typed.unwrap_or(word).into()
}

/// The words of a script, blanks between them; a text in quotes is one word.
pub(crate) fn words(script: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut quoted = false;
    for part in script.split(' ').filter(|part| !part.is_empty()) {
        match words.last_mut().filter(|_| quoted) {
            Some(word) => *word = format!("{word} {part}"),
            None => words.push(part.to_owned()),
        }
        let whole = words.last().expect("one was pushed");
        quoted = whole.starts_with('"') && (whole.len() == 1 || !whole.ends_with('"'));
    }
    words
}
