//! Clients that mean harm before anybody knows them.

use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use russh::{client, keys::PrivateKeyWithHashAlg};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpSocket;

use super::{
    client::{Link, Terminal, Trusting, key, runtime},
    serving::{Host, PATIENCE, Serving},
    support::process::eventually,
};

/// A session of `name`, who connects from another address of the loopback.
fn from(address: [u8; 4], serving: &Serving, name: &str) -> Link {
    runtime().block_on(async {
        let socket = TcpSocket::new_v4().expect("there is room");
        socket.bind((Ipv4Addr::from(address), 0).into()).expect("it is of the loopback");
        let tcp = socket.connect(([127, 0, 0, 1], serving.port()).into()).await.expect("it is there");
        let mut handle = client::connect_stream(Arc::default(), tcp, Trusting::default()).await.expect("it answers");
        let key = PrivateKeyWithHashAlg::new(Arc::new(key(name)), None);
        assert!(handle.authenticate_publickey("x", key).await.expect("it answers").success());
        let link = Link::on(handle).await.expect("there is room");
        link.begin(&Terminal::default()).await.expect("there is room");
        link
    })
}

fn tcp(serving: &Serving) -> TcpStream {
    let address = SocketAddr::from(([127, 0, 0, 1], serving.port()));
    TcpStream::connect_timeout(&address, PATIENCE).expect("the box listens")
}

/// This process may hold as many files as the system lets it.
fn allow_many_files() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("it may be raised that far");
}

#[test]
fn two_thousand_half_open_connections_keep_nobody_out_for_long() {
    allow_many_files();
    let host = Host::new();
    host.admit("ann").admit("bob").admit("cleo");
    let serving = host.serve(&[]);
    let inside = Link::open(serving.port(), "cleo", &Terminal::default());
    inside.wait_for("Welcome");
    let mut held = Vec::new();
    for _ in 0..20 {
        held.extend((0..100).map(|_| tcp(&serving)));
        thread::sleep(Duration::from_millis(20));
    }
    // From elsewhere at once, from the same address as soon as its bucket has filled again.
    from([127, 0, 0, 2], &serving, "ann").wait_for("Welcome");
    let begun = Instant::now();
    let link = loop {
        match Link::try_open(serving.port(), "bob", &Terminal::default()) {
            Ok(link) => break link,
            Err(_) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(200)),
            Err(error) => panic!("bob is kept out: {error}"),
        }
    };
    link.wait_for("Welcome");
    // Whoever was in is not pushed out.
    inside.send("\r").wait_for("Continue");
    assert!(held.len() == 2000 && files(&serving) < 1024, "{} files", files(&serving));
}

fn files(serving: &Serving) -> usize {
    fs::read_dir(format!("/proc/{}/fd", serving.pid())).expect("it runs").count()
}

/// The most memory it has ever had, in KiB.
fn memory(serving: &Serving) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", serving.pid())).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("it is told");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// Sends `bytes` so many times, or until the box has had enough, and waits for it to hang up.
fn send(serving: &Serving, bytes: &[u8], times: usize) {
    let mut stream = tcp(serving);
    stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
    for _ in 0..times {
        if stream.write_all(bytes).is_err() {
            return;
        }
    }
    let mut sink = Vec::new();
    match stream.read_to_end(&mut sink) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            panic!("the box goes on listening to {:?}", &bytes[..bytes.len().min(40)])
        }
        _ => {}
    }
}

#[test]
fn what_is_no_ssh_is_hung_up_on_and_costs_nothing() {
    let host = Host::new();
    host.admit("ann");
    // Whoever says too little is cut by the time for logging in.
    let config = host.configure("[serve]\nlogin = \"2s\"\n");
    let serving = host.serve(&["--config", &config]);
    Link::open(serving.port(), "ann", &Terminal::default()).wait_for("Welcome").send("qq").wait_closed();
    serving.wait_log("session ended", 1);
    let (before, memory_before) = (files(&serving), memory(&serving));
    let banner = b"SSH-2.0-OpenSSH_9.9\r\n";
    let packet = |length: u32, rest: &[u8]| [&banner[..], &length.to_be_bytes(), rest].concat();
    let noise: Vec<u8> = (0..4096_u32).map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    let endless = vec![b'A'; 65_536];
    let tries: [(&[u8], usize); 9] = [
        (b"", 1),
        (b"GET / HTTP/1.1\r\nHost: box\r\n\r\n", 1),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 1),
        (&endless, 64),
        (b"a line before the banner\r\n", 20_000),
        (&noise, 64),
        (&packet(u32::MAX, &noise), 1),
        (&packet(0, &[0; 64]), 1),
        (&packet(12, b"\x04\x14short\0\0\0\0\0"), 1),
    ];
    thread::scope(|scope| {
        for (bytes, times) in tries {
            let serving = &serving;
            scope.spawn(move || send(serving, bytes, times));
        }
    });
    Link::open(serving.port(), "ann", &Terminal::default()).wait_for("The small course").send("q").wait_closed();
    assert!(eventually(PATIENCE, || files(&serving) <= before), "{before} files before, {} after", files(&serving));
    let grown = memory(&serving).saturating_sub(memory_before);
    assert!(grown < 32 * 1024, "it took {grown} KiB more");
    assert!(!serving.log().contains("panicked") && !serving.log().contains("bug"), "{}", serving.log());
}
