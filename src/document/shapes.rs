//! The rows each construct becomes, on the narrowest screen and below.

use super::*;

fn rows(markdown: &str, width: u16, glyphs: Glyphs) -> Vec<String> {
    let (document, issues) = Document::parse(markdown);
    assert_eq!(issues, []);
    let drawing = |id: &str, width: u16| {
        vec![Row { spans: vec![Span::new(format!("<{id} in {width}>"), Role::Drawn(1))], block: 99 }]
    };
    let layout = layout(&document, width, glyphs, &drawing);
    layout.rows.iter().map(|row| row.text().trim_end().to_owned()).collect()
}

#[track_caller]
fn assert_rows(markdown: &str, expected: &[&str]) {
    assert_eq!(rows(markdown, 40, Glyphs::Unicode), expected);
}

#[test]
fn paragraphs_wrap_and_keep_the_authors_line_breaks() {
    assert_rows(
        "You rent a berth in a harbour. The harbour\ncompany keeps the *breakwater*.\\\nYou bring the boat.\n\nNext.",
        &[
            "You rent a berth in a harbour. The",
            "harbour company keeps the breakwater.",
            "You bring the boat.",
            "",
            "Next.",
        ],
    );
}

#[test]
fn headings_are_underlined_by_rank() {
    assert_rows("# One\n## Two\n### Three\ntext", &["One", "═══", "", "Two", "───", "", "Three", "", "text"]);
}

#[test]
fn lists_hang_and_nest() {
    assert_rows(
        "- Security of the cloud is the provider's and nobody else's:\n  - doors\n    - locks\n- \n- yours",
        &[
            "• Security of the cloud is the",
            "  provider's and nobody else's:",
            "  ◦ doors",
            "    ▪ locks",
            "•",
            "• yours",
        ],
    );
}

#[test]
fn numbers_are_aligned_and_loose_items_stand_apart() {
    assert_rows("9. nine\n10. ten", &[" 9. nine", "10. ten"]);
    assert_rows("1. one\n\n   more\n\n2. two", &["1. one", "", "   more", "", "2. two"]);
}

#[test]
fn tasks_say_in_characters_whether_they_are_done() {
    assert_rows(
        "- [x] listed\n- [ ] reviewed by somebody who reads all of it",
        &["[x] listed", "[ ] reviewed by somebody who reads all", "    of it"],
    );
}

#[test]
fn quotes_stand_behind_a_bar() {
    assert_rows(
        "> Whose hands must move for this to happen?\n>\n> Say it.",
        &["│ Whose hands must move for this to", "│ happen?", "│", "│ Say it."],
    );
}

#[test]
fn a_notes_frame_names_its_kind() {
    assert_rows(
        ":::warning Big round numbers\nYou will hear that 95 per cent of failures.\n:::",
        &[
            "╭─ WARNING: Big round numbers ─────────╮",
            "│ You will hear that 95 per cent of    │",
            "│ failures.                            │",
            "╰──────────────────────────────────────╯",
        ],
    );
}

#[test]
fn a_notes_long_title_moves_inside() {
    assert_rows(
        ":::tip The whole test in hardly more than one breath\nOwn it.\n:::",
        &[
            "╭─ TIP ────────────────────────────────╮",
            "│ The whole test in hardly more than   │",
            "│ one breath                           │",
            "│                                      │",
            "│ Own it.                              │",
            "╰──────────────────────────────────────╯",
        ],
    );
}

#[test]
fn a_note_without_room_for_a_frame_keeps_its_word() {
    assert_eq!(rows(":::danger Stop\nNow.\n:::", 16, Glyphs::Unicode), ["│ DANGER: Stop", "│", "│ Now."]);
}

#[test]
fn a_note_holds_lists_and_code() {
    assert_rows(
        ":::note\n- one\n\n```\n:::\n```\n:::",
        &[
            "╭─ NOTE ───────────────────────────────╮",
            "│ • one                                │",
            "│                                      │",
            "│   :::                                │",
            "╰──────────────────────────────────────╯",
        ],
    );
}

#[test]
fn a_table_is_as_wide_as_its_cells() {
    assert_rows(
        "| Row | Owner | n |\n|--|:-:|--:|\n| Doors | P | 1 |\n| Data | C | 12 |",
        &["Row   │ Owner │  n", "━━━━━━┿━━━━━━━┿━━━", "Doors │   P   │  1", "Data  │   C   │ 12"],
    );
}

#[test]
fn a_table_wraps_inside_its_cells_and_rules_its_rows() {
    assert_rows(
        "| Setting | What it does |\n|--|--|\n| public access | lets anybody read the objects |\n| log | records |",
        &[
            "Setting       │ What it does",
            "━━━━━━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━━━━━━━",
            "public access │ lets anybody read the",
            "              │ objects",
            "──────────────┼─────────────────────────",
            "log           │ records",
        ],
    );
}

#[test]
fn a_table_that_cannot_fit_is_stacked() {
    assert_rows(
        "| Layer | On-prem | IaaS | CaaS | PaaS | SaaS |\n|--|--|--|--|--|--|\n| Hypervisor | C | P | P | P | P |",
        &["Layer: Hypervisor", "  On-prem: C; IaaS: P; CaaS: P; PaaS: P", "  SaaS: P"],
    );
}

#[test]
fn code_keeps_its_lines_and_marks_where_one_goes_on() {
    assert_rows(
        "```sh\nls\n\n  respline check --format json --strict --plain\n```",
        &["  ls", "", "    respline check --format json --str", "  ↪ ict --plain"],
    );
    let (fits, just) = ("x".repeat(38), "x".repeat(39));
    assert_rows(&format!("```\n{fits}\n```"), &[&format!("  {fits}")]);
    assert_rows(&format!("```\n{just}\nls\n```"), &[&just, "ls"]);
}

#[test]
fn code_just_as_wide_as_the_text_gives_up_its_indent_rather_than_a_word() {
    assert_rows(
        "```\ndata      S3: card applications, 2005 ++\nb\n```",
        &["data      S3: card applications, 2005 ++", "b"],
    );
}

#[test]
fn links_show_where_they_lead() {
    assert_rows(
        "See [the page](https://example.org/a) or <https://example.org>.",
        &["See the page (https://example.org/a) or", "https://example.org."],
    );
}

#[test]
fn footnotes_are_numbered_by_reference_and_listed_at_the_end() {
    assert_rows(
        "[^b]: Second in the text, first in the source.\n\nOne.[^a] Two.[^b] Again.[^a]\n\n[^a]: First.",
        &[
            "One.[1] Two.[2] Again.[1]",
            "",
            "────────────────────────────────────────",
            "[1] First.",
            "[2] Second in the text, first in the",
            "    source.",
        ],
    );
}

#[test]
fn a_line_is_drawn_by_the_caller() {
    assert_rows(":::line shop\n\n> :::line is text here", &["<shop in 40>", "", "│ :::line is text here"]);
    assert_rows(
        ":::tip\n:::line shop\n:::",
        &[
            "╭─ TIP ────────────────────────────────╮",
            "│ <shop in 36>                         │",
            "╰──────────────────────────────────────╯",
        ],
    );
}

#[test]
fn ascii_draws_the_same_shapes() {
    let markdown = "# A\n- b\n  - c\n\n> d\n\n---\n\n| e | f |\n|--|--|\n| g | h |\n\n:::note\ni\n:::";
    let expected = [
        "A",
        "=",
        "",
        "- b",
        "  * c",
        "",
        "| d",
        "",
        "------------------------",
        "",
        "e | f",
        "==+==",
        "g | h",
        "",
        "+- NOTE ---------------+",
        "| i                    |",
        "+----------------------+",
    ];
    assert_eq!(rows(markdown, 24, Glyphs::Ascii), expected);
}

#[test]
fn styles_become_roles() {
    let (document, _) = Document::parse("a **b** *c* ***d*** `e` ~~f~~ [g](https://h.example)");
    let layout = layout(&document, 80, Glyphs::Unicode, &|_, _| Vec::new());
    let roles: Vec<_> = layout.rows[0].spans.iter().map(|span| (span.text.as_str(), span.role)).collect();
    let words: Vec<_> = roles.into_iter().filter(|(text, _)| *text != " ").collect();
    assert_eq!(
        words,
        [
            ("a ", Role::Text),
            ("b", Role::Strong),
            ("c", Role::Emphasis),
            ("d", Role::StrongEmphasis),
            ("e", Role::Code),
            ("~~f~~", Role::Struck),
            ("g", Role::Link),
            ("(https://h.example)", Role::Address),
        ]
    );
}

#[test]
fn nothing_is_drawn_at_no_width() {
    assert_eq!(rows("# a\n\nb\n\n:::line c", 0, Glyphs::Unicode), Vec::<String>::new());
}

#[test]
fn plain_says_in_words_what_a_screen_shows_by_shape() {
    let markdown = "# The line\n\n- [x] a\n-\n- b\n  1. c\n\n:::warning Beware\nd[^1]\n\ne\n:::\n\n| H | I |\n|--|--|\n| j | k |\n\n\
                    ---\n\n> l\n\n```\nm\n```\n\n:::line shop\n\n[n](https://o.example)\\\np\n\n[^1]: q";
    let (document, issues) = Document::parse(markdown);
    assert_eq!(issues, []);
    let expected = "Section: The line\n\n- [x] a\n-\n- b\n  1. c\n\nWarning: Beware\n  d[1]\n\n  e\n\nH: j; I: k\n\n\
                    Quote:\n  l\n\n    m\n\ntop\nbottom\n\nn (https://o.example)\np\n\n[1] q\n";
    assert_eq!(plain(&document, &|_| "top\nbottom".to_owned()), expected);
}

#[test]
fn a_phrase_is_found_where_it_begins_even_across_rows() {
    let (document, _) = Document::parse("You rent a berth in a harbour. The harbour keeps it.\n\n> The BERTH\n");
    let layout = layout(&document, 40, Glyphs::Unicode, &|_, _| Vec::new());
    let rows = |phrase: &str| {
        let begun = layout.find(phrase).into_iter().filter(|hit| hit.begins);
        begun.map(|hit| hit.row).collect::<Vec<_>>()
    };
    assert_eq!(rows("Berth"), [0, 3]);
    assert_eq!(rows("the harbour"), [0]);
    assert_eq!(rows("harbour"), [0, 1]);
    assert_eq!(rows("keeps it. the"), Vec::<usize>::new());
    assert_eq!(rows("│"), Vec::<usize>::new());
    assert_eq!(rows(" "), Vec::<usize>::new());
}

#[test]
fn a_place_is_the_same_words_at_another_width() {
    let (document, _) = Document::parse("# Title\n\none two three four five six seven eight nine ten\n\nlast");
    let at = |width| layout(&document, width, Glyphs::Unicode, &|_, _| Vec::new());
    let (wide, narrow) = (at(30), at(10));
    assert_eq!(wide.rows[4].text(), "seven eight nine ten");
    let row = narrow.row_of(wide.place(4));
    assert_eq!(narrow.rows[row].text(), "seven");
    assert_eq!(wide.row_of(narrow.place(row + 1)), 4);
    assert_eq!(narrow.row_of(Place { block: 2, offset: 0 }), narrow.row_of_block(2));
}
