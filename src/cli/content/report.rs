//! `respline check --report`: how guessable a pack is, what it covers, and which rows give their answers away.

use crate::content::{Balance, Leak, Verdict};

use super::table::table;

/// The report in tables; a sentence where the pack has errors and nothing was measured.
pub(super) fn balance(balance: Option<&Balance>) -> String {
    let Some(balance) = balance else {
        return "\nNo figures: the pack has errors.\n".to_owned();
    };
    let parts = [
        figures(balance),
        coverage(balance),
        leaks("task", "tasks that give the owner away", &balance.tasks),
        leaks("right control", "right controls that give themselves away", &balance.controls),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| format!("\n{part}")).collect()
}

fn figures(balance: &Balance) -> String {
    let rows = balance.figures.iter().map(|figure| {
        let percent = format!("{:.1} %", figure.percent);
        [figure.name.to_owned(), percent, figure.rows.to_string(), figure.limit(), word(figure.verdict).to_owned()]
    });
    table(["figure", "is", "of rows", "should be", "verdict"], &rows.collect::<Vec<_>>())
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::Bad => "BAD",
        Verdict::TooFew => "too few to say",
    }
}

fn coverage(balance: &Balance) -> String {
    let rows = balance
        .coverage
        .iter()
        .map(|topic| [topic.kind.to_owned(), topic.id.clone(), topic.scenarios.to_string(), topic.layers.to_string()]);
    table(["covers", "which", "scenarios", "layers"], &rows.collect::<Vec<_>>())
}

fn leaks(what: &str, title: &str, leaks: &[Leak]) -> String {
    if leaks.is_empty() {
        return String::new();
    }
    let rows = leaks.iter().map(|leak| {
        [format!("{}:{}", leak.file, leak.line), format!("{:.0} %", leak.score * 100.0), leak.text.clone()]
    });
    format!("The {title}, worst first:\n{}", table(["row", "sure", what], &rows.collect::<Vec<_>>()))
}
