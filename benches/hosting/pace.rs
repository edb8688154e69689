//! Sessions at one key a second each: how long a key takes to its frame.
//!
//! Keys are pressed by the clock, whether the frames of earlier ones have come or not, and a time is counted from when its
//! key was due: a box that stalls cannot hide it by keeping its clients from typing.

use std::{collections::VecDeque, time::Duration};

use tokio::time::{Instant, sleep, sleep_until};

use super::{
    Outcome, Plan,
    client::{ALL, Client, come_in, each},
    process::Hosted,
    say,
};

const CLASS: u32 = 1000;

/// Time between two keys of one session.
const BEAT: Duration = Duration::from_secs(1);

/// How far the selection moves before it turns back.
const STEPS: usize = 8;

/// How long the last frames may take.
const REST: Duration = Duration::from_secs(5);

/// Key to frame, in order of length, and keys whose frame never came.
#[derive(Default)]
pub(super) struct Times {
    sorted: Vec<Duration>,
    lost: usize,
}

impl Times {
    fn of(mut all: Vec<Self>) -> Self {
        let lost = all.iter().map(|times| times.lost).sum();
        let mut sorted: Vec<Duration> = all.iter_mut().flat_map(|times| std::mem::take(&mut times.sorted)).collect();
        sorted.sort_unstable();
        Self { sorted, lost }
    }

    pub(super) const fn keys(&self) -> usize {
        self.sorted.len()
    }

    /// The time that so many of a thousand keys do not exceed, in milliseconds.
    fn of_thousand(&self, share: usize) -> f64 {
        let place = (self.sorted.len() * share / 1000).min(self.sorted.len().saturating_sub(1));
        self.sorted.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p50, p99, p999, most] = [500, 990, 999, 1000].map(|share| self.of_thousand(share));
        let (keys, lost) = (self.sorted.len(), self.lost);
        write!(f, "{keys} keys, p50 {p50:.1}, p99 {p99:.1}, p99.9 {p999:.1}, most {most:.1} ms, {lost} lost")
    }
}

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let hosted = Hosted::start(&plan.server, CLASS).await?;
    let clients = come_in(hosted.server.address, hosted.class.clone()).await?;
    let before = hosted.server.processor()?;
    let times = keys(clients, plan.duration(10, 120)).await?;
    let spent = hosted.server.processor()?.saturating_sub(before);
    say(&format!("pace: {CLASS} sessions at one key a second: {times}"))?;
    // On the way down the map, before any time was taken, each session had some more.
    let keys = u32::try_from(times.keys() + hosted.class.len() * STEPS)?;
    say(&format!("  server {:.0} µs of processor a key", spent.as_secs_f64() * 1e6 / f64::from(keys)))
}

/// Has every client press one key a second for so long, evenly spread over the second.
pub(super) async fn keys(clients: Vec<Client>, time: Duration) -> Outcome<Times> {
    let count = u32::try_from(clients.len())?.max(1);
    let walked = each(clients, 64, |mut client: Client| async move {
        let rows = walk(&mut client).await?;
        Ok((client, rows))
    })
    .await?;
    let first = Instant::now() + BEAT;
    let places = (0..count).map(|number| first + BEAT * number / count);
    let each_one = move |((client, rows), from)| async move { press(client, rows, from, time).await };
    Ok(Times::of(each(walked.into_iter().zip(places), ALL, each_one).await?))
}

/// Moves the selection down the course map and learns on which row it is at each step.
async fn walk(client: &mut Client) -> Outcome<Vec<u16>> {
    let mut rows = vec![client.selected().ok_or("nothing is selected")?];
    for _ in 0..STEPS {
        client.press("j").await?;
        while client.selected() == rows.last().copied() {
            client.sign_of_life().await?;
        }
        rows.push(client.selected().ok_or("nothing is selected")?);
    }
    Ok(rows)
}

/// The key pressed at a beat and the step it leads to: up to the top, down again.
const fn at_beat(beat: usize) -> (&'static str, usize) {
    let place = (beat + 1) % (2 * STEPS);
    if place >= 1 && place <= STEPS { ("k", STEPS - place) } else { ("j", (place + STEPS) % (2 * STEPS)) }
}

async fn press(mut client: Client, rows: Vec<u16>, from: Instant, time: Duration) -> Outcome<Times> {
    let beats = usize::try_from(time.as_secs())?;
    let (mut times, mut beat, mut due) = (Times::default(), 0, from);
    let mut waiting: VecDeque<(Instant, u16)> = VecDeque::new();
    let end = from + time + REST;
    while beat < beats || !waiting.is_empty() {
        tokio::select! {
            () = sleep_until(due), if beat < beats => {
                let (key, step) = at_beat(beat);
                waiting.push_back((due, rows.get(step).copied().ok_or("no such step")?));
                client.press(key).await?;
                (beat, due) = (beat + 1, due + BEAT);
            }
            came = client.wait() => {
                came?;
                let (now, shown) = (Instant::now(), client.selected());
                // A frame that answers a key answers those before it.
                let answered = waiting.iter().position(|(_, row)| Some(*row) == shown).map_or(0, |last| last + 1);
                times.sorted.extend(waiting.drain(..answered).map(|(due, _)| now - due));
            }
            () = sleep_until(end) => break,
        }
    }
    times.lost = waiting.len();
    // A session that ends would be work for the box while others are measured.
    sleep(end - Instant::now()).await;
    Ok(times)
}
