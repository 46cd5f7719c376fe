//! Commands: with a server and without, and what they say when something is wrong.

use crate::common::House;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

const COMMANDS: [&[&str]; 31] = [
    &["serve"],
    &["site"],
    &["site", "add"],
    &["site", "list"],
    &["site", "remove"],
    &["site", "reset"],
    &["site", "exclude"],
    &["site", "exclude", "add"],
    &["site", "exclude", "list"],
    &["site", "exclude", "remove"],
    &["site", "retention"],
    &["user"],
    &["user", "add"],
    &["user", "list"],
    &["user", "remove"],
    &["user", "password"],
    &["key"],
    &["key", "add"],
    &["key", "list"],
    &["key", "remove"],
    &["goal"],
    &["goal", "add"],
    &["goal", "list"],
    &["goal", "remove"],
    &["segment"],
    &["segment", "add"],
    &["segment", "list"],
    &["segment", "remove"],
    &["import"],
    &["query"],
    &[],
];

#[test]
fn every_command_has_help_with_an_example() {
    let house = House::new();
    for words in COMMANDS {
        let help = house.ok(&[words, &["--help"]].concat());
        assert!(help.contains("Usage:"), "{words:?}: {help}");
        let example = help.split_once("Example:\n").map_or("", |(_, example)| example);
        assert!(example.contains("footfall "), "{words:?}: {help}");
    }
    assert!(!house.data().exists(), "help touches nothing");
}

#[test]
fn nonsense_ends_with_2_and_failure_with_1() {
    let house = House::with_sites(&["example.com"]);
    for (words, code, says) in [
        (&["dance"][..], 2, "unrecognized subcommand"),
        (&["site", "add"], 2, "required"),
        (&["key", "add", "--scope", "wizard"], 2, "possible values: stats, events, sites, admin"),
        (&["site", "add", "not a domain"], 2, "is no domain; write one such as example.com"),
        (&["site", "add", "b.example", "--timezone", "Mars/Base"], 2, "is no IANA time zone"),
        (&["site", "add", "www.Example.com"], 1, "there is a site example.com already"),
        (&["site", "remove", "example.com"], 2, "say --yes"),
        (&["site", "reset", "example.com"], 2, "say --yes"),
        (&["site", "remove", "other.example", "--yes"], 1, "there is no site other.example; `footfall site list` shows all"),
        (&["key", "add", "--scope", "stats", "--site", "other.example"], 1, "there is no site other.example"),
        (&["key", "remove", "99"], 1, "there is no key 99"),
        (&["user", "remove", "nobody@example.com"], 1, "there is no user nobody@example.com"),
        (&["site", "role", "example.com", "nobody@example.com", "viewer"], 1, "`footfall user add nobody@example.com --member` adds one"),
        (&["site", "role", "example.com", "no address", "viewer"], 2, "is no"),
        (&["site", "role", "other.example", "nobody@example.com", "viewer"], 1, "there is no site other.example"),
        (&["user", "add", "ada@example.com"], 2, "--password-stdin"),
        (&["goal", "add", "--site", "example.com"], 2, "--event <NAME>"),
        (&["goal", "add", "--site", "example.com", "--event", "Buy", "--page", "/"], 2, "cannot be used with"),
        (&["goal", "add", "--site", "example.com", "--event", "Buy", "--prop", "plan"], 2, "NAME=VALUE"),
        (&["goal", "add", "--site", "example.com", "--event", "pageview"], 2, "is no custom event"),
        (&["goal", "add", "--site", "example.com", "--page", "blog"], 2, "begins with '/'"),
        (&["goal", "add", "--site", "example.com", "--page", "/", "--scroll", "101"], 2, "1 to 100"),
        (&["goal", "add", "--site", "example.com", "--event", "Buy", "--currency", "shells"], 2, "currency"),
        (&["goal", "add", "--site", "other.example", "--event", "Buy"], 1, "there is no site other.example"),
        (&["goal", "add", "--site", "example.com", "--event", "Buy", "--prop", "plan=a", "--prop", "plan=b"], 2, "named twice"),
        (&["goal", "list", "--site", "other.example"], 1, "there is no site other.example"),
        (&["goal", "remove", "--site", "example.com", "7"], 1, "there is no such goal"),
        (&["goal", "remove", "--site", "example.com", "first"], 2, "invalid value 'first'"),
        (&["segment", "add", "--site", "example.com", "All", "[]"], 2, "needs a filter"),
        (&["segment", "add", "--site", "example.com", "All", "{"], 2, "no JSON"),
        (&["segment", "add", "--site", "example.com", "Odd", r#"[["is", "visit:mood", ["good"]]]"#], 2, "visit:mood"),
        (&["segment", "add", "--site", "example.com", "Buyers", r#"[["is", "event:goal", ["Buy"]]]"#], 2, "has no goal 'Buy'"),
        (&["segment", "add", "--site", "example.com", "More", r#"[["is", "segment", [1]]]"#], 2, "cannot name a segment"),
        (&["segment", "add", "--site", "example.com", "", r#"[["is", "event:page", ["/"]]]"#], 2, "a name of 1 to 100 characters"),
        (&["segment", "remove", "--site", "example.com", "7"], 1, "there is no such segment"),
        (&["query", "/does/not/exist"], 1, "cannot open the query /does/not/exist"),
        (&["--config", "/does/not/exist", "site", "list"], 1, "cannot read the configuration file"),
        (&["import", "--site", "example.com", "."], 2, "is a folder: name its files"),
        (&["import", "--site", "example.com", "/does/not/exist"], 1, "/does/not/exist"),
    ] {
        let (found, message) = house.fails(words);
        assert_eq!(found, code, "{words:?}: {message}");
        assert!(message.contains(says), "{words:?}: {message}");
        assert!(!message.contains("panicked"), "{message}");
    }
}

#[test]
fn a_query_that_makes_no_sense_ends_with_2_and_names_the_field() {
    let house = House::with_sites(&["example.com"]);
    for (query, says) in [("no json", "no JSON"), (r#"{"site_id": "example.com", "metrics": ["joy"], "date_range": "day"}"#, "metrics")] {
        let output = house.run_with_input(&["query", "-"], query.as_bytes());
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{query}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let output = house.run_with_input(&["query", "-"], br#"{"site_id": "other.example", "metrics": ["visitors"], "date_range": "day"}"#);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn unknown_settings_are_refused_with_the_name_that_was_meant() {
    let house = House::new();
    let file = house.file("footfall.toml", "[server]\nlisen = \"127.0.0.1:1\"\n");
    let (code, message) = house.fails(&["--config", file.to_str().expect("UTF-8"), "serve"]);
    assert_eq!(code, 2);
    assert!(message.contains("did you mean 'server.listen'?"), "{message}");
    let output = house.command(&["site", "list"]).env("FOOTFALL_LISTN", "x").output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean 'FOOTFALL_LISTEN'?"));
}

#[test]
fn the_settings_can_be_printed_and_used_again() {
    let house = House::new();
    let printed = house.ok(&["serve", "--listen", "127.0.0.1:4711", "--print-config"]);
    assert!(printed.contains("listen = \"127.0.0.1:4711\""), "{printed}");
    let file = house.file("footfall.toml", &printed);
    assert_eq!(house.ok(&["--config", file.to_str().expect("UTF-8"), "serve", "--print-config"]), printed);
    assert!(!house.data().exists());
}

/// Everything a command does, with nobody else there.
#[test]
fn commands_work_while_the_server_is_stopped() {
    let house = House::new();
    every_command(&house);
}

/// The same while a server owns the folder: it is asked over its socket.
#[test]
fn commands_work_while_the_server_runs() {
    let house = House::new();
    let server = house.serve();
    every_command(&house);
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");
}

fn every_command(house: &House) {
    assert_eq!(
        house.ok(&["site", "add", "https://www.Example.com/page", "--timezone", "Asia/Tokyo"]),
        "Added example.com, time zone Asia/Tokyo.\n"
    );
    house.ok(&["site", "add", "b.example"]);
    let sites = house.ok(&["site", "list"]);
    assert!(sites.starts_with("DOMAIN") && sites.contains("b.example    UTC") && sites.contains("example.com  Asia/Tokyo"), "{sites}");
    house.ok(&["site", "reset", "example.com", "--timezone", "UTC", "--yes"]);
    assert!(house.ok(&["site", "list"]).contains("example.com  UTC"));

    let added = house.run_with_input(&["user", "add", "Ada@Example.com", "--password-stdin"], b"correct horse\n");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let again = house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], b"correct horse\n");
    assert_eq!(again.status.code(), Some(1));
    let short = house.run_with_input(&["user", "password", "ada@example.com", "--password-stdin"], b"short\n");
    assert_eq!(short.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&short.stderr).contains("use at least"));
    assert!(house.run_with_input(&["user", "password", "ada@example.com", "--password-stdin"], b"battery staple").status.success());
    assert!(house.ok(&["user", "list"]).contains("ada@example.com"));
    house.ok(&["user", "remove", "ada@example.com"]);
    assert!(!house.ok(&["user", "list"]).contains("ada@example.com"));

    let added = house.run(&["key", "add", "--site", "example.com", "--scope", "stats", "--name", "report"]);
    let key = String::from_utf8(added.stdout).expect("UTF-8");
    assert!(key.starts_with("ff_") && key.trim().len() == 46 && key.lines().count() == 1, "the key alone: {key}");
    let keys = house.ok(&["key", "list"]);
    assert!(keys.contains("stats  example.com  report") && !keys.contains(key.trim()), "{keys}");
    house.ok(&["key", "remove", "1"]);
    assert_eq!(house.ok(&["key", "list"]).lines().count(), 1);

    name_things(house);
    let answer = house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"}));
    assert_eq!(answer["results"], json!([{"dimensions": [], "metrics": [0]}]));
    house.ok(&["site", "remove", "b.example", "--yes"]);
    assert!(!house.ok(&["site", "list"]).contains("b.example"));
}

/// Goals and segments of `example.com`.
fn name_things(house: &House) {
    let of_site = ["--site", "example.com"];
    let goal = |words: &[&str]| house.ok(&[&["goal"], words, &of_site].concat());
    assert_eq!(goal(&["add", "--event", "Buy", "--prop", "plan=pro", "--currency", "eur"]), "Added goal 1, Buy.\n");
    assert_eq!(goal(&["add", "--page", "/blog/*", "--scroll", "75", "--name", "Read it"]), "Added goal 2, Read it.\n");
    let (code, message) =
        house.fails(&[&["goal", "add", "--page", "/blog/*", "--scroll", "75", "--name", "Read it"][..], &of_site].concat());
    assert!(code == 1 && message.contains("such a goal already"), "{message}");
    let goals = goal(&["list"]);
    assert!(
        goals.contains("1       Buy      event Buy plan=pro        EUR") && goals.contains("2       Read it  page /blog/*, 75 % of it"),
        "{goals}"
    );
    goal(&["remove", "1"]);
    assert_eq!(goal(&["list"]).lines().count(), 2);

    let segment = |words: &[&str]| house.ok(&[&["segment"], words, &of_site].concat());
    assert_eq!(segment(&["add", "Germans", r#"[["is", "visit:country", ["DE"]]]"#]), "Added segment 3, Germans.\n");
    let segments = segment(&["list"]);
    assert!(segments.contains(r#"3       Germans  [["is","visit:country",["DE"]]]"#), "{segments}");
    let asked = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day", "filters": [["is", "segment", [3]]]});
    assert_eq!(house.query(asked)["results"], json!([{"dimensions": [], "metrics": [0]}]));
    segment(&["remove", "3"]);
    assert_eq!(segment(&["list"]).lines().count(), 1);
}

#[test]
fn a_folder_has_one_server() {
    let house = House::new();
    let server = house.serve();
    let (code, message) = house.fails(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 1);
    assert!(message.contains(&format!("process {} (`footfall serve`) owns the data folder", server.number())), "{message}");
}

#[test]
fn a_server_is_told_that_an_import_is_under_way() {
    let house = House::with_sites(&["example.com"]);
    let mut import = house.command(&["import", "--site", "example.com", "-"]);
    let mut import = import.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().expect("it runs");
    let note = format!("{}\nfootfall import\n", import.id());
    crate::common::eventually(std::time::Duration::from_secs(10), "the import owns the folder", || {
        std::fs::read_to_string(house.data().join("footfall.lock")).is_ok_and(|text| text == note)
    });
    let (code, message) = house.fails(&["serve", "--listen", "127.0.0.1:0"]);
    drop(import.stdin.take());
    assert_eq!(code, 1);
    let words = format!("process {} (`footfall import`) owns the data folder", import.id());
    assert!(message.contains(&words) && message.contains("until it is done"), "{message}");
    let _ = import.wait();
}

#[test]
fn an_address_in_use_is_named() {
    let house = House::new();
    let other = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
    let (code, message) = house.fails(&["serve", "--listen", &other.local_addr().expect("an address").to_string()]);
    assert_eq!(code, 1);
    assert!(message.contains("cannot listen on") && message.contains("--listen names another address"), "{message}");
}

#[test]
fn a_folder_whose_path_is_too_long_for_a_socket_works_too() {
    let house = House::new();
    let long = house.path(&"x".repeat(180)).join("data");
    let long = long.to_str().expect("UTF-8");
    let mut command = house.command(&["serve", "--listen", "127.0.0.1:0", "--data", long]);
    command.env_remove("FOOTFALL_DATA");
    let _server = crate::common::Server::start(command);
    house.ok(&["site", "add", "example.com", "--data", long]);
    assert!(house.ok(&["site", "list", "--data", long]).contains("example.com"));
}

#[test]
fn nobody_else_may_look_into_the_data() {
    let house = House::with_sites(&["example.com"]);
    let _server = house.serve();
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&house.data()), 0o700);
    for entry in std::fs::read_dir(house.data()).expect("a folder").flatten() {
        let mode = mode(&entry.path());
        assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", entry.path());
    }
}
