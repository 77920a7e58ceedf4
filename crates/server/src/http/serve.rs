//! The loop that accepts and serves connections until it is stopped.

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

/// The largest number of concurrent connections; further ones wait.
const CONNECTIONS: usize = 1024;
/// The time limit for the arrival of the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// The time limit for unfinished requests after a stop.
const GRACE: Duration = Duration::from_secs(5);
/// The amount of a refused body to read and discard, so that the client can read the response.
const LINGER_BYTES: usize = 1024 * 1024;
const LINGER: Duration = Duration::from_secs(2);

/// A handle that stops servers.
#[derive(Debug)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// A new handle.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Stops every server with this handle.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

/// Serves `router` on `listener` until `stop`, then finishes pending requests within a few seconds.
pub async fn serve(listener: TcpListener, router: Router, stop: &Stop) {
    let mut stopping = stop.0.subscribe();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // The client may have disconnected, or file handles may have run out: neither is a reason to stop.
                    tracing::warn!("cannot accept a connection: {error}");
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
        tracing::warn!("some requests were still unfinished after {} s", GRACE.as_secs());
    }
}

/// Waits for the stop of the server.
async fn told(stopping: &mut watch::Receiver<bool>) {
    // An error means that every handle was dropped: the server then runs forever.
    if stopping.wait_for(|stop| *stop).await.is_err() {
        std::future::pending().await
    }
}

async fn connection(stream: TcpStream, router: Router, mut stopping: watch::Receiver<bool>) {
    // A response is written at once; waiting for more data would only delay it.
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

/// Closes a connection so that the client can read the last response even while it is still sending: closing a socket
/// with unread data resets the connection, which can discard the response.
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
