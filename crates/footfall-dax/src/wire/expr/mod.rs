//! Expressions: names and values already put in the place of `#name` and `:value`.

//!
//! Texts are parsed with DynamoDB's complaints ([`parse_condition`] and its like), printed with new placeholders
//! ([`Printer`]), and on the wire they are trees of numbers ([`codec`]).

mod chain;
pub mod codec;
mod condition;
mod lexer;
mod parser;
mod path;
mod printer;
mod projection;
mod reserved;
mod substitutions;
mod update;
mod weight;

pub use condition::{ConditionKind, parse_condition};
pub use lexer::MAX_BYTES;
pub use printer::{Placeholders, Printer};
pub use projection::{find, from_ordinals, parse_projection, project};
pub use substitutions::Substitutions;
pub use update::parse_update;

use super::value::Value;

/// A path to an attribute or into a document. The first element is always a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Path(pub Vec<PathElement>);

/// One step of a path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PathElement {
    /// An attribute, or a key of a map.
    Name(String),
    /// A place in a list.
    Index(u32),
}

/// What a condition compares, and what an update assigns.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Operand {
    /// What stands at a path.
    Path(Path),
    /// A value given.
    Value(Value),
    /// `size(a)`: of what stands at a path, or of a value given.
    Size(Box<Operand>),
    /// `if_not_exists(path, operand)`; updates only.
    IfNotExists(Path, Box<Operand>),
    /// `list_append(a, b)`; updates only.
    ListAppend(Box<Operand>, Box<Operand>),
    /// `a + b`; updates only.
    Plus(Box<Operand>, Box<Operand>),
    /// `a - b`; updates only.
    Minus(Box<Operand>, Box<Operand>),
}

/// How two operands are compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Comparator {
    Eq,
    Ne,
    Lt,
    Ge,
    Gt,
    Le,
}

/// A condition, filter or key condition.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Condition {
    /// `a op b`.
    Compare(Comparator, Operand, Operand),
    /// All of them: chains are flat, two members at least.
    And(Vec<Condition>),
    /// Any of them: chains are flat, two members at least.
    Or(Vec<Condition>),
    /// `NOT c`.
    Not(Box<Condition>),
    /// `a BETWEEN low AND high`.
    Between(Operand, Operand, Operand),
    /// `a IN (…)`.
    In(Operand, Vec<Operand>),
    /// `attribute_exists(path)`.
    Exists(Path),
    /// `attribute_not_exists(path)`.
    NotExists(Path),
    /// `attribute_type(a, type)`.
    Type(Operand, Operand),
    /// `begins_with(a, prefix)`.
    BeginsWith(Operand, Operand),
    /// `contains(a, part)`.
    Contains(Operand, Operand),
}

/// One action of an update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Action {
    /// `SET path = operand`.
    Set(Path, Operand),
    /// `REMOVE path`.
    Remove(Path),
    /// `ADD path value`.
    Add(Path, Operand),
    /// `DELETE path value`.
    Delete(Path, Operand),
}

/// The actions of an update, in the order given.
pub type Update = Vec<Action>;

/// The paths of a projection, in the order given.
pub type Projection = Vec<Path>;
