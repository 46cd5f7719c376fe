//! Goals: all, one found or made, one less.

use super::call::{Call, Told};
use super::page::{Entry, newest_first, page};
use super::refusal::Refusal;
use crate::actions::lexicon::{self, LexiconError};
use crate::actions::people::Doer;
use footfall_domain::{Role, SiteId};
use footfall_query::{Goal, GoalKind, QueryError};
use serde_json::{Map, Value, json};

/// What the goals of this API ask for, and what the query room calls it.
const FIELDS: [(&str, &str); 6] = [
    ("event_name", "event"),
    ("page_path", "page"),
    ("display_name", "name"),
    ("custom_props", "props"),
    ("scroll_threshold", "scroll"),
    ("currency", "currency"),
];

/// All goals of a site, the newest first.
pub(super) async fn list(call: Call) -> Told {
    let entry = call.site(Role::Viewer).await?;
    let named = call.app.house.lexicons.of(entry.site.id).await?;
    let goals = named.goals.iter().map(|(id, goal)| Entry { place: newest_first(*id), told: told(*id, goal) });
    page("goals", goals.collect(), &call.params)
}

/// The goal that asks for the same; made where there is none.
pub(super) async fn put(call: Call) -> Told {
    let goal = wanted(&call)?;
    let entry = call.site(Role::Editor).await?;
    let (house, site, role) = (&call.app.house, entry.site.id, call.role(&entry.site).await?);
    let (id, goal) = match known(&call, site, &goal).await? {
        Some(known) => known,
        None => match lexicon::put_goal(house, Doer { who: &call.who(), role }, site, None, &goal).await {
            Ok(id) => (id, goal),
            // Somebody else has made it meanwhile.
            Err(LexiconError::Exists) => known(&call, site, &goal).await?.ok_or(LexiconError::Exists)?,
            Err(LexiconError::Wrong(fault)) => return Err(wrong(&fault)),
            Err(error) => return Err(error.into()),
        },
    };
    let mut told = told(id, &goal);
    told["domain"] = json!(entry.site.domain);
    Ok(told)
}

/// One goal less. Its hits stay.
pub(super) async fn remove(call: Call) -> Told {
    let entry = call.site(Role::Editor).await?;
    let id = call.params.needed("goal_id")?.parse().map_err(|_| Refusal::Nothing("goal"))?;
    let (who, role) = (call.who(), call.role(&entry.site).await?);
    match lexicon::remove_goal(&call.app.house, Doer { who: &who, role }, entry.site.id, id).await {
        Ok(()) => Ok(json!({"deleted": true})),
        Err(LexiconError::Gone) => Err(Refusal::Nothing("goal")),
        Err(error) => Err(error.into()),
    }
}

/// The goal a request describes.
fn wanted(call: &Call) -> Result<Goal, Refusal> {
    let params = &call.params;
    params.needed("site_id")?;
    let mut json = Map::new();
    match params.needed("goal_type")?.as_str() {
        "event" => {
            json.insert("event".to_owned(), params.needed("event_name")?.into());
            if let Some(props) = params.value("custom_props") {
                json.insert("props".to_owned(), props.clone());
            }
        }
        "page" => {
            let path = params.needed("page_path")?;
            let path = if path.starts_with(['/', '*']) { path } else { format!("/{path}") };
            json.insert("page".to_owned(), path.into());
            if let Some(scroll) = params.number("scroll_threshold")? {
                let percent: u8 =
                    scroll.parse().map_err(|_| Refusal::Wrong("scroll_threshold: write a percentage from 1 to 100".into()))?;
                json.insert("scroll".to_owned(), percent.into());
            }
        }
        _ => return Err(Refusal::Wrong("goal_type: this is `event` or `page`".to_owned())),
    }
    for (field, name) in [("display_name", "name"), ("currency", "currency")] {
        if let Some(text) = params.text(field)? {
            json.insert(name.to_owned(), text.into());
        }
    }
    Goal::from_json(&Value::Object(json)).map_err(|fault| wrong(&fault))
}

/// A goal of the site that asks for the same, whatever it is called.
async fn known(call: &Call, site: SiteId, goal: &Goal) -> Result<Option<(u64, Goal)>, Refusal> {
    let named = call.app.house.lexicons.of(site).await?;
    let same = |known: &Goal| known.kind == goal.kind && (goal.currency.is_none() || known.currency == goal.currency);
    Ok(named.goals.iter().find(|(_, known)| same(known)).cloned())
}

fn told(id: u64, goal: &Goal) -> Value {
    let (kind, event, page, props, scroll) = match &goal.kind {
        GoalKind::Event { name, props } => ("event", Some(name), None, props.as_slice(), None),
        GoalKind::Page { pattern, scroll } => ("page", None, Some(pattern), &[][..], *scroll),
    };
    let props: Map<String, Value> = props.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
    json!({
        "id": id,
        "display_name": goal.name,
        "goal_type": kind,
        "event_name": event,
        "page_path": page,
        "custom_props": props,
        "scroll_threshold": scroll,
        "currency": goal.currency.map(|currency| currency.code().to_owned()),
    })
}

/// What is wrong, by the name the field has here.
fn wrong(fault: &QueryError) -> Refusal {
    let (first, rest) = fault.path.find('.').map_or((fault.path.as_str(), ""), |at| fault.path.split_at(at));
    let field = FIELDS.iter().find(|(_, name)| *name == first).map_or(first, |(field, _)| field);
    Refusal::Wrong(format!("{field}{rest}: {}", fault.message))
}
