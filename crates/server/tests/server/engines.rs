//! `POST /v1/engines/{operation}` and its description.

use serde_json::Value;
use wherewithal_contract::registry;

use crate::support::{Server, problem, simulation};

#[tokio::test]
async fn every_example_gives_the_bytes_of_the_operation() {
    let server = Server::start().await;
    for operation in registry().operations() {
        for example in operation.examples() {
            let expected = operation.call(example.input.as_bytes()).expect("an example runs");
            let response = server.call(operation.name(), example.input).await;
            assert_eq!(response.status(), 200, "{}", operation.name());
            assert_eq!(response.headers()["content-type"], "application/json");
            assert_eq!(response.bytes().await.expect("a body"), expected, "{}", operation.name());
        }
    }
}

#[tokio::test]
async fn the_body_may_have_the_media_types_of_json_curls_default_or_none() {
    let server = Server::start().await;
    let input = r#"{"nominalRate": 0.12, "periodsPerYear": 12}"#;
    let address = server.url("/v1/engines/time_value.effect");
    let accepted = [
        Some("application/json"),
        Some("application/json; charset=utf-8"),
        Some("Application/JSON"),
        Some("application/vnd.example+json"),
        Some("application/x-www-form-urlencoded"),
        None,
    ];
    for media_type in accepted {
        let mut request = server.client.post(&address).body(input);
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{media_type:?}");
    }
    for media_type in ["text/plain", "application/xml", "multipart/form-data; boundary=x", "image/png", ""] {
        let request = server.client.post(&address).header("content-type", media_type).body(input);
        let response = request.send().await.expect("an answer");
        problem(response, 415, "request.media_type.unsupported", "").await;
    }
    let compressed = server.client.post(&address).header("content-encoding", "gzip").body(input);
    problem(compressed.send().await.expect("an answer"), 415, "request.media_type.unsupported", "").await;
}

#[tokio::test]
async fn errors_are_problem_documents_with_code_and_path() {
    let server = Server::start().await;
    let cases = [
        ("debt.amortize", "", 400, "input.malformed", ""),
        ("debt.amortize", "principal=400000", 400, "input.malformed", ""),
        ("debt.amortize", "[]", 400, "input.invalid", ""),
        ("debt.amortize", r#"{"principl": "1"}"#, 400, "input.unknown_field", "principl"),
        (
            "debt.amortize",
            r#"{"principal":"1","annualRate":"0.05","termMonths":0,"firstPayment":"2026-01-01"}"#,
            400,
            "term.out_of_range",
            "termMonths",
        ),
        (
            "debt.amortize",
            r#"{"principal":"12,5","annualRate":"0.05","termMonths":12,"firstPayment":"2026-01-01"}"#,
            400,
            "decimal.malformed",
            "principal",
        ),
        (
            "time_value.fv",
            r#"{"rate": 0.9, "nper": 100000, "pmt": -1, "pv": 0}"#,
            422,
            "result.too_large",
            "",
        ),
        ("debt.forgive", "{}", 404, "operation.unknown", ""),
    ];
    for (operation, input, status, code, path) in cases {
        problem(server.call(operation, input).await, status, code, path).await;
    }
}

#[tokio::test]
async fn an_error_over_rest_is_the_error_of_the_operation() {
    let server = Server::start().await;
    let input = r#"{"principal":"-1","annualRate":"0.05","termMonths":12,"firstPayment":"2026-01-01"}"#;
    let expected =
        wherewithal_contract::call("debt.amortize", input.as_bytes()).expect_err("a negative loan");
    let problem =
        problem(server.call("debt.amortize", input).await, 400, expected.code().as_str(), expected.path())
            .await;
    assert_eq!(problem["detail"], expected.message());
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_served_are_problems() {
    let server = Server::start().await;
    for path in [
        "/nothing",
        "/v1",
        "/v1/engines",
        "/v1/engines/",
        "/v1/engines/a/b",
        "/docs/nothing.js",
        "/v1/operations/%ff",
    ] {
        problem(server.get(path).await, 404, "request.path.unknown", "").await;
    }
    problem(server.get("/v1/operations/debt.forgive").await, 404, "operation.unknown", "").await;

    let response = server.get("/v1/engines/debt.amortize").await;
    assert_eq!(response.headers()["allow"], "POST");
    problem(response, 405, "request.method.unsupported", "").await;
    let delete = server.client.delete(server.url("/v1/operations")).send().await.expect("an answer");
    assert!(delete.headers()["allow"].to_str().is_ok_and(|allowed| allowed.contains("GET")));
    problem(delete, 405, "request.method.unsupported", "").await;
}

#[tokio::test]
async fn the_operations_are_listed_and_described() {
    let server = Server::start().await;
    let list: Value = server.get("/v1/operations").await.json().await.expect("JSON");
    let names: Vec<&str> = list["operations"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|each| each["name"].as_str())
        .collect();
    let expected: Vec<&str> = registry().operations().iter().map(|each| each.name()).collect();
    assert_eq!(names, expected);

    for operation in registry().operations() {
        let path = format!("/v1/operations/{}", operation.name());
        let detail: Value = server.get(&path).await.json().await.expect("JSON");
        assert_eq!(detail["summary"], operation.summary());
        assert_eq!(detail["reportsProgress"], operation.reports_progress());
        assert!(detail["inputSchema"].is_object() && detail["outputSchema"].is_object(), "{path}");
        let examples = detail["examples"].as_array().expect("a list");
        assert_eq!(examples.len(), operation.examples().len());
        for example in examples {
            let response = server.call(operation.name(), example["input"].to_string()).await;
            assert_eq!(response.status(), 200, "{path}");
        }
    }
}

#[tokio::test]
async fn many_callers_at_once_get_the_same_bytes() {
    let server = Server::start().await;
    let input = simulation(2000);
    let expected = wherewithal_contract::call("simulation.run", input.as_bytes()).expect("a result");
    let calls: Vec<_> = (0..24)
        .map(|_| {
            let request = server
                .client
                .post(server.url("/v1/engines/simulation.run"))
                .header("content-type", "application/json")
                .body(input.clone());
            tokio::spawn(
                async move { request.send().await.expect("an answer").bytes().await.expect("a body") },
            )
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("a finished call"), expected);
    }
}

/// The events of a stream, as (name, data).
async fn events(response: reqwest::Response) -> Vec<(String, String)> {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let text = response.text().await.expect("a stream that ends");
    let field = |event: &str, name: &str| {
        event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim_start().to_owned())
    };
    text.split("\n\n").filter_map(|event| Some((field(event, "event:")?, field(event, "data:")?))).collect()
}

async fn stream(server: &Server, operation: &str, input: String) -> reqwest::Response {
    server
        .client
        .post(server.url(&format!("/v1/engines/{operation}")))
        .header("content-type", "application/json")
        .header("accept", "text/event-stream")
        .body(input)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_long_run_tells_its_progress_and_ends_with_the_same_bytes() {
    let server = Server::start().await;
    let input = simulation(400_000);
    let events = events(stream(&server, "simulation.run", input.clone()).await).await;
    let (last, progress) = events.split_last().expect("events");
    assert_eq!(last.0, "result");
    assert_eq!(
        last.1.as_bytes(),
        wherewithal_contract::call("simulation.run", input.as_bytes()).expect("a result")
    );
    assert!(!progress.is_empty(), "there was no progress event");
    let mut before = 0;
    for (name, data) in progress {
        assert_eq!(name, "progress");
        let step: Value = serde_json::from_str(data).expect("JSON");
        let (done, total) = (step["done"].as_u64().expect("done"), step["total"].as_u64().expect("total"));
        assert!(before < done && done <= total, "{data} after {before}");
        before = done;
    }
}

#[tokio::test]
async fn an_error_of_a_streamed_run_is_its_last_event() {
    let server = Server::start().await;
    let events = events(stream(&server, "simulation.run", r#"{"initialBalance":-1}"#.to_owned()).await).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].0, "error");
    let problem: Value = serde_json::from_str(&events[0].1).expect("JSON");
    assert_eq!(problem["code"], "input.missing_field");
    assert_eq!(problem["status"], 400);
}

#[tokio::test]
async fn a_short_operation_answers_with_events_too_when_it_is_asked_to() {
    let server = Server::start().await;
    let input = r#"{"nominalRate": 0.12, "periodsPerYear": 12}"#;
    let expected = wherewithal_contract::call("time_value.effect", input.as_bytes()).expect("a result");
    let events = events(stream(&server, "time_value.effect", input.to_owned()).await).await;
    assert_eq!(events, [("result".to_owned(), String::from_utf8(expected).expect("text"))]);
}
