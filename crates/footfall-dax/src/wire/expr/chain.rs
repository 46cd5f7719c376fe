//! Chains of AND and OR are flat: `a AND (b AND c)` is one chain of three.

use super::Condition;

impl Condition {
    /// All of some conditions: one alone is itself, and chains of AND among them are taken apart.
    pub fn and(members: Vec<Self>) -> Self {
        chain(members, Self::And, |member| match member {
            Self::And(members) => members,
            other => vec![other],
        })
    }

    /// Any of some conditions: one alone is itself, and chains of OR among them are taken apart.
    pub fn or(members: Vec<Self>) -> Self {
        chain(members, Self::Or, |member| match member {
            Self::Or(members) => members,
            other => vec![other],
        })
    }
}

fn chain(mut members: Vec<Condition>, join: fn(Vec<Condition>) -> Condition, apart: fn(Condition) -> Vec<Condition>) -> Condition {
    if members.len() == 1 {
        return members.remove(0);
    }
    // The first member's list is gone on with: a chain nested to the left is not copied again and again.
    let mut members = members.into_iter();
    let mut flat = members.next().map(apart).unwrap_or_default();
    flat.extend(members.flat_map(apart));
    join(flat)
}
