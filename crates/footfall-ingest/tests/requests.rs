//! Bodies and queries as clients send them: what is understood, and what is refused with which words.

use footfall_domain::Revenue;
use footfall_ingest::{Sent, parse_event, parse_pixel};
use proptest::prelude::*;

/// A plain page view of `https://example.com/`, which the tables below change a little.
fn view() -> Sent {
    Sent {
        domains: vec!["example.com".into()],
        name: "pageview".into(),
        url: "https://example.com/".into(),
        interactive: true,
        ..Sent::default()
    }
}

fn sent(body: &str) -> Sent {
    parse_event(body.as_bytes()).unwrap_or_else(|invalid| panic!("{body}: {invalid}"))
}

/// The page view's body with more fields.
fn with(fields: &str) -> Sent {
    sent(&format!(r#"{{"n":"pageview","u":"https://example.com/","d":"example.com",{fields}}}"#))
}

/// The fields a body is refused for.
fn refused(body: &str) -> Vec<String> {
    match parse_event(body.as_bytes()) {
        Ok(sent) => panic!("{body} was understood as {sent:?}"),
        Err(invalid) => invalid.errors.into_keys().collect(),
    }
}

fn props(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn short_and_long_names_mean_the_same() {
    let short = r#"{"n":"Buy","u":"https://example.com/a","d":"example.com","r":"https://b.example/","p":{"x":"y"},"$":{"amount":"1.5","currency":"EUR"},"i":false,"h":1,"w":800}"#;
    let long = r#"{"name":"Buy","url":"https://example.com/a","domain":"example.com","referrer":"https://b.example/","props":{"x":"y"},"revenue":{"amount":"1.5","currency":"EUR"},"interactive":false,"hashMode":1,"screen_width":800}"#;
    let expected = Sent {
        name: "Buy".into(),
        url: "https://example.com/a".into(),
        referrer: "https://b.example/".into(),
        props: props(&[("x", "y")]),
        revenue: Some(Revenue { amount: "1.5".into(), currency: "EUR".into() }),
        interactive: false,
        hash_routing: true,
        screen_width: Some(800),
        ..view()
    };
    assert_eq!(sent(short), expected);
    assert_eq!(sent(long), expected);
}

#[test]
fn a_short_name_without_value_leaves_the_word_to_the_long_one() {
    assert_eq!(sent(r#"{"n":null,"name":"pageview","u":null,"url":"https://example.com/","d":null,"domain":"example.com"}"#), view());
    assert_eq!(sent(r#"{"n":"pageview","name":"x","u":"https://example.com/","url":"y","d":"example.com","domain":"z"}"#), view());
}

#[test]
fn unknown_fields_change_nothing() {
    assert_eq!(with(r#""v":36,"x":[1,{"y":null}],"n2":"z""#), view());
}

#[test]
fn the_domain_is_one_a_list_or_the_host_of_the_url() {
    let domains = |body: &str| sent(body).domains.join(" ");
    assert_eq!(domains(r#"{"n":"pageview","u":"https://x.example/","d":"a.example, www.B.example,a.example,,"}"#), "a.example b.example");
    assert_eq!(domains(r#"{"n":"pageview","u":"https://www.Example.com:8080/a"}"#), "example.com");
    assert_eq!(domains(r#"{"n":"pageview","u":"https://bücher.example/"}"#), "xn--bcher-kva.example");
    assert_eq!(domains(r#"{"n":"pageview","u":"app://localhost/a/b?utm_source=x"}"#), "localhost");
    assert_eq!(refused(r#"{"n":"pageview","u":"https://x.example/","d":""}"#), ["domain"]);
    assert_eq!(refused(r#"{"n":"pageview","u":"https://x.example/","d":" , "}"#), ["domain"]);
    assert_eq!(refused(r#"{"n":"pageview","u":"https://x.example/","d":7}"#), ["domain"]);
    assert_eq!(refused(r#"{"n":"pageview","u":"/no/host"}"#), ["domain"]);
    let many = (0..51).map(|site| format!("s{site}.example")).collect::<Vec<_>>().join(",");
    assert_eq!(refused(&format!(r#"{{"n":"pageview","u":"https://x.example/","d":"{many}"}}"#)), ["domain"]);
}

#[test]
fn a_url_of_any_scheme_but_data_is_a_page() {
    let url = |url: &str| format!(r#"{{"n":"pageview","u":{url},"d":"example.com"}}"#);
    for good in ["app://localhost/a", "/just/a/path", "file:///x", "https://exa mple/", "database://x/"] {
        assert_eq!(sent(&url(&format!("{good:?}"))).url, good);
    }
    for bad in [r#""data:text/html,x""#, r#"" DATA:x""#, r#""da\tta:x""#, r#""""#, r#""  ""#, "null", "7", "{}", "[]", "true"] {
        assert_eq!(refused(&url(bad)), ["url"], "{bad}");
    }
    assert_eq!(sent(&url(&format!("{:?}", format!("https://e.example/{}", "x".repeat(1_982))))).url.len(), 2_000);
    assert_eq!(refused(&url(&format!("{:?}", format!("https://e.example/{}", "x".repeat(1_983))))), ["url"]);
    assert_eq!(refused(r#"{"n":"pageview","d":"example.com"}"#), ["url"]);
}

#[test]
fn a_name_is_text_or_a_whole_number_of_at_most_120_characters() {
    let named = |name: &str| format!(r#"{{"n":{name},"u":"https://example.com/","d":"example.com"}}"#);
    assert_eq!(sent(&named("404")).name, "404");
    assert_eq!(sent(&named("\"Form: Submission\"")).name, "Form: Submission");
    assert_eq!(sent(&named(&format!("{:?}", "ß".repeat(120)))).name, "ß".repeat(120));
    for bad in ["\"\"", "\"  \"", "null", "4.04", "1e3", "true", "[]", "{}", &format!("{:?}", "x".repeat(121))] {
        assert_eq!(refused(&named(bad)), ["event_name"], "{bad}");
    }
}

#[test]
fn a_referrer_is_cut_and_anything_but_text_is_none() {
    assert_eq!(with(&format!(r#""r":"{}""#, "é".repeat(1_001))).referrer, "é".repeat(1_000));
    for none in ["null", "7", "{}", "\"\""] {
        assert_eq!(with(&format!(r#""r":{none}"#)), view(), "{none}");
    }
}

#[test]
fn properties_are_looked_up_in_m_meta_p_props() {
    let kept = |fields: &str| with(fields).props;
    assert_eq!(kept(r#""props":{"a":"4"},"p":{"a":"3"},"meta":{"a":"2"},"m":"{\"a\":\"1\"}""#), props(&[("a", "1")]));
    assert_eq!(kept(r#""props":{"a":"4"},"p":{"a":"3"},"meta":{"a":"2"}"#), props(&[("a", "2")]));
    assert_eq!(kept(r#""props":{"a":"4"},"p":"{\"a\":\"3\"}""#), props(&[("a", "3")]));
    assert_eq!(kept(r#""props":"{\"a\":4}","m":null"#), props(&[("a", "4")]));
    // The first that is there decides, even when it holds no properties.
    assert_eq!(kept(r#""m":"nonsense","p":{"a":"3"}"#), props(&[]));
    for none in ["[]", "7", "true", "\"\"", "\"[1]\"", "\"{\"", "{}"] {
        assert_eq!(kept(&format!(r#""p":{none}"#)), props(&[]), "{none}");
    }
}

#[test]
fn property_values_are_text_numbers_as_written_and_truth() {
    let kept = with(r#""p":{"z":"b c","n":3,"f":12.50,"e":1e3,"ok":true,"no":false,"blank":" ","empty":"","null":null,"list":[1],"object":{"a":1},"":"x","a":"last"}"#).props;
    assert_eq!(kept, props(&[("z", "b c"), ("n", "3"), ("f", "12.50"), ("e", "1e3"), ("ok", "true"), ("no", "false"), ("a", "last")]));
}

#[test]
fn the_first_thirty_properties_are_kept() {
    let listed: Vec<_> = (0..40).rev().map(|at| if at == 35 { format!(r#""p{at}":null"#) } else { format!(r#""p{at}":"{at}""#) }).collect();
    let kept = with(&format!(r#""p":{{{}}}"#, listed.join(","))).props;
    assert_eq!(kept.len(), 30);
    assert_eq!(kept[0].0, "p39");
    assert_eq!(kept[29].0, "p9", "the null one does not count");
}

#[test]
fn properties_too_long_are_refused() {
    let body = |name: usize, value: usize| {
        format!(r#"{{"n":"a","u":"https://example.com/","p":{{"{}":"{}"}}}}"#, "n".repeat(name), "v".repeat(value))
    };
    assert_eq!(sent(&body(300, 2_000)).props.len(), 1);
    assert_eq!(refused(&body(301, 1)), ["props"]);
    assert_eq!(refused(&body(1, 2_001)), ["props"]);
}

#[test]
fn bad_revenue_loses_itself_only() {
    assert_eq!(with(r#""$":{"amount":12.5,"currency":"eur"}"#).revenue, Some(Revenue { amount: "12.5".into(), currency: "EUR".into() }));
    assert_eq!(
        with(r#""revenue":"{\"currency\":\"USD\",\"amount\":9.9}""#).revenue,
        Some(Revenue { amount: "9.9".into(), currency: "USD".into() })
    );
    for bad in ["7", "\"x\"", "{}", r#"{"amount":"x","currency":"EUR"}"#, r#"{"amount":1,"currency":"Euro"}"#] {
        assert_eq!(with(&format!(r#""$":{bad}"#)), view(), "{bad}");
    }
}

#[test]
fn only_false_is_not_interactive_and_only_one_is_hash_routing() {
    for (field, interactive) in [("false", false), ("true", true), ("null", true), ("\"false\"", false), ("\"x\"", true), ("{}", true)] {
        assert_eq!(with(&format!(r#""i":{field}"#)).interactive, interactive, "{field}");
    }
    for (field, hash_routing) in
        [("1", true), ("0", false), ("true", true), ("false", false), ("null", false), ("\"1\"", true), ("[]", false)]
    {
        assert_eq!(with(&format!(r#""h":{field}"#)).hash_routing, hash_routing, "{field}");
    }
}

#[test]
fn engagement_says_time_or_scroll() {
    let engagement = |fields: &str| format!(r#"{{"n":"engagement","u":"https://example.com/","d":"example.com"{fields}}}"#);
    let read = |fields: &str| {
        let sent = sent(&engagement(fields));
        (sent.engaged_ms, sent.scroll_depth)
    };
    assert_eq!(read(r#","e":1379,"sd":73"#), (Some(1_379), Some(73)));
    assert_eq!(read(r#","e":0"#), (Some(0), None));
    assert_eq!(read(r#","sd":0"#), (None, Some(0)));
    assert_eq!(read(r#","sd":140"#), (None, Some(100)));
    assert_eq!(read(r#","sd":255,"e":12.7"#), (Some(12), Some(100)));
    assert_eq!(read(r#","sd":"50","e":"900""#), (Some(900), Some(50)));
    assert_eq!(read(r#","sd":10,"e":2592000000"#), (None, Some(10)), "30 days or more are ignored");
    assert_eq!(read(r#","sd":10,"e":-5"#), (None, Some(10)));
    for nothing in ["", r#","e":null"#, r#","sd":"x""#, r#","e":2592000000"#, r#","sd":-1"#, r#","e":true"#] {
        assert_eq!(refused(&engagement(nothing)), ["engagement"], "{nothing}");
    }
    assert_eq!(with(r#""e":5,"sd":5"#), view(), "only engagement is engaged");
}

#[test]
fn a_body_is_an_object() {
    for body in ["", " ", "[]", "1", "null", "\"x\"", "{", "{\"n\":}", "n=pageview&u=x", "\u{feff}{}"] {
        assert_eq!(refused(body), ["request"], "{body}");
    }
    assert!(parse_event(b"{\"n\":\"\xff\"}").is_err());
}

#[test]
fn everything_wrong_is_said_at_once_in_the_known_shape() {
    let invalid = parse_event(br#"{"n":"","u":7,"d":""}"#).expect_err("three things are wrong");
    let json = serde_json::to_value(&invalid).expect("JSON");
    let errors = json["errors"].as_object().expect("an object");
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["domain", "event_name", "url"]);
    assert_eq!(json["errors"]["domain"][0], "can't be blank; send `d` (or `domain`), the domain the site was added with");
}

#[test]
fn an_id_of_the_clients_own_is_kept() {
    assert_eq!(with(r#""id":"order-7""#).client_id.as_deref(), Some("order-7"));
    assert_eq!(with(r#""id":7"#).client_id.as_deref(), Some("7"));
    assert_eq!(with(r#""id":" ""#).client_id, None);
    assert_eq!(refused(&format!(r#"{{"n":"a","u":"https://e.example/","id":"{}"}}"#, "x".repeat(201))), ["id"]);
}

#[test]
fn a_width_that_no_window_has_is_none() {
    for (field, width) in [("1280", Some(1_280)), ("\"375\"", Some(375)), ("0", None), ("-1", None), ("1e9", None), ("\"wide\"", None)] {
        assert_eq!(with(&format!(r#""w":{field}"#)).screen_width, width, "{field}");
    }
}

#[test]
fn a_pixel_is_a_page_view_of_the_page_that_shows_it() {
    assert_eq!(parse_pixel("d=example.com", Some("https://example.com/")), Ok(view()));
    assert_eq!(parse_pixel("", Some("https://example.com/")), Ok(view()));
    assert_eq!(parse_pixel("u=https%3A%2F%2Fexample.com%2F&_=8471", Some("https://other.example/")), Ok(view()));
    let full = parse_pixel("n=Mail+opened&u=https://example.com/&r=https://b.example/&p=%7B%22x%22%3A1%7D&i=false&h=1&w=600", None);
    let expected = Sent {
        name: "Mail opened".into(),
        referrer: "https://b.example/".into(),
        props: props(&[("x", "1")]),
        interactive: false,
        hash_routing: true,
        screen_width: Some(600),
        ..view()
    };
    assert_eq!(full, Ok(expected));
    let invalid = parse_pixel("d=example.com", None).expect_err("no page");
    assert!(invalid.errors.contains_key("url"));
}

#[test]
fn the_pixel_is_a_gif() {
    assert_eq!(&footfall_ingest::PIXEL_GIF[..6], b"GIF89a");
    assert_eq!(footfall_ingest::PIXEL_GIF.last(), Some(&b';'));
}

proptest! {
    #[test]
    fn no_body_panics(body: Vec<u8>) {
        let _ = parse_event(&body);
    }

    #[test]
    fn no_object_panics(
        name in "n|name|u|url|d|domain|r|p|props|m|\\$|i|h|e|sd|w|id",
        value in r#"null|true|-?[0-9]{1,30}|[0-9]e[0-9]{1,4}|"[^"\\\x00-\x1f]{0,50}"|"\\u[d][89a-f][0-9a-f]{2}"|\{"[a-z$]":"x"\}|\[\]"#,
    ) {
        let _ = parse_event(format!(r#"{{"n":"engagement","u":"https://e.example/","{name}":{value}}}"#).as_bytes());
    }

    #[test]
    fn no_query_panics(query: String, referer in proptest::option::of(any::<String>())) {
        let _ = parse_pixel(&query, referer.as_deref());
    }

    #[test]
    fn what_is_understood_keeps_its_limits(url in "https?://[a-z.]{1,20}/.{0,50}", name in ".{1,130}") {
        let body = serde_json::json!({ "n": name, "u": url }).to_string();
        if let Ok(sent) = parse_event(body.as_bytes()) {
            prop_assert!(sent.name.chars().count() <= 120 && !sent.name.trim().is_empty());
            prop_assert!(sent.url.len() <= 2_000 && !sent.domains.is_empty());
        }
    }
}
