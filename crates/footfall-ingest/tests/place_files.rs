//! Place files in both schemas, written here byte by byte (the MaxMind DB format, version 2.0).

use footfall_ingest::{BuiltInCountries, FirstKnown, PlaceFile, Places};
use std::net::IpAddr;

/// A value of the format.
enum Value {
    Text(&'static str),
    Short(u16),
    Number(u32),
    Long(u64),
    List(Vec<Value>),
    Map(Vec<(&'static str, Value)>),
}

fn control(kind: u8, size: usize) -> Vec<u8> {
    assert!(size < 285, "a short value");
    let (low, extra) = if size < 29 { (size as u8, None) } else { (29, Some((size - 29) as u8)) };
    let head = if kind <= 7 { vec![kind << 5 | low] } else { vec![low, kind - 7] };
    head.into_iter().chain(extra).collect()
}

fn encoded(value: &Value) -> Vec<u8> {
    match value {
        Value::Text(text) => [control(2, text.len()), text.as_bytes().to_vec()].concat(),
        Value::Short(number) => [control(5, 2), number.to_be_bytes().to_vec()].concat(),
        Value::Long(number) => [control(9, 8), number.to_be_bytes().to_vec()].concat(),
        Value::Number(number) => [control(6, 4), number.to_be_bytes().to_vec()].concat(),
        Value::List(items) => control(11, items.len()).into_iter().chain(items.iter().flat_map(encoded)).collect(),
        Value::Map(pairs) => {
            let entries = pairs.iter().flat_map(|(name, value)| [encoded(&Value::Text(name)), encoded(value)].concat());
            control(7, pairs.len()).into_iter().chain(entries).collect()
        }
    }
}

/// A database of IPv4 addresses in which 1.0.0.0/8 has one record.
fn database(record: &Value) -> Vec<u8> {
    const NODES: u32 = 8;
    let none = NODES;
    let mut tree = Vec::new();
    for bit in 0..NODES {
        // 1 is seven times 0, then 1.
        let next = if bit == 7 { NODES + 16 } else { bit + 1 };
        let (zero, one) = if bit == 7 { (none, next) } else { (next, none) };
        tree.extend([zero, one].iter().flat_map(|node| node.to_be_bytes()[1..].to_vec()));
    }
    let metadata = Value::Map(vec![
        ("node_count", Value::Number(NODES)),
        ("record_size", Value::Short(24)),
        ("ip_version", Value::Short(4)),
        ("database_type", Value::Text("Test-City")),
        ("languages", Value::List(vec![Value::Text("en")])),
        ("binary_format_major_version", Value::Short(2)),
        ("binary_format_minor_version", Value::Short(0)),
        ("build_epoch", Value::Long(1_700_000_000)),
        ("description", Value::Map(vec![("en", Value::Text("a test"))])),
    ]);
    [tree, vec![0; 16], encoded(record), b"\xab\xcd\xefMaxMind.com".to_vec(), encoded(&metadata)].concat()
}

fn opened(record: &Value) -> (tempfile::TempDir, PlaceFile) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("places.mmdb");
    std::fs::write(&path, database(record)).expect("written");
    let file = PlaceFile::open(&path).expect("a place file");
    (folder, file)
}

fn place(places: &dyn Places, text: &str) -> (String, String, String) {
    let address: IpAddr = text.parse().expect("an address");
    let place = places.place(address);
    (place.country, place.region, place.city)
}

fn of(country: &str, region: &str, city: &str) -> (String, String, String) {
    (country.to_owned(), region.to_owned(), city.to_owned())
}

#[test]
fn a_flat_file_is_read() {
    let (_folder, file) = opened(&Value::Map(vec![
        ("city", Value::Text("Bern")),
        ("country_code", Value::Text("CH")),
        ("latitude", Value::Number(46)),
        ("state1", Value::Text("Kanton Bern")),
        ("timezone", Value::Text("Europe/Zurich")),
    ]));
    assert_eq!(place(&file, "1.2.3.4"), of("CH", "Kanton Bern", "Bern"));
    assert_eq!(place(&file, "::ffff:1.2.3.4"), of("CH", "Kanton Bern", "Bern"));
    assert_eq!(place(&file, "2.2.3.4"), of("", "", ""));
    assert_eq!(place(&file, "2001:db8::1"), of("", "", ""), "a file of IPv4 addresses knows no others");
    assert_eq!(file.version(), "Test-City 1700000000");
}

#[test]
fn a_nested_file_is_read() {
    let named = |name| {
        Value::Map(vec![
            ("geoname_id", Value::Number(1)),
            ("names", Value::Map(vec![("de", Value::Text("anders")), ("en", Value::Text(name))])),
        ])
    };
    let country = Value::Map(vec![("iso_code", Value::Text("CH")), ("names", Value::Map(vec![("en", Value::Text("Switzerland"))]))]);
    let (_folder, file) = opened(&Value::Map(vec![
        ("city", named("Bern")),
        ("continent", Value::Map(vec![("code", Value::Text("EU"))])),
        ("country", country),
        ("registered_country", Value::Map(vec![("iso_code", Value::Text("DE"))])),
        ("subdivisions", Value::List(vec![named("Kanton Bern"), named("Stadt")])),
    ]));
    assert_eq!(place(&file, "1.2.3.4"), of("CH", "Kanton Bern", "Bern"));
}

#[test]
fn a_record_may_be_sparse() {
    let (_folder, file) = opened(&Value::Map(vec![("registered_country", Value::Map(vec![("iso_code", Value::Text("DE"))]))]));
    assert_eq!(place(&file, "1.2.3.4"), of("DE", "", ""));
    let (_folder, file) = opened(&Value::Map(vec![("asn", Value::Number(1))]));
    assert_eq!(place(&file, "1.2.3.4"), of("", "", ""));
}

#[test]
fn what_a_file_does_not_know_the_built_in_list_may() {
    let (_folder, file) = opened(&Value::Map(vec![("country_code", Value::Text("CH")), ("city", Value::Text("Bern"))]));
    let places = FirstKnown(vec![Box::new(file), Box::new(BuiltInCountries::new())]);
    assert_eq!(place(&places, "1.2.3.4"), of("CH", "", "Bern"));
    assert_eq!(place(&places, "8.8.8.8"), of("US", "", ""));
    assert_eq!(place(&places, "127.0.0.1"), of("", "", ""));
}

#[test]
fn a_file_that_is_none_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("places.mmdb");
    std::fs::write(&path, b"no database").expect("written");
    let Err(error) = PlaceFile::open(&path) else { panic!("it opened") };
    assert!(error.to_string().contains("places.mmdb cannot be read"), "{error}");
    assert!(PlaceFile::open(&folder.path().join("missing.mmdb")).is_err());
}
