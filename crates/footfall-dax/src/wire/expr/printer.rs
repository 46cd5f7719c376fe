//! Expressions back into text, with placeholders for all names and values.

use super::condition::sign_of;
use super::{Action, Condition, Operand, Path, PathElement, Update};
use crate::wire::value::Value;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// Prints the expressions of one request; they share one table of placeholders: `#0` … `#z`, `#10` … for names, `:0` … for
/// values.
///
/// As short as can be: DynamoDB takes 4 KB of an expression, and what it took from a client it must not refuse from us.
/// Still, no names as they are: the list of reserved words may grow.
#[derive(Default, Debug)]
pub struct Printer {
    names: HashMap<String, usize>,
    values: HashMap<Value, usize>,
}

/// The placeholders of a request and what they stand for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Placeholders {
    /// `ExpressionAttributeNames`; empty when there are none (DynamoDB refuses an empty map: leave it out).
    pub names: BTreeMap<String, String>,
    /// `ExpressionAttributeValues`; empty when there are none.
    pub values: BTreeMap<String, Value>,
}

impl Printer {
    /// None printed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A condition, filter or key condition.
    pub fn condition(&mut self, condition: &Condition) -> String {
        let mut text = String::new();
        self.write_condition(condition, &mut text);
        text
    }

    /// An update. Its actions are gathered into sections: their order among each other changes nothing, because
    /// DynamoDB computes all of them from the item as it was, and no two of them may touch one place.
    pub fn update(&mut self, update: &Update) -> String {
        type OfSection = fn(&Action) -> bool;
        let sections: [(&str, OfSection); 4] = [
            ("SET ", |action| matches!(action, Action::Set(..))),
            ("REMOVE ", |action| matches!(action, Action::Remove(_))),
            ("ADD ", |action| matches!(action, Action::Add(..))),
            ("DELETE ", |action| matches!(action, Action::Delete(..))),
        ];
        let mut text = String::new();
        for (keyword, belongs) in sections {
            let mut between = if text.is_empty() { keyword.to_owned() } else { format!(" {keyword}") };
            for action in update.iter().filter(|action| belongs(action)) {
                text.push_str(&between);
                self.write_action(action, &mut text);
                between = ",".to_owned();
            }
        }
        text
    }

    /// A projection.
    pub fn projection(&mut self, projection: &[Path]) -> String {
        let mut text = String::new();
        for (at, path) in projection.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { "," });
            self.write_path(path, &mut text);
        }
        text
    }

    /// What the placeholders of everything printed stand for.
    pub fn finish(self) -> Placeholders {
        Placeholders {
            names: self.names.into_iter().map(|(name, at)| (format!("#{}", shortest(at)), name)).collect(),
            values: self.values.into_iter().map(|(value, at)| (format!(":{}", shortest(at)), value)).collect(),
        }
    }

    fn write_condition(&mut self, condition: &Condition, text: &mut String) {
        match condition {
            Condition::Compare(comparator, a, b) => {
                self.write_operand(a, text);
                text.push_str(sign_of(*comparator));
                self.write_operand(b, text);
            }
            Condition::And(members) => self.write_chain(members, " AND ", text),
            Condition::Or(members) => self.write_chain(members, " OR ", text),
            Condition::Not(negated) => {
                text.push_str("NOT ");
                self.write_member(negated, text);
            }
            Condition::Between(a, low, high) => {
                self.write_operand(a, text);
                text.push_str(" BETWEEN ");
                self.write_operand(low, text);
                text.push_str(" AND ");
                self.write_operand(high, text);
            }
            Condition::In(a, choices) => {
                self.write_operand(a, text);
                text.push_str(" IN ");
                self.write_arguments(choices.iter(), text);
            }
            Condition::Exists(path) => self.write_call("attribute_exists", &[&Operand::Path(path.clone())], text),
            Condition::NotExists(path) => self.write_call("attribute_not_exists", &[&Operand::Path(path.clone())], text),
            Condition::Type(a, kind) => self.write_call("attribute_type", &[a, kind], text),
            Condition::BeginsWith(a, prefix) => self.write_call("begins_with", &[a, prefix], text),
            Condition::Contains(a, part) => self.write_call("contains", &[a, part], text),
        }
    }

    fn write_chain(&mut self, members: &[Condition], between: &str, text: &mut String) {
        for (at, member) in members.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { between });
            self.write_member(member, text);
        }
    }

    /// Within another condition: chains in parentheses. Never two pairs around one thing: DynamoDB refuses that.
    fn write_member(&mut self, condition: &Condition, text: &mut String) {
        if matches!(condition, Condition::And(_) | Condition::Or(_)) {
            text.push('(');
            self.write_condition(condition, text);
            text.push(')');
        } else {
            self.write_condition(condition, text);
        }
    }

    fn write_action(&mut self, action: &Action, text: &mut String) {
        self.write_path(action.path(), text);
        match action {
            Action::Set(_, operand) => {
                text.push('=');
                self.write_operand(operand, text);
            }
            Action::Remove(_) => {}
            Action::Add(_, operand) | Action::Delete(_, operand) => {
                text.push(' ');
                self.write_operand(operand, text);
            }
        }
    }

    fn write_operand(&mut self, operand: &Operand, text: &mut String) {
        match operand {
            Operand::Path(path) => self.write_path(path, text),
            Operand::Value(value) => self.write_value(value, text),
            Operand::Size(of) => self.write_call("size", &[of], text),
            Operand::IfNotExists(path, other) => self.write_call("if_not_exists", &[&Operand::Path(path.clone()), other], text),
            Operand::ListAppend(a, b) => self.write_call("list_append", &[a, b], text),
            Operand::Plus(a, b) => self.write_sum(a, "+", b, text),
            Operand::Minus(a, b) => self.write_sum(a, "-", b, text),
        }
    }

    fn write_sum(&mut self, a: &Operand, sign: &str, b: &Operand, text: &mut String) {
        self.write_operand(a, text);
        text.push_str(sign);
        self.write_operand(b, text);
    }

    fn write_call(&mut self, function: &str, arguments: &[&Operand], text: &mut String) {
        text.push_str(function);
        self.write_arguments(arguments.iter().copied(), text);
    }

    fn write_arguments<'a>(&mut self, arguments: impl Iterator<Item = &'a Operand>, text: &mut String) {
        text.push('(');
        for (at, argument) in arguments.enumerate() {
            text.push_str(if at == 0 { "" } else { "," });
            self.write_operand(argument, text);
        }
        text.push(')');
    }

    fn write_path(&mut self, path: &Path, text: &mut String) {
        for (at, element) in path.0.iter().enumerate() {
            match element {
                PathElement::Name(name) => {
                    let next = self.names.len();
                    let number = match self.names.get(name) {
                        Some(number) => *number,
                        None => *self.names.entry(name.clone()).or_insert(next),
                    };
                    text.push_str(&format!("{}#{}", if at == 0 { "" } else { "." }, shortest(number)));
                }
                PathElement::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
    }

    fn write_value(&mut self, value: &Value, text: &mut String) {
        let next = self.values.len();
        let number = match self.values.get(value) {
            Some(number) => *number,
            None => *self.values.entry(value.clone()).or_insert(next),
        };
        text.push_str(&format!(":{}", shortest(number)));
    }
}

/// A number in as few letters and digits as can be (all lower case).
fn shortest(mut number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(DIGITS[number % 36]));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}
