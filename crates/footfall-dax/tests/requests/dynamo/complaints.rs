//! Our complaints about expressions are DynamoDB's own.

use super::{Table, call};
use footfall_dax::json;
use footfall_dax::wire::expr::*;
use footfall_dax::wire::number::Number;
use footfall_dax::wire::value::Value;
use serde_json::{Map, Value as Json, json};

const NAMES: [(&str, &str); 2] = [("#n", "y.z"), ("#name", "name")];

fn values() -> Vec<(&'static str, Value)> {
    vec![
        (":a", Value::N(1.into())),
        (":b", Value::N(2.into())),
        (":f", Value::N(Number::parse("9.5").expect("it is one"))),
        (":s", Value::S("x".into())),
        (":t", Value::S("NS".into())),
        (":l", Value::L(vec![])),
        (":ss", Value::Ss(vec!["x".into()])),
        (":yes", Value::Bool(true)),
    ]
}

/// The placeholders a text uses: unused ones would be refused.
fn used<'a, T: Clone>(text: &str, all: &[(&'a str, T)]) -> Vec<(&'a str, T)> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || "_#:".contains(c))).collect();
    all.iter().filter(|(placeholder, _)| words.contains(placeholder)).cloned().collect()
}

/// What DynamoDB says of an expression: its complaint, or `None` if it took it.
fn dynamodbs_complaint(table: &str, field: &str, text: &str) -> Option<String> {
    let key = json!({ "pk": { "S": "nosuch" } });
    let (operation, mut body) = match field {
        "UpdateExpression" => ("UpdateItem", json!({ "Key": key })),
        "ProjectionExpression" => ("GetItem", json!({ "Key": key })),
        "FilterExpression" => ("Scan", json!({})),
        _ => ("DeleteItem", json!({ "Key": key })),
    };
    body["TableName"] = json!(table);
    body[field] = json!(text);
    let names: Map<String, Json> = used(text, &NAMES).into_iter().map(|(name, for_name)| (name.into(), json!(for_name))).collect();
    if !names.is_empty() {
        body["ExpressionAttributeNames"] = Json::Object(names);
    }
    let values: Map<String, Json> =
        used(text, &values()).into_iter().map(|(name, value)| (name.into(), json::write_value(&value))).collect();
    if !values.is_empty() {
        body["ExpressionAttributeValues"] = Json::Object(values);
    }
    let answer = call(operation, &body);
    let message = answer.get("Message").or(answer.get("message"))?.as_str()?.to_owned();
    message.starts_with(&format!("Invalid {field}")).then_some(message)
}

fn our_complaint(field: &str, text: &str) -> Option<String> {
    let owned = |(name, value): (&str, Value)| (name.to_owned(), value);
    let names = used(text, &NAMES).into_iter().map(|(name, for_name)| (name.to_owned(), for_name.to_owned())).collect();
    let substitutions = Substitutions::new(names, used(text, &values()).into_iter().map(owned).collect()).expect("all are placeholders");
    let refused = match field {
        "UpdateExpression" => parse_update(text, &substitutions).err(),
        "ProjectionExpression" => parse_projection(text, &substitutions).err(),
        "FilterExpression" => parse_condition(text, ConditionKind::Filter, &substitutions).err(),
        _ => parse_condition(text, ConditionKind::Condition, &substitutions).err(),
    };
    refused.map(|error| error.message)
}

/// Complaints that are left to DynamoDB: they need the types of operands.
fn is_about_types(complaint: &str) -> bool {
    complaint.contains("Incorrect operand type") || complaint.contains("Invalid attribute type name")
}

fn compare(table: &Table, field: &str, texts: impl IntoIterator<Item = String>) {
    let mut wrong = Vec::new();
    for text in texts {
        let theirs = dynamodbs_complaint(&table.0, field, &text).filter(|complaint| !is_about_types(complaint));
        let ours = our_complaint(field, &text);
        if ours != theirs {
            wrong.push(format!("{text}\n  ours   {ours:?}\n  theirs {theirs:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

const CONDITIONS: &str = r##"
x = :a
x =
x = :a AND
= :a
x = :a)
(x = :a
((x = :a))
((x) = :a)
(((x)) = :a)
(x) = :a
(x) = ((:a))
((x = :a) AND y = :b)
((x = :a AND y = :b))
(x = :a) AND (y = :b)
NOT ((x = :a))
NOT (NOT (x = :a))
(NOT x = :a)
NOT
NOT NOT x = :a
x == :a
x <> :a
x <= = :a
x = :a :b
x = :a = :b
(x = :a) = :b
foo bar = :a
x = :zz
#zz = :a
x.#zz = :a
size = :a
size(x)
(size(x))
NOT size(x)
size(x) > :a
:a < size(x)
size(:s) = :a
size(x, y) = :a
size(size(x)) = :a
x[a] = :a
x[1 = :a
x[1] = :a
x[1][2].y.#n[3] = :a
x[2147483647] = :a
x[2147483648] = :a
x[99999999999999999999] = :a
x[-1] = :a
x[:a] = :a
x..y = :a
x. = :a
.x = :a
_a = :a
a_b = :a
"x" = :a
x = 1
1 = x
x = "abc"
x = :a;
x = :a $
x & :a
x = é
é = :a
nosuch(x)
NoSuch(x) = :a
Size(x) = :a
ATTRIBUTE_EXISTS(x)
attribute_exists(x)
attribute_exists (x)
attribute_exists((x))
attribute_exists(:a)
attribute_exists(x, y)
attribute_exists()
attribute_exists
attribute_exists(size(x))
attribute_exists(x) = :a
x = attribute_exists(y)
attribute_not_exists(x.y)
attribute_type(x, :s)
attribute_type(x, y)
attribute_type(:s, y)
attribute_type(:s, :t)
attribute_type(x, :t)
x = :a AND attribute_exists(y) IN (:a)
begins_with(x)
begins_with(x, :s)
begins_with(:s, x)
begins_with(x, x)
contains(x, x)
contains(x, size(y))
contains(:ss, x)
contains(x, y) AND contains(y, x)
if_not_exists(x, :a) = :a
x = if_not_exists(x, :a)
list_append(x, :l)
x = y
x = x
x.y = x.y
x <> x
x BETWEEN :a AND :b
x BETWEEN :b AND :a
x BETWEEN :a AND :s
x BETWEEN :f AND :a
x BETWEEN x AND :a
x BETWEEN :a AND x
x BETWEEN :a, :b
x BETWEEN :a
x BETWEEN :a OR :b
x between :a and :b and y = :a
:a BETWEEN x AND y
size(x) BETWEEN :a AND :b
x IN (:a)
x IN (:a, :b, y, size(z))
x IN ()
x IN :a
x IN (:a,)
x IN (x)
x IN (:a, x)
x in (:a) or not y in (:b)
x IN ((:a), y)
x IN (:a OR :b)
x NOT IN (:a)
name = :a
x = name
x = :a AND y.status = :a
#name = :a
x.name[0] = :a
SET = :a
set = :a
and = :a
between = :a
AND
x AND y
x OR :a = :b
(x) AND (y)
x = :a AND (y)
contains = :a
begins_with = :a
x + y = :a
x = :a + :b
x = :a OR (y = :b AND (z = :a OR w = :b))
x=:a OR y<:b
x = :a AND y = :b OR z = :a AND w = :b
()
(())
( )
,
x,y
x = (y = :a)
x = (:a
"##;

const UPDATES: &str = r##"
SET x = :a
set x = :a remove y add z :a delete w :ss
SET x = :a, y = :b
SET x = :a,
SET x = :a SET y = :a
SET x = :a REMOVE y SET z = :a
SET x = :a, SET y = :b
SET
SET x
SET x =
SET = :a
x = :a
UPSERT x = :a
SET :a = :a
SET (x) = :a
SET x = y = :a
SET x = x + :a
SET x = :a - :b
SET x =:a-:b
SET x = -:a
SET x = :a + :a + :a
SET x = (x + :a)
SET x = ((x + :a))
SET x = (x) - (:a)
SET x = (x + :a) + :b
SET x = :a + (y + :b)
SET x = (:a)
SET x = ((:a))
SET x = x * :a
SET x = if_not_exists(x, :a)
SET x = if_not_exists(x, :a) + :a
SET x = :a + if_not_exists(x, :a)
SET x = if_not_exists(x, y)
SET x = if_not_exists(if_not_exists(x, :a), :a)
SET x = if_not_exists(x, if_not_exists(y, :a))
SET x = if_not_exists(x, y + :a)
SET x = if_not_exists(:a, :a)
SET x = if_not_exists(x)
SET x = if_not_exists(x, :a, :b)
SET x = if_not_exists(x, list_append(y, :l))
SET x = list_append(x, :l)
SET x = list_append(:l, x)
SET x = list_append(if_not_exists(x, :l), :l)
SET x = list_append(list_append(x, :l), :l)
SET x = list_append(x)
SET x = x + list_append(y, :l)
SET x = list_append(y, :l) + x
SET x = (list_append(y, :l))
SET x = size(x)
SET x = attribute_exists(x)
SET x = contains(x, :a)
SET x = nosuch(x)
SET x = if_not_exists(x, size(y))
SET x = if_not_exists(x, nosuch(y))
REMOVE x
REMOVE x, y[0], z.#n
REMOVE x = :a
REMOVE x :a
REMOVE (x)
REMOVE :a
REMOVE x,
REMOVE
ADD x :a
ADD x :a, y :ss
ADD x y
ADD x
ADD x (:a)
ADD x = :a
ADD x :a + :a
DELETE x :ss
DELETE x
DELETE x (:ss)
SET x = :a, x = :b
SET x = :a REMOVE x.y
SET x.y = :a REMOVE x
SET x[0] = :a, x[1] = :b
SET x[0] = :a, x.y = :b
SET x.y = :a, x.z = :b
SET x = :zz
SET #zz = :a
SET name = :a
SET x = name
SET x.status = :a
SET x[99999999999] = :a
SET x = :a y = :b
SET x = :a;
"##;

const PROJECTIONS: &str = r##"
x
x,y
x , y
x,
,x
x,,y
x y
x,x
x,x.y
x.y,x
x[0],x[1]
x[0],x.y
x.y, x.z
x[0].y, x[0].z
x[0]
x[0][
x[-1]
x[]
(x)
size(x)
size
name
x.name
#name
#n
#zz
:a
x.#zz
x[99999999999]
x = :a
SET
"x"
x.
"##;

fn lines(table: &str) -> impl Iterator<Item = String> {
    table.lines().filter(|line| !line.is_empty()).map(str::to_owned)
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn bad_conditions_are_refused_in_dynamodbs_words() {
    let table = Table::new("conditions");
    let spaces = ["", " ", "  ", " x = :a ", "x\t=\n:a", "x =  "].map(str::to_owned);
    let long = [
        "NOT ".repeat(299) + "x = :a",
        "NOT ".repeat(300) + "x = :a",
        (0..150).map(|at| format!("x{at}=:a")).collect::<Vec<_>>().join(" AND "),
        (0..151).map(|at| format!("x{at}=:a")).collect::<Vec<_>>().join(" AND "),
        "x=:a OR (".repeat(149) + "x=:a" + &")".repeat(149),
        format!("x = :a{}", " ".repeat(4090)),
        format!("x = :a{}", " ".repeat(4091)),
        format!("{} = :a", vec!["x"; 32].join(".")),
        format!("{} = :a", vec!["x"; 33].join(".")),
        format!("x{} = :a", "[0]".repeat(40)),
        format!("x IN ({})", vec![":a"; 100].join(",")),
        format!("x IN ({})", vec![":a"; 101].join(",")),
    ];
    compare(&table, "ConditionExpression", lines(CONDITIONS).chain(spaces).chain(long));
    compare(&table, "FilterExpression", ["x =", "name = :a"].map(str::to_owned));
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn bad_updates_are_refused_in_dynamodbs_words() {
    compare(&Table::new("updates"), "UpdateExpression", lines(UPDATES).chain(["".to_owned()]));
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn bad_projections_are_refused_in_dynamodbs_words() {
    compare(&Table::new("projections"), "ProjectionExpression", lines(PROJECTIONS).chain(["".to_owned()]));
}
