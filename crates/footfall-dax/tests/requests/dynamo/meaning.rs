//! What became of an expression on its way through us means what it meant.

use super::{Table, call};
use crate::arbitrary;
use footfall_dax::json;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::expr::codec::{read_condition, read_update, write_condition, write_update};
use footfall_dax::wire::expr::*;
use footfall_dax::wire::value::{Item, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value as Json, json};

fn key(pk: &str) -> Json {
    json!({ "pk": { "S": pk } })
}

fn put(table: &Table, item: &Json) -> bool {
    call("PutItem", &json!({ "TableName": table.0, "Item": item })) == json!({})
}

/// Items that conditions tell apart.
fn items() -> Vec<Json> {
    vec![
        json!({ "pk": { "S": "1" }, "x": { "N": "1" }, "y": { "N": "2" }, "z": { "S": "z" } }),
        json!({ "pk": { "S": "2" }, "x": { "N": "2" }, "z": { "S": "xz" }, "m": { "M": { "y.z": { "N": "1" } } } }),
        json!({ "pk": { "S": "3" }, "x": { "S": "x" }, "y": { "N": "1" }, "l": { "L": [{ "N": "1" }, { "N": "9.5" }] } }),
        json!({ "pk": { "S": "4" }, "y": { "N": "9.5" }, "z": { "SS": ["x", "y"] } }),
        json!({ "pk": { "S": "5" } }),
    ]
}

const CONDITIONS: [&str; 22] = [
    "x = :a OR y = :a AND z = :s",
    "(x = :a OR y = :a) AND attribute_exists(z)",
    "NOT x = :a AND y = :a",
    "NOT (x = :a AND y = :b)",
    "NOT (x = :a OR y = :a) OR z = :s",
    "NOT (NOT x = :a)",
    "x BETWEEN :a AND :b AND attribute_exists(y)",
    "y BETWEEN :a AND :f OR z = :s",
    "x IN (:a, :b, y)",
    "NOT x IN (:a)",
    "x <> :a",
    "x < :b",
    "x <= y",
    "y > :a AND y >= :f",
    "attribute_not_exists(x) OR attribute_not_exists(y)",
    "attribute_type(x, :t)",
    "begins_with(z, :s)",
    "contains(z, :s)",
    "contains(l, :f)",
    "size(z) = :b",
    "size(l) > size(z) OR size(z) >= :a",
    "m.#n = :a OR l[1] = :f",
];

fn substitutions() -> (Json, Json) {
    let values = json!({ ":a": { "N": "1" }, ":b": { "N": "2" }, ":f": { "N": "9.5" }, ":s": { "S": "x" }, ":t": { "S": "N" },
        ":l": { "L": [{ "S": "new" }] }, ":ss": { "SS": ["x"] } });
    (json!({ "#n": "y.z" }), values)
}

/// The names and values of them all that a text uses.
fn add_used(body: &mut Json, text: &str) {
    let (names, values) = substitutions();
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || "#:".contains(c))).collect();
    let used = |all: Json| -> Map<String, Json> {
        all.as_object()
            .expect("it is one")
            .iter()
            .filter(|(name, _)| words.contains(&name.as_str()))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect()
    };
    for (field, used) in [("ExpressionAttributeNames", used(names)), ("ExpressionAttributeValues", used(values))] {
        if !used.is_empty() {
            body[field] = Json::Object(used);
        }
    }
}

fn parse<T>(text: &str, parse: impl FnOnce(&str, &Substitutions) -> T) -> T {
    let (names, values) = substitutions();
    let names = serde_json::from_value(names).expect("names are texts");
    parse(text, &Substitutions::new(names, json::read_item(&values).expect("they are values")).expect("all are placeholders"))
}

fn add_placeholders(body: &mut Json, printer: Printer) {
    let Placeholders { names, values } = printer.finish();
    if !names.is_empty() {
        body["ExpressionAttributeNames"] = json!(names);
    }
    if !values.is_empty() {
        body["ExpressionAttributeValues"] = json::write_item(&values);
    }
}

fn through_the_wire(condition: &Condition) -> Condition {
    let mut bytes = Writer::new();
    write_condition(condition, &mut bytes);
    read_condition(bytes.as_bytes()).expect("it was written as one")
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_condition_parsed_sent_and_printed_finds_the_same_items() {
    let table = Table::new("filters");
    items().iter().for_each(|item| assert!(put(&table, item)));
    let mut found = [0; 6];
    for text in CONDITIONS {
        let mut original = json!({ "TableName": table.0, "FilterExpression": text });
        add_used(&mut original, text);
        let expected = call("Scan", &original);
        let condition = parse(text, |text, all| parse_condition(text, ConditionKind::Filter, all)).unwrap();
        let mut printer = Printer::new();
        let mut printed = json!({ "TableName": table.0, "FilterExpression": printer.condition(&through_the_wire(&condition)) });
        add_placeholders(&mut printed, printer);
        assert_eq!(call("Scan", &printed), expected, "{text}");
        found[usize::try_from(expected["Count"].as_u64().unwrap_or_else(|| panic!("{text}: {expected}"))).unwrap()] += 1;
    }
    assert!(found[0] + found[5] < CONDITIONS.len() / 4, "most tell the items apart: {found:?}");
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn an_update_parsed_sent_and_printed_makes_the_same_item() {
    let table = Table::new("changes");
    for text in [
        "SET x = x + :a, y = :b - y REMOVE z ADD n :b, s :ss DELETE t :ss",
        "SET x = if_not_exists(nosuch, y) - :a",
        "SET x = if_not_exists(x, if_not_exists(y, :a)), q = if_not_exists(q, if_not_exists(y, :a))",
        "SET l = list_append(l, :l), k = list_append(:l, if_not_exists(k, :l))",
        "SET m.#n = :s, l[1] = :a REMOVE m.k, l[0]",
        "REMOVE x, y, z, l",
        "ADD x :f",
        "DELETE t :ss SET x = y, y = x",
    ] {
        let whole = json!({ "pk": { "S": "1" }, "x": { "N": "1" }, "y": { "N": "5" }, "z": { "S": "z" }, "t": { "SS": ["x", "y"] },
            "l": { "L": [{ "S": "0" }, { "S": "1" }] }, "m": { "M": { "k": { "S": "k" } } } });
        let mut body = json!({ "TableName": table.0, "Key": key("1"), "UpdateExpression": text, "ReturnValues": "ALL_NEW" });
        add_used(&mut body, text);
        assert!(put(&table, &whole));
        let expected = call("UpdateItem", &body);
        assert!(expected.get("Attributes").is_some(), "{text}: {expected}");
        let update = parse(text, parse_update).unwrap();
        let mut bytes = Writer::new();
        write_update(&update, &mut bytes);
        let mut printer = Printer::new();
        let printed = printer.update(&read_update(bytes.as_bytes()).unwrap());
        let mut body = json!({ "TableName": table.0, "Key": key("1"), "UpdateExpression": printed, "ReturnValues": "ALL_NEW" });
        add_placeholders(&mut body, printer);
        assert!(put(&table, &whole));
        assert_eq!(call("UpdateItem", &body), expected, "{text}");
    }
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn what_is_printed_is_never_refused_for_its_form() {
    let table = Table::new("printed");
    let run =
        TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() }).run(&arbitrary::condition(), |condition| {
            let mut printer = Printer::new();
            let text = printer.condition(&condition);
            let mut body = json!({ "TableName": table.0, "FilterExpression": text });
            add_placeholders(&mut body, printer);
            let answer = call("Scan", &body);
            let message = answer["Message"].as_str().unwrap_or_default();
            let about_values = ["Incorrect operand type", "attribute type name", "BETWEEN operator", "duplicates", "empty"];
            prop_assert!(message.is_empty() || about_values.iter().any(|words| message.contains(words)), "{}\n{}", text, message);
            Ok(())
        });
    run.unwrap();
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_projection_leaves_what_dynamodb_leaves() {
    let table = Table::new("projected");
    let run = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() }).run(
        &(arbitrary::item(), arbitrary::projection(), any::<prop::sample::Index>()),
        |(mut item, mut paths, chosen)| {
            aim(&mut paths, &item, chosen);
            item.insert("pk".into(), Value::S("1".into()));
            if !put(&table, &json::write_item(&item)) {
                return Ok(()); // A set with one member twice, or so.
            }
            // As it is kept: sets are put in order.
            let kept = call("GetItem", &json!({ "TableName": table.0, "Key": key("1") }));
            let item = json::read_item(&kept["Item"]).unwrap();
            let mut printer = Printer::new();
            let mut body = json!({ "TableName": table.0, "Key": key("1"), "ProjectionExpression": printer.projection(&paths) });
            add_placeholders(&mut body, printer);
            let answer = call("GetItem", &body);
            prop_assert_eq!(json::read_item(&answer["Item"]), Ok(project(&item, &paths)), "{} {:?}", answer, paths);
            Ok(())
        },
    );
    run.unwrap();
}

/// Turns paths to what is in the item: into its documents, member by member.
fn aim(paths: &mut Projection, item: &Item, chosen: prop::sample::Index) {
    let mut targets: Vec<Path> = Vec::new();
    for (name, value) in item {
        let mut path = vec![PathElement::Name(name.clone())];
        let mut value = value;
        loop {
            let next = match value {
                Value::M(members) if !members.is_empty() => {
                    members.iter().nth(chosen.index(members.len())).map(|(name, value)| (PathElement::Name(name.clone()), value))
                }
                Value::L(members) if !members.is_empty() => {
                    let at = chosen.index(members.len());
                    Some((PathElement::Index(u32::try_from(at).expect("it is short")), &members[at]))
                }
                _ => None,
            };
            let Some((element, inner)) = next else { break };
            path.push(element);
            value = inner;
        }
        targets.push(Path(path));
    }
    for (path, target) in paths.iter_mut().zip(targets) {
        *path = target;
    }
}
