//! What lies over a screen: the help, the search, the outline of a page, and the line in which a word to find is typed.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::course::Course;

use super::{Action, Ask, Context, Goal, HelpLine, Menu, Page, Scope, area, menu::Entry, page::glyphs, pane::scrolled};

/// What lies over a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// The keys of the screen below.
    Help {
        /// The keys, by group.
        lines: Vec<HelpLine>,
        /// The first row shown.
        top: usize,
    },
    /// Search in everything.
    Search(Search),
    /// The headings of a page.
    Outline {
        /// Row of each heading in the laid-out page, its level and its words.
        headings: Vec<(usize, u8, String)>,
        /// The words, laid out, and which one is selected.
        menu: Menu,
    },
    /// A word to find in a page is being typed.
    Find {
        /// What is typed so far.
        needle: String,
    },
    /// Something is asked of an instructor.
    Ask(Ask),
}

/// The search over lessons, scenarios, threats and the words of the glossary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// What is typed so far.
    pub query: String,
    /// The best hits first.
    pub hits: Vec<Hit>,
    /// The hits, laid out, and which one is selected.
    pub menu: Menu,
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// "lesson", "scenario", "threat", "word".
    pub kind: &'static str,
    /// Its name.
    pub title: String,
    /// Where it leads.
    pub goal: Goal,
}

/// Hits shown at most: more than a screen of them helps nobody.
const HITS: usize = 50;

impl Overlay {
    /// The scopes of its keys.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self {
            Self::Help { .. } => &[Scope::Help, Scope::Page],
            Self::Search(_) => &[Scope::Picker, Scope::Typing],
            Self::Outline { .. } => &[Scope::Picker, Scope::Page],
            Self::Find { .. } => &[Scope::Typing],
            Self::Ask(ask) => ask.scopes(),
        }
    }

    /// Letters are text here, not keys.
    pub const fn takes_text(&self) -> bool {
        match self {
            Self::Search(_) | Self::Find { .. } => true,
            Self::Ask(ask) => ask.takes_text(),
            Self::Help { .. } | Self::Outline { .. } => false,
        }
    }

    /// Text typed or pasted.
    pub(super) fn write(&mut self, cx: &Context, text: &str) {
        const LONGEST: usize = 80;
        let longest = if let Self::Ask(ask) = self { ask.room() } else { LONGEST };
        let Some(line) = self.line() else { return };
        let room = longest.saturating_sub(line.chars().count());
        line.extend(text.chars().filter(|char| !char.is_control()).take(room));
        self.rank(cx);
    }

    fn line(&mut self) -> Option<&mut String> {
        let typed = self.takes_text();
        match self {
            Self::Search(search) => Some(&mut search.query),
            Self::Find { needle } => Some(needle),
            Self::Ask(ask) => Some(&mut ask.text).filter(|_| typed),
            Self::Help { .. } | Self::Outline { .. } => None,
        }
    }

    /// Takes back the last character.
    pub(super) fn erase(&mut self, cx: &Context) {
        if let Some(line) = self.line() {
            line.pop();
        }
        self.rank(cx);
    }

    fn rank(&mut self, cx: &Context) {
        if let Self::Search(search) = self {
            search.rank(cx);
        }
    }

    /// Lays its list out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        match self {
            Self::Search(search) => search.fit(cx),
            Self::Outline { headings, menu } => {
                let line = |(_, level, words): &(usize, u8, String)| Entry {
                    indent: usize::from(level.saturating_sub(1)) * 2,
                    ..Entry::new(words.as_str())
                };
                let lines: Vec<Entry> = headings.iter().map(line).collect();
                menu.set(&lines, body.width, body.height, glyphs(cx));
            }
            Self::Help { .. } | Self::Find { .. } | Self::Ask(_) => {}
        }
    }

    /// Selects an entry by number, counted from one; false where there is none.
    pub(super) fn choose(&mut self, number: u8) -> bool {
        let (Self::Search(Search { menu, .. }) | Self::Outline { menu, .. }) = self else { return false };
        let place = usize::from(number).checked_sub(1).filter(|place| *place < menu.pane.choices.len());
        menu.at = place.unwrap_or(menu.at);
        place.is_some()
    }

    /// Takes a click on a row of the screen; true where it fell on an entry, which is selected then.
    pub(super) fn click(&mut self, cx: &Context, row: u16) -> bool {
        let body = area::body(cx.size);
        let (menu, top) = match self {
            Self::Search(search) => (&mut search.menu, body.y + 2),
            Self::Outline { menu, .. } => (menu, body.y),
            Self::Help { .. } | Self::Find { .. } | Self::Ask(_) => return false,
        };
        let hit = row.checked_sub(top).and_then(|row| menu.pane.choice_at(row.into()));
        menu.at = hit.unwrap_or(menu.at);
        hit.is_some()
    }

    /// Moves within it.
    pub(super) fn step(&mut self, cx: &Context, action: Action) {
        let height = usize::from(area::body(cx.size).height);
        match self {
            Self::Search(Search { menu, .. }) | Self::Outline { menu, .. } => menu.act(action),
            Self::Help { lines, top } => *top = scrolled(*top, action, lines.len(), height),
            Self::Find { .. } | Self::Ask(_) => {}
        }
    }
}

impl Search {
    /// A search in which nothing is typed: it lists the lessons and the threats.
    pub(super) fn new(cx: &Context) -> Self {
        let mut search = Self::default();
        search.rank(cx);
        search
    }

    fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let line = |hit: &Hit| Entry { note: hit.kind.to_owned(), ..Entry::new(hit.title.as_str()) };
        let lines: Vec<Entry> = self.hits.iter().map(line).collect();
        self.menu.set(&lines, body.width.min(100), body.height.saturating_sub(2), glyphs(cx));
    }

    fn rank(&mut self, cx: &Context) {
        let pattern = Pattern::parse(&self.query, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, Hit)> = everything(&cx.course)
            .filter_map(|hit| {
                let text = Utf32Str::new(&hit.title, &mut buffer);
                pattern.score(text, &mut matcher).map(|score| (score, hit))
            })
            .collect();
        // A stable sort: among equals the order of the course stays.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.hits = scored.into_iter().take(HITS).map(|(_, hit)| hit).collect();
        self.menu.at = 0;
        self.fit(cx);
    }
}

fn everything(course: &Course) -> impl Iterator<Item = Hit> {
    let lessons = course.lessons.iter().map(|lesson| Hit {
        kind: "lesson",
        title: format!("{} {}", lesson.id, lesson.title),
        goal: Goal::Read { lesson: lesson.id.clone(), at: None },
    });
    let threats = course.threats.iter().map(|threat| Hit {
        kind: "threat",
        title: threat.name.clone(),
        goal: Goal::Threats(Some(threat.id.clone())),
    });
    let scenarios = course.catalog.iter().map(|line| Hit {
        kind: "scenario",
        title: format!("{} ({})", line.title, line.id),
        goal: Goal::Practice(line.id.to_owned()),
    });
    let words = course.glossary.iter().map(|term| Hit {
        kind: "word",
        title: term.spellings().collect::<Vec<_>>().join(", "),
        goal: Goal::Glossary(Some(term.name.clone())),
    });
    lessons.chain(threats).chain(scenarios).chain(words)
}

impl Page {
    /// The page's headings, to pick from.
    pub(super) fn outline(&self, cx: &Context) -> Overlay {
        let headings: Vec<(usize, u8, String)> = self.headings().collect();
        let at = headings.iter().rposition(|(row, _, _)| *row <= self.pane.top).unwrap_or_default();
        let mut outline = Overlay::Outline { headings, menu: Menu { at, ..Menu::default() } };
        outline.fit(cx);
        outline
    }
}
