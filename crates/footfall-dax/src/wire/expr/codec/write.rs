use super::{VERSION, node};
use crate::wire::cbor::{Writer, tag};
use crate::wire::expr::{Action, Comparator, Condition, Operand, Path, PathElement, Update};
use crate::wire::value::Value;
use crate::wire::write_value;
use std::collections::HashMap;

/// Writes a condition, filter or key condition: what goes into the byte string.
pub fn write_condition(condition: &Condition, to: &mut Writer) {
    write_expression(to, |tree| tree.condition(condition));
}

/// Writes an update: what goes into the byte string.
pub fn write_update(update: &Update, to: &mut Writer) {
    write_expression(to, |tree| {
        tree.to.array(update.len());
        update.iter().for_each(|action| tree.action(action));
    });
}

/// Writes a projection: what goes into the byte string.
pub fn write_projection(projection: &[Path], to: &mut Writer) {
    to.array(2);
    to.int(VERSION);
    to.array(projection.len());
    projection.iter().for_each(|path| write_path(path, to));
}

fn write_expression<'a>(to: &mut Writer, tree: impl FnOnce(&mut Tree<'a, '_>)) {
    to.array(3);
    to.int(VERSION);
    let mut writer = Tree { to, values: Vec::new(), places: HashMap::new() };
    tree(&mut writer);
    let values = writer.values;
    to.array(values.len());
    values.into_iter().for_each(|value| write_value(value, to));
}

/// A tree being written; its values are gathered in the order of their first use.
struct Tree<'a, 'w> {
    to: &'w mut Writer,
    values: Vec<&'a Value>,
    places: HashMap<&'a Value, usize>,
}

impl<'a> Tree<'a, '_> {
    fn node(&mut self, kind: i64, members: usize) {
        self.to.array(1 + members);
        self.to.int(kind);
    }

    fn condition(&mut self, condition: &'a Condition) {
        match condition {
            Condition::Compare(comparator, a, b) => self.operands(comparator_node(*comparator), &[a, b]),
            Condition::And(members) => self.chain(node::AND, members),
            Condition::Or(members) => self.chain(node::OR, members),
            Condition::Not(negated) => {
                self.node(node::NOT, 1);
                self.condition(negated);
            }
            Condition::Between(a, low, high) => self.operands(node::BETWEEN, &[a, low, high]),
            Condition::In(a, choices) => {
                self.node(node::IN, 2);
                self.operand(a);
                self.to.array(choices.len());
                choices.iter().for_each(|choice| self.operand(choice));
            }
            Condition::Exists(path) => self.function_of_path(node::EXISTS, path, &[]),
            Condition::NotExists(path) => self.function_of_path(node::NOT_EXISTS, path, &[]),
            Condition::Type(a, kind) => self.operands(node::TYPE, &[a, kind]),
            Condition::BeginsWith(a, prefix) => self.operands(node::BEGINS_WITH, &[a, prefix]),
            Condition::Contains(a, part) => self.operands(node::CONTAINS, &[a, part]),
        }
    }

    /// `a AND (b AND c)`. A chain of one is its member.
    fn chain(&mut self, kind: i64, members: &'a [Condition]) {
        for (at, member) in members.iter().enumerate() {
            if at + 1 < members.len() {
                self.node(kind, 2);
            }
            self.condition(member);
        }
    }

    fn action(&mut self, action: &'a Action) {
        match action {
            Action::Set(path, operand) => self.function_of_path(node::SET, path, &[operand]),
            Action::Remove(path) => self.function_of_path(node::REMOVE, path, &[]),
            Action::Add(path, operand) => self.function_of_path(node::ADD, path, &[operand]),
            Action::Delete(path, operand) => self.function_of_path(node::DELETE, path, &[operand]),
        }
    }

    fn function_of_path(&mut self, kind: i64, path: &Path, operands: &[&'a Operand]) {
        self.node(kind, 1 + operands.len());
        write_path(path, self.to);
        operands.iter().for_each(|operand| self.operand(operand));
    }

    fn operands(&mut self, kind: i64, operands: &[&'a Operand]) {
        self.node(kind, operands.len());
        operands.iter().for_each(|operand| self.operand(operand));
    }

    fn operand(&mut self, operand: &'a Operand) {
        match operand {
            Operand::Path(path) => write_path(path, self.to),
            Operand::Value(value) => {
                let next = self.values.len();
                let place = *self.places.entry(value).or_insert(next);
                if place == next {
                    self.values.push(value);
                }
                self.node(node::VALUE, 1);
                self.to.int(place as i64);
            }
            Operand::Size(of) => self.operands(node::SIZE, &[of]),
            Operand::IfNotExists(path, other) => self.function_of_path(node::IF_NOT_EXISTS, path, &[other]),
            Operand::ListAppend(a, b) => self.operands(node::LIST_APPEND, &[a, b]),
            Operand::Plus(a, b) => self.operands(node::PLUS, &[a, b]),
            Operand::Minus(a, b) => self.operands(node::MINUS, &[a, b]),
        }
    }
}

fn write_path(path: &Path, to: &mut Writer) {
    to.array(1 + path.0.len());
    to.int(node::PATH);
    for element in &path.0 {
        match element {
            PathElement::Name(name) => to.text(name),
            PathElement::Index(index) => {
                to.tag(tag::PATH_INDEX);
                to.uint(u64::from(*index));
            }
        }
    }
}

fn comparator_node(comparator: Comparator) -> i64 {
    match comparator {
        Comparator::Eq => node::EQ,
        Comparator::Ne => node::NE,
        Comparator::Lt => node::LT,
        Comparator::Ge => node::GE,
        Comparator::Gt => node::GT,
        Comparator::Le => node::LE,
    }
}
