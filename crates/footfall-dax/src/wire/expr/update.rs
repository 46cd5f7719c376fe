//! Updates out of their text.

use super::lexer::Kind;
use super::parser::Parser;
use super::path::check_overlaps;
use super::{Action, Operand, Path, Substitutions, Update};
use crate::wire::error::DynamoError;

/// Parses an `UpdateExpression`, with the names and values of its request put in.
///
/// # Errors
/// A `ValidationException` in DynamoDB's words. What the tree cannot show to be wrong is left to DynamoDB.
pub fn parse_update(text: &str, substitutions: &Substitutions) -> Result<Update, DynamoError> {
    let mut parser = Parser::new("UpdateExpression", text, substitutions)?;
    let mut actions = Vec::new();
    let mut sections: Vec<&str> = Vec::new();
    loop {
        let section = ["SET", "REMOVE", "ADD", "DELETE"].into_iter().find(|section| parser.accept_keyword(section));
        let Some(section) = section else { return Err(parser.syntax_error()) };
        if sections.contains(&section) {
            return Err(parser.invalid(format!("The \"{section}\" section can only be used once in an update expression;")));
        }
        sections.push(section);
        actions.push(action(&mut parser, section)?);
        while parser.accept(",") {
            actions.push(action(&mut parser, section)?);
        }
        if parser.peek().kind == Kind::End {
            break;
        }
    }
    parser.finish()?;
    check_overlaps(&parser, &actions.iter().map(Action::path).collect::<Vec<_>>())?;
    Ok(actions)
}

fn action(parser: &mut Parser<'_>, section: &str) -> Result<Action, DynamoError> {
    let path = parser.path()?;
    parser.count_operator();
    Ok(match section {
        "SET" => {
            parser.expect("=")?;
            Action::Set(path, assigned(parser)?)
        }
        "REMOVE" => Action::Remove(path),
        "ADD" => Action::Add(path, parser.value()?),
        _ => Action::Delete(path, parser.value()?),
    })
}

/// What is assigned: an operand, or one sum or difference of two.
fn assigned(parser: &mut Parser<'_>) -> Result<Operand, DynamoError> {
    if parser.accept("(") {
        let inner = parser.in_parentheses(assigned)?;
        return if matches!(inner, Operand::Plus(..) | Operand::Minus(..)) { Ok(inner) } else { sum(parser, inner) };
    }
    let left = operand(parser, Place::Outside)?;
    sum(parser, left)
}

fn sum(parser: &mut Parser<'_>, left: Operand) -> Result<Operand, DynamoError> {
    let join = match parser.peek().text {
        "+" => Operand::Plus,
        "-" => Operand::Minus,
        _ => return Ok(left),
    };
    parser.take();
    parser.count_operator();
    let right = operand(parser, Place::Inside)?;
    for side in [&left, &right] {
        if matches!(side, Operand::ListAppend(..)) {
            return Err(misplaced(parser, "list_append", Place::Inside));
        }
    }
    Ok(join(Box::new(left), Box::new(right)))
}

/// Whether an operand stands in another one: only `if_not_exists` may.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Outside,
    Inside,
}

fn operand(parser: &mut Parser<'_>, place: Place) -> Result<Operand, DynamoError> {
    if parser.accept("(") {
        return parser.in_parentheses(|parser| operand(parser, place));
    }
    if parser.at_function() {
        return call(parser, place);
    }
    if parser.peek().kind == Kind::Value { parser.value() } else { parser.path().map(Operand::Path) }
}

fn call(parser: &mut Parser<'_>, place: Place) -> Result<Operand, DynamoError> {
    let name = parser.peek().text;
    if !(name == "if_not_exists" || name == "list_append" && place == Place::Outside) {
        return Err(misplaced(parser, name, place));
    }
    let arguments = parser.arguments(|parser| operand(parser, Place::Inside))?;
    let [first, second] = parser.exactly(name, arguments)?;
    Ok(match name {
        "if_not_exists" => Operand::IfNotExists(parser.as_path(name, first)?, Box::new(second)),
        _ => Operand::ListAppend(Box::new(first), Box::new(second)),
    })
}

fn misplaced(parser: &Parser<'_>, name: &str, place: Place) -> DynamoError {
    parser.invalid(match name {
        "list_append" if place == Place::Inside => {
            format!("The function is not allowed to be used this way in an expression; function: {name}")
        }
        "attribute_exists" | "attribute_not_exists" | "attribute_type" | "begins_with" | "contains" | "size" => {
            format!("The function is not allowed in an update expression; function: {name}")
        }
        _ => format!("Invalid function name; function: {name}"),
    })
}

impl Action {
    /// The path that changes.
    pub fn path(&self) -> &Path {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Add(path, _) | Self::Delete(path, _) => path,
        }
    }
}
