//! The server of PostgreSQL: not there, not ours, gone and back.

use std::{
    slice,
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use respline::{
    course::{RecordKey, Timestamp},
    store::{Accounts, Cursor, Kept, Postgres, Store, StoreError},
};
use rustix::process::Signal;

use super::{server::Server, setting};

fn open(url: &str) -> Postgres {
    Postgres::open(url).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(url: &str) -> StoreError {
    let error = Postgres::open(url).expect_err("it is refused");
    assert!(!error.hint().is_empty());
    error
}

fn seqs(store: &mut Postgres, origin: u64) -> Vec<u32> {
    let records = store.records("ann").unwrap_or_else(|error| panic!("{error}"));
    records.iter().filter(|record| record.key.origin == origin).map(|record| record.key.seq).collect()
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_restarts_between_answers_is_come_back_to() {
    let server = Server::start();
    let mut store = open(&server.database());
    store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
    let cursor = store.read_everyone(Cursor::START, &mut |_, _| {}).expect("it reads");
    server.crash();
    server.resume();
    store.append("ann", &[setting(1, 1, 2, "b")]).expect("it is stored");
    server.crash();
    server.resume();
    assert_eq!(seqs(&mut store, 1), [0, 1]);
    let mut new = Vec::new();
    store.read_everyone(cursor, &mut |_, kept| new.push(kept.key.seq)).expect("it reads");
    assert_eq!(new, [1]);
}

/// Every writer goes on until the server has crashed and come back three times; what was refused is stored again.
#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_crashes_under_load_loses_nothing_and_stores_nothing_twice() {
    const WRITERS: u64 = 4;
    let server = Server::start();
    let url = server.database();
    drop(open(&url));
    let (over, stored) = (AtomicBool::new(false), AtomicU32::new(0));
    let write = |origin: u64| {
        let (mut store, mut seq) = (open(&url), 0);
        while !over.load(Ordering::SeqCst) {
            let record = setting(origin, seq, i64::from(seq), "x");
            match store.append("ann", &[record]) {
                Ok(()) => seq += 1,
                Err(StoreError::Lost { .. }) => continue,
                Err(error) => panic!("{error}"),
            }
            stored.fetch_add(1, Ordering::SeqCst);
        }
        seq
    };
    let acknowledged: Vec<u32> = thread::scope(|scope| {
        let write = &write;
        let writers: Vec<_> = (0..WRITERS).map(|origin| scope.spawn(move || write(origin))).collect();
        for round in 1..=3 {
            while stored.load(Ordering::SeqCst) < round * 200 {
                thread::sleep(Duration::from_millis(1));
            }
            server.crash();
            server.resume();
        }
        over.store(true, Ordering::SeqCst);
        writers.into_iter().map(|writer| writer.join().expect("it stores")).collect()
    });
    let mut store = open(&url);
    for (origin, count) in (0..).zip(acknowledged) {
        let found = seqs(&mut store, origin);
        let length = u32::try_from(found.len()).expect("few");
        assert_eq!(found, (0..length).collect::<Vec<_>>(), "writer {origin}");
        // The last one of all may have been stored although nobody was told.
        assert!((count..=count + 1).contains(&length), "writer {origin}: {count} acknowledged, {length} there");
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_is_gone_is_said_so_and_found_again() {
    let server = Server::start();
    let url = server.database();
    let mut store = open(&url);
    store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
    server.crash();
    for _ in 0..2 {
        let error = store.append("ann", &[setting(1, 1, 2, "b")]).expect_err("it is gone");
        assert!(matches!(error, StoreError::Lost { .. }), "{error}");
        assert!(error.hint().contains("safe"));
    }
    assert!(matches!(store.records("ann"), Err(StoreError::Lost { .. })));
    assert!(matches!(refused(&url), StoreError::Lost { .. }));
    server.resume();
    store.append("ann", &[setting(1, 1, 2, "b")]).expect("it is stored");
    assert_eq!(seqs(&mut store, 1), [0, 1]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_that_has_stopped_answering_is_said_so_and_found_again() {
    let server = Server::start();
    let mut store = open(&server.database());
    server.signal(Signal::STOP);
    let error = store.append("ann", &[setting(1, 0, 1, "a")]).expect_err("nobody answers");
    server.signal(Signal::CONT);
    assert!(matches!(error, StoreError::Lost { .. }), "{error}");
    store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
    assert_eq!(seqs(&mut store, 1), [0]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn hosts_that_start_at_once_find_one_schema() {
    let url = Server::shared().database();
    let ready = Barrier::new(6);
    let start = &|origin: u64| {
        ready.wait();
        open(&url).append("ann", &[setting(origin, 0, 1, "x")]).expect("it is stored");
    };
    thread::scope(|scope| {
        for origin in 0..6 {
            scope.spawn(move || start(origin));
        }
    });
    assert_eq!(open(&url).records("ann").expect("it reads").len(), 6);
    assert_eq!(Server::shared().sql(&url, "SELECT count(*) FROM respline_schema").trim(), "1");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_newer_schema_and_another_programs_are_refused() {
    let server = Server::shared();
    let url = server.database();
    drop(open(&url));
    server.sql(&url, "UPDATE respline_schema SET version = 99");
    let error = refused(&url);
    assert!(matches!(error, StoreError::Newer { found: 99, known: 1, .. }), "{error}");
    let url = server.database();
    server.sql(&url, "CREATE TABLE account (iban text)");
    let error = refused(&url);
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    let tables = server.sql(&url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    assert_eq!(tables.trim(), "1", "it was left as it was");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn who_is_not_let_in_is_told_why_and_no_password() {
    let server = Server::shared();
    let (port, url) = (server.port(), server.database());
    let name = url.rsplit('/').next().expect("a name");
    let told = |url: &str| {
        let error = refused(url);
        assert!(!format!("{error} {error:?} {}", error.hint()).contains("wr0ng"), "{error}");
        error
    };
    let error = told(&format!("postgres://locked:wr0ng@127.0.0.1:{port}/{name}"));
    assert!(matches!(error, StoreError::Denied { .. }) && error.to_string().contains("password"), "{error}");
    let error = told(&format!("postgres://locked@127.0.0.1:{port}/{name}"));
    assert!(matches!(error, StoreError::Denied { .. }), "{error}");
    let error = told(&format!("postgres://locked:open-sesame@127.0.0.1:{port}/{name}"));
    assert!(matches!(error, StoreError::Denied { .. }) && error.to_string().contains("schema public"), "{error}");
    let error = told(&format!("postgres://respline:wr0ng@127.0.0.1:{port}/nowhere"));
    assert!(matches!(error, StoreError::Denied { .. }) && error.to_string().contains("nowhere"), "{error}");
    let error = told("postgres://ann:wr0ng@no-such-host.invalid/box");
    assert!(matches!(error, StoreError::Lost { .. }) && error.to_string().contains("no-such-host"), "{error}");
    let error = told("postgres://ann:wr0ng@%2Fnowhere/box");
    assert!(matches!(error, StoreError::Lost { .. }), "{error}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_connection_is_verified_or_refused() {
    let server = Server::start();
    let (port, url, roots) = (server.port(), server.database(), server.certificate());
    let name = url.rsplit('/').next().expect("a name");
    let at = |host: &str, query: &str| format!("postgres://respline@{host}:{port}/{name}?{query}");
    let trusted = format!("sslmode=verify-full&sslrootcert={}", roots.display());
    let mut store = open(&at("localhost", &trusted));
    store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
    let secret = server.sql(
        &url,
        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND datname = current_database()",
    );
    assert_eq!(secret.trim(), "1");
    for (host, query) in
        [("127.0.0.1", trusted.as_str()), ("localhost", "sslmode=require"), ("localhost", "sslmode=prefer")]
    {
        let error = refused(&at(host, query));
        assert!(matches!(error, StoreError::Insecure { .. }), "{host} {query}: {error}");
        assert!(error.hint().contains("sslrootcert"), "{error}");
    }
    let missing = refused(&at("localhost", "sslmode=require&sslrootcert=/nowhere.pem"));
    assert!(
        matches!(missing, StoreError::Insecure { .. }) && missing.to_string().contains("/nowhere.pem"),
        "{missing}"
    );
    server.sql("postgres", "ALTER SYSTEM SET ssl = off");
    server.sql("postgres", "SELECT pg_reload_conf()");
    while server.sql("postgres", "SHOW ssl").trim() != "off" {
        thread::sleep(Duration::from_millis(5));
    }
    let error = refused(&at("localhost", &trusted));
    assert!(matches!(error, StoreError::Insecure { .. }), "it has none: {error}");
    drop(open(&at("localhost", "sslmode=prefer")));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_turn_that_another_host_does_not_end_is_waited_for_and_then_said_so() {
    let server = Server::shared();
    let url = server.database();
    let mut store = open(&url);
    thread::scope(|scope| {
        let hold = "BEGIN; SELECT pg_advisory_xact_lock(1920168044, 2); SELECT pg_sleep(8); COMMIT";
        scope.spawn(|| server.sql(&url, hold));
        let held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted \
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while server.sql(&url, held).trim() != "1" {
            thread::sleep(Duration::from_millis(5));
        }
        let error = store.append("ann", &[setting(1, 0, 1, "a")]).expect_err("it is not our turn");
        assert!(matches!(error, StoreError::Busy { .. }), "{error}");
        assert_eq!(store.records("ann").expect("reading goes on"), []);
    });
    store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_nul_is_refused_and_nothing_is_stored() {
    let mut store = open(&Server::shared().database());
    let nul = Kept { key: RecordKey { origin: 1, seq: 1 }, at: Timestamp(1), entry: "\0".into() };
    let good = Kept { key: RecordKey { origin: 1, seq: 0 }, at: Timestamp(1), entry: "{}".into() };
    for refused in [store.keep("a\0b", slice::from_ref(&good)), store.keep("ann", &[good.clone(), nul])] {
        assert!(matches!(refused, Err(StoreError::Unstorable { .. })), "{refused:?}");
    }
    assert_eq!(store.records("a\0b").expect("there are none"), []);
    assert!(matches!(store.enrol("a\0b", Timestamp(1), None, None), Err(StoreError::Unstorable { .. })));
    assert_eq!(store.learners().expect("it reads"), Vec::<String>::new());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_of_many_uses_it_from_blocking_threads_and_drops_it_anywhere() {
    let url = Server::shared().database();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("it starts");
    runtime.block_on(async {
        let work = tokio::task::spawn_blocking(move || {
            let mut store = open(&url);
            store.append("ann", &[setting(1, 0, 1, "a")]).expect("it is stored");
            store
        });
        drop(work.await.expect("it does not panic"));
    });
}
