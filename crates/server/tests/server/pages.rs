//! Health, pages and documentation.

use serde_json::Value;

use crate::support::{Server, problem, raw};

#[tokio::test]
async fn a_server_with_a_database_lives_and_is_ready() {
    let server = Server::start().await;
    for path in ["/healthz", "/readyz"] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let health: Value = response.json().await.expect("JSON");
        assert_eq!(health["status"], "ok");
        let head = server.client.head(server.url(path)).send().await.expect("an answer");
        assert_eq!(head.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    let server = Server::start().await;
    server.database.close().await;
    assert_eq!(server.get("/healthz").await.status(), 200);
    problem(server.get("/readyz").await, 503, "store.unavailable", "").await;
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_careful() {
    let server = Server::start().await;
    for path in ["/", "/healthz", "/nothing", "/docs/", "/errors", "/openapi.json", "/v1/operations"] {
        let response = server.get(path).await;
        let headers = response.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("http") && !policy.contains('*'), "{path}: {policy}");
        let scripts =
            policy.split("script-src").nth(1).unwrap_or_default().split(';').next().unwrap_or_default();
        assert!(!scripts.contains("unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_request_keeps_its_id_or_is_given_one() {
    let server = Server::start().await;
    let given = server.client.get(server.url("/healthz")).header("x-request-id", "mine-1").send().await;
    assert_eq!(given.expect("an answer").headers()["x-request-id"], "mine-1");
    let (first, second) = (server.get("/nothing").await, server.get("/nothing").await);
    assert_ne!(first.headers()["x-request-id"], second.headers()["x-request-id"]);
}

#[tokio::test]
async fn large_answers_are_compressed_where_the_client_takes_it() {
    let server = Server::start().await;
    let address = server.url("/openapi.json");
    let response =
        server.client.get(&address).header("accept-encoding", "gzip").send().await.expect("an answer");
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let bytes = response.bytes().await.expect("a body");
    assert_eq!(bytes[..2], [0x1f, 0x8b]);
    assert!(bytes.len() < wherewithal_server::openapi::text().len() / 3);
    assert!(!server.get("/openapi.json").await.headers().contains_key("content-encoding"));
}

/// The values of the attributes that load something.
fn loaded(page: &str) -> Vec<&str> {
    ["src=\"", "href=\"", "url("]
        .iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .filter_map(|rest| rest.split(['"', ')']).next())
        .collect()
}

#[tokio::test]
async fn the_page_to_try_the_api_loads_only_what_is_served_here() {
    let server = Server::start().await;
    assert_eq!(server.get("/docs").await.url().path(), "/docs/");
    let page = server.get("/docs/").await.text().await.expect("text");
    let addresses = loaded(&page);
    assert!(addresses.len() > 5, "{page}");
    for address in addresses {
        assert!(!address.contains("//"), "{address}");
        let response = server.get(&format!("/docs/{}", address.trim_start_matches("./"))).await;
        assert_eq!(response.status(), 200, "{address}");
    }
    assert!(!page.contains("<script>"), "an inline script would be refused by the policy");
    let start = server.get("/docs/swagger-initializer.js").await.text().await.expect("text");
    assert!(start.contains("/openapi.json") && start.contains("\"validatorUrl\": \"none\""), "{start}");
}

#[tokio::test]
async fn the_page_of_errors_has_an_anchor_for_every_code() {
    let server = Server::start().await;
    let page = server.get("/errors").await.text().await.expect("text");
    let engines = wherewithal::ErrorCode::ALL.iter().map(|code| code.as_str());
    let store = wherewithal_store::Code::ALL.iter().map(|code| code.as_str());
    let server_codes = wherewithal_server::error::Code::ALL.iter().map(|code| code.as_str());
    for code in engines.chain(store).chain(server_codes) {
        assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
    }
}

#[tokio::test]
async fn the_pages_need_no_script_and_no_other_host() {
    let plain = Server::start().await;
    let demo = Server::demo().await;
    for (server, path) in [(&plain, "/"), (&plain, "/errors"), (&demo, "/")] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let page = response.text().await.expect("text");
        assert!(
            !page.contains("<script") && !page.contains(" style=\"") && !page.contains(" onload"),
            "{path}"
        );
        for address in loaded(&page) {
            assert!(!address.contains("//"), "{address}");
            if address.starts_with('/') {
                let address = address.split('#').next().unwrap_or_default();
                assert_eq!(server.get(address).await.status(), 200, "{address}");
            }
        }
    }
}

#[tokio::test]
async fn the_command_to_copy_has_the_address_that_was_asked() {
    let server = Server::start().await;
    let page = server.get("/").await.text().await.expect("text");
    assert!(page.contains(&format!("curl {}/v1/engines/", server.address)), "{}", server.address);
    let asked = server.client.get(server.url("/")).header("host", "wealth.example:81").send().await;
    assert!(asked.expect("an answer").text().await.expect("text").contains("curl wealth.example:81/v1"));
    let trick = server.client.get(server.url("/")).header("host", "x;rm").send().await;
    if let Ok(answer) = trick {
        assert!(!answer.text().await.expect("text").contains("x;rm"));
    }
}

#[tokio::test]
async fn a_browser_is_shown_a_page_where_there_is_none() {
    let server = Server::start().await;
    let asked =
        server.client.get(server.url("/nothing")).header("accept", "text/html,*/*;q=0.8").send().await;
    let page = asked.expect("an answer");
    assert_eq!(page.status(), 404);
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.text().await.expect("text").contains("There is no such page"));
    problem(server.get("/nothing").await, 404, "request.path.unknown", "").await;
}

#[tokio::test]
async fn an_address_that_is_no_text_is_one_that_does_not_exist() {
    let server = Server::start().await;
    let of_people = [
        "/%ff",
        "/%",
        "/errors/%ff",
        "/errors%ff",
        "/assets/%c3%28",
        "/docs/%ff",
        "/docs/%",
        "/docs/%zz",
        "/docs/%00",
        "/docs/a/%80/b",
        "/docs/%2e%2e%2f%ff",
        "/healthz/%ff",
        "/openapi.json%ff",
    ];
    let of_programs = [
        ("GET", "/v1/operations/%ff"),
        ("GET", "/v1/operations/%"),
        ("POST", "/v1/engines/%ff"),
        ("POST", "/v1/engines/%e2%28%a1"),
    ];
    let asked = |method: &str, path: &str, accepted: &str| {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: test\r\naccept: {accepted}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
    };
    for (method, path) in of_people.map(|path| ("GET", path)).into_iter().chain(of_programs) {
        let answer = raw(&server, &asked(method, path, "*/*")).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
        assert!(answer.contains("content-type: application/problem+json\r\n"), "{path}: {answer}");
    }
    for path in of_people {
        let answer = raw(&server, &asked("GET", path, "text/html")).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
        assert!(answer.contains("There is no such page"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn the_demo_page_shows_the_household_that_the_database_keeps() {
    let server = Server::demo().await;
    let document = include_str!("../../../../examples/households/rivera.json");
    let input = format!(r#"{{"household": {document}}}"#);
    let plan = wherewithal_contract::call("plan.build", input.as_bytes()).expect("a plan");
    let plan: Value = serde_json::from_slice(&plan).expect("JSON");
    let page = server.get("/").await.text().await.expect("text");
    // Whole units with commas, such as $743,000.
    let net_worth: f64 = plan["netWorth"]["netWorth"].as_str().expect("an amount").parse().expect("a number");
    let digits = format!("{net_worth:.0}");
    let (thousands, rest) = digits.split_at(digits.len() - 3);
    assert!(page.contains(&format!("${thousands},{rest}")), "{digits}");
    let share = plan["result"]["success"]["probability"].as_f64().expect("a share");
    assert!(page.contains(&format!("{:.1}\u{a0}%", share * 100.0)), "{share}");
    for name in ["Elena", "Real Estate", "Mortgage"] {
        assert!(page.contains(name), "{name}");
    }
}
