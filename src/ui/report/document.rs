//! What is told, in the order in which somebody after class wants to know it: what to teach, which questions to mend, then
//! everything else.

use crate::classroom::report::{Belief, BeliefKind, Evidence, Report};

use super::{
    analysis, grades,
    page::{Block, Detail, Kind, Table, counted, whole},
};

/// The report as blocks.
pub(super) fn blocks(report: &Report, detail: Detail) -> Vec<Block> {
    let mut page =
        vec![Block::heading(1, format!("{}: report", report.title)), Block::words(format!("As of {}.", report.made))];
    if !report.assignments.is_empty() {
        page.extend(teach(report));
        page.extend(report.assignments.iter().flat_map(|one| analysis::blocks(one, detail)));
        page.extend(beliefs(report));
        page.extend(grades::book(report));
    }
    page.extend(grades::sheets(report));
    page
}

fn teach(report: &Report) -> Vec<Block> {
    let head = Block::heading(2, "What to teach next");
    if report.teach.is_empty() {
        return vec![head, Block::words("No belief is shared by two learners or more yet.")];
    }
    let items = report.teach.iter().map(|belief| {
        [vec![said(belief)], seen(belief).collect(), vec![format!("Say: {}", belief.correction)]].concat()
    });
    vec![head, Block::List { numbered: true, items: items.collect() }]
}

/// The belief, and how many share it.
fn said(belief: &Belief) -> String {
    let share = format!(
        "{} of {}, in {} of {} answers ({} %)",
        belief.learners,
        counted(belief.of_learners, "learner"),
        belief.shown,
        belief.chances,
        whole(Some(belief.percent()))
    );
    match belief.kind {
        BeliefKind::Pitfall => format!("They believe: {}. {share}.", belief.name),
        BeliefKind::OverTrust => format!("They leave to the provider what keeps this away: {}. {share}.", belief.name),
        BeliefKind::OverClaim => format!("They claim the provider's work as their own. {share}."),
    }
}

/// The rows that show it, a line for each.
fn seen(belief: &Belief) -> impl Iterator<Item = String> {
    let row = |row: &Evidence| format!("- {}: {} of {}, {}", row.label, row.shown, row.of, row.place);
    belief.evidence.iter().map(row)
}

fn beliefs(report: &Report) -> Vec<Block> {
    if report.beliefs.is_empty() {
        return Vec::new();
    }
    let columns = [
        ("what", Kind::Text),
        ("answers", Kind::Number),
        ("%", Kind::Number),
        ("learners", Kind::Number),
        ("most in", Kind::Text),
    ];
    let table = |caption: &str, kind| {
        let mut table = Table::new(caption, &columns);
        for belief in report.beliefs.iter().filter(|belief| belief.kind == kind) {
            let most =
                belief.evidence.first().map_or_else(String::new, |row| format!("{} ({})", row.label, row.scenario));
            table.row([
                belief.name.clone(),
                format!("{}/{}", belief.shown, belief.chances),
                whole(Some(belief.percent())),
                format!("{}/{}", belief.learners, belief.of_learners),
                most,
            ]);
        }
        table
    };
    let tables = [
        table("Pitfalls that wrong controls show", BeliefKind::Pitfall),
        table("Over-trust by threat: the customer's duties left to the provider", BeliefKind::OverTrust),
        table("Over-claim: the provider's duties claimed", BeliefKind::OverClaim),
    ];
    let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table);
    let mut about = "Of the answers that could have shown it, in the attempts that count.".to_owned();
    if !report.doubtful.is_empty() {
        about.push_str(" Left out, since their key is in doubt: ");
        about.push_str(&report.doubtful.join(", "));
        about.push('.');
    }
    [Block::heading(2, "What the class believes"), Block::words(about)].into_iter().chain(tables).collect()
}
