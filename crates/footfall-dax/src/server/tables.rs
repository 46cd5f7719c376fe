//! Tables and their key schemas, asked of DynamoDB and remembered for a while.

use super::cache::key::TableNumber;
use super::cache::{SETTLING, UNKNOWN};
use super::upstream::{Repeat, Upstream};
use crate::clock::SharedClock;
use crate::wire::error::DynamoError;
use crate::wire::value::{KeySchema, KeyType};
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// A schema this old is asked for again, beside the requests that use it; the official clients keep it as long.
const FRESH: Duration = Duration::from_secs(60);
/// A schema this old is used only when no newer one comes soon: the table may be another one by now.
const OLD: Duration = Duration::from_secs(120);
/// So long a request waits for a schema in the place of an old one.
const PATIENCE: Duration = Duration::from_secs(1);

/// A table as the caches know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Table {
    /// Its key in the caches: changes when the table does, so that nothing of the old one is found.
    pub(super) number: TableNumber,
    pub(super) schema: Arc<KeySchema>,
    /// What tells it from another table of the same name.
    identity: Arc<str>,
    /// How careful its readers must be now.
    pub(super) caution: TableCaution,
}

/// How careful readers of a whole table must be: something wrote to it, and nobody can say which items.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum TableCaution {
    /// Nothing of the kind happened lately.
    #[default]
    None,
    /// It was written a moment ago: an eventually consistent read could bring what was there before, to be kept.
    ReadConsistently,
    /// It may still be written: nothing read of it now may be kept.
    KeepNothing,
}

#[derive(Clone, Debug)]
struct Known {
    table: Table,
    /// `None`: there is reason to doubt it.
    asked: Option<Duration>,
    /// Until this age its items are read consistently.
    settling: Duration,
    /// Until this age a write of unknown outcome may still arrive; what was kept until then is dropped at its end.
    unknown: Option<Duration>,
}

impl Known {
    fn at(&self, now: Duration) -> Table {
        let caution = match self.unknown {
            Some(_) => TableCaution::KeepNothing,
            None if now < self.settling => TableCaution::ReadConsistently,
            None => TableCaution::None,
        };
        Table { caution, ..self.table.clone() }
    }
}

/// What something did to tables that cannot be told item by item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Upheaval {
    /// It is done.
    Done,
    /// It may be done, still to come, or never.
    Unknown,
}

type Asked = Option<Result<Table, DynamoError>>;

/// The tables that were asked for.
#[derive(Debug)]
pub(super) struct Tables {
    known: RwLock<HashMap<String, Known>>,
    asking: Mutex<HashMap<String, watch::Receiver<Asked>>>,
    last_number: Mutex<TableNumber>,
    upstream: Arc<Upstream>,
    clock: SharedClock,
}

impl Tables {
    pub(super) fn new(upstream: Arc<Upstream>, clock: SharedClock) -> Arc<Self> {
        let (known, asking) = (RwLock::default(), Mutex::default());
        Arc::new(Self { known, asking, last_number: Mutex::default(), upstream, clock })
    }

    /// What is known of a table now, however old.
    pub(super) fn known(&self, name: &str) -> Option<Table> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(name).map(|known| known.at(self.clock.age()))
    }

    /// What is known of a table, not older than it may be.
    ///
    /// # Errors
    /// Those of `DescribeTable`: mostly that there is no such table.
    pub(super) async fn get(self: &Arc<Self>, name: &str) -> Result<Table, DynamoError> {
        let now = self.clock.age();
        let known =
            self.known.read().unwrap_or_else(PoisonError::into_inner).get(name).map(|known| (known.at(now), known.asked, known.unknown));
        let Some((table, asked, unknown)) = known else { return self.ask(name).await };
        if unknown.is_some_and(|until| until <= now) {
            // What was kept in between may be from before the write that was given up.
            self.renumber(Upheaval::Done, |other| other == name);
            return self.known(name).map_or(Ok(table), Ok);
        }
        let age = asked.map(|asked| now.saturating_sub(asked));
        match age {
            Some(age) if age < FRESH => Ok(table),
            Some(age) if age < OLD => {
                let (tables, name) = (Arc::clone(self), name.to_owned());
                tokio::spawn(async move { tables.ask(&name).await });
                Ok(table)
            }
            _ => match tokio::time::timeout(PATIENCE, self.ask(name)).await {
                Ok(Err(error)) if error.code == "ResourceNotFoundException" => Err(error),
                Ok(Ok(table)) => Ok(table),
                // DynamoDB is slow or gone: what is cached is still served.
                Ok(Err(_)) | Err(_) => Ok(table),
            },
        }
    }

    /// The table may have changed: the next request asks.
    pub(super) fn doubt(&self, name: &str) {
        if let Some(known) = self.known.write().unwrap_or_else(PoisonError::into_inner).get_mut(name) {
            known.asked = None;
        }
    }

    /// As [`Tables::doubt`], of all that are meant.
    pub(super) fn doubt_all(&self, is_meant: impl Fn(&str) -> bool) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.iter_mut().filter(|(name, _)| is_meant(name)).for_each(|(_, known)| known.asked = None);
    }

    /// Nothing cached of these tables is true any more, and their readers must be careful for a while.
    pub(super) fn renumber(&self, upheaval: Upheaval, is_meant: impl Fn(&str) -> bool) {
        let now = self.clock.age();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let meant: HashSet<TableNumber> = known.iter().filter(|(name, _)| is_meant(name)).map(|(_, known)| known.table.number).collect();
        for old in meant {
            let number = self.next_number();
            for known in known.values_mut().filter(|known| known.table.number == old) {
                known.table.number = number;
                known.settling = now + SETTLING;
                known.unknown = match upheaval {
                    Upheaval::Unknown => Some(now + UNKNOWN),
                    // Another one may still be on its way.
                    Upheaval::Done => known.unknown.filter(|until| *until > now),
                };
            }
        }
    }

    /// One question at a time for each table; asked in a task of its own, so that who waits may leave.
    async fn ask(self: &Arc<Self>, name: &str) -> Result<Table, DynamoError> {
        let mut answer = self.question(name);
        let answered = answer.wait_for(Option::is_some).await.map(|answer| answer.clone());
        answered.ok().flatten().unwrap_or_else(|| {
            // Its task ended badly: the next request asks anew.
            self.asking().remove(name);
            Err(DynamoError::internal("the table could not be described"))
        })
    }

    fn question(self: &Arc<Self>, name: &str) -> watch::Receiver<Asked> {
        let mut asking = self.asking();
        if let Some(answer) = asking.get(name) {
            return answer.clone();
        }
        let (sender, answer) = watch::channel(None);
        asking.insert(name.to_owned(), answer.clone());
        drop(asking);
        let (tables, name) = (Arc::clone(self), name.to_owned());
        tokio::spawn(async move {
            let described = tables.describe(&name).await;
            let remembered = tables.remember(&name, described);
            tables.asking().remove(&name);
            sender.send_replace(Some(remembered));
        });
        answer
    }

    fn asking(&self) -> MutexGuard<'_, HashMap<String, watch::Receiver<Asked>>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn describe(&self, name: &str) -> Result<(KeySchema, String), DynamoError> {
        let body = json!({ "TableName": name }).to_string();
        let answer = self.upstream.call("DynamoDB_20120810.DescribeTable", body.into(), Repeat::Freely).await;
        let answer = answer.map_err(|failure| super::upstream::unavailable(&failure))?;
        if !answer.status.is_success() {
            return Err(super::upstream::refusal(&answer));
        }
        let body: Json = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
        read_description(&body["Table"]).ok_or_else(unreadable)
    }

    fn remember(&self, name: &str, described: Result<(KeySchema, String), DynamoError>) -> Result<Table, DynamoError> {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let (schema, identity) = described.inspect_err(|error| {
            if error.code == "ResourceNotFoundException" {
                known.remove(name);
            }
        })?;
        let asked = Some(self.clock.age());
        if let Some(same) = known.get_mut(name).filter(|old| *old.table.identity == *identity && *old.table.schema == schema) {
            same.asked = asked;
            return Ok(same.at(self.clock.age()));
        }
        // A table has two names: its own and its ARN. Both must find the same entries.
        let same = known.values().find(|known| *known.table.identity == *identity && *known.table.schema == schema);
        let (settling, unknown) = same.map_or((Duration::ZERO, None), |same| (same.settling, same.unknown));
        let number = same.map_or_else(|| self.next_number(), |same| same.table.number);
        let table = Table { number, schema: Arc::new(schema), identity: identity.into(), caution: TableCaution::None };
        let new = Known { table, asked, settling, unknown };
        let table = new.at(self.clock.age());
        known.insert(name.to_owned(), new);
        Ok(table)
    }

    fn next_number(&self) -> TableNumber {
        let mut last = self.last_number.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.wrapping_add(1);
        *last
    }
}

fn unreadable() -> DynamoError {
    DynamoError::internal("DynamoDB described the table in words this server does not know")
}

/// The key schema, and what changes when a table of this name is made anew: its id, and where there is none (some
/// other servers) the time of its making.
fn read_description(table: &Json) -> Option<(KeySchema, String)> {
    let kind = |name: &str| {
        let all = table["AttributeDefinitions"].as_array()?;
        let found = all.iter().find(|definition| definition["AttributeName"] == name)?;
        match found["AttributeType"].as_str()? {
            "S" => Some(KeyType::S),
            "N" => Some(KeyType::N),
            "B" => Some(KeyType::B),
            _ => None,
        }
    };
    let part = |role: &str| {
        let name = table["KeySchema"].as_array()?.iter().find(|part| part["KeyType"] == role)?["AttributeName"].as_str()?;
        Some((name.to_owned(), kind(name)?))
    };
    let schema = KeySchema { hash: part("HASH")?, range: part("RANGE") };
    let identity = match table["TableId"].as_str() {
        Some(id) => id.to_owned(),
        None => format!("{} of {}", table["TableName"], table["CreationDateTime"]),
    };
    Some((schema, identity))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> Json {
        json!({
            "AttributeDefinitions": [
                { "AttributeName": "other", "AttributeType": "B" },
                { "AttributeName": "sk", "AttributeType": "N" },
                { "AttributeName": "pk", "AttributeType": "S" },
            ],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }],
            "TableName": "t",
            "CreationDateTime": 1.5,
        })
    }

    #[test]
    fn a_description_tells_the_key_and_which_table_it_is() {
        let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
        assert_eq!(read_description(&description()), Some((schema.clone(), "\"t\" of 1.5".into())));
        let mut named = description();
        named["TableId"] = json!("7c2f");
        assert_eq!(read_description(&named), Some((schema, "7c2f".into())));
        named["KeySchema"] = json!([]);
        assert_eq!(read_description(&named), None);
    }
}
