//! Memory of an open session: the server's share (PSS) with everybody in, less what it had before anybody came.
//!
//! Beside it two other ways to host a program in a terminal: russh's own ratatui example, which shows a counter, and OpenSSH
//! with `respline` as its forced command.

use std::{env, process::Command};

use tokio::time::sleep;

use super::{
    Outcome, Plan, class,
    client::{Client, come_in, each},
    example, openssh,
    process::{Hosted, Server, free},
    say,
};

const CLASS: u32 = 500;

/// Fewer suffice where each session is a few processes.
const PROCESSES: u32 = 50;

/// Where the learners are, and the keys that lead there from the course map.
const PLACES: [(&str, &str); 3] = [("on the course map", ""), ("in a lesson", "j\r"), ("in an exercise", "jjj\r")];

pub(super) async fn measure(plan: &Plan) -> Outcome {
    for (place, keys) in PLACES {
        let hosted = Hosted::start(&plan.server, CLASS).await?;
        let before = hosted.server.memory()?;
        let clients = come_in(hosted.server.address, hosted.class.clone()).await?;
        let clients = each(clients, 64, move |client| go(client, keys)).await?;
        report(plan, &format!("respline serve, {place}"), &hosted.server, before, clients.len()).await?;
    }
    counters(plan).await?;
    forced_commands(plan).await
}

async fn go(mut client: Client, keys: &'static str) -> Outcome<Client> {
    if !keys.is_empty() {
        client.press(keys).await?;
        client.frame().await?;
    }
    Ok(client)
}

async fn counters(plan: &Plan) -> Outcome {
    let (address, folder) = (free()?, tempfile::TempDir::new()?);
    let class = class::enrol(&folder.path().join("unused.sqlite3"), CLASS)?;
    let mut command = Command::new(env::current_exe()?);
    command.arg(example::ARGUMENT).arg(address.port().to_string());
    let server = Server::start(&mut command, address).await?;
    let before = server.memory()?;
    let log_in = move |learner: class::Learner| async move {
        let mut client = Client::open(address, &learner.name, &learner).await?;
        client.sign_of_life().await?;
        Ok(client)
    };
    let clients = each(class, 64, log_in).await?;
    report(plan, "russh's ratatui example", &server, before, clients.len()).await
}

async fn forced_commands(plan: &Plan) -> Outcome {
    let Some(openssh) = openssh::Host::start(&plan.server).await? else {
        return say("memory: OpenSSH left out, there is no sshd");
    };
    let before = openssh.server.memory()?;
    let (address, user) = (openssh.server.address, openssh.user.clone());
    let learners = vec![openssh.learner.clone(); usize::try_from(PROCESSES)?];
    let log_in = move |learner: class::Learner| {
        let user = user.clone();
        async move {
            let mut client = Client::open(address, &user, &learner).await?;
            client.frame().await?;
            Ok(client)
        }
    };
    let clients = each(learners, 8, log_in).await?;
    report(plan, "OpenSSH, respline forced", &openssh.server, before, clients.len()).await
}

async fn report(plan: &Plan, what: &str, server: &Server, before: u64, sessions: usize) -> Outcome {
    sleep(plan.duration(2, 20)).await;
    let (before, now) = (kibibytes(before)?, kibibytes(server.memory()?)?);
    let each = (now - before) / f64::from(u32::try_from(sessions)?);
    say(&format!(
        "memory: {what}, {sessions} open: {each:.0} KiB a session ({:.1} MiB before, {:.1} with all)",
        before / 1024.0,
        now / 1024.0
    ))
}

fn kibibytes(bytes: u64) -> Outcome<f64> {
    Ok(f64::from(u32::try_from(bytes / 1024)?))
}
