//! Chains of AND and OR are flat: `a AND (b AND c)` is one chain of three.

use super::Condition;

impl Condition {
    /// All of some conditions: one alone is itself, and chains of AND among them are taken apart.
    pub fn and(members: Vec<Self>) -> Self {
        chain(members, Self::And, |member| match member {
            Self::And(members) => Ok(members),
            other => Err(other),
        })
    }

    /// Any of some conditions: one alone is itself, and chains of OR among them are taken apart.
    pub fn or(members: Vec<Self>) -> Self {
        chain(members, Self::Or, |member| match member {
            Self::Or(members) => Ok(members),
            other => Err(other),
        })
    }
}

fn chain(
    mut members: Vec<Condition>,
    join: fn(Vec<Condition>) -> Condition,
    apart: fn(Condition) -> Result<Vec<Condition>, Condition>,
) -> Condition {
    if members.len() == 1 {
        return members.remove(0);
    }
    let mut flat = Vec::with_capacity(members.len());
    for member in members {
        match apart(member) {
            Ok(inner) => flat.extend(inner),
            Err(other) => flat.push(other),
        }
    }
    join(flat)
}
