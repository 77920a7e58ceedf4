//! A separate server for each test.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use wherewithal_server::{
    demo::Demo,
    http::{App, Limits, Stop, router, serve},
};
use wherewithal_store::Db;

/// A server on a free port over a new database. It stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) database: Db,
    pub(crate) client: reqwest::Client,
    stop: Arc<Stop>,
    serving: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default(), false).await
    }

    pub(crate) async fn limited(limits: Limits) -> Self {
        Self::with(limits, false).await
    }

    pub(crate) async fn demo() -> Self {
        Self::with(Limits::default(), true).await
    }

    async fn with(limits: Limits, demo: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("test.db");
        let database = Db::open(&file.display().to_string()).await.expect("a new database");
        let now = "2026-01-31T09:30:00Z".parse().expect("a moment");
        database.migrate(now).await.expect("new tables");
        let demo =
            if demo { Some(Demo::create(&database, now).await.expect("a demo household")) } else { None };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let stop = Arc::new(Stop::new());
        let router = router(Arc::new(App::new(database.clone(), demo, limits)));
        let stopping = Arc::clone(&stop);
        let serving = tokio::spawn(async move { serve(listener, router, &stopping).await });
        let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().expect("a client");
        Self { address, database, client, stop, serving: Some(serving), _folder: folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(self.url(path)).send().await.expect("an answer")
    }

    /// Posts JSON text to an operation.
    pub(crate) async fn call(&self, operation: &str, input: impl Into<reqwest::Body>) -> reqwest::Response {
        self.client
            .post(self.url(&format!("/v1/engines/{operation}")))
            .header("content-type", "application/json")
            .body(input)
            .send()
            .await
            .expect("an answer")
    }

    /// Stops the server and waits until it has stopped.
    pub(crate) async fn stop(&mut self) {
        self.stop.stop();
        if let Some(serving) = self.serving.take() {
            serving.await.expect("the server stops without an error");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

/// Sends `head` unchanged and returns the whole response.
pub(crate) async fn raw(server: &Server, head: &str) -> String {
    let mut stream = TcpStream::connect(&server.address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("a sent request");
    let mut answer = String::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_string(&mut answer));
    read.await.expect("an answer in time").expect("text");
    answer
}

/// Asserts that `response` is the problem document of `code` and `path`, and returns it.
pub(crate) async fn problem(response: reqwest::Response, status: u16, code: &str, path: &str) -> Value {
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: Value = response.json().await.expect("a JSON document");
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["path"], path, "{problem}");
    assert_eq!(problem["status"], status, "{problem}");
    assert_eq!(problem["type"], format!("/errors#{code}"), "{problem}");
    assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
    problem
}

/// A simulation of `paths` paths of thirty years.
pub(crate) fn simulation(paths: u64) -> String {
    format!(
        r#"{{"initialBalance":1000000,"months":360,"expectedReturn":0.06,"volatility":0.12,
            "flows":[{{"amount":-4000,"inflationLinked":true}}],"inflation":0.025,"paths":{paths},"seed":7}}"#
    )
}

/// A simulation that takes long enough to be interrupted: a hundred years of 300,000 paths.
pub(crate) fn long_simulation() -> String {
    r#"{"initialBalance":1000000,"months":1200,"expectedReturn":0.06,"volatility":0.12,"paths":300000}"#
        .to_owned()
}

/// The current time, for measuring durations.
#[expect(clippy::disallowed_methods, reason = "the tests measure the time of the server")]
pub(crate) fn moment() -> Instant {
    Instant::now()
}
