//! Which lines are shown, and in which order.

use std::cmp::Reverse;

use crate::course::Timestamp;

use super::{
    super::{Class, State},
    Matrix,
    line::Line,
};

/// The order of the lines. Of two alike the one that stands first in the roster comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As the roster has them.
    #[default]
    Roster,
    /// By name.
    Name,
    /// The smallest share of the points first; who has answered nothing comes last.
    Right,
    /// Who trusts the provider too often first.
    OverTrust,
    /// Who has been idle longest first.
    Idle,
    /// Who has answered least first.
    Answered,
}

/// Whose lines are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Everyone's.
    #[default]
    All,
    /// Of those at work.
    Working,
    /// Of those who seem to need somebody.
    Stuck,
    /// Of those who have not begun.
    NotBegun,
    /// Of a section.
    Section(String),
    /// Of a group, by its id.
    Group(String),
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 6] = [Self::Roster, Self::Name, Self::Right, Self::OverTrust, Self::Idle, Self::Answered];

    /// It in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Name => "name",
            Self::Right => "right",
            Self::OverTrust => "over-trust",
            Self::Idle => "idle",
            Self::Answered => "answered",
        }
    }
}

impl Filter {
    /// Every filter that a class can have.
    pub fn all(class: &Class) -> Vec<Self> {
        let mut sections: Vec<&String> = class.learners.iter().filter_map(|learner| learner.section.as_ref()).collect();
        sections.sort_unstable();
        sections.dedup();
        let sections = sections.into_iter().cloned().map(Self::Section);
        let groups = class.groups.iter().map(|group| Self::Group(group.id.clone()));
        [Self::All, Self::Working, Self::Stuck, Self::NotBegun].into_iter().chain(sections).chain(groups).collect()
    }

    /// It in a word or two.
    pub fn words(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Working => "working".to_owned(),
            Self::Stuck => "stuck".to_owned(),
            Self::NotBegun => "not begun".to_owned(),
            Self::Section(section) => format!("section {section}"),
            Self::Group(group) => format!("group {group}"),
        }
    }

    fn keeps(&self, class: &Class, line: &Line, now: Timestamp) -> bool {
        let learner = || class.learners.get(line.place);
        match self {
            Self::All => true,
            Self::Working => line.state == State::Working,
            Self::Stuck => line.stuck(now).is_some(),
            Self::NotBegun => line.touched.is_none(),
            Self::Section(section) => learner().is_some_and(|learner| learner.section.as_ref() == Some(section)),
            Self::Group(group) => learner().is_some_and(|learner| learner.groups.contains(group)),
        }
    }
}

impl Matrix {
    /// The lines that `filter` keeps, by their places in [`Matrix::lines`], in the order that `sort` gives.
    pub fn order(&self, class: &Class, (sort, filter): (Sort, &Filter), now: Timestamp) -> Vec<usize> {
        let kept = self.lines.iter().enumerate().filter(|(_, line)| filter.keeps(class, line, now));
        let mut kept: Vec<(usize, &Line)> = kept.collect();
        let name = |line: &Line| class.learners.get(line.place).map(|learner| learner.name.to_lowercase());
        match sort {
            Sort::Roster => {}
            Sort::Name => kept.sort_by_cached_key(|(_, line)| name(line)),
            Sort::Right => kept.sort_by_key(|(_, line)| (line.share().is_none(), line.share())),
            Sort::OverTrust => kept.sort_by_key(|(_, line)| Reverse(line.over_trust)),
            Sort::Idle => kept.sort_by_key(|(_, line)| Reverse(line.idle(now))),
            Sort::Answered => kept.sort_by_key(|(_, line)| line.answered),
        }
        kept.into_iter().map(|(place, _)| place).collect()
    }
}
