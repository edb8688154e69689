//! A box that is killed while a class answers.

use std::{
    io::{self, Write as _},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use respline::course::Seeds;

use super::{
    client::{Link, Terminal, connect, runtime},
    person::Person,
    serving::{Host, PATIENCE, Serving},
    support::process::eventually,
};

/// Everybody comes in, goes on where they were and answers until the box is killed, up to 600 ms after the last came in.
fn round(serving: Serving, people: &mut [Person], seeds: &mut Seeds) {
    let port = serving.port();
    let (inside, class) = (AtomicUsize::new(0), people.len());
    let wait = Duration::from_millis(u64::try_from(seeds.below(600)).expect("it is small"));
    thread::scope(|scope| {
        for person in people {
            let inside = &inside;
            scope.spawn(move || {
                let link = Link::open(port, &person.name, &Terminal::default());
                person.resume(&link);
                inside.fetch_add(1, Ordering::SeqCst);
                person.answer(&link, &AtomicBool::new(false));
            });
        }
        let all_in = eventually(PATIENCE, || inside.load(Ordering::SeqCst) == class);
        thread::sleep(wait);
        serving.kill();
        assert!(all_in, "only {} came in", inside.load(Ordering::SeqCst));
    });
}

fn kills(class: usize, rounds: usize) {
    let host = Host::new();
    let mut people: Vec<Person> = (0..class).map(|number| Person::new(format!("learner {number}"))).collect();
    for person in &people {
        host.admit(&person.name);
    }
    let mut seeds = Seeds::new(42);
    let mut keys: Vec<String> = Vec::new();
    for _ in 0..rounds {
        let serving = host.serve(&[]);
        keys.push(runtime().block_on(connect(serving.port())).expect("it is there").1);
        round(serving, &mut people, &mut seeds);
        let mut database = host.open();
        for person in &people {
            person.check(&database.records(&person.name).unwrap_or_else(|error| panic!("{error}")), 1);
        }
    }
    keys.dedup();
    assert!(keys.len() == 1 && keys[0].contains("Ed25519"), "the box is known by one key: {keys:?}");
    let answers: usize = people.iter().map(|person| person.acknowledged).sum();
    writeln!(io::stdout(), "{answers} answers were acknowledged in {rounds} rounds").expect("it is read");
    assert!(answers >= class * rounds / 2, "only {answers} answers were given: the rounds show nothing");
}

#[test]
fn three_kills_lose_no_acknowledged_answer() {
    kills(20, 3);
}

#[test]
#[ignore = "takes minutes"]
fn fifty_kills_under_a_hundred_learners_lose_no_acknowledged_answer() {
    kills(100, 50);
}
