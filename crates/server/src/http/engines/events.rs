//! A run as server-sent events: `progress` while it advances, then `result` or `error`.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Bytes,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::{
    sync::{mpsc, watch},
    time::MissedTickBehavior,
};
use wherewithal::control::Progress;
use wherewithal_contract::Operation;

use crate::{error::Error, http::problem::Problem, runner::Runner};

/// The shortest time between two reports of progress.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Starts the run and returns the stream of its events. The run is cancelled when the stream is dropped, as after a
/// disconnect of the client.
pub(super) fn stream(runner: Runner, operation: &'static Operation, input: Bytes) -> Response {
    let (events, received) = mpsc::channel(4);
    tokio::spawn(tell(runner, operation, input, events));
    let events = stream::unfold(received, |mut received| async {
        let event = received.recv().await?;
        Some((Ok::<Event, Infallible>(event), received))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

async fn tell(runner: Runner, operation: &'static Operation, input: Bytes, events: mpsc::Sender<Event>) {
    let (advanced, mut progress) = watch::channel(Progress { done: 0, total: 0 });
    let run = runner.run(operation, input, move |step| {
        // Several threads report out of order; the reported progress never decreases.
        advanced.send_if_modified(|last| {
            let further = step.done > last.done;
            if further {
                *last = step;
            }
            further
        });
    });
    tokio::pin!(run);
    let mut ticks = tokio::time::interval(PROGRESS_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            outcome = &mut run => {
                // An error means that the client has disconnected.
                let _ = events.send(last_event(outcome)).await;
                return;
            }
            () = events.closed() => return,
            _ = ticks.tick() => {
                if progress.has_changed().unwrap_or(false) {
                    let Progress { done, total } = *progress.borrow_and_update();
                    let event = Event::default()
                        .event("progress")
                        .data(format!("{{\"done\":{done},\"total\":{total}}}"));
                    if events.send(event).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

fn last_event(outcome: Result<Vec<u8>, Error>) -> Event {
    let error = match outcome.map(String::from_utf8) {
        // The JSON of operations has no line breaks, so it is one line of data.
        Ok(Ok(result)) => return Event::default().event("result").data(result),
        Ok(Err(not_text)) => Error::internal(&not_text),
        Err(error) => error,
    };
    let problem = Problem::from(&error);
    Event::default().event("error").json_data(&problem).unwrap_or_else(|_| Event::default().event("error"))
}
