use super::super::{
    BreachStep, Progress,
    grading::tests::{layer, scenario},
};
use super::*;

/// A stack whose first and last rows have breaches.
pub(in crate::course) fn breached() -> Scenario {
    let mut shop = scenario(vec![
        layer("data", Owner::Customer),
        layer("hosts", Owner::Provider),
        layer("doors", Owner::Provider),
    ]);
    for (row, to) in [(0, "hosts"), (2, "data")] {
        let at = shop.layers[row].id.clone();
        let step = |at: &str| BreachStep { at: at.into(), text: "Something happens here.".into() };
        shop.layers[row].breach = Some(Breach { headline: format!("News {row}"), steps: vec![step(&at), step(to)] });
    }
    shop
}

fn record(seq: u32, entry: Entry) -> Record {
    Record { key: RecordKey { origin: 1, seq }, at: Timestamp(seq.into()), entry }
}

const ID: RecordKey = RecordKey { origin: 1, seq: 0 };

fn begun() -> Record {
    let entry = Entry::Investigating {
        scenario: "shop".into(),
        lesson: "8.1".into(),
        model: Model::Caas,
        seed: 3,
        order: Order::Authored,
        incidents: vec!["doors".into(), "data".into()],
    };
    record(0, entry)
}

fn traced(seq: u32, incident: &str, row: &str) -> Record {
    let entry = Entry::Traced { investigation: ID, incident: incident.into(), row: row.into(), found: incident == row };
    record(seq, entry)
}

fn resolved(seq: u32, shop: &Scenario, incident: &str, found: bool, (control, owner): (usize, Owner)) -> Record {
    let (_, layer) = shop.layer(incident).unwrap();
    let mark = IncidentMark::of(layer, found, control, owner);
    let (incident, digest) = (incident.to_owned(), layer.digest());
    record(seq, Entry::Resolved { investigation: ID, incident, digest, control, owner, mark })
}

#[test]
fn an_incident_takes_a_row_then_a_control_and_a_side() {
    let shop = Arc::new(breached());
    let mut progress = Progress::fold(&[begun()]);
    let mut run = Investigation::resume(progress.investigations.find(ID).unwrap(), Arc::clone(&shop));
    assert_eq!((run.lead(), run.incident().unwrap().0.id.as_str()), (Lead::Row, "doors"));
    run.trace("data", false);
    assert_eq!(run.lead(), Lead::Control, "the row is known now, found or not");
    run.control = Some(1);
    assert_eq!(run.lead(), Lead::Side);
    let mark = IncidentMark::of(&shop.layers[2], false, 1, Owner::Provider);
    assert_eq!((mark.points(), mark.miss), (2, None));
    run.resolve(Resolution { digest: shop.layers[2].digest(), control: 1, owner: Owner::Provider, mark });
    assert_eq!((run.lead(), run.points()), (Lead::Explained, (2, 3)));
    run.advance();
    assert_eq!((run.lead(), run.incident().unwrap().0.id.as_str()), (Lead::Row, "data"));
    for one in [
        traced(1, "doors", "doors"),
        resolved(2, &shop, "doors", true, (1, Owner::Provider)),
        traced(3, "data", "data"),
        resolved(4, &shop, "data", true, (0, Owner::Provider)),
    ] {
        progress.apply(&one);
    }
    let log = progress.investigations.find(ID).unwrap();
    assert!(!log.open() && progress.investigations.open(None).is_none());
    assert_eq!(Investigation::resume(log, shop).lead(), Lead::Done);
    let history = &progress.investigations;
    assert_eq!(
        (history.solved("shop"), history.best("shop", "data"), history.best("shop", "hosts")),
        (1, Some(1), None)
    );
    let (_, _, last) = history.resolved().last().unwrap();
    assert_eq!((last.mark.trap.as_deref(), last.mark.miss), (Some("managed-means-secured"), Some(Miss::OverTrust)));
}

#[test]
fn the_first_answer_counts_and_a_changed_question_is_asked_again() {
    let mut shop = breached();
    let records = [
        begun(),
        traced(1, "doors", "data"),
        traced(2, "doors", "doors"),
        resolved(3, &shop, "doors", false, (0, Owner::Customer)),
        resolved(4, &shop, "doors", true, (1, Owner::Provider)),
    ];
    let log = |records: &[Record]| Progress::fold(records).investigations.find(ID).unwrap().clone();
    let finding = log(&records).findings[0].clone();
    assert!(!finding.found && finding.row == "data");
    assert_eq!(finding.resolution.unwrap().mark.points(), 0);
    shop.layers[2].task.push_str(" well");
    let run = Investigation::resume(&log(&records), Arc::new(shop.clone()));
    assert_eq!((run.cursor, run.lead()), (0, Lead::Control), "the row stays named");
    shop.layers[2].breach = None;
    let run = Investigation::resume(&log(&records), Arc::new(shop));
    assert_eq!((run.incidents.len(), run.lead()), (1, Lead::Row), "an incident that is gone is not asked");
}

#[test]
fn what_another_terminal_said_is_not_asked_twice() {
    let shop = Arc::new(breached());
    let mut run = Investigation::resume(Progress::fold(&[begun()]).investigations.find(ID).unwrap(), Arc::clone(&shop));
    let records = [begun(), traced(1, "doors", "doors")];
    let progress = Progress::fold(&records);
    assert!(run.catch_up(progress.investigations.find(ID).unwrap()));
    assert_eq!(run.lead(), Lead::Control);
    run.control = Some(0);
    assert!(!run.catch_up(progress.investigations.find(ID).unwrap()), "the control chosen here stays");
    assert_eq!(run.lead(), Lead::Side);
}

#[test]
fn records_read_back_and_one_given_up_is_not_continued() {
    let shop = breached();
    for record in [begun(), traced(1, "doors", "data"), resolved(2, &shop, "data", true, (0, Owner::Provider))] {
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record, "{text}");
    }
    let given_up = record(1, Entry::Dropped { attempt: ID });
    assert!(Progress::fold(&[begun(), given_up]).investigations.open(Some("shop")).is_none());
}
