//! Made-up learners, where a rehearsal has more of them than the class.

use std::collections::BTreeSet;

use crate::classroom::{Class, Learner};

/// So many made-up learners, dealt out to the sections and groups of `class`.
pub fn made_up(class: &Class, count: usize) -> Vec<Learner> {
    let sections = sections(class);
    let learner = |number: usize| Learner {
        id: format!("made-up-{number:04}"),
        login: format!("learner-{number:04}"),
        name: format!("Learner {number:04}"),
        section: pick(&sections, number).cloned(),
        groups: pick(&class.groups, number).map(|group| group.id.clone()).into_iter().collect(),
        ..Learner::default()
    };
    (1..=count).map(learner).collect()
}

/// The sections there are, those of the assignments too.
fn sections(class: &Class) -> Vec<String> {
    let learners = class.learners.iter().filter_map(|learner| learner.section.clone());
    let set = class.assignments.iter().flat_map(|set| set.sections.iter().cloned());
    learners.chain(set).collect::<BTreeSet<_>>().into_iter().collect()
}

fn pick<T>(from: &[T], number: usize) -> Option<&T> {
    from.get(number.checked_rem(from.len())?)
}
