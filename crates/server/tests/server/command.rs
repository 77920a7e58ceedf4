//! The command as a process: its output and exit status.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::support::moment;

const RIVERA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/households/rivera.json");

fn wherewithal() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherewithal"));
    for variable in ["DATABASE_URL", "WHEREWITHAL_LOG", "COLUMNS", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = wherewithal()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("its standard input");
    let input = input.to_vec();
    // The command may end before it has read everything.
    let writing = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the command ends");
    writing.join().expect("the input was written");
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// Asserts that the command failed with `status`, with `expected` on standard error and no other output.
fn refused(output: &Output, status: i32, expected: &str) {
    assert_eq!(output.status.code(), Some(status), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
}

const LOAN: &[u8] =
    br#"{"principal":"400000","annualRate":"0.065","termMonths":360,"firstPayment":"2026-01-01"}"#;

#[test]
fn call_prints_the_bytes_of_the_operation_and_a_line_break() {
    let output = run(&["call", "debt.amortize"], LOAN);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut expected = wherewithal_contract::call("debt.amortize", LOAN).expect("a schedule");
    expected.push(b'\n');
    assert_eq!(output.stdout, expected);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn call_reads_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("loan.json");
    std::fs::write(&file, LOAN).expect("a written file");
    let output = run(&["call", "debt.amortize", "--input", &file.display().to_string()], b"");
    assert_eq!(output.stdout, run(&["call", "debt.amortize"], LOAN).stdout);

    let missing = run(&["call", "debt.amortize", "--input", "/nowhere/loan.json"], b"");
    refused(&missing, 6, "[file.unreadable]");
    let directory = run(&["call", "debt.amortize", "--input", &folder.path().display().to_string()], b"");
    refused(&directory, 6, "[file.unreadable]");
}

#[test]
fn errors_go_to_standard_error_with_code_path_and_status() {
    let cases: &[(&str, &[u8], i32, &str)] = &[
        ("debt.amortize", b"{", 2, "[input.malformed]"),
        ("debt.amortize", b"", 2, "[input.malformed]"),
        ("debt.amortize", br#"{"principl": 1}"#, 2, "principl: unknown field `principl`"),
        ("debt.amortize", br#"{"principl": 1}"#, 2, "[input.unknown_field]\n"),
        ("time_value.fv", br#"{"rate": 0.9, "nper": 100000, "pmt": -1, "pv": 0}"#, 3, "[result.too_large]"),
        ("debt.forgive", b"{}", 5, "unknown operation \"debt.forgive\" [operation.unknown]"),
    ];
    for (operation, input, status, expected) in cases {
        refused(&run(&["call", operation], input), *status, expected);
    }
    let too_large = vec![b' '; wherewithal_contract::wire::MAX_INPUT_BYTES + 1];
    refused(&run(&["call", "debt.amortize"], &too_large), 4, "[input.too_large]");
}

#[test]
fn call_reads_no_more_than_it_needs_to_refuse() {
    let mut child = wherewithal()
        .args(["call", "debt.amortize"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("its standard input");
    let chunk = vec![b' '; 1 << 20];
    let mut sent = 0;
    // An endless input: the pipe breaks when the command has read enough.
    while sent < 200 && stdin.write_all(&chunk).is_ok() {
        sent += 1;
    }
    assert!(sent < 20, "{sent} MiB were accepted");
    refused_child(child, 4, "[input.too_large]");
}

fn refused_child(mut child: Child, status: i32, expected: &str) {
    let mut said = String::new();
    child.stderr.take().expect("its standard error").read_to_string(&mut said).expect("text");
    assert_eq!(child.wait().expect("the command ends").code(), Some(status), "{said}");
    assert!(said.contains(expected), "{said}");
}

#[test]
fn errors_are_the_wire_form_where_json_is_asked_for() {
    let output = run(&["--error-format", "json", "call", "debt.amortize"], br#"{"principl": 1}"#);
    assert_eq!(output.status.code(), Some(2));
    let error: Value = serde_json::from_slice(&output.stderr).expect("one JSON document");
    let expected =
        wherewithal_contract::call("debt.amortize", br#"{"principl": 1}"#).expect_err("an unknown field");
    let expected: serde_json::Value =
        serde_json::from_str(&wherewithal_contract::wire::error_json(&expected)).unwrap();
    assert_eq!(error, expected);
}

#[test]
fn the_command_line_itself_is_checked() {
    for arguments in [
        &["fly"][..],
        &["call"],
        &["serve", "--demo", "--database", "x"],
        &["plan"],
        &["plan", "x", "--paths", "many"],
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
    let help = run(&["--help"], b"");
    assert!(help.status.success());
    assert!(text(&help.stdout).contains("Exit status:"));
}

#[test]
fn operations_and_schema_and_openapi_describe_everything() {
    let table = run(&["operations"], b"");
    let list = run(&["operations", "--json"], b"");
    let list: Value = serde_json::from_slice(&list.stdout).expect("JSON");
    let operations = list["operations"].as_array().expect("a list");
    assert_eq!(operations.len(), wherewithal_contract::registry().operations().len());
    for operation in operations {
        let name = operation["name"].as_str().expect("a name");
        let line = text(&table.stdout).lines().find(|line| line.split(' ').next() == Some(name));
        // Other programs read a line for each.
        assert!(line.is_some_and(|line| line.ends_with('.')), "{name}");
    }
    let schema = run(&["schema", "debt.amortize"], b"");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    assert_eq!(schema["name"], "debt.amortize");
    assert_eq!(schema["inputSchema"]["additionalProperties"], false);
    refused(&run(&["schema", "debt.forgive"], b""), 5, "[operation.unknown]");
    assert_eq!(text(&run(&["openapi"], b"").stdout), wherewithal_server::openapi::text());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = wherewithal()
        .arg("openapi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut first = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("its standard output"));
    output.read_line(&mut first).expect("a line");
    drop(output);
    let ended = child.wait_with_output().expect("the command ends");
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert_eq!(text(&ended.stderr), "");
}

#[test]
fn a_plan_can_be_read_by_a_person() {
    let output = run(&["plan", RIVERA, "--paths", "500"], b"");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "a progress bar is for terminals only");
    let plan = text(&output.stdout);
    assert!(!plan.contains('\u{1b}'), "colours are for terminals only");
    for expected in [
        "Where you stand",
        "Retirement Accounts",
        "Will it last?",
        "of 10 futures",
        "% of futures",
        "The years ahead",
        "Sofia's college",
        "Elena Rivera retires",
        "What moves it most",
        "What to do about it",
        "What it rests on",
    ] {
        assert!(plan.contains(expected), "{expected}: {plan}");
    }
    // The numbers are those of the operation.
    let json = run(&["plan", RIVERA, "--paths", "500", "--json"], b"");
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let share = json["result"]["success"]["probability"].as_f64().expect("a share");
    assert!(plan.contains(&format!("{:.1}\u{a0}% of 500 simulated futures", share * 100.0)), "{plan}");
}

#[test]
fn a_plan_fits_narrow_terminals() {
    for width in [60, 80] {
        let output = wherewithal()
            .args(["plan", RIVERA, "--paths", "100"])
            .env("COLUMNS", width.to_string())
            .output()
            .expect("the command ends");
        let plan = text(&output.stdout);
        assert!(plan.lines().count() > 100, "{plan}");
        for line in plan.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn fields_of_the_document_can_be_set_and_compared() {
    let quick = |more: &[&str]| {
        let output = run(&[&["plan", RIVERA, "--quick", "--paths", "200", "--json"], more].concat(), b"");
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let set = ["--set", "assumptions.inflation=0.035", "--set", "people[marcus].retirementAge=67"];
    let mut document: Value =
        serde_json::from_str(&std::fs::read_to_string(RIVERA).expect("the example")).expect("JSON");
    document["assumptions"]["inflation"] = 0.035.into();
    document["people"][1]["retirementAge"] = 67.into();
    let input = serde_json::json!({"household": document, "paths": 200, "questions": false});
    let expected = wherewithal_contract::call("plan.build", input.to_string().as_bytes()).expect("a plan");
    let expected: Value = serde_json::from_slice(&expected).expect("JSON");
    assert_eq!(quick(&set), expected);
    let both = quick(&[&set[..], &["--compare"]].concat());
    assert_eq!(both, serde_json::json!({"before": quick(&[]), "after": expected}));

    let shown = [&["plan", RIVERA, "--quick", "--paths", "200", "--compare"], &set[..]].concat();
    let output = run(&shown, b"");
    let plan = text(&output.stdout);
    for expected in ["What the changes do", "assumptions.inflation=0.035", "Before", "After", "points"] {
        assert!(plan.contains(expected), "{expected}: {plan}");
    }
}

#[test]
fn a_setting_that_is_wrong_is_refused_with_its_path() {
    let cases = [
        ("people[9].retirementAge=65", "people[9].retirementAge: ", "[index.out_of_range]"),
        ("people[nobody].retirementAge=65", "people[nobody].retirementAge: ", "[name.unknown]"),
        ("people[0].retirementAge=soon", "people[0].retirementAge: ", "[input.invalid]"),
        ("people[0].colour=red", "people[0].colour: ", "[input.unknown_field]"),
        ("name.first=Ana", "name.first: ", "[input.invalid]"),
    ];
    for (setting, path, code) in cases {
        let output = run(&["plan", RIVERA, "--set", setting], b"");
        refused(&output, 2, code);
        assert!(text(&output.stderr).starts_with(path), "{}", text(&output.stderr));
    }
    for arguments in
        [&["--set", "name"][..], &["--compare"], &["--set", "a=1", "--retirement-plan", "x", "--json"]]
    {
        let output = run(&[&["plan", RIVERA], arguments].concat(), b"");
        refused(&output, 2, "error: ");
    }
}

#[test]
fn the_retirement_plan_of_a_household_can_be_written_and_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("retirement.json").display().to_string();
    let written = run(&["plan", RIVERA, "--paths", "200", "--seed", "3", "--retirement-plan", &file], b"");
    assert!(written.status.success(), "{}", text(&written.stderr));
    let result = run(&["call", "retirement.run", "--input", &file], b"");
    let result: Value = serde_json::from_slice(&result.stdout).expect("JSON");
    let plan = run(&["plan", RIVERA, "--paths", "200", "--seed", "3", "--quick", "--json"], b"");
    let plan: Value = serde_json::from_slice(&plan.stdout).expect("JSON");
    assert_eq!(result, plan["result"]);
}

#[test]
fn a_plan_as_json_is_the_result_of_the_operation() {
    let household = std::fs::read_to_string(RIVERA).expect("the example");
    let input = format!(r#"{{"household": {household}, "paths": 300, "seed": 11}}"#);
    let mut expected = wherewithal_contract::call("plan.build", input.as_bytes()).expect("a plan");
    expected.push(b'\n');
    let output = run(&["plan", RIVERA, "--json", "--paths", "300", "--seed", "11"], b"");
    assert_eq!(output.stdout, expected);
    let from_input = run(&["plan", "-", "--json", "--paths", "300", "--seed", "11"], household.as_bytes());
    assert_eq!(from_input.stdout, expected);
}

#[test]
fn a_plan_as_a_page_is_one_file_that_needs_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("plan.html");
    std::fs::write(&file, "an older one").expect("a written file");
    let output = run(&["plan", RIVERA, "--paths", "300", "--html", &file.display().to_string()], b"");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    let page = std::fs::read_to_string(&file).expect("the page");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "the page is whole");
    assert!(page.contains("<svg") && page.contains("Will it last?"));
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 1, "there is no other file");

    let nowhere = Path::new("/nowhere/plan.html").display().to_string();
    refused(&run(&["plan", RIVERA, "--paths", "10", "--html", &nowhere], b""), 6, "[file.unwritable]");
}

#[test]
fn a_document_that_is_no_household_is_refused_with_the_path_inside_it() {
    refused(&run(&["plan", "-"], b"name: Rivera"), 2, "[input.malformed]");
    refused(&run(&["plan", "/nowhere.json"], b""), 6, "[file.unreadable]");
    let household = std::fs::read_to_string(RIVERA).expect("the example");
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut document: Value = serde_json::from_str(&household).expect("JSON");
        change(&mut document);
        document.to_string().into_bytes()
    };
    let unknown = changed(&|document| document["accounts"][0]["colour"] = "red".into());
    refused(&run(&["plan", "-"], &unknown), 2, "accounts[0].colour: unknown field");
    let twice = changed(&|document| document["accounts"][1]["id"] = document["accounts"][0]["id"].clone());
    let output = run(&["plan", "-"], &twice);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("accounts[1].id: "), "{}", text(&output.stderr));
    refused(&run(&["plan", RIVERA, "--paths", "0"], b""), 2, "paths: ");
}

/// A server as a process. It is ended when this is dropped.
struct Serving {
    child: Child,
    address: String,
    greeting: String,
}

impl Serving {
    fn start(arguments: &[&str], folder: &Path) -> Self {
        let mut child = wherewithal()
            .arg("serve")
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut output = BufReader::new(child.stdout.take().expect("its standard output"));
        let mut greeting = String::new();
        while !greeting.contains("database:") {
            assert_ne!(output.read_line(&mut greeting).expect("a line"), 0, "{greeting}");
        }
        let address = greeting.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let address = address.expect("an address").to_owned();
        Self { child, address, greeting }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = std::net::TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n")
            .expect("a sent request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn serve_demo_shows_the_plan_of_the_demo_household_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Serving::start(&["--demo"], folder.path());
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200 "));
    let page = server.get("/");
    assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
    for expected in ["Rivera", "Where you stand", "Will it last?", "<svg class=\"chart wide\""] {
        assert!(page.contains(expected), "{expected}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn serve_keeps_its_database_in_the_current_directory_and_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Serving::start(&[], folder.path());
    assert!(server.greeting.contains("wherewithal.db"), "{}", server.greeting);
    assert!(folder.path().join("wherewithal.db").exists());
    assert!(server.get("/").contains("--demo"));
    drop(server);
    let again = Serving::start(&["--database", "wherewithal.db"], folder.path());
    assert!(again.get("/readyz").starts_with("HTTP/1.1 200 "));
}

#[cfg(unix)]
#[test]
fn serve_ends_in_order_when_it_is_asked_to() {
    for name in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut server = Serving::start(&["--demo"], folder.path());
        server.signal(name);
        let started = moment();
        let status = server.child.wait().expect("the server ends");
        assert_eq!(status.code(), Some(0), "{name}");
        assert!(started.elapsed() < Duration::from_secs(5), "{name}: {:?}", started.elapsed());
    }
}

#[test]
fn a_port_that_is_taken_is_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = run(&["serve", "--demo", "--listen", &address], b"");
    refused(&output, 6, "[listen.address.in_use]");
    assert!(text(&output.stderr).contains(&address));
    refused(&run(&["serve", "--demo", "--listen", "nonsense"], b""), 6, "[listen.address.invalid]");
    refused(&run(&["serve", "--demo", "--listen", "192.0.2.1:80"], b""), 6, "[listen.address.invalid]");
}

#[test]
fn a_database_that_cannot_be_opened_is_reported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = folder.path().display().to_string();
    let text_file = folder.path().join("not-a-database.db");
    std::fs::write(&text_file, "this is not a database, whatever its name says\n".repeat(50))
        .expect("a file");
    for location in
        [&directory, &text_file.display().to_string(), "/nowhere/at/all.db", "postgres://127.0.0.1:1/none"]
    {
        let output = run(&["serve", "--listen", "127.0.0.1:0", "--database", location], b"");
        refused(&output, 6, "[store.unavailable]");
    }
    let strange = run(&["serve", "--listen", "127.0.0.1:0", "--database", "mysql://127.0.0.1/x"], b"");
    refused(&strange, 2, "[store.location.invalid]");
}

#[test]
fn an_example_is_an_input_to_start_from() {
    for operation in wherewithal_contract::registry().operations() {
        let example = run(&["example", operation.name()], b"");
        assert!(example.status.success(), "{}: {}", operation.name(), text(&example.stderr));
        let value: Value = serde_json::from_slice(&example.stdout).expect("JSON");
        assert!(value.is_object(), "{}", operation.name());
    }
    let example = run(&["example", "debt.amortize"], b"");
    assert!(text(&example.stdout).starts_with("{\n  \""), "{}", text(&example.stdout));
    assert!(run(&["call", "debt.amortize"], &example.stdout).status.success());
    refused(&run(&["example", "amortize"], b""), 5, "did you mean \"debt.amortize\"?");
}

#[test]
fn an_answer_is_indented_on_request() {
    let line = run(&["call", "debt.amortize"], LOAN).stdout;
    let indented = run(&["call", "debt.amortize", "--layout", "indented"], LOAN).stdout;
    assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
    assert!(text(&indented).starts_with("{\n  \"payment\": \"2528.27\",\n"), "{}", &text(&indented)[..80]);
    let [one, other] = [line, indented].map(|text| serde_json::from_slice::<Value>(&text).expect("JSON"));
    assert_eq!(one, other);
}

#[test]
fn a_type_has_a_schema_and_a_document_may_name_it() {
    let schema = run(&["schema", "Household"], b"");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("a schema");
    assert_eq!(schema["properties"]["$schema"]["type"], "string");
    refused(&run(&["schema", "Househould"], b""), 5, "did you mean \"Household\"?");

    let with_schema = text(LOAN).replacen('{', "{\"$schema\": \"loan.schema.json\", ", 1);
    let answer = run(&["call", "debt.amortize"], with_schema.as_bytes());
    assert_eq!(answer.stdout, run(&["call", "debt.amortize"], LOAN).stdout);
}

#[test]
fn completions_know_the_operations() {
    // The others complete the commands and their options alone.
    for (shell, word) in
        [("bash", "debt.amortize"), ("zsh", "debt.amortize"), ("fish", "layout"), ("powershell", "layout")]
    {
        let script = run(&["completions", shell], b"");
        assert!(script.status.success(), "{}", text(&script.stderr));
        assert!(text(&script.stdout).contains(word), "{shell}");
    }
}
