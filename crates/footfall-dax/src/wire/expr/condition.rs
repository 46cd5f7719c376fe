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
    let condition = read(&mut parser)?;
    parser.finish()?;
    Ok(condition)
}

/// What can stand in parentheses: `(a = b) AND c` and `(a) = b` begin alike.
enum Node {
    Condition(Condition),
    Operand(Operand),
}

/// What is open: the whole expression, or a pair of parentheses in it.
#[derive(Default)]
struct Group {
    /// The place of its first word.
    opened: usize,
    /// The members of the chain of ORs that are complete.
    either: Vec<Condition>,
    /// The members of the chain of ANDs being read.
    all: Vec<Condition>,
    /// How many NOTs stand before what comes next.
    nots: usize,
}

/// Reads a condition. Without recursion: 300 pairs of parentheses are too deep for a small stack.
fn read(parser: &mut Parser<'_>) -> Result<Condition, DynamoError> {
    let mut outer: Vec<Group> = Vec::new();
    let mut group = Group::default();
    loop {
        if parser.accept_keyword("NOT") {
            parser.count_operator();
            group.nots += 1;
            continue;
        }
        if parser.accept("(") {
            outer.push(std::mem::replace(&mut group, Group { opened: parser.position(), ..Group::default() }));
            continue;
        }
        let mut node = term(parser)?;
        // What the term ends: nothing (a chain goes on), or groups.
        while let Some(ended) = end_group(parser, &mut group, node, outer.is_empty())? {
            match outer.pop() {
                Some(around) => group = around,
                None => return expect_condition(parser, ended),
            }
            node = ended;
        }
    }
}

/// Adds a term to its group. What the group is if that was its end, `None` if another term must come.
fn end_group(parser: &mut Parser<'_>, group: &mut Group, term: Node, outermost: bool) -> Result<Option<Node>, DynamoError> {
    let mut condition = match compare(parser, term)? {
        Node::Condition(condition) => condition,
        // An operand in parentheses.
        operand if !outermost && group.is_new() && parser.peek().is_sign(")") => {
            parser.close(group.opened)?;
            return Ok(Some(operand));
        }
        operand => expect_condition(parser, operand)?,
    };
    for _ in 0..std::mem::take(&mut group.nots) {
        condition = Condition::Not(Box::new(condition));
    }
    group.all.push(condition);
    if parser.accept_keyword("AND") {
        parser.count_operator();
        return Ok(None);
    }
    group.either.push(Condition::and(std::mem::take(&mut group.all)));
    if parser.accept_keyword("OR") {
        parser.count_operator();
        return Ok(None);
    }
    if !outermost {
        parser.close(group.opened)?;
    }
    Ok(Some(Node::Condition(Condition::or(std::mem::take(&mut group.either)))))
}

impl Group {
    fn is_new(&self) -> bool {
        self.either.is_empty() && self.all.is_empty() && self.nots == 0
    }
}

/// What must be a condition there.
fn expect_condition(parser: &Parser<'_>, node: Node) -> Result<Condition, DynamoError> {
    match node {
        Node::Condition(condition) => Ok(condition),
        Node::Operand(Operand::Size(_)) => Err(misplaced(parser, "size")),
        Node::Operand(_) => Err(parser.syntax_error()),
    }
}

/// An operand with a comparison behind it becomes a condition.
fn compare(parser: &mut Parser<'_>, node: Node) -> Result<Node, DynamoError> {
    let left = match node {
        Node::Operand(operand) => operand,
        Node::Condition(condition) => {
            let compared =
                comparator(parser.peek().text).is_some() || parser.peek().is_keyword("BETWEEN") || parser.peek().is_keyword("IN");
            return match function_of(&condition).filter(|_| compared) {
                Some(function) => Err(misplaced(parser, function)),
                None => Ok(Node::Condition(condition)),
            };
        }
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

/// A function that is a condition, or an operand that something is compared with. No parentheses.
fn term(parser: &mut Parser<'_>) -> Result<Node, DynamoError> {
    if parser.at_function() && parser.peek().text != "size" {
        call(parser).map(Node::Condition)
    } else {
        operand(parser).map(Node::Operand)
    }
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
            Condition::Type(of, kind)
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

/// The function a condition consists of.
fn function_of(condition: &Condition) -> Option<&'static str> {
    Some(match condition {
        Condition::Exists(_) => "attribute_exists",
        Condition::NotExists(_) => "attribute_not_exists",
        Condition::Type(..) => "attribute_type",
        Condition::BeginsWith(..) => "begins_with",
        Condition::Contains(..) => "contains",
        _ => return None,
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
