//! What holds for every document at every width.

use proptest::prelude::*;

use super::*;

fn drawn(document: &Document, width: u16, glyphs: Glyphs) -> Layout {
    layout(document, width, glyphs, &|_, width| {
        vec![Row { spans: vec![Span::new("#".repeat(usize::from(width)), Role::Drawn(0))], block: 0 }]
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

fn words_of(layout: &Layout) -> String {
    layout.rows.iter().map(|row| letters(&row.words())).collect()
}

/// Markdown together with the letters it must show.
#[derive(Clone, Debug, Default)]
struct Sample {
    markdown: String,
    letters: String,
}

fn sentence() -> impl Strategy<Value = Sample> {
    let word = prop_oneof!["[a-zé日]{1,12}", "[a-z]{20,60}", Just("e\u{301}clair".to_owned())];
    proptest::collection::vec((word, 0..6u8), 1..12).prop_map(|words| {
        let styled = words.iter().map(|(word, style)| match style {
            0 => format!("**{word}**"),
            1 => format!("*{word}*"),
            2 => format!("`{word}`"),
            3 => format!("***{word}***"),
            _ => word.clone(),
        });
        let markdown = styled.collect::<Vec<_>>().join(" ");
        Sample { markdown, letters: words.into_iter().map(|(word, _)| word).collect() }
    })
}

fn leaf() -> impl Strategy<Value = Sample> {
    (sentence(), 0..4u8).prop_map(|(Sample { markdown, letters }, kind)| match kind {
        0 => Sample { markdown: format!("## {markdown}"), letters },
        1 => Sample { markdown: format!("```\n{letters}\n```"), letters },
        2 => Sample { markdown: format!("[{letters}](https://x.example)"), letters: letters + "(https://x.example)" },
        _ => Sample { markdown, letters },
    })
}

fn prefixed(markdown: &str, first: &str, rest: &str) -> String {
    format!("{first}{}\n", markdown.trim_end().replace('\n', &format!("\n{rest}")))
}

fn sample() -> impl Strategy<Value = Sample> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        (proptest::collection::vec(inner, 1..4), 0..5u8).prop_map(|(parts, kind)| {
            let markdown = parts.iter().map(|part| part.markdown.as_str()).collect::<Vec<_>>().join("\n\n");
            let letters: String = parts.into_iter().map(|part| part.letters).collect();
            match kind {
                0 => Sample { markdown: prefixed(&markdown, "> ", "> "), letters },
                1 => Sample { markdown: prefixed(&markdown, "- ", "  "), letters },
                2 => Sample { markdown: prefixed(&markdown, "7. ", "   "), letters },
                3 => Sample {
                    markdown: prefixed(&format!("task\n\n{markdown}"), "- [ ] ", "  "),
                    letters: format!("task{letters}"),
                },
                _ => Sample { markdown, letters },
            }
        })
    })
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec("[a-z]{1,9}( [a-z]{1,20}){0,3}", 3), 2..5)
}

/// Letters, punctuation that means something in Markdown, and everything else.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,8}",
        "[-*_`~>|#\\[\\]()!<&:^1. \n]{0,12}",
        prop_oneof![
            ":::note x\n",
            "\n:::\n",
            "\n:::line a\n",
            "\n:::zap\n",
            "[^a]",
            "\n[^a]: b\n",
            "\n```\n",
            "<b>",
            "\n<div>\n"
        ],
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_row_is_wider_than_the_width(markdown in anything(), width in 1u16..=100) {
        let (document, _) = Document::parse(&markdown);
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            for row in drawn(&document, width, glyphs).rows {
                prop_assert!(row.width() <= usize::from(width), "{:?}", row.text());
            }
        }
    }

    #[test]
    fn every_text_can_be_drawn_and_none_is_harmful(markdown in anything(), width in 0u16..=10) {
        let (document, issues) = Document::parse(&markdown);
        let layout = drawn(&document, width, Glyphs::Unicode);
        prop_assert_eq!(layout.block_starts.len(), document.blocks.len());
        let shown = layout.rows.iter().map(Row::text).chain([plain(&document, &|id| id.to_owned())]);
        for text in shown.chain(issues.iter().map(ToString::to_string)) {
            prop_assert_eq!(printable(&text), text.as_str());
        }
    }

    #[test]
    fn the_words_come_out_as_they_went_in(sample in sample(), width in 2u16..=100) {
        let (document, issues) = Document::parse(&sample.markdown);
        prop_assert_eq!(issues, []);
        prop_assert_eq!(words_of(&drawn(&document, width, Glyphs::Unicode)), sample.letters, "{}", sample.markdown);
    }

    #[test]
    fn a_table_shows_every_cell_at_every_width(cells in cells(), width in 1u16..=100) {
        let rows: Vec<String> = cells.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
        let (head, body) = rows.split_first().unwrap();
        let (document, _) = Document::parse(&format!("{head}|---|:-:|--:|\n{}", body.concat()));
        let layout = drawn(&document, width, Glyphs::Unicode);
        let mut shown: Vec<char> = words_of(&layout).chars().collect();
        for char in letters(&cells.concat().concat()).chars() {
            let place = shown.iter().position(|each| *each == char);
            prop_assert!(place.is_some(), "{char} is missing");
            shown.swap_remove(place.unwrap());
        }
    }

    #[test]
    fn places_outlive_a_resize(sample in sample(), width in 20u16..=100, other in 20u16..=100) {
        let (document, _) = Document::parse(&sample.markdown);
        let (before, after) = (drawn(&document, width, Glyphs::Unicode), drawn(&document, other, Glyphs::Unicode));
        prop_assert!(before.block_starts.is_sorted());
        for row in 0..before.rows.len() {
            let place = before.place(row);
            prop_assert_eq!(before.place(before.row_of(place)), place);
            let there = after.row_of(place);
            prop_assert_eq!(after.rows[there].block, place.block);
            prop_assert!(after.place(there).offset <= place.offset);
        }
    }

    #[test]
    fn nothing_ends_with_an_empty_row_and_twice_is_the_same(sample in sample(), width in 1u16..=100) {
        let (document, _) = Document::parse(&sample.markdown);
        let layout = drawn(&document, width, Glyphs::Unicode);
        prop_assert!(layout.rows.last().is_none_or(|row| row.width() > 0));
        prop_assert_eq!(drawn(&Document::parse(&sample.markdown).0, width, Glyphs::Unicode), layout);
    }
}
