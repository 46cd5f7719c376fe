//! Conditions, filters and key conditions out of their text.

use super::lexer::Kind;
use super::parser::Parser;
use super::{Comparator, Condition, Operand, Substitutions};
use crate::wire::error::DynamoError;
use crate::wire::value::Value;

/// Which parameter of a request a condition stands in: they share one grammar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConditionKind {
    /// `ConditionExpression`.
    Condition,
    /// `FilterExpression`.
    Filter,
    /// `KeyConditionExpression`.
    Key,
}

/// The most operands `IN` takes.
const MAX_IN: usize = 100;

/// Parses a condition, with the names and values of its request put in.
///
/// # Errors
/// A `ValidationException` in DynamoDB's words. What the tree cannot show to be wrong (an operand of a type that never
/// fits, say) is left to DynamoDB.
pub fn parse_condition(text: &str, kind: ConditionKind, substitutions: &Substitutions) -> Result<Condition, DynamoError> {
    let field = match kind {
        ConditionKind::Condition => "ConditionExpression",
        ConditionKind::Filter => "FilterExpression",
        ConditionKind::Key => "KeyConditionExpression",
    };
    let mut parser = Parser::new(field, text, substitutions)?;
    let condition = match or(&mut parser)? {
        Node::Condition(condition) => condition,
        Node::Operand(_) => return Err(parser.syntax_error()),
    };
    parser.finish()?;
    Ok(condition)
}

/// What can stand in parentheses: `(a = b) AND c` and `(a) = b` begin alike.
enum Node {
    Condition(Condition),
    Operand(Operand),
}

fn or(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    chain(parser, "OR", and, |condition, members| match condition {
        Condition::Or(inner) => members.extend(inner),
        other => members.push(other),
    })
    .map(|chain| chain.into_node(Condition::Or))
}

fn and(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    chain(parser, "AND", not, |condition, members| match condition {
        Condition::And(inner) => members.extend(inner),
        other => members.push(other),
    })
    .map(|chain| chain.into_node(Condition::And))
}

/// `a AND b AND c`: one node, or all members of a chain.
enum Chain {
    One(Node),
    Many(Vec<Condition>),
}

impl Chain {
    fn into_node(self, join: impl FnOnce(Vec<Condition>) -> Condition) -> Node {
        match self {
            Self::One(node) => node,
            Self::Many(members) => Node::Condition(join(members)),
        }
    }
}

fn chain(
    parser: &mut Parser<'_>,
    keyword: &str,
    member: impl Fn(&mut Parser<'_>) -> Result<Node, DynamoError>,
    add: impl Fn(Condition, &mut Vec<Condition>),
) -> Result<Chain, DynamoError> {
    let first = member(parser)?;
    if !parser.peek().is_keyword(keyword) {
        return Ok(Chain::One(first));
    }
    let mut members = Vec::new();
    add(condition(parser, first)?, &mut members);
    while parser.accept_keyword(keyword) {
        parser.count_operator();
        let next = member(parser)?;
        add(condition(parser, next)?, &mut members);
    }
    Ok(Chain::Many(members))
}

/// What must be a condition there.
fn condition(parser: &Parser<'_>, node: Node) -> Result<Condition, DynamoError> {
    match node {
        Node::Condition(condition) => Ok(condition),
        Node::Operand(_) => Err(parser.syntax_error()),
    }
}

fn not(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    if !parser.accept_keyword("NOT") {
        return comparison(parser);
    }
    parser.count_operator();
    let negated = parser.deeper(not)?;
    Ok(Node::Condition(Condition::Not(Box::new(condition(parser, negated)?))))
}

fn comparison(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    let left = match primary(parser)? {
        Node::Operand(operand) => operand,
        condition => return Ok(condition),
    };
    let condition = if let Some(comparator) = comparator(parser.peek().text).filter(|_| parser.peek().kind == Kind::Sign) {
        parser.take();
        parser.count_operator();
        let right = operand(parser)?;
        distinct(parser, sign_of(comparator), &left, &[&right])?;
        Condition::Compare(comparator, left, right)
    } else if parser.accept_keyword("BETWEEN") {
        parser.count_operator();
        let low = operand(parser)?;
        if !parser.accept_keyword("AND") {
            return Err(parser.syntax_error());
        }
        let high = operand(parser)?;
        distinct(parser, "BETWEEN", &left, &[&low, &high])?;
        check_bounds(parser, &low, &high)?;
        Condition::Between(left, low, high)
    } else if parser.accept_keyword("IN") {
        parser.count_operator();
        let choices = choices(parser)?;
        distinct(parser, "IN", &left, &choices.iter().collect::<Vec<_>>())?;
        Condition::In(left, choices)
    } else {
        return Ok(Node::Operand(left));
    };
    Ok(Node::Condition(condition))
}

fn choices(parser: &mut Parser<'_>) -> Result<Vec<Operand>, DynamoError> {
    parser.expect("(")?;
    let mut choices = vec![operand(parser)?];
    while parser.accept(",") {
        choices.push(operand(parser)?);
    }
    parser.expect(")")?;
    if choices.len() > MAX_IN {
        let count = choices.len();
        return Err(parser.invalid(format!("The IN operator is provided with too many operands; number of operands: {count}")));
    }
    Ok(choices)
}

/// DynamoDB refuses to compare a path with itself.
fn distinct(parser: &Parser<'_>, operator: &str, first: &Operand, others: &[&Operand]) -> Result<(), DynamoError> {
    let Operand::Path(path) = first else { return Ok(()) };
    if others.contains(&first) {
        return Err(parser.invalid(format!(
            "The first operand must be distinct from the remaining operands for this operator or function; \
             operator: {operator}, first operand: {path}"
        )));
    }
    Ok(())
}

fn check_bounds(parser: &Parser<'_>, low: &Operand, high: &Operand) -> Result<(), DynamoError> {
    let (Operand::Value(low), Operand::Value(high)) = (low, high) else { return Ok(()) };
    let rule = match (low, high) {
        (Value::N(_), Value::N(_)) | (Value::S(_), Value::S(_)) | (Value::B(_), Value::B(_)) if low <= high => return Ok(()),
        _ if std::mem::discriminant(low) != std::mem::discriminant(high) => "same data type for lower and upper bounds",
        (Value::N(_) | Value::S(_) | Value::B(_), _) => "upper bound to be greater than or equal to lower bound",
        _ => return Ok(()),
    };
    Err(parser.invalid(format!(
        "The BETWEEN operator requires {rule}; lower bound operand: {}, upper bound operand: {}",
        shown(low),
        shown(high)
    )))
}

/// A value as DynamoDB shows it in its messages.
fn shown(value: &Value) -> String {
    match value {
        Value::S(text) => format!("AttributeValue: {{S:{text}}}"),
        Value::N(number) => format!("AttributeValue: {{N:{number}}}"),
        _ => "AttributeValue".to_owned(),
    }
}

fn primary(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    if parser.accept("(") {
        return parser.in_parentheses(or);
    }
    if parser.at_function() && parser.peek().text != "size" {
        return call(parser).map(Node::Condition);
    }
    operand(parser).map(Node::Operand)
}

/// A path, a value, `size(…)`, or one of these in parentheses.
fn operand(parser: &mut Parser<'_>) -> Result<Operand, DynamoError> {
    if parser.accept("(") {
        return parser.in_parentheses(operand);
    }
    if parser.at_function() {
        let name = parser.peek().text;
        return match name {
            "size" => {
                let arguments = parser.arguments(operand)?;
                let [of] = parser.exactly("size", arguments)?;
                Ok(Operand::Size(Box::new(of)))
            }
            _ => Err(misplaced(parser, name)),
        };
    }
    if parser.peek().kind == Kind::Value { parser.value() } else { parser.path().map(Operand::Path) }
}

/// A function that is a condition by itself.
fn call(parser: &mut Parser<'_>) -> Result<Condition, DynamoError> {
    let name = parser.peek().text;
    if !matches!(name, "attribute_exists" | "attribute_not_exists" | "attribute_type" | "begins_with" | "contains") {
        return Err(misplaced(parser, name));
    }
    let arguments = parser.arguments(operand)?;
    Ok(match name {
        "attribute_exists" | "attribute_not_exists" => {
            let [of] = parser.exactly(name, arguments)?;
            let path = parser.as_path(name, of)?;
            if name == "attribute_exists" { Condition::Exists(path) } else { Condition::NotExists(path) }
        }
        "attribute_type" => {
            let [of, kind] = parser.exactly(name, arguments)?;
            Condition::Type(parser.as_path(name, of)?, kind)
        }
        _ => {
            let [of, part] = parser.exactly(name, arguments)?;
            distinct(parser, name, &of, &[&part])?;
            if name == "contains" { Condition::Contains(of, part) } else { Condition::BeginsWith(of, part) }
        }
    })
}

fn misplaced(parser: &Parser<'_>, name: &str) -> DynamoError {
    parser.invalid(match name {
        "if_not_exists" | "list_append" => format!("The function is not allowed in a condition expression; function: {name}"),
        "attribute_exists" | "attribute_not_exists" | "attribute_type" | "begins_with" | "contains" | "size" => {
            format!("The function is not allowed to be used this way in an expression; function: {name}")
        }
        _ => format!("Invalid function name; function: {name}"),
    })
}

fn comparator(sign: &str) -> Option<Comparator> {
    Some(match sign {
        "=" => Comparator::Eq,
        "<>" => Comparator::Ne,
        "<" => Comparator::Lt,
        ">=" => Comparator::Ge,
        ">" => Comparator::Gt,
        "<=" => Comparator::Le,
        _ => return None,
    })
}

/// How a comparison is written.
pub(super) fn sign_of(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Eq => "=",
        Comparator::Ne => "<>",
        Comparator::Lt => "<",
        Comparator::Ge => ">=",
        Comparator::Gt => ">",
        Comparator::Le => "<=",
    }
}
