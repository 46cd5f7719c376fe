use super::*;
use crate::config::LogFormat;

fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("footfall.toml");
    std::fs::write(&path, text).expect("written");
    (folder, Flags { config: Some(path), ..Flags::default() })
}

fn refused(text: &str) -> String {
    let (_folder, flags) = file(text);
    load(&Environment::default(), &flags).expect_err("refused").to_string()
}

#[test]
fn with_nothing_said_everything_is_embedded_under_data() {
    let config = load(&Environment::default(), &Flags::default()).expect("a configuration");
    assert_eq!(config, Config::default());
    assert_eq!(config.data, PathBuf::from("./data"));
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8000");
}

#[test]
fn flags_win_over_environment_and_environment_over_the_file() {
    let (_folder, mut flags) = file("data = \"from-file\"\n[server]\nlisten = \"127.0.0.1:1\"\n[log]\nformat = \"json\"");
    let environment: Environment = [("FOOTFALL_LISTEN", "127.0.0.1:2"), ("FOOTFALL_DATA", "from-environment")].into_iter().collect();
    flags.data = Some("from-flag".into());
    let config = load(&environment, &flags).expect("a configuration");
    assert_eq!(config.data, PathBuf::from("from-flag"));
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.log.format, LogFormat::Json);
}

#[test]
fn an_unknown_key_is_refused_and_the_right_one_is_named() {
    assert!(refused("[server]\nlisen = \"127.0.0.1:1\"").contains("did you mean 'server.listen'?"));
    assert!(refused("[sever]\nlisten = \"127.0.0.1:1\"").contains("did you mean 'server'?"));
    assert!(refused("listen = \"127.0.0.1:1\"").contains("did you mean 'server.listen'?"));
}

#[test]
fn an_unknown_variable_is_refused_too() {
    let environment: Environment = [("FOOTFALL_LISTN", "127.0.0.1:1")].into_iter().collect();
    let message = load(&environment, &Flags::default()).expect_err("refused").to_string();
    assert!(message.contains("did you mean 'FOOTFALL_LISTEN'?"), "{message}");
}

#[test]
fn values_that_do_not_fit_are_refused_in_words() {
    for (text, says) in [
        ("[server]\nlisten = \"nowhere\"", "socket address"),
        ("[ingest]\nevent_path = \"e\"", "begins with /"),
        ("[ingest]\nevent_path = \"/pixel.gif\"", "different paths"),
        ("[ingest]\nscript_path = \"/login\"", "belongs to Footfall"),
        ("[ingest]\nevent_path = \"/api/send\"", "belongs to Footfall"),
        ("[server]\npublic_url = \"stats.example.com\"", "scheme and host"),
        ("[backends]\neventlog = \"kafka://a/b\"", "no backend 'kafka'"),
        ("[server]\ntrusted_proxies = [\"proxy.example\"]", "no address or network"),
        ("[backends]\nstore = \"dynamodb://a/b\"", "names no table"),
        ("[backends]\nreads = \"dax://cache:8111\"", "this store is a file"),
        ("[log", "is no TOML"),
    ] {
        let message = refused(text);
        assert!(message.contains(says), "{text}: {message}");
    }
}

#[test]
fn every_setting_of_the_list_exists_and_every_existing_one_is_listed() {
    let table: Table = Config::default().to_toml().parse().expect("TOML");
    let mut printed: Vec<String> = Vec::new();
    for (key, value) in &table {
        match value {
            Value::Table(inner) => printed.extend(inner.keys().map(|name| format!("{key}.{name}"))),
            _ => printed.push(key.clone()),
        }
    }
    let mut listed: Vec<String> = SETTINGS.iter().map(Setting::path).collect();
    printed.sort();
    listed.sort();
    assert_eq!(printed, listed);
}

#[test]
fn every_setting_can_be_given_by_the_environment() {
    let table: Table = Config::default().to_toml().parse().expect("TOML");
    for setting in SETTINGS {
        let holder = if setting.section.is_empty() { &table } else { table[setting.section].as_table().expect("a section") };
        let text = match &holder[setting.key] {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        let environment: Environment = [(setting.variable(), text)].into_iter().collect();
        let config = load(&environment, &Flags::default()).unwrap_or_else(|error| panic!("{}: {error}", setting.variable()));
        assert_eq!(config, Config::default(), "{}", setting.variable());
    }
}

#[test]
fn the_manual_names_every_setting() {
    let manual = include_str!("../../../docs/configuration.md");
    for setting in SETTINGS {
        assert!(manual.contains(&format!("`{}`", setting.key)), "docs/configuration.md does not explain {}", setting.path());
        assert!(manual.contains(&setting.variable()), "docs/configuration.md does not name {}", setting.variable());
    }
}

#[test]
fn what_is_printed_can_be_read_again() {
    let (_folder, flags) = file(&Config::default().to_toml());
    assert_eq!(load(&Environment::default(), &flags).expect("a configuration"), Config::default());
}

#[test]
fn the_secret_key_comes_from_its_variable_and_is_never_shown() {
    let hex = "5a".repeat(32);
    let with = |value: &str| [(SECRET_KEY_VARIABLE, value.to_owned())].into_iter().collect::<Environment>();
    let config = load(&with(&hex), &Flags::default()).expect("a configuration");
    assert_eq!(config.secret_key.as_ref().map(footfall_store::SecretKey::to_hex), Some(hex.clone()));
    assert!(!config.to_toml().contains("5a5a") && !format!("{config:?}").contains("5a5a"));
    let message = load(&with("5a5a"), &Flags::default()).expect_err("too short").to_string();
    assert!(message.contains(SECRET_KEY_VARIABLE) && !message.contains("5a5a"), "{message}");
    let (_folder, flags) = file("[backends]\nsecret_key_file = \"key\"");
    let message = load(&with(&hex), &flags).expect_err("two keys").to_string();
    assert!(message.contains("leave one of them out"), "{message}");
}
