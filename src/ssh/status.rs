//! `/metrics` and `/healthz` over HTTP, for the machine itself: the address must be of the loopback.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode, body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::Semaphore, time::timeout};

use super::hub::Hub;

/// Requests that are answered at once.
const AT_ONCE: usize = 8;

/// How long a request may take, and how long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers on `listener` for as long as the program runs.
pub(super) async fn serve(listener: TcpListener, hub: Arc<Hub>) {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else { continue };
        let hub = Arc::clone(&hub);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let hub = Arc::clone(&hub);
                async move { Ok::<_, Infallible>(answer(&hub, &request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // A client that goes away is no matter of ours.
            let _ = timeout(PATIENCE * 2, connection).await;
            drop(turn);
        });
    }
}

async fn answer<B>(hub: &Hub, request: &Request<B>) -> Response<Full<Bytes>> {
    let (status, text) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/metrics") => (StatusCode::OK, hub.metrics.text()),
        (&Method::GET, "/healthz") => health(hub).await,
        _ => (StatusCode::NOT_FOUND, "there are /metrics and /healthz\n".to_owned()),
    };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    response
}

/// Healthy is a box whose store answers.
async fn health(hub: &Hub) -> (StatusCode, String) {
    let asked = hub.desk.ask(|database| database.keys(Some("")).map(drop).map_err(|error| error.to_string()));
    match timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(()))) => (StatusCode::OK, "ok\n".to_owned()),
        Ok(Ok(Err(error))) => (StatusCode::SERVICE_UNAVAILABLE, format!("the store: {error}\n")),
        Ok(Err(error)) => (StatusCode::SERVICE_UNAVAILABLE, format!("the store: {error}\n")),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n".to_owned()),
    }
}
