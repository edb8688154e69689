//! A class that logs in all at once.

use tokio::time::Instant;

use super::{
    Outcome, Plan,
    client::{ALL, Client, each},
    process::Hosted,
    say,
};

const CLASS: u32 = 500;

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let hosted = Hosted::start(&plan.server, CLASS).await?;
    let (address, class) = (hosted.server.address, hosted.class.clone());
    let (begun, before) = (Instant::now(), hosted.server.processor()?);
    let each_one = move |learner| async move {
        let client = Client::begin(address, &learner).await;
        Ok((client, begun.elapsed()))
    };
    let logins = each(class, ALL, each_one).await?;
    let refused = logins.iter().filter(|(client, _)| client.is_err()).count();
    let last = logins.iter().map(|(_, at)| *at).max().unwrap_or_default();
    let spent = hosted.server.processor()?.saturating_sub(before);
    if let Some(Err(error)) = logins.iter().map(|(client, _)| client.as_ref()).find(Result::is_err) {
        say(&format!("  first refusal: {error}"))?;
    }
    say(&format!(
        "burst: {CLASS} logins at once, {refused} refused; last first frame after {:.2} s; server {:.2} ms of processor a login",
        last.as_secs_f64(),
        spent.as_secs_f64() * 1e3 / f64::from(CLASS),
    ))
}
