//! Clients that stop reading and keep their connection, beside others that work.
//!
//! They ask for the whole screen again ten times a second, so that frames are due and what the systems on the way hold is
//! soon full.

use std::{fs, time::Duration};

use tokio::time::{Instant, sleep, timeout};

use super::{
    Outcome, Plan,
    client::{ALL, Client, come_in, each},
    pace,
    process::{Hosted, Server},
    say,
};

/// Those who work, and those who stop reading.
const EACH: usize = 100;

/// Has the screen painted anew.
const REPAINT: &str = "\x0c";

/// Time between two of them.
const BEAT: Duration = Duration::from_millis(100);

/// Time between two looks at the memory.
const LOOK: Duration = Duration::from_secs(2);

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let time = plan.duration(45, 120);
    let hosted = Hosted::start(&plan.server, u32::try_from(2 * EACH)?).await?;
    let mut class = hosted.class.clone();
    let working = come_in(hosted.server.address, class.split_off(EACH)).await?;
    let alone = pace::keys(working, plan.duration(10, 60)).await?;
    say(&format!("stalled: {EACH} sessions work alone: {alone}"))?;

    let hosted = Hosted::start(&plan.server, u32::try_from(2 * EACH)?).await?;
    let mut class = hosted.class.clone();
    let working = come_in(hosted.server.address, class.split_off(EACH)).await?;
    let stalling = come_in(hosted.server.address, class).await?;
    sleep(LOOK).await;
    let stalled = each(stalling, ALL, move |client| stall(client, time));
    let (beside, dropped, grown) = tokio::try_join!(pace::keys(working, time), stalled, growth(&hosted.server, time))?;
    say(&format!("  beside {EACH} that do not read: {beside}"))?;
    report(dropped.into_iter().flatten().collect(), grown)
}

fn report(mut dropped: Vec<Duration>, (server, system): (u64, u64)) -> Outcome {
    dropped.sort_unstable();
    let seconds = |at: Option<&Duration>| at.map_or(f64::NAN, Duration::as_secs_f64);
    let (number, first, last) = (dropped.len(), seconds(dropped.first()), seconds(dropped.last()));
    say(&format!("  {number} of {EACH} were dropped, the first after {first:.0} s, the last after {last:.0} s"))?;
    let each = |bytes: u64| bytes / 1024 / EACH as u64;
    let (server, system) = (each(server), each(system));
    say(&format!("  each cost the server at most {server} KiB more, and the system {system} KiB at both ends"))
}

/// Reads no more and types on; when it was dropped, if it was.
async fn stall(client: Client, time: Duration) -> Outcome<Option<Duration>> {
    client.fall_asleep();
    let begun = Instant::now();
    while begun.elapsed() < time {
        // The box stops taking keys from a client that it cannot write to.
        if let Ok(Err(_)) = timeout(BEAT, client.press(REPAINT)).await {
            return Ok(Some(begun.elapsed()));
        }
        sleep(BEAT).await;
    }
    Ok(None)
}

/// The most that the memory of the server, and the system's for what is on its way in TCP, grow within `time`, in bytes.
async fn growth(server: &Server, time: Duration) -> Outcome<(u64, u64)> {
    let (begun, page) = (Instant::now(), page()?);
    let (first, mut most) = ((server.memory()?, pages()?), (0, 0));
    while begun.elapsed() < time {
        sleep(LOOK).await;
        most = (most.0.max(server.memory()?), most.1.max(pages()?));
    }
    Ok((most.0.saturating_sub(first.0), most.1.saturating_sub(first.1) * page))
}

/// Pages of memory that the system uses for what is on its way in TCP.
fn pages() -> Outcome<u64> {
    let text = fs::read_to_string("/proc/net/sockstat")?;
    let line = text.lines().find_map(|line| line.strip_prefix("TCP:")).ok_or("no TCP")?;
    let pages = line.split_whitespace().skip_while(|word| *word != "mem").nth(1).ok_or("no memory of TCP")?;
    Ok(pages.parse()?)
}

/// Bytes of a page.
fn page() -> Outcome<u64> {
    let maps = fs::read_to_string("/proc/self/smaps")?;
    let page = maps.lines().find_map(|line| line.strip_prefix("KernelPageSize:")).ok_or("no page size")?;
    Ok(page.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
