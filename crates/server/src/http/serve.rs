//! The loop that accepts connections and serves them until it is told to stop.

use std::{future::poll_fn, pin::Pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tower::ServiceExt;

/// Connections served at once; further ones wait to be accepted.
const CONNECTIONS: usize = 1024;
/// How long the head of a request may take to arrive.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// How long requests under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// What is read and thrown away of a body that was refused, so that the client gets to read the refusal.
const LINGER_BYTES: usize = 1024 * 1024;
const LINGER: Duration = Duration::from_secs(2);

/// Tells a server to stop.
#[derive(Debug)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// A new one, not used yet.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Tells every server that was given this to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

/// Serves `router` on `listener` until `stop` is used; then answers the requests under way, for a few seconds at
/// most.
pub async fn serve(listener: TcpListener, router: Router, stop: &Stop) {
    let mut stopping = stop.0.subscribe();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // A client that went away, or no file handle left: neither is a reason to stop.
                    tracing::warn!("a connection could not be accepted: {error}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = told(&mut stopping) => break,
        };
        let router = router.clone();
        let stopping = stopping.clone();
        tokio::spawn(async move {
            connection(stream, router, stopping).await;
            drop(place);
        });
    }
    drop(listener);
    let all_places = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    if tokio::time::timeout(GRACE, places.acquire_many(all_places)).await.is_err() {
        tracing::warn!("some requests were still under way after {} s", GRACE.as_secs());
    }
}

/// Waits until the server is told to stop.
async fn told(stopping: &mut watch::Receiver<bool>) {
    // An error means that nobody is left who could tell; the server goes on.
    if stopping.wait_for(|stop| *stop).await.is_err() {
        std::future::pending().await
    }
}

async fn connection(stream: TcpStream, router: Router, mut stopping: watch::Receiver<bool>) {
    // An answer is written in one go; waiting for more to send would only delay it.
    let _ = stream.set_nodelay(true);
    let service = router.map_request(|request: Request<Incoming>| request.map(Body::new));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let served = tokio::select! {
        served = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(served),
        () = told(&mut stopping) => None,
    };
    let served = match served {
        Some(served) => served,
        None => {
            Pin::new(&mut connection).graceful_shutdown();
            poll_fn(|context| connection.poll_without_shutdown(context)).await
        }
    };
    if let Err(error) = served {
        tracing::debug!("a connection ended: {error}");
        return;
    }
    linger(connection.into_parts().io.into_inner()).await;
}

/// Closes a connection so that the client can read the last answer even while it is still sending: a socket that
/// is closed with unread data resets the connection, which can destroy the answer on its way.
async fn linger(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut thrown_away = 0;
    let mut buffer = [0; 8192];
    let discard = async {
        while thrown_away < LINGER_BYTES {
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => break,
                Ok(count) => thrown_away += count,
            }
        }
    };
    let _ = tokio::time::timeout(LINGER, discard).await;
}
