//! Carries out what commands ask for.

use super::audit::{self, COMMAND};
use super::query::QueryFailure;
use super::{ActionError, import, keys, named, people, query, sharing, site_rules, sites, users};
use crate::house::House;
use crate::owner::protocol::{Order, Refusal};
use crate::owner::{ImportBytes, Orders, Reply};
use async_trait::async_trait;
use footfall_domain::{Role, Site, SiteId, UnixMillis};
use footfall_ingest::normal_domain;
use footfall_store::{ApiKey, KeyScope, User};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::mpsc;

/// The open house, as commands see it.
pub struct HouseOrders(pub Arc<House>);

#[async_trait]
impl Orders for HouseOrders {
    async fn carry_out(&self, order: Order, file: ImportBytes, progress: mpsc::Sender<Value>) -> Reply {
        let house = &self.0;
        match order {
            Order::SiteAdd { domain, timezone } => {
                done(sites::add(house, COMMAND, &domain, &timezone, None).await.map(|site| site_json(house, &site)))
            }
            Order::SiteList => done(sites::list(house).await.map(|all| all.iter().map(|site| site_json(house, site)).collect())),
            Order::SiteRemove { domain } => done(sites::remove(house, COMMAND, &domain, None).await.map(|()| Value::Null)),
            Order::SiteReset { domain, timezone } => {
                done(sites::reset(house, COMMAND, &domain, None, timezone.as_deref()).await.map(|site| site_json(house, &site)))
            }
            Order::SitePublic { domain, public } => done(publish(house, &domain, public).await),
            Order::SiteRole { domain, email, role } => done(give_role(house, &domain, &email, role.as_deref()).await),
            Order::SiteExclude { domain, kind, text } => done(site_rules::exclude(house, &domain, &kind, &text).await),
            Order::SiteExclusions { domain } => done(site_rules::list(house, &domain)),
            Order::SiteInclude { domain, number } => done(site_rules::include(house, &domain, number).await),
            Order::SiteRetention { domain, months, sure } => done(site_rules::retention(house, &domain, &months, sure).await),
            Order::Log { site, most } => done(audit::shown(house, site.as_deref(), most).await),
            Order::UserAdd { email, password, administrator } => {
                done(users::add(house, COMMAND, &email, &password, administrator).await.map(|user| json!({"email": user.email})))
            }
            Order::UserAdministrator { email, administrator } => {
                done(users::set_administrator(house, COMMAND, &email, administrator).await.map(|()| Value::Null))
            }
            Order::UserList => done(users::list(house).await.map(|all| all.iter().map(user_json).collect())),
            Order::UserRemove { email } => done(users::remove(house, COMMAND, &email).await.map(|()| Value::Null)),
            Order::UserPassword { email, password } => {
                done(users::set_password(house, COMMAND, &email, &password).await.map(|()| Value::Null))
            }
            Order::KeyAdd { site, scope, name } => {
                let scope = KeyScope::from_name(&scope).ok_or_else(|| Refusal::usage("a scope is stats, events, sites or admin"))?;
                let added = keys::add(house, COMMAND, keys::Wanted { site: site.as_deref(), scope, name: &name, owner: None }).await;
                done(added.map(|(token, key)| json!({"key": token.text(), "id": key.id})))
            }
            Order::KeyList => done(keys::list(house).await.map(|all| all.iter().map(|key| key_json(house, key)).collect())),
            Order::KeyRemove { id } => done(keys::remove(house, COMMAND, id).await.map(|()| Value::Null)),
            Order::GoalAdd { site, goal } => named::add_goal(house, &site, &goal).await,
            Order::GoalList { site } => named::goals(house, &site).await,
            Order::GoalRemove { site, id } => named::remove_goal(house, &site, id).await,
            Order::SegmentAdd { site, name, filters } => named::add_segment(house, &site, &name, &filters).await,
            Order::SegmentList { site } => named::segments(house, &site).await,
            Order::SegmentRemove { site, id } => named::remove_segment(house, &site, id).await,
            Order::Import { site, format } => import::bring_in(house, site, format, file, progress).await,
            Order::Query { query } => {
                // A command asks about everything that was answered before it was typed.
                house.engine.wait_caught_up().await;
                query::answer(house, &query, None).await.map_err(|failure| match failure {
                    QueryFailure::Query(error) => Refusal::usage(error.to_string()),
                    QueryFailure::UnknownSite(domain) => {
                        Refusal::failed(format!("there is no site '{domain}'; `footfall site list` shows all"))
                    }
                    QueryFailure::Source(error) => Refusal::from(anyhow::Error::from(error)),
                })
            }
        }
    }
}

fn done(outcome: Result<Value, ActionError>) -> Reply {
    outcome.map_err(Refusal::from)
}

fn site_json(house: &House, site: &Site) -> Value {
    let now = house.now();
    let zone_now = site.zones.iter().rev().find(|change| change.from <= now).map_or("UTC", |change| &change.zone);
    let mut json =
        json!({"id": site.id.0, "domain": site.domain, "timezone": zone_now, "created": text(site.created), "public": site.sharing.public});
    if let Some(next) = site.zones.last().filter(|change| change.from > now) {
        json["next_timezone"] = json!({"timezone": next.zone, "from": text(next.from)});
    }
    json
}

fn user_json(user: &User) -> Value {
    json!({"email": user.email, "created": text(user.created), "administrator": user.administrator})
}

async fn give_role(house: &House, domain: &str, email: &str, role: Option<&str>) -> Result<Value, ActionError> {
    let role = role.map(|name| {
        Role::from_name(name).ok_or_else(|| ActionError::Invalid("a role is viewer, editor, admin or owner".to_owned().into()))
    });
    let site = people::put_role(house, COMMAND, known_site(house, domain)?, email, role.transpose()?).await?;
    Ok(site_json(house, &site))
}

pub(super) fn known_site(house: &House, domain: &str) -> Result<SiteId, ActionError> {
    let domain = normal_domain(domain);
    let id = house.engine.sites().by_domain(&domain).map(|entry| entry.site.id);
    id.ok_or_else(|| ActionError::State(format!("there is no site {domain}; `footfall site list` shows all").into()))
}

async fn publish(house: &House, domain: &str, public: bool) -> Result<Value, ActionError> {
    sharing::set_public(house, COMMAND, known_site(house, domain)?, public).await.map(|site| site_json(house, &site))
}

fn key_json(house: &House, key: &ApiKey) -> Value {
    let book = house.engine.sites();
    let site = key.site.and_then(|id| book.by_id(id)).map(|entry| entry.site.domain.clone());
    json!({"id": key.id, "scope": key.scope.name(), "site": site, "all_sites": key.site.is_none(), "name": key.name, "owner": key.owner, "created": text(key.created)})
}

/// RFC 3339 in UTC, to the second.
pub(super) fn text(at: UnixMillis) -> String {
    at.timestamp().round(jiff::Unit::Second).map_or_else(|_| at.timestamp().to_string(), |at| at.to_string())
}
