//! Expressions: out of text and back, onto the wire and back.

use super::arbitrary;
use footfall_dax::wire::DynamoError;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::expr::codec::*;
use footfall_dax::wire::expr::*;
use footfall_dax::wire::number::Number;
use footfall_dax::wire::value::Value;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// `:a` … `:d` are 1 … 4, `:s` is a text, `:l` a list, `:ss` a set; `#n` is `y.z`.
fn substitutions() -> Substitutions {
    let number = |n: i128| Value::N(Number::new(n, 0).expect("it is small"));
    let values = [
        (":a", number(1)),
        (":b", number(2)),
        (":c", number(3)),
        (":d", number(4)),
        (":s", Value::S("x".into())),
        (":l", Value::L(vec![number(1)])),
        (":ss", Value::Ss(vec!["x".into()])),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Substitutions::new([("#n".to_owned(), "y.z".to_owned())].into(), values).expect("all are placeholders")
}

fn condition(text: &str) -> Result<Condition, DynamoError> {
    parse_condition(text, ConditionKind::Condition, &substitutions())
}

fn encoded(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut to = Writer::new();
    write(&mut to);
    to.into_bytes()
}

fn placeholders(printer: Printer) -> Substitutions {
    let Placeholders { names, values } = printer.finish();
    Substitutions::new(names, values).expect("printed placeholders are good")
}

proptest! {
    #[test]
    fn a_printed_condition_is_read_as_it_was(condition in arbitrary::condition()) {
        let mut printer = Printer::new();
        let text = printer.condition(&condition);
        let substitutions = placeholders(printer);
        prop_assert_eq!(parse_condition(&text, ConditionKind::Filter, &substitutions), Ok(condition), "{}", text);
        prop_assert_eq!(substitutions.check_used(), Ok(()));
    }

    #[test]
    fn a_printed_update_is_read_as_it_was(update in arbitrary::update()) {
        let mut printer = Printer::new();
        let text = printer.update(&update);
        let substitutions = placeholders(printer);
        prop_assert_eq!(parse_update(&text, &substitutions), Ok(update), "{}", text);
        prop_assert_eq!(substitutions.check_used(), Ok(()));
    }

    #[test]
    fn a_printed_projection_is_read_as_it_was(projection in arbitrary::projection()) {
        let mut printer = Printer::new();
        let text = printer.projection(&projection);
        prop_assert_eq!(parse_projection(&text, &placeholders(printer)), Ok(projection), "{}", text);
    }

    #[test]
    fn a_condition_crosses_the_wire(condition in arbitrary::condition()) {
        prop_assert_eq!(read_condition(&encoded(|to| write_condition(&condition, to))), Ok(condition));
    }

    #[test]
    fn an_update_crosses_the_wire(update in arbitrary::update()) {
        prop_assert_eq!(read_update(&encoded(|to| write_update(&update, to))), Ok(update));
    }

    #[test]
    fn a_projection_crosses_the_wire(projection in arbitrary::projection()) {
        prop_assert_eq!(read_projection(&encoded(|to| write_projection(&projection, to))), Ok(projection));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c#:=<>(),.\\[\\] 0-9A-Z]{0,40}") {
        let _ = condition(&text);
        let _ = parse_update(&text, &substitutions());
        let _ = parse_projection(&text, &substitutions());
    }
}

/// What `tests/requests/captures.rs` says of whole frames, for expressions alone: text, the bytes of the Python client,
/// and those of the Node client where they differ (it nests chains to the left).
const ENCODED: [(&str, &str, Option<&str>); 9] = [
    (
        "x=:a AND y=:b AND z=:c",
        "83018306830082126178821100830683008212617982110183008212617a82110283010203",
        Some("83018306830683008212617882110083008212617982110183008212617a82110283010203"),
    ),
    (
        "x=:a OR y=:b OR z=:c",
        "83018307830082126178821100830783008212617982110183008212617a82110283010203",
        Some("83018307830783008212617882110083008212617982110183008212617a82110283010203"),
    ),
    ("x=:a OR y=:b AND z=:c", "83018307830082126178821100830683008212617982110183008212617a82110283010203", None),
    ("x=:a AND y=:b OR z=:c", "83018307830683008212617882110083008212617982110183008212617a82110283010203", None),
    ("NOT x=:a AND y=:b", "830183068208830082126178821100830082126179821101820102", None),
    ("x BETWEEN :a AND :b AND y=:c", "8301830684098212617882110082110183008212617982110283010203", None),
    (
        "x=:a AND y=:b OR z=:c AND w=:d",
        "830183078306830082126178821100830082126179821101830683008212617a8211028300821261778211038401020304",
        None,
    ),
    ("(x=:a OR y=:b) AND z=:c", "83018306830783008212617882110083008212617982110183008212617a82110283010203", None),
    ("a_b=:a", "83018300821263615f628211008101", None),
];

#[test]
fn expressions_have_the_bytes_of_the_official_clients() {
    for (text, python, node) in ENCODED {
        let condition = condition(text).unwrap();
        assert_eq!(hex::encode(encoded(|to| write_condition(&condition, to))), python, "{text}");
        for bytes in std::iter::once(python).chain(node) {
            assert_eq!(read_condition(&hex::decode(bytes).unwrap()).unwrap(), condition, "{text}");
        }
    }
}

#[test]
fn precedence_is_not_before_and_before_or() {
    for (bare, explicit) in [
        ("x=:a OR y=:b AND z=:c", "x=:a OR (y=:b AND z=:c)"),
        ("x=:a AND y=:b OR z=:c", "(x=:a AND y=:b) OR z=:c"),
        ("NOT x=:a AND y=:b", "(NOT x=:a) AND y=:b"),
        ("NOT NOT x=:a OR y=:b", "(NOT (NOT x=:a)) OR y=:b"),
        ("x BETWEEN :a AND :b AND y=:c", "(x BETWEEN :a AND :b) AND y=:c"),
        ("x=:a AND (y=:b AND z=:c)", "(x=:a AND y=:b) AND z=:c"),
        ("(x) = (:a)", "x = :a"),
        ("x in (:a) and not size (x) <> :b", "x IN (:a) AND NOT size(x)<>:b"),
    ] {
        assert_eq!(condition(bare).unwrap(), condition(explicit).unwrap(), "{bare}");
    }
}

#[test]
fn chains_are_flat_however_they_were_nested() {
    let flat = condition("x=:a AND y=:b AND z=:c AND w=:d").unwrap();
    assert!(matches!(&flat, Condition::And(members) if members.len() == 4));
    for nested in ["x=:a AND (y=:b AND (z=:c AND w=:d))", "((x=:a AND y=:b) AND z=:c) AND w=:d", "(x=:a AND y=:b) AND (z=:c AND w=:d)"] {
        assert_eq!(condition(nested).unwrap(), flat, "{nested}");
    }
}

#[test]
fn three_hundred_operators_cross_the_wire_and_no_more_are_read() {
    let members = |count: usize| (0..count).map(|at| Condition::Exists(Path::of(format!("a{at}")))).collect::<Vec<_>>();
    let chain = Condition::And(members(150));
    assert_eq!(read_condition(&encoded(|to| write_condition(&chain, to))), Ok(chain));
    let chain = Condition::And(members(400));
    assert!(read_condition(&encoded(|to| write_condition(&chain, to))).is_err());
    let mut text = "x=:a".to_owned();
    for _ in 0..150 {
        text = format!("({text}) OR y=:b");
    }
    assert!(condition(&text).is_err());
    assert!(condition(&format!("{}x=:a", "NOT ".repeat(299))).is_ok());
    assert!(condition(&format!("{}x=:a", "NOT ".repeat(300))).is_err());
}

#[test]
fn all_expressions_of_a_request_share_their_placeholders() {
    let mut printer = Printer::new();
    let filter = printer.condition(&condition("status_x = :a AND #n.k[2] <> :b").unwrap());
    let projection = printer.projection(&[Path::of("y.z"), Path::of("other")]);
    let update = printer.update(&parse_update("SET status_x = :b ADD n :c", &substitutions()).unwrap());
    assert_eq!((filter.as_str(), projection.as_str(), update.as_str()), ("#0=:0 AND #1.#2[2]<>:1", "#1,#3", "SET #0=:1 ADD #4 :2"));
    let names = printer.finish().names;
    let expected = [("#0", "status_x"), ("#1", "y.z"), ("#2", "k"), ("#3", "other"), ("#4", "n")];
    assert_eq!(names, expected.map(|(placeholder, name)| (placeholder.to_owned(), name.to_owned())).into());
}

#[test]
fn one_large_value_cannot_be_multiplied() {
    let large = Value::S("x".repeat(1 << 20));
    let uses = Condition::In(Operand::Path(Path::of("a")), vec![Operand::Value(large.clone()); 20]);
    let bytes = encoded(|to| write_condition(&uses, to));
    assert!(bytes.len() < 2 << 20, "the value is on the wire once");
    assert!(read_condition(&bytes).is_err());
    let substitutions = Substitutions::new(BTreeMap::new(), [(":a".to_owned(), large)].into()).unwrap();
    let text = format!("a IN ({})", [":a"; 20].join(", "));
    assert!(parse_condition(&text, ConditionKind::Filter, &substitutions).is_err());
}

/// Threads of a server have 2 MB of stack, as those of tests: whatever was read must also be written, printed, compared,
/// hashed and dropped there.
#[test]
fn the_deepest_condition_fits_a_small_stack() {
    let mut deepest = condition("x = :a").unwrap();
    for at in 0..299 {
        let other = Condition::Exists(Path::of(format!("a{at}")));
        deepest = match at % 3 {
            0 => Condition::and(vec![other, deepest]),
            1 => Condition::or(vec![deepest, other]),
            _ => Condition::Not(Box::new(deepest)),
        };
    }
    let read = read_condition(&encoded(|to| write_condition(&deepest, to))).unwrap();
    assert_eq!(read, deepest);
    let hash = |condition: &Condition| {
        std::hash::BuildHasher::hash_one(&std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default(), condition)
    };
    assert_eq!(hash(&read.clone()), hash(&deepest));
    let mut printer = Printer::new();
    assert!(printer.condition(&read).len() > 1000);
}

#[test]
fn an_expression_as_long_as_can_be_is_not_printed_longer_than_it_was() {
    let names: Vec<String> = (0..1000).map(|at| format!(":v{at}")).collect();
    let values = names.iter().enumerate().map(|(at, name)| (name.clone(), Value::N((at as u64).into()))).collect();
    let lists: Vec<String> = names.chunks(98).map(|names| format!("a IN ({})", names.join(","))).take(7).collect();
    let text = lists.join(" OR ");
    assert!((4000..4096).contains(&text.len()), "{}", text.len());
    let substitutions = Substitutions::new(BTreeMap::new(), values).unwrap();
    let mut printer = Printer::new();
    let printed = printer.condition(&parse_condition(&text, ConditionKind::Filter, &substitutions).unwrap());
    assert!(printed.len() <= text.len(), "{} for {}", printed.len(), text.len());
    assert_eq!(printer.finish().values.len(), 7 * 98);
}

#[test]
fn placeholders_that_are_none_or_of_no_use_are_refused_in_dynamodbs_words() {
    let of_names = |key: &str, name: &str| Substitutions::new([(key.to_owned(), name.to_owned())].into(), BTreeMap::new());
    let of_values = |key: &str| Substitutions::new(BTreeMap::new(), [(key.to_owned(), Value::Null)].into());
    let unused = |substitutions: Result<Substitutions, DynamoError>| substitutions.and_then(|good| good.check_used());
    for (refused, words) in [
        (unused(of_names("a", "a")), "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\""),
        (unused(of_names("#", "a")), "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\""),
        (unused(of_names("#a-b", "a")), "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#a-b\""),
        (unused(of_names("#a", "")), "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a"),
        (
            unused(of_names("#a", &"a".repeat(65_536))),
            "ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536 bytes for key #a",
        ),
        (unused(of_values("#a")), "ExpressionAttributeValues contains invalid key: Syntax error; key: \"#a\""),
        (unused(of_names("#a", "a")), "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}"),
        (unused(of_values(":a")), "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}"),
    ] {
        assert_eq!(refused, Err(DynamoError::validation(words)));
    }
}
