//! `footfall dax`: what it refuses, and how it ends.

use crate::common::House;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const AWS: [(&str, &str); 3] = [("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local"), ("AWS_EC2_METADATA_DISABLED", "true")];

fn refused(house: &House, words: &[&str]) -> (i32, String) {
    let output = house.command(&[&["dax"], words].concat()).envs(AWS).output().expect("it runs");
    (output.status.code().expect("an exit code"), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let house = House::new();
    let bad_keys = house.file("keys", "one\n");
    let bad_keys = bad_keys.to_str().expect("UTF-8");
    for (words, says) in [
        (&["--listen", "0.0.0.0:0", "--region", "local"][..], "--keys-file"),
        (&["--dynamodb", "127.0.0.1:8000", "--region", "local"], "--dynamodb"),
        (&["--item-ttl", "5", "--region", "local"], "such as 90s"),
        (&["--item-memory", "much", "--region", "local"], "such as 256MiB"),
        (&["--keys-file", bad_keys, "--region", "local"], "line 1"),
        (&["--tls-cert", "chain.pem", "--region", "local"], "--tls-key"),
        (&["--listen", "127.0.0.1:0"], "which region?"),
    ] {
        let (code, message) = refused(&house, words);
        assert!(code == 2 && message.contains(says), "{words:?}: {code}: {message}");
    }
    let (code, message) = refused(&house, &["--listen", "127.0.0.1:0", "--region", "local", "--tls-cert", "a.pem", "--tls-key", "b.pem"]);
    assert!(code == 1 && message.contains("a.pem"), "{message}");
}

#[test]
fn it_says_where_it_listens_and_ends_in_good_order() {
    let house = House::new();
    let words = ["dax", "--listen", "127.0.0.1:0", "--dynamodb", "http://127.0.0.1:1", "--region", "local"];
    let mut child =
        house.command(&words).envs(AWS).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let address = line.trim().rsplit("dax://").next().expect("an address").to_owned();
    let health = crate::common::Client::new().get(&format!("http://{address}/healthz"));
    assert_eq!(health.status, 200, "{}", health.text());
    let (_, message) = refused(&house, &["--listen", "127.0.0.1:0", "--region", "local"]);
    assert!(message.contains("another folder with --data"), "{message}");
    let ended = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill exists");
    assert!(ended.success());
    assert!(child.wait().expect("it ends").success());
}
