//! Goals and segments as commands ask for them: by the site's name, with answers in JSON.

use super::audit::COMMAND;
use super::lexicon::{self, LexiconError};
use super::people::Doer;
use crate::house::{House, Named};
use crate::owner::Reply;
use crate::owner::protocol::Refusal;
use footfall_domain::{Role, SiteId};
use footfall_ingest::normal_domain;
use footfall_query::{Goal, Segment};
use serde_json::{Value, json};
use std::sync::Arc;

/// Nobody: only what is the site's is open to a command.
const NOBODY: &str = "";
/// Who has the command line may everything.
const DOER: Doer<'_> = Doer { who: COMMAND, role: Role::Owner };

pub(super) async fn add_goal(house: &House, site: &str, goal: &Value) -> Reply {
    let goal = Goal::from_json(goal).map_err(|fault| Refusal::usage(fault.to_string()))?;
    let id = lexicon::put_goal(house, DOER, known(house, site)?, None, &goal).await.map_err(|error| refusal(&error, "goal"))?;
    Ok(json!({"id": id, "name": goal.name}))
}

pub(super) async fn goals(house: &House, site: &str) -> Reply {
    let goals = named(house, known(house, site)?).await?;
    let row = |(id, goal): &(u64, Goal)| {
        let mut row = goal.to_json();
        row["id"] = json!(id);
        row
    };
    Ok(goals.goals.iter().map(row).collect())
}

pub(super) async fn remove_goal(house: &House, site: &str, id: u64) -> Reply {
    lexicon::remove_goal(house, DOER, known(house, site)?, id).await.map_err(|error| refusal(&error, "goal"))?;
    Ok(Value::Null)
}

pub(super) async fn add_segment(house: &House, site: &str, name: &str, filters: &Value) -> Reply {
    let filters = Segment::filters_from_json(filters).map_err(|fault| Refusal::usage(fault.to_string()))?;
    let site = known(house, site)?;
    named(house, site).await?.context(None).check(&filters).map_err(|fault| Refusal::usage(fault.to_string()))?;
    let added = lexicon::add_segment(house, COMMAND, site, None, name, &filters).await;
    Ok(json!({"id": added.map_err(|error| refusal(&error, "segment"))?, "name": name.trim()}))
}

pub(super) async fn segments(house: &House, site: &str) -> Reply {
    let named = named(house, known(house, site)?).await?;
    let open = named.segments.iter().filter(|known| known.is_open_to(None)).map(|known| &known.segment);
    Ok(open.map(|segment| json!({"id": segment.id, "name": segment.name, "filters": Segment::filters_to_json(&segment.filters)})).collect())
}

pub(super) async fn remove_segment(house: &House, site: &str, id: u64) -> Reply {
    let site = known(house, site)?;
    lexicon::remove_segment(house, COMMAND, site, NOBODY, id).await.map_err(|error| refusal(&error, "segment"))?;
    Ok(Value::Null)
}

fn known(house: &House, site: &str) -> Result<SiteId, Refusal> {
    let domain = normal_domain(site);
    let known = house.engine.sites().by_domain(&domain).map(|entry| entry.site.id);
    known.ok_or_else(|| Refusal::failed(format!("there is no site {domain}; `footfall site list` shows all")))
}

async fn named(house: &House, site: SiteId) -> Result<Arc<Named>, Refusal> {
    house.lexicons.of(site).await.map_err(|error| Refusal::from(anyhow::Error::from(error)))
}

fn refusal(error: &LexiconError, what: &str) -> Refusal {
    match error {
        LexiconError::Wrong(fault) => Refusal::usage(fault.to_string()),
        LexiconError::Exists => Refusal::failed(format!("there is such a {what} already")),
        LexiconError::Gone => Refusal::failed(format!("there is no such {what}; `footfall {what} list` shows all")),
        LexiconError::Full(most) => Refusal::failed(format!("a site has at most {most} of these; remove a {what} first")),
        LexiconError::NoRoom(_) | LexiconError::OfSite | LexiconError::Linked(_) | LexiconError::OfLink(_) => {
            Refusal::failed(error.to_string())
        }
        LexiconError::Broken(error) => Refusal::failed(error.to_string()),
    }
}
