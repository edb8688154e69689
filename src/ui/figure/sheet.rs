//! Where everything stands on a figure: a pure function of the scenario.
//!
//! Whoever opens a figure has fonts of their own, so nothing is measured with one: a column of text is given eleven twentieths
//! of the font's size, which is more than common fonts need for running text, and text is wrapped as it is on the screen.

use crate::{
    course::{Layer, Owner, Scenario},
    document::fold,
};

/// Units across; the height is what the stack needs.
pub(super) const WIDTH: usize = 960;
const MARGIN: usize = 40;
/// Where the line stands beside a row of the customer's, and beside one of the provider's.
const LINE: [usize; 2] = [580, 380];
/// Between a card and the line.
const CLEAR: usize = 16;
/// Between two cards.
const GAP: usize = 10;
/// Between a card's edge and its text.
const PAD: usize = 16;
/// The strip at a card's outer edge: solid for the customer, hatched for the provider.
pub(super) const STRIP: usize = 10;
/// Room for the owner's word beside the label.
const OWNER: usize = 160;

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    Title,
    Head,
    Label,
    Owner,
    Task,
    Small,
}

impl Font {
    /// Its name in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Head => "head",
            Self::Label => "label",
            Self::Owner => "owner",
            Self::Task => "task",
            Self::Small => "small",
        }
    }

    /// Units in height.
    pub(super) const fn size(self) -> usize {
        match self {
            Self::Title => 26,
            Self::Head | Self::Label => 16,
            Self::Task => 15,
            Self::Owner | Self::Small => 13,
        }
    }

    /// Units that a column is given.
    const fn advance(self) -> usize {
        (self.size() * 11).div_ceil(20)
    }

    /// From one line to the next.
    const fn leading(self) -> usize {
        self.size() * 4 / 3
    }
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    End,
}

/// Lines of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub font: Font,
    pub anchor: Anchor,
    pub x: usize,
    /// Where each line stands, and what it says.
    pub lines: Vec<(usize, String)>,
    /// Units that it may take across.
    pub room: usize,
}

impl Text {
    /// Text of which the first line hangs from `top`.
    fn hung(font: Font, x: usize, top: usize, room: usize, text: &str) -> Self {
        let lines = fold(text, room / font.advance());
        let baseline = |row: usize| top + font.size() + row * font.leading();
        let lines = lines.into_iter().enumerate().map(|(row, line)| (baseline(row), line)).collect();
        Self { font, anchor: Anchor::Start, x, lines, room }
    }

    /// The same, its end where its start was.
    fn ended(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    fn height(&self) -> usize {
        self.lines.len() * self.font.leading()
    }
}

/// A layer, on its owner's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub owner: Owner,
    pub contested: bool,
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
    pub texts: Vec<Text>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub height: usize,
    pub texts: Vec<Text>,
    pub cards: Vec<Card>,
    /// The corners of the line, from the top of the stack.
    pub line: Vec<(usize, usize)>,
}

impl Sheet {
    /// A figure that stands alone, with its title and its sources.
    pub(super) fn alone(scenario: &Scenario) -> Self {
        let title = Text::hung(Font::Title, MARGIN, MARGIN - 8, WIDTH - 2 * MARGIN, &scenario.title);
        let below = MARGIN + title.height();
        let head = (!scenario.sources.is_empty()).then_some("Sources:");
        let sources: Vec<&str> = head.into_iter().chain(scenario.sources.iter().map(String::as_str)).collect();
        Self::of(scenario, vec![title], below, &sources)
    }

    /// A figure on a page that tells title and sources itself.
    pub(super) fn on_page(scenario: &Scenario) -> Self {
        Self::of(scenario, Vec::new(), MARGIN / 2, &[])
    }

    fn of(scenario: &Scenario, above: Vec<Text>, top: usize, below: &[&str]) -> Self {
        let (mut texts, top) = head(scenario, above, top);
        let cards = stack(scenario, top);
        let end = cards.last().map_or(top, |card| card.y + card.height);
        let line = line(&cards, end);
        let (foot, height) = foot(&[&[counted(scenario).as_str()], below].concat(), end + 2 * GAP);
        texts.extend(foot);
        Self { height, texts, cards, line }
    }
}

/// What stands above the stack, and where the stack begins.
fn head(scenario: &Scenario, mut texts: Vec<Text>, top: usize) -> (Vec<Text>, usize) {
    let across = WIDTH - 2 * MARGIN;
    let about = Text::hung(Font::Small, MARGIN, top, across, &about(scenario));
    let below = top + about.height() + PAD;
    let half = across / 2;
    let ours = Text::hung(Font::Head, MARGIN, below, half, "IN the cloud: the customer");
    let theirs = Text::hung(Font::Head, WIDTH - MARGIN, below, half, "OF the cloud: the provider").ended();
    let below = below + ours.height() + GAP;
    texts.extend([about, ours, theirs]);
    (texts, below)
}

/// In which mode, and whose cloud.
pub(super) fn about(scenario: &Scenario) -> String {
    format!("Service model: {} · {} · lesson {}", scenario.model.name(), scenario.cloud.name(), scenario.lesson)
}

/// How many rows are whose.
pub(super) fn counted(scenario: &Scenario) -> String {
    let [ours, theirs] = [Owner::Customer, Owner::Provider].map(|owner| scenario.count(owner));
    let all = scenario.layers.len();
    let disputed = match all.saturating_sub(ours + theirs) {
        0 => String::new(),
        count => format!("; {count} disputed, not scored"),
    };
    format!("Of {all} rows the customer owns {ours}, the provider {theirs}{disputed}.")
}

/// Whose a row is, in words.
pub(super) fn owner(layer: &Layer) -> String {
    let dispute = if layer.contested { ", disputed" } else { "" };
    format!("{}{dispute}", layer.owner.word())
}

fn stack(scenario: &Scenario, mut y: usize) -> Vec<Card> {
    let mut cards = Vec::new();
    for (place, layer) in scenario.layers.iter().enumerate() {
        let card = card(place + 1, layer, y);
        y += card.height + GAP;
        cards.push(card);
    }
    cards
}

const fn line_beside(owner: Owner) -> usize {
    match owner {
        Owner::Customer => LINE[0],
        Owner::Provider => LINE[1],
    }
}

fn card(number: usize, layer: &Layer, y: usize) -> Card {
    let (x, text, width) = match layer.owner {
        Owner::Customer => (MARGIN, MARGIN + STRIP + PAD, LINE[0] - CLEAR - MARGIN),
        Owner::Provider => (LINE[1] + CLEAR, LINE[1] + CLEAR + PAD, WIDTH - MARGIN - LINE[1] - CLEAR),
    };
    let room = width - STRIP - 2 * PAD;
    let label = Text::hung(Font::Label, text, y + PAD / 2, room - OWNER, &format!("{number}  {}", layer.label));
    let whose = Text::hung(Font::Owner, text + room, y + PAD / 2 + 2, OWNER, &owner(layer)).ended();
    let below = y + PAD / 2 + label.height() + 2;
    let task = Text::hung(Font::Task, text, below, room, &layer.task);
    let height = below + task.height() + PAD / 2 - y;
    Card { owner: layer.owner, contested: layer.contested, x, y, width, height, texts: vec![label, whose, task] }
}

/// The line runs down beside the cards and crosses over where the owner changes.
fn line(cards: &[Card], end: usize) -> Vec<(usize, usize)> {
    let mut corners = Vec::new();
    for card in cards {
        let x = line_beside(card.owner);
        let top = card.y - GAP / 2;
        match corners.last() {
            Some((before, _)) if *before == x => {}
            Some((before, _)) => corners.extend([(*before, top), (x, top)]),
            None => corners.push((x, top)),
        }
    }
    corners.extend(cards.last().map(|card| (line_beside(card.owner), end + GAP / 2)));
    corners
}

/// What stands below the stack, and where the figure ends.
fn foot(lines: &[&str], mut y: usize) -> (Vec<Text>, usize) {
    let texts = lines.iter().map(|text| {
        let text = Text::hung(Font::Small, MARGIN, y, WIDTH - 2 * MARGIN, text);
        y += text.height() + 4;
        text
    });
    let texts = texts.collect();
    (texts, y + MARGIN / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        content::{SourceFile, scenario as read},
        document::width,
    };

    const FILE: &[u8] = include_bytes!("../../../tests/packs/good/scenarios/shop.toml");

    fn shop() -> Scenario {
        read(&SourceFile::new("scenarios/shop.toml", FILE)).expect("it is good")
    }

    /// Where a text is from and to, across and down.
    fn extent(text: &Text) -> ((usize, usize), (usize, usize)) {
        let wide = text.lines.iter().map(|(_, line)| width(line) * text.font.advance()).max().unwrap_or_default();
        let across = match text.anchor {
            Anchor::Start => (text.x, text.x + wide),
            Anchor::End => (text.x - wide, text.x),
        };
        let first = text.lines.first().map_or(0, |(y, _)| *y);
        let last = text.lines.last().map_or(0, |(y, _)| *y);
        (across, (first.saturating_sub(text.font.size()), last))
    }

    fn keeps_within(sheet: &Sheet) -> Result<(), String> {
        let inside = |text: &Text, (left, right), (top, bottom)| {
            let ((from, to), (high, low)) = extent(text);
            let nothing = text.lines.is_empty();
            if nothing || from >= left && to <= right && high >= top && low <= bottom {
                Ok(())
            } else {
                Err(format!("{text:?}"))
            }
        };
        for card in &sheet.cards {
            let clear = card.texts.iter().try_for_each(|text| {
                let edges = match card.owner {
                    Owner::Customer => (card.x + STRIP, card.x + card.width),
                    Owner::Provider => (card.x, card.x + card.width - STRIP),
                };
                inside(text, edges, (card.y, card.y + card.height))
            });
            clear?;
        }
        sheet.texts.iter().try_for_each(|text| inside(text, (MARGIN, WIDTH - MARGIN), (0, sheet.height)))
    }

    #[test]
    fn a_row_stands_on_its_owners_side_of_the_line_and_apart_from_the_next() {
        let sheet = Sheet::alone(&shop());
        assert_eq!(sheet.cards.len(), shop().layers.len());
        for card in &sheet.cards {
            let beside = sheet.line.windows(2).find_map(|ends| match ends {
                [(x, from), (_, to)] if *from <= card.y && card.y + card.height <= *to => Some(*x),
                _ => None,
            });
            let x = beside.expect("the line runs beside every row");
            match card.owner {
                Owner::Customer => assert!(card.x + card.width < x, "{card:?}"),
                Owner::Provider => assert!(x < card.x, "{card:?}"),
            }
        }
        assert!(sheet.cards.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y));
    }

    #[test]
    fn the_line_is_straight_where_the_owner_stays_and_crosses_where_it_changes() {
        let mut scenario = shop();
        scenario.layers.iter_mut().for_each(|layer| layer.owner = Owner::Provider);
        assert_eq!(Sheet::alone(&scenario).line.len(), 2);
        scenario.layers.iter_mut().step_by(2).for_each(|layer| layer.owner = Owner::Customer);
        let line = Sheet::alone(&scenario).line;
        assert_eq!(line.len(), 2 * scenario.layers.len());
        let square = |ends: &[(usize, usize)]| ends[0].0 == ends[1].0 || ends[0].1 == ends[1].1;
        assert!(line.windows(2).all(square), "{line:?}");
    }

    #[test]
    fn what_is_disputed_is_said_and_not_counted() {
        let mut scenario = shop();
        scenario.layers[0].contested = true;
        assert_eq!(owner(&scenario.layers[0]), "customer, disputed");
        assert!(counted(&scenario).ends_with("; 1 disputed, not scored."), "{}", counted(&scenario));
        assert!(Sheet::alone(&scenario).cards[0].contested);
        assert!(!counted(&shop()).contains("disputed"));
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_place(
            text in "[a-zA-Z 日é👍\u{301}\u{202e}.-]{0,120}", long in "[a-z日]{0,90}", owners in any::<[bool; 3]>(),
        ) {
            let mut scenario = shop();
            scenario.title.clone_from(&text);
            scenario.sources = vec![long.clone(), text.clone()];
            for (layer, ours) in scenario.layers.iter_mut().zip(owners) {
                layer.owner = if ours { Owner::Customer } else { Owner::Provider };
                layer.contested = !ours;
                layer.label.clone_from(&long);
                layer.task.clone_from(&text);
            }
            prop_assert_eq!(keeps_within(&Sheet::alone(&scenario)), Ok(()));
            prop_assert_eq!(keeps_within(&Sheet::on_page(&scenario)), Ok(()));
        }
    }
}
