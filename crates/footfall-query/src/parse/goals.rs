//! Reading a goal.

use super::field::Field;
use crate::{Goal, GoalKind, QueryError};
use footfall_domain::Currency;
use serde_json::Value;

pub(crate) fn goal(json: &Value) -> Result<Goal, QueryError> {
    let body = Field::root(json);
    let fields = body.object(&["name", "currency", "event", "props", "page", "scroll"])?;
    // Null is as good as nothing: that is how a goal is told.
    let said = |name: &str| fields.optional(name).filter(|field| !field.value.is_null());
    let kind = match (said("event"), said("page")) {
        (Some(event), None) => {
            if let Some(scroll) = said("scroll") {
                return Err(scroll.error("only a page is scrolled; leave this out"));
            }
            GoalKind::Event { name: event.text()?.to_owned(), props: said("props").map_or(Ok(Vec::new()), |field| props(&field))? }
        }
        (None, Some(page)) => {
            if let Some(props) = said("props") {
                return Err(props.error("only an event has properties; leave this out"));
            }
            let scroll = said("scroll").map(|field| field.number(1, 100)).transpose()?;
            GoalKind::Page { pattern: page.text()?.to_owned(), scroll: scroll.and_then(|percent| u8::try_from(percent).ok()) }
        }
        _ => return Err(body.error("a goal is either {\"event\": NAME} or {\"page\": PATTERN}")),
    };
    let name = said("name").map_or_else(|| Ok(kind.usual_name()), |field| field.text().map(str::to_owned))?;
    let currency = said("currency").map(|field| currency(&field)).transpose()?;
    let goal = Goal { name, kind, currency };
    goal.check()?;
    Ok(goal)
}

fn props(field: &Field<'_>) -> Result<Vec<(String, String)>, QueryError> {
    let fields = field.pairs()?;
    fields.iter().map(|(name, value)| Ok((name.clone(), value.text()?.to_owned()))).collect()
}

fn currency(field: &Field<'_>) -> Result<Currency, QueryError> {
    Currency::parse(field.text()?).ok_or_else(|| field.error("write a currency as three capital letters, such as EUR"))
}
