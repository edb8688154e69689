//! A connection that is cut at the worst moment: when a commit has been carried out, and nobody was told.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use respline::{
    course::Timestamp,
    store::{Accounts, Enrolled, Postgres, Store},
};

use super::{server::Server, setting};

/// Stands between a store and its server, and cuts the next connections that commit as often as it is told to.
struct Way {
    port: u16,
    cuts: Arc<AtomicUsize>,
}

impl Way {
    /// The threads end with their connections, the one that waits for them with the test program.
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let (port, cuts) = (listener.local_addr().expect("it has one").port(), Arc::new(AtomicUsize::new(0)));
        let left = Arc::clone(&cuts);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(("127.0.0.1", server)).expect("it listens");
                let left = Arc::clone(&left);
                thread::spawn(move || carry(&client, &server, &left));
            }
        });
        Self { port, cuts }
    }

    fn cut(&self, times: usize) {
        self.cuts.store(times, Ordering::SeqCst);
    }

    fn is_whole(&self) -> bool {
        self.cuts.load(Ordering::SeqCst) == 0
    }
}

/// Every request of the store is answered before its next one, so they are carried in turns of what there is to read.
fn carry(client: &TcpStream, server: &TcpStream, cuts: &AtomicUsize) {
    let back = (server.try_clone().expect("a handle"), client.try_clone().expect("a handle"));
    let answers = thread::spawn(move || {
        let _ = pump(&back.0, &back.1, |_| {});
        let _ = back.1.shutdown(Shutdown::Both);
    });
    let _ = pump(client, server, |bytes| {
        let commits = bytes.windows(7).any(|part| part == b"COMMIT\0");
        let cut = commits && cuts.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if cut {
            // No answer comes through any more; the server carries the commit out all the same.
            let _ = client.shutdown(Shutdown::Both);
        }
    });
    // The last request is sent by now; its connection ends in an orderly way.
    let _ = server.shutdown(Shutdown::Write);
    let _ = answers.join();
}

fn pump(mut from: &TcpStream, mut to: &TcpStream, seen: impl Fn(&[u8])) -> std::io::Result<()> {
    let mut bytes = [0; 8192];
    loop {
        let count = from.read(&mut bytes)?;
        let part = bytes.split_at(count).0;
        if count == 0 {
            return Ok(());
        }
        seen(part);
        to.write_all(part)?;
    }
}

/// A store behind a way that can be cut, and one beside it.
fn cut_off() -> (Way, Postgres, Postgres) {
    let server = Server::shared();
    let url = server.database();
    let way = Way::to(server.port());
    let behind = url.replace(&format!(":{}/", server.port()), &format!(":{}/", way.port));
    let open = |url: &str| Postgres::open(url).unwrap_or_else(|error| panic!("{error}"));
    (way, open(&behind), open(&url))
}

#[test]
#[ignore = "needs PostgreSQL"]
fn an_answer_whose_commit_was_not_acknowledged_is_stored_once() {
    let (way, mut store, mut beside) = cut_off();
    for (seq, cuts) in [(0, 1), (1, 3), (2, 0)] {
        way.cut(cuts);
        store.append("ann", &[setting(1, seq, 1, "x")]).expect("it is stored in the end");
        assert!(way.is_whole(), "it was cut as often as it was to be");
    }
    assert_eq!(beside.records("ann").expect("it reads").len(), 3);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn who_enrols_over_a_cut_connection_is_enrolled_once() {
    let (way, mut store, mut beside) = cut_off();
    way.cut(1);
    assert_eq!(store.enrol("ann", Timestamp(1), Some("ssh-ed25519 one"), None).expect("it is stored"), Enrolled::Done);
    way.cut(1);
    assert_eq!(store.enrol("bob", Timestamp(2), None, Some("$argon2id$x")).expect("it is stored"), Enrolled::Done);
    assert!(way.is_whole());
    assert_eq!(beside.accounts().expect("it reads").len(), 2);
    way.cut(1);
    let taken = store.enrol("Bob", Timestamp(2), None, Some("$argon2id$x")).expect("it is asked");
    assert_eq!(taken, Enrolled::NameTaken, "another one's name stays another one's");
    way.cut(1);
    let taken = store.enrol("cy", Timestamp(2), Some("ssh-ed25519 one"), None).expect("it is asked");
    assert_eq!(taken, Enrolled::KeyTaken);
    way.cut(1);
    assert!(store.add_key("bob", "ssh-ed25519 two").expect("it is stored"));
    assert!(way.is_whole());
    assert_eq!(beside.keys(None).expect("it reads").len(), 2);
}
