//! Sessions in which nothing happens.

use tokio::time::sleep;

use super::{
    Outcome, Plan,
    client::{ALL, Client, come_in, each},
    process::Hosted,
    say,
};

const CLASS: u32 = 500;

pub(super) async fn measure(plan: &Plan) -> Outcome {
    let hosted = Hosted::start(&plan.server, CLASS).await?;
    let clients = come_in(hosted.server.address, hosted.class.clone()).await?;
    sleep(plan.duration(2, 5)).await;
    let (time, before) = (plan.duration(8, 60), hosted.server.processor()?);
    let read = move |mut client: Client| async move { client.read_for(time).await };
    let bytes: usize = each(clients, ALL, read).await?.into_iter().sum();
    let spent = hosted.server.processor()?.saturating_sub(before);
    say(&format!(
        "idle: {CLASS} sessions for {} s: {bytes} bytes to terminals, server {:.3} % of a processor",
        time.as_secs(),
        spent.as_secs_f64() * 100.0 / time.as_secs_f64(),
    ))
}
