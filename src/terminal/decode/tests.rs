use proptest::prelude::*;

use super::*;

impl Decoder {
    fn held(&self) -> usize {
        match &self.phase {
            Phase::Char(bytes, _) => bytes.len(),
            Phase::Sequence(sequence) => sequence.held(),
            Phase::Paste(paste) => paste.held(),
            _ => 0,
        }
    }
}

/// What `bytes` give once nothing follows, keys by their names.
fn names(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(bytes.as_ref());
    inputs.extend(decoder.flush());
    inputs
        .iter()
        .map(|input| if let Input::Key(key) = input { key.to_string() } else { format!("{input:?}") })
        .collect()
}

#[test]
fn every_spelling_of_a_key_gives_that_key() {
    let spellings: [(&str, &[&str]); 33] = [
        ("up", &["\x1b[A", "\x1bOA", "\x1b[a", "\x1b[1;2A", "\x1b[;2A"]),
        ("down", &["\x1b[B", "\x1bOB"]),
        ("right", &["\x1b[C", "\x1bOC"]),
        ("left", &["\x1b[D", "\x1bOD"]),
        ("home", &["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x1b[7$"]),
        ("end", &["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"]),
        ("pgup", &["\x1b[5~", "\x1b[5;2~"]),
        ("pgdn", &["\x1b[6~"]),
        ("delete", &["\x1b[3~"]),
        ("shift-tab", &["\x1b[Z", "\x1b\t", "\x1b[1;2Z"]),
        ("f1", &["\x1bOP", "\x1b[11~", "\x1b[[A", "\x1b[P"]),
        ("f4", &["\x1bOS", "\x1b[14~", "\x1b[[D"]),
        ("f5", &["\x1b[15~", "\x1b[[E"]),
        ("f6", &["\x1b[17~"]),
        ("f10", &["\x1b[21~"]),
        ("f12", &["\x1b[24~"]),
        ("ctrl-up", &["\x1b[1;5A", "\x1bOa"]),
        ("ctrl-home", &["\x1b[1;5H", "\x1b[7^"]),
        ("ctrl-delete", &["\x1b[3;5~", "\x1b[3^", "\x1b[3@"]),
        ("alt-left", &["\x1b[1;3D", "\x1b\x1b[D", "\x1b\x1bOD"]),
        ("ctrl-alt-f2", &["\x1b[1;7Q"]),
        ("enter", &["\r", "\n"]),
        ("alt-enter", &["\x1b\r"]),
        ("tab", &["\t"]),
        ("backspace", &["\x7f", "\x08"]),
        ("alt-backspace", &["\x1b\x7f"]),
        ("ctrl-space", &["\0"]),
        ("ctrl-c", &["\x03"]),
        ("ctrl-z", &["\x1a"]),
        ("ctrl-\\", &["\x1c"]),
        ("alt-é", &["\x1bé"]),
        ("alt-[", &["\x1b["]),
        ("alt-P", &["\x1bP"]),
    ];
    for (key, bytes) in spellings {
        for spelling in bytes {
            assert_eq!(names(spelling), [key], "{spelling:?}");
        }
    }
}

#[test]
fn a_lone_escape_waits_and_is_a_key_once_nothing_follows() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert!(decoder.pending());
    assert_eq!(decoder.flush(), [Input::Key(Key::plain(KeyCode::Esc))]);
    assert!(!decoder.pending());
    assert_eq!(decoder.flush(), []);
    assert_eq!(names("\x1b\x1b"), ["esc", "esc"]);
    assert_eq!(names("\x1b\x1bx"), ["esc", "alt-x"]);
    assert_eq!(names("\x1b\x1b["), ["esc", "alt-["]);
}

#[test]
fn what_a_terminal_says_of_itself_is_never_taken_for_keys() {
    let replies = [
        "\x1b[I",
        "\x1b[O",
        "\x1b[?2026;2$y",
        "\x1b[12;2$y",
        "\x1b[?62;4c",
        "\x1b[>0;276;0c",
        "\x1b[24;80R",
        "\x1b[97;5u",
        "\x1b[27;5;13~",
        "\x1b[201~",
        "\x1b[M !!",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1b]52;c;AAAA\x1b\\",
        "\x1bP>|term(1.0)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstart\x1b\\",
        "\x1bOp",
    ];
    for reply in replies {
        assert_eq!(names(format!("{reply}q")), ["q"], "{reply:?}");
    }
    let long = format!("\x1b[{}A\x1b]{}\x07q", "1;".repeat(500), "x".repeat(5000));
    assert_eq!(names(long), ["q"]);
}

#[test]
fn a_reply_whose_end_was_lost_gives_the_keyboard_back() {
    assert_eq!(names("\x1b]11;rgb\x03q"), ["ctrl-c", "q"]);
    assert_eq!(names("\x1b]11;rgb\x1b[A"), ["up"]);
    assert_eq!(names(format!("\x1b]{}q", "x".repeat(LONGEST_REPLY + 1))), ["q"]);
    assert_eq!(names("\x1b[12\x03"), ["ctrl-c"]);
}

#[test]
fn a_press_and_the_wheel_are_read_and_other_reports_of_the_mouse_dropped() {
    let click = format!("{:?}", Input::Click { column: 4, row: 199 });
    assert_eq!(names("\x1b[<0;5;200M\x1b[<16;5;200M"), [click.as_str(), &click]);
    assert_eq!(names("\x1b[<64;1;1M\x1b[<65;1;1M"), ["Wheel(-1)", "Wheel(1)"]);
    let dropped = "\x1b[<0;5;200m\x1b[<2;1;1M\x1b[<32;1;1M\x1b[<0;0;1M\x1b[<0;99999;1M\x1b[<0;1M\x1b[<;;;M";
    assert!(names(dropped).is_empty());
}

#[test]
fn a_paste_is_one_clean_text_with_a_limit() {
    assert_eq!(names("\x1b[200~q\x1b[A\r\nx\x1b[201~j"), [r#"Paste("q[A x")"#, "j"]);
    assert_eq!(names("\x1b[200~a\x1b[201\x1b[201~"), [r#"Paste("a[201")"#]);
    let mut decoder = Decoder::default();
    let long = format!("\x1b[200~{}\x1b[201~", "é".repeat(paste::LONGEST_PASTE));
    assert_eq!(decoder.feed(long.as_bytes()), [Input::Paste("é".repeat(paste::LONGEST_PASTE / 2))]);
}

#[test]
fn broken_utf_8_is_dropped_and_the_next_character_kept() {
    assert_eq!(names(b"\xff\xc3\xa9\xc3q\xe2\x82\xac\xe2\x82z"), ["é", "q", "€", "z"]);
    assert_eq!(names(b"\xc2\x9b\x9b"), [] as [&str; 0]);
    assert_eq!(names(b"\xe2\x1b[A"), ["up"]);
}

/// Bytes rich in what matters to the decoder.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => any::<u8>().prop_map(|byte| vec![byte]),
        2 => prop::sample::select(&b"\x1b\x1b[O]P\\;1M<~$\x07\xc3\xa9"[..]).prop_map(|byte| vec![byte]),
        1 => prop::sample::select(&["\x1b[200~", "\x1b[201~", "\x1b[1;5A", "\x1b[<0;3;4M", "é€", "\x1b]0;x"][..])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_cutting_of_the_same_bytes_gives_the_same_inputs(bytes in bytes(), cuts in prop::collection::vec(1..9_usize, 1..50)) {
        let mut whole = Decoder::default();
        let mut expected = whole.feed(&bytes);
        expected.extend(whole.flush());
        let mut cut = Decoder::default();
        let (mut given, mut rest, mut cuts) = (Vec::new(), bytes.as_slice(), cuts.iter().cycle());
        while !rest.is_empty() {
            let (chunk, later) = rest.split_at(rest.len().min(*cuts.next().expect("it cycles")));
            given.extend(cut.feed(chunk));
            rest = later;
        }
        given.extend(cut.flush());
        prop_assert_eq!(given, expected);
    }

    #[test]
    fn no_bytes_make_it_hold_more_than_a_paste(bytes in bytes(), times in 1..400_usize) {
        let mut decoder = Decoder::default();
        for _ in 0..times {
            decoder.feed(&bytes);
            prop_assert!(decoder.held() <= paste::LONGEST_PASTE);
        }
    }
}
