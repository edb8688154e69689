//! Breaches as a conversation: told in numbered sentences, and asked from the news to the row.

use respline::{
    content::{SourceFile, scenario},
    course::{Owner, Scenario},
};

use super::support::{
    lines::{Learner, Said},
    packs::{shipped, small},
};

fn read(root: &std::path::Path, id: &str) -> Scenario {
    let path = root.join(format!("scenarios/{id}.toml"));
    let bytes = std::fs::read(&path).expect("it is there");
    scenario(&SourceFile::new(format!("scenarios/{id}.toml"), bytes.as_slice())).expect("it is good")
}

/// What leads to every point of the incident asked last.
fn right(scenario: &Scenario, said: &Said) -> [String; 3] {
    let (_, news) = said.out.rsplit_once("Incident ").expect("it is asked");
    let headline = news.lines().nth(1).expect("the news");
    let asked = scenario.incidents().find(|(_, _, breach)| breach.headline == headline);
    let (place, layer, _) = asked.unwrap_or_else(|| panic!("no news of {headline}"));
    let side = if layer.owner == Owner::Customer { "c" } else { "p" };
    [(place + 1).to_string(), (layer.right_control() + 1).to_string(), side.to_owned()]
}

/// Traces every incident of a scenario, each in a run of its own; what the last run said.
fn traced(learner: &Learner, pack: &std::path::Path, scenario: &Scenario) -> Said {
    let find = ["--plain", "breach", "--find", &scenario.id, "--order", "authored"];
    let count = scenario.incidents().count();
    let mut said = learner.run_on(pack, &find, &[]);
    for place in 1..=count {
        assert!(said.out.contains(&format!("Incident {place} of {count}.")), "{}", said.out);
        let answers = right(scenario, &said);
        said = learner.run_on(pack, &find, &answers.each_ref().map(String::as_str));
        assert!(said.out.contains("3 of 3 points: row right, control right, side right."), "{}", said.out);
    }
    said
}

#[test]
fn every_shipped_breach_is_traced_back_and_then_told() {
    let ids: Vec<String> = super::scenario::Scenario::all(&shipped()).into_iter().map(|one| one.id).collect();
    let mut told = 0;
    for scenario in ids.iter().map(|id| read(&shipped(), id)).filter(|one| one.incidents().next().is_some()) {
        let learner = Learner::new();
        let said = traced(&learner, &shipped(), &scenario);
        let points = 3 * scenario.incidents().count();
        assert_eq!(
            said.last(),
            format!("Every incident here is traced: {points} of {points} points."),
            "{}",
            scenario.id
        );
        let said = learner.run(&["--plain", "breach", &scenario.id], &[]);
        for (_, _, breach) in scenario.incidents() {
            assert!(said.out.contains(&breach.headline), "{}", said.out);
            let numbers = (1..=breach.steps.len()).all(|number| said.out.contains(&format!("\n{number}. ")));
            assert!(numbers, "{}", said.out);
            told += 1;
        }
        assert_eq!(said.code, Some(0));
    }
    assert!(told > 0, "no breach is shipped");
}

#[test]
fn a_breach_is_told_at_once_when_its_row_was_answered_and_asked_for_before() {
    let learner = Learner::new();
    let first = learner.run_on(&small(), &["--plain", "breach", "blog-vm/os"], &[]);
    assert!(first.out.starts_with("First find the row from the news"), "{}", first.out);
    assert!(first.out.contains("Which row failed?\n1) Access: Decide who may read the rows\n"), "{}", first.out);
    traced(&learner, &small(), &read(&small(), "blog-vm"));
    let told = learner.run_on(&small(), &["--plain", "breach", "blog-vm/os"], &[]);
    let wanted = "Breach: A blog digs coins by night\n\
                  1. Operating system. A service that nobody updates runs a stranger's command.\n\
                  2. Blog software. The pages are slow, since the machine digs coins.\n\n\
                  The control that breaks it: Install updates by themselves and reboot. Flaws in the system are closed in days.\n\n\
                  It holds at step 1, on row 3: step 2 does not follow.\n\n";
    assert_eq!(told.out, wanted);
    let list = learner.run_on(&small(), &["--plain", "breach"], &["q"]);
    assert!(list.out.contains("3) Blog on a bare machine (Unpatched workload · 4 of 4 solved)"), "{}", list.out);
}

#[test]
fn a_debrief_leads_to_what_follows_from_the_rows_left_open() {
    let learner = Learner::new();
    let home = ["--plain"];
    let open = learner.run_on(&small(), &home, &["q"]).number("Database, upgrades off");
    let answers = ["p", "2", "p", "2", "p", "1", "c", "1", "p", "1"];
    let said = learner.run_on(&small(), &home, &[&[open.as_str()][..], &answers, &["a", "q", "q"]].concat());
    assert!(said.out.contains("from row 1 (Access) and row 2 (Minor version)."), "{}", said.out);
    assert!(said.out.contains("Breach 1 of 2: A shop's customers are for sale\n1. Access."), "{}", said.out);
    assert!(
        said.out.contains("Breach 2 of 2: A shop is asked to pay for its own orders\n1. Minor version."),
        "{}",
        said.out
    );
}

#[test]
fn what_is_not_there_is_said_with_a_way_out() {
    let learner = Learner::new();
    for (named, message, hint) in [
        ("blog-vn", "there is no scenario 'blog-vn'", "did you mean 'blog-vm'?"),
        ("db-auto", "no breach is told of 'db-auto'", "respline breach lists"),
        ("blog-vm/disk", "no breach is told of the row 'disk' in blog-vm", "access, app, os, hypervisor"),
    ] {
        let said = learner.run_on(&small(), &["--plain", "breach", named], &[]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(message) && said.err.contains(hint), "{}", said.err);
    }
    let said = learner.run_on(&small(), &["--plain", "breach", "--find"], &["1", "z", "9"]);
    assert!(said.out.contains("'z' is no answer here.") && said.out.contains("'9' is no answer here."), "{}", said.out);
}
