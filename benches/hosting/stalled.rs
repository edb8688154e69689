//! Clients that stop reading and keep their connection, beside others that work.
//!
//! They ask for the whole screen again ten times a second, so that frames are due and what the systems on the way hold is
//! soon full.

use std::{fs, time::Duration};

use tokio::time::{Instant, sleep, timeout};

use super::{
    Outcome, Plan,
    client::{Client, come_in},
    pace,
    process::Hosted,
    say,
};

/// Those who work, and those who stop reading.
const EACH: usize = 100;

/// Has the screen painted anew.
const REPAINT: &str = "\x0c";

/// Time between two of them.
const BEAT: Duration = Duration::from_millis(100);

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let time = plan.duration(45, 120);
    let hosted = Hosted::start(&plan.server, u32::try_from(2 * EACH)?).await?;
    let mut class = hosted.class.clone();
    let working = come_in(hosted.server.address, class.split_off(EACH)).await?;
    let alone = pace::keys(working, plan.duration(15, 60)).await?;
    say(&format!("stalled: {EACH} sessions work alone: {alone}"))?;

    let hosted = Hosted::start(&plan.server, u32::try_from(2 * EACH)?).await?;
    let mut class = hosted.class.clone();
    let working = come_in(hosted.server.address, class.split_off(EACH)).await?;
    let stalling = come_in(hosted.server.address, class).await?;
    sleep(Duration::from_secs(2)).await;
    let (before, kernel) = (hosted.server.memory()?, kernel_memory()?);
    let stalled: Vec<_> = stalling.into_iter().map(|client| tokio::spawn(stall(client, time))).collect();
    let watched = tokio::spawn(most_kernel_memory(time));
    let working = tokio::spawn(pace::keys(working, time));
    sleep(time.mul_f64(0.5)).await;
    let grown = hosted.server.memory()?.saturating_sub(before);
    let beside = working.await??;
    let mut dropped = Vec::new();
    for client in stalled {
        dropped.extend(client.await??);
    }
    dropped.sort_unstable();
    let seconds = |at: Option<&Duration>| at.map_or(f64::NAN, Duration::as_secs_f64);
    say(&format!("  beside {EACH} that do not read: {beside}"))?;
    say(&format!(
        "  {} of {EACH} were dropped, the first after {:.0} s, the last after {:.0} s",
        dropped.len(),
        seconds(dropped.first()),
        seconds(dropped.last()),
    ))?;
    let most = watched.await??.saturating_sub(kernel) * page()?;
    let each = |bytes: u64| bytes / 1024 / EACH as u64;
    say(&format!(
        "  each of them cost the server {} KiB at half-time, and the system at most {} KiB at both ends",
        each(grown),
        each(most),
    ))
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

/// Pages of memory that the system uses for what is on its way in TCP.
fn kernel_memory() -> Outcome<u64> {
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

async fn most_kernel_memory(time: Duration) -> Outcome<u64> {
    let (begun, mut most) = (Instant::now(), 0);
    while begun.elapsed() < time {
        most = most.max(kernel_memory()?);
        sleep(Duration::from_millis(200)).await;
    }
    Ok(most)
}
