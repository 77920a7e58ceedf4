//! The limits of a request: size, time, and cancellation.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{io::AsyncWriteExt as _, net::TcpStream};
use wherewithal_server::http::Limits;

use crate::support::{Server, long_simulation, moment, problem, raw, simulation};

const HUNDRED_MEGABYTES: usize = 100 * 1024 * 1024;

#[tokio::test]
async fn a_body_that_announces_too_much_is_refused_before_a_byte_of_it_is_sent() {
    let server = Server::start().await;
    let head = format!(
        "POST /v1/engines/debt.amortize HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n\
         content-length: {HUNDRED_MEGABYTES}\r\n\r\n"
    );
    let answer = raw(&server, &head).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("\"input.too_large\""), "{answer}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_a_length_and_readably_so() {
    let server = Server::start().await;
    for _ in 0..5 {
        let response = server.call("debt.amortize", vec![b' '; HUNDRED_MEGABYTES]).await;
        problem(response, 413, "input.too_large", "").await;
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_refused_as_soon_as_it_passes_the_limit() {
    let server = Server::start().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let chunk = vec![b' '; 64 * 1024];
    let chunks = HUNDRED_MEGABYTES / chunk.len();
    let pieces = futures_util::stream::iter((0..chunks).map(move |_| {
        counter.fetch_add(chunk.len(), Ordering::Relaxed);
        Ok::<_, Infallible>(chunk.clone())
    }));
    let response = server.call("debt.amortize", reqwest::Body::wrap_stream(pieces)).await;
    problem(response, 413, "input.too_large", "").await;
    let sent = sent.load(Ordering::Relaxed);
    assert!(sent < HUNDRED_MEGABYTES / 2, "{sent} bytes were accepted");
}

#[tokio::test]
async fn a_body_of_the_largest_size_is_read() {
    let server = Server::start().await;
    let mut input = br#"{"nominalRate": 0.12, "periodsPerYear": 12}"#.to_vec();
    input.resize(wherewithal_contract::wire::MAX_INPUT_BYTES, b' ');
    assert_eq!(server.call("time_value.effect", input.clone()).await.status(), 200);
    input.push(b' ');
    problem(server.call("time_value.effect", input).await, 413, "input.too_large", "").await;
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let limits = Limits { body: Duration::from_millis(200), ..Limits::default() };
    let server = Server::limited(limits).await;
    let head =
        "POST /v1/engines/debt.amortize HTTP/1.1\r\nhost: test\r\ncontent-length: 20\r\n\r\n{\"principal";
    let answer = raw(&server, head).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"request.timeout\""), "{answer}");
}

#[tokio::test]
async fn a_run_over_its_limit_is_stopped_and_makes_room() {
    let limits = Limits { run: Duration::from_millis(300), long_runs: 1, ..Limits::default() };
    let server = Server::limited(limits).await;
    let response = server.call("simulation.run", long_simulation()).await;
    problem(response, 503, "run.timeout", "").await;
    // If the first run had not stopped, no other could start in time.
    for _ in 0..20 {
        if server.call("simulation.run", simulation(10)).await.status() == 200 {
            return;
        }
    }
    panic!("the abandoned run still blocks others");
}

/// Starts a long simulation, with `extra` header lines, hangs up, and asserts that the only slot for long runs is soon
/// free again.
async fn hang_up(extra: &str) {
    let server = Server::limited(Limits { long_runs: 1, ..Limits::default() }).await;
    let input = long_simulation();
    let request = format!(
        "POST /v1/engines/simulation.run HTTP/1.1\r\nhost: test\r\n{extra}content-length: {}\r\n\r\n{input}",
        input.len()
    );
    let mut stream = TcpStream::connect(&server.address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("a sent request");
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(stream);
    let started = moment();
    assert_eq!(server.call("simulation.run", simulation(10)).await.status(), 200);
    let waited = started.elapsed();
    assert!(waited < Duration::from_secs(5), "the run went on for {waited:?} after its caller had left");
}

#[tokio::test]
async fn a_caller_who_hangs_up_cancels_the_run() {
    hang_up("").await;
}

#[tokio::test]
async fn a_caller_who_hangs_up_cancels_the_streamed_run() {
    hang_up("accept: text/event-stream\r\n").await;
}

#[tokio::test]
async fn long_runs_do_not_keep_short_ones_waiting() {
    let server = Server::limited(Limits { long_runs: 1, ..Limits::default() }).await;
    let busy = server
        .client
        .post(server.url("/v1/engines/simulation.run"))
        .body(long_simulation())
        .timeout(Duration::from_secs(5))
        .send();
    let busy = tokio::spawn(busy);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = moment();
    let response = server.call("time_value.effect", r#"{"nominalRate": 0.12, "periodsPerYear": 12}"#).await;
    assert_eq!(response.status(), 200);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    busy.abort();
}

#[tokio::test]
async fn a_server_that_stops_answers_what_is_under_way_and_closes_idle_connections() {
    let mut server = Server::start().await;
    assert_eq!(server.get("/healthz").await.status(), 200);
    let under_way = tokio::spawn(
        server.client.post(server.url("/v1/engines/simulation.run")).body(simulation(100_000)).send(),
    );
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = moment();
    server.stop().await;
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let response = under_way.await.expect("a finished call").expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(server.client.get(server.url("/healthz")).send().await.is_err(), "the port is closed");
}

#[tokio::test]
async fn what_is_not_http_is_answered_or_dropped_and_the_server_lives_on() {
    let server = Server::start().await;
    for noise in [
        "\x16\x03\x01\x02",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /v1/engines/x HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
    ] {
        let answer = raw(&server, noise).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"),
            "{noise:?}: {answer}"
        );
    }
    assert_eq!(server.get("/healthz").await.status(), 200);
}
