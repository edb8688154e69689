//! Several hosts over one PostgreSQL database.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use super::{
    client::{Client as _, Link, Terminal},
    person::Person,
    serving::Host,
    support::postgres::Server,
};

#[test]
#[ignore = "needs PostgreSQL"]
fn who_is_cut_off_one_host_goes_on_at_the_same_layer_on_another() {
    let database = Server::shared().database();
    let (one, two) = (Host::over(&database), Host::over(&database));
    let mut people: Vec<Person> = (0..10).map(|number| Person::new(format!("learner {number}"))).collect();
    for person in &people {
        one.admit(&person.name);
    }
    let mut hosts = [&one, &two].into_iter().cycle();
    for _ in 0..4 {
        let serving = hosts.next().expect("they go round").serve(&[]);
        let port = serving.port();
        thread::scope(|scope| {
            for person in &mut people {
                scope.spawn(move || {
                    let link = Link::open(port, &person.name, &Terminal::default());
                    person.resume(&link);
                    person.answer(&link, &AtomicBool::new(false));
                });
            }
            thread::sleep(Duration::from_millis(1500));
            serving.kill();
        });
        for person in &people {
            person.check(&one.records(&person.name), 1);
        }
    }
    assert!(people.iter().all(|person| person.acknowledged > 4), "{people:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn an_answer_on_one_host_moves_the_window_on_another_on() {
    let database = Server::shared().database();
    let hosts = [Host::over(&database), Host::over(&database)];
    hosts[0].admit("ann");
    let servings = hosts.each_ref().map(|host| host.serve(&[]));
    let open = |index: usize| Link::open(servings[index].port(), "ann", &Terminal::default());
    let here = open(0);
    here.wait_for("Welcome").send("\r").wait_for("Continue").send("jjj\r").wait_for("story").send("\r");
    here.wait_for("layer 1 of 5");
    let there = open(1);
    there.wait_for("Continue").send("\r").wait_for("layer 1 of 5");
    here.send("c1\r").wait_for("enter next");
    there.wait_until("the answer given on the other host", |shown| !shown.text().contains("layer 1 of 5"));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_restarts_under_load_loses_nothing_and_stores_nothing_twice() {
    let server = Server::start();
    let database = server.database();
    let hosts = [Host::over(&database), Host::over(&database)];
    let mut people: Vec<Person> = (0..20).map(|number| Person::new(format!("learner {number}"))).collect();
    for person in &people {
        hosts[0].admit(&person.name);
    }
    let servings = hosts.each_ref().map(|host| host.serve(&[]));
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for (person, serving) in people.iter_mut().zip(servings.iter().cycle()) {
            let (port, over) = (serving.port(), &over);
            scope.spawn(move || {
                let link = Link::open(port, &person.name, &Terminal::default());
                person.answer(&link, over);
            });
        }
        for _ in 0..2 {
            thread::sleep(Duration::from_secs(1));
            server.crash();
            server.resume();
        }
        // Longer than a host waits for a server that is coming back.
        server.crash();
        for serving in &servings {
            serving.wait_log("not stored", 1);
        }
        server.resume();
        thread::sleep(Duration::from_millis(500));
        over.store(true, Ordering::SeqCst);
    });
    for person in &people {
        // What was refused and what was stored all the same is one answer, and nobody was cut off.
        person.check(&hosts[0].records(&person.name), 0);
        assert!(person.acknowledged > 3, "{person:?}");
    }
    assert!(people.iter().any(|person| person.refused > 0), "nobody was told: {people:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_learner_whose_database_is_gone_is_told_and_goes_on_when_it_is_back() {
    let server = Server::start();
    let host = Host::over(&server.database());
    host.admit("ann");
    let serving = host.serve(&[]);
    let mut link = Link::open(serving.port(), "ann", &Terminal::default());
    link.wait_for("Welcome").send("\r").wait_for("Continue").send("jjj\r").wait_for("story").send("\r");
    link.wait_for("layer 1 of 5");
    server.crash();
    link.press(b"c1\r");
    link.wait_for("try again").wait_for("safe");
    assert!(!link.look(|shown| shown.text().contains("127.0.0.1")), "where the database is concerns no learner");
    assert!(!link.look(|shown| shown.text().contains("enter next")), "it was explained before it was stored");
    link.press(b"r");
    server.resume();
    // A try may come before the server is there.
    while !link.within(Duration::from_secs(2), |shown| shown.text().contains("enter next")) {
        link.press(b"r");
    }
    let mut ann = Person::new("ann");
    ann.acknowledged = 1;
    ann.check(&host.records("ann"), 0);
    serving.wait_log("not stored", 1);
}
