//! A class that answers while its instructor watches: how far the instructor's screen is behind.
//!
//! A row is put to the room; every learner answers it in their own session, spread over one second, and the screen of the
//! instructor counts. An answer is on it when the count has reached it; its lag is from the key that confirmed it.

use std::{fmt::Write as _, time::Duration};

use respline::{
    classroom::{Act, ClassEntry, class_account},
    course::{RecordKey, Timestamp},
    store::{Kept, Sqlite, Store as _},
    terminal::{Library, local::now},
};
use tokio::time::{Instant, sleep_until, timeout};

use super::{
    Outcome, Plan,
    class::Learner,
    client::{ALL, Client, each},
    process::Hosted,
    say,
};

/// Learners, and answers a second.
const CLASS: u32 = 200;

/// What the design asks for.
const BUDGET: Duration = Duration::from_secs(1);

/// How long anything that must come is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The row that is put to the room.
const SCENARIO: &str = "web-app-on-containers";

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let kim = Learner::of("kim", u32::MAX);
    let hosted = Hosted::start_class(&plan.server, CLASS, |learners| class(&kim, learners)).await?;
    let scenario = Library::embedded()?.scenario(SCENARIO)?;
    let layer = scenario.layers.first().ok_or("a scenario without layers")?;
    let address = hosted.server.address;
    let mut watching = Client::begin(address, &kim).await?;
    watching.press("5").await?;
    let mut learners = super::client::come_in(address, hosted.class.clone()).await?;
    let mut database = Sqlite::open(&hosted.database)?;
    let (rounds, mut lags) = (if plan.full { 20 } else { 4 }, Vec::new());
    let before = hosted.server.processor()?;
    for round in 0..rounds {
        if round > 0 {
            let poll = RecordKey { origin: 1, seq: 2 * round - 2 };
            act(&mut database, 2 * round - 1, Act::PollClosed { poll })?;
        }
        let act_ = Act::PollOpened { scenario: SCENARIO.into(), layer: layer.id.clone() };
        act(&mut database, 2 * round, act_)?;
        let asked = layer.task.chars().take(30).collect::<String>();
        learners = each(learners, ALL, move |client| past_the_story(client, asked.clone())).await?;
        let (back, mut round) = round_of(learners, &mut watching).await?;
        learners = back;
        lags.append(&mut round);
    }
    let spent = hosted.server.processor()?.saturating_sub(before);
    report(lags, rounds, spent)
}

/// The text of a class file.
fn class(kim: &Learner, learners: &[Learner]) -> Outcome<String> {
    let mut text = format!(
        "format = 1\nid = \"room\"\ntitle = \"The room\"\ntime-zone = \"UTC\"\n\
         [[instructor]]\nname = \"Kim\"\nkeys = [\"{}\"]\n",
        kim.public()?
    );
    for learner in learners {
        writeln!(text, "[[learner]]\nid = \"{0}\"\nkeys = [\"{1}\"]", learner.name, learner.public()?)?;
    }
    write!(text, "[[assignment]]\nid = \"lab\"\ntitle = \"Lab\"\nscenarios = [\"{SCENARIO}\"]\n")?;
    Ok(text)
}

/// Stores what an instructor does, as a process beside the server.
fn act(database: &mut Sqlite, seq: u32, act: Act) -> Outcome {
    let entry = ClassEntry { by: "Kim".into(), act };
    let kept = Kept::new(RecordKey { origin: 1, seq }, Timestamp(now().0), &entry)?;
    database.keep(&class_account("room"), &[kept])?;
    Ok(())
}

/// Waits until the room is asked, and goes on from the story to the question.
async fn past_the_story(client: Client, asked: String) -> Outcome<Client> {
    let client = see(client, "the room is asked · story".to_owned()).await?;
    client.press("\r").await?;
    see(client, asked).await
}

/// Waits until `text` is on the screen.
async fn see(mut client: Client, text: String) -> Outcome<Client> {
    timeout(PATIENCE, async {
        while !client.text().contains(&text) {
            client.wait().await?;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })
    .await??;
    Ok(client)
}

/// Has every learner answer, spread over a second, while the instructor's screen counts; the lag of each answer.
async fn round_of(learners: Vec<Client>, watching: &mut Client) -> Outcome<(Vec<Client>, Vec<Duration>)> {
    let begun = Instant::now() + Duration::from_millis(200);
    let due = |place: u32| begun + Duration::from_secs(1) * place / CLASS;
    let places = learners.into_iter().zip(0..).map(|(client, place)| (client, due(place)));
    let answering = tokio::spawn(each(places.collect::<Vec<_>>(), ALL, |(client, due)| async move {
        sleep_until(due).await;
        client.press("c1\r").await?;
        Ok(client)
    }));
    let (mut lags, mut counted) = (Vec::new(), 0);
    let end = begun + PATIENCE;
    while counted < CLASS {
        tokio::select! {
            came = watching.wait() => drop(came?),
            () = sleep_until(end) => return Err(format!("not all were seen:\n{}", watching.text()).into()),
        }
        let (seen, now) = (answered(&watching.text()).unwrap_or(counted), Instant::now());
        lags.extend((counted..seen).map(|place| now.saturating_duration_since(due(place))));
        counted = counted.max(seen);
    }
    Ok((answering.await??, lags))
}

/// `17` of `polls: 17 answered`, as the tab of the polls says it.
fn answered(text: &str) -> Option<u32> {
    let (_, after) = text.split_once("polls: ")?;
    after.split(' ').next()?.parse().ok()
}

fn report(mut lags: Vec<Duration>, rounds: u32, spent: Duration) -> Outcome {
    lags.sort_unstable();
    let of = |share: usize| lags.get((lags.len() * share / 1000).min(lags.len().saturating_sub(1))).copied();
    let [p50, p99, most] = [500, 990, 1000].map(|share| of(share).unwrap_or_default().as_secs_f64() * 1e3);
    say(&format!(
        "class: {CLASS} answers a second, {rounds} times, one watches: the screen is behind p50 {p50:.0}, p99 {p99:.0}, \
         most {most:.0} ms of {} ms",
        BUDGET.as_millis()
    ))?;
    say(&format!("  server {:.1} ms of processor an answer", spent.as_secs_f64() * 1e3 / f64::from(CLASS * rounds)))
}
