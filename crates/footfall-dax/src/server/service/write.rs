//! Writing one item: first DynamoDB, then the cache.

use super::{Service, now_there, outcome_of};
use crate::server::cache::Outcome;
use crate::server::tables::Upheaval;
use crate::server::upstream::Repeat;
use crate::wire::error::DynamoError;
use crate::wire::expr::{Action, Projection, Update, project};
use crate::wire::model::{DeleteItem, PutItem, Request, Response, ReturnValues, UpdateItem, WriteOutput};
use std::sync::Arc;

/// Writes are repeated only when they were certainly not carried out.
const REPEAT: Repeat = Repeat::IfNotDone;

impl Service {
    pub(super) async fn put_item(&self, put: &PutItem, request: &Request) -> Result<Response, DynamoError> {
        let table = self.tables.get(&put.table).await?;
        let Some(key) = Self::item_key(&table, &put.item) else { return self.refused(request, &put.table).await };
        let write = self.items.begin_write(key.clone());
        match self.upstream.request(request, REPEAT).await {
            Ok(answer) => {
                self.end_write(write, &key, &put.table, now_there(&key, Some(Arc::new(put.item.clone()))));
                Ok(answer)
            }
            Err(refused) => {
                self.end_write(write, &key, &put.table, outcome_of(&refused));
                self.doubt(&put.table, &refused.error);
                Err(refused.error)
            }
        }
    }

    pub(super) async fn delete_item(&self, delete: &DeleteItem, request: &Request) -> Result<Response, DynamoError> {
        let table = self.tables.get(&delete.table).await?;
        let Some(key) = Self::exact_key(&table, &delete.key) else { return self.refused(request, &delete.table).await };
        let write = self.items.begin_write(key.clone());
        match self.upstream.request(request, REPEAT).await {
            Ok(answer) => {
                self.end_write(write, &key, &delete.table, now_there(&key, None));
                Ok(answer)
            }
            Err(refused) => {
                self.end_write(write, &key, &delete.table, outcome_of(&refused));
                self.doubt(&delete.table, &refused.error);
                Err(refused.error)
            }
        }
    }

    /// Asks DynamoDB for the whole new item, where what the caller asked for can be made of it.
    pub(super) async fn update_item(&self, update: &UpdateItem) -> Result<Response, DynamoError> {
        let table = self.tables.get(&update.table).await?;
        let wanted = Wanted::of(update);
        let mut asked = update.clone();
        if wanted.is_some() {
            asked.options.return_values = ReturnValues::AllNew;
        }
        let asked = Request::UpdateItem(asked);
        let Some(key) = Self::exact_key(&table, &update.key) else {
            return self.refused(&Request::UpdateItem(update.clone()), &update.table).await;
        };
        let write = self.items.begin_write(key.clone());
        match self.upstream.request(&asked, REPEAT).await {
            Ok(Response::Write(output)) => {
                let (output, outcome) = match (wanted, output) {
                    (Some(wanted), WriteOutput { attributes: Some(item), capacity, collection }) => {
                        let item = Arc::new(item);
                        let attributes = wanted.of_item(&item);
                        (WriteOutput { attributes, capacity, collection }, now_there(&key, Some(item)))
                    }
                    (_, output) => (output, Outcome::Read),
                };
                self.end_write(write, &key, &update.table, outcome);
                Ok(Response::Write(output))
            }
            Ok(other) => Ok(other),
            Err(refused) => {
                self.end_write(write, &key, &update.table, outcome_of(&refused));
                self.doubt(&update.table, &refused.error);
                Err(refused.error)
            }
        }
    }

    /// A write whose key is none of the table as we know it: DynamoDB refuses it in its own words. Should it not (the
    /// table is another one now), nothing known of this table holds.
    async fn refused(&self, request: &Request, table: &str) -> Result<Response, DynamoError> {
        let answer = self.pass(request, REPEAT).await;
        self.tables.doubt(table);
        if answer.is_ok() {
            self.tables.renumber(Upheaval::Done, |name| name == table);
        }
        answer
    }
}

/// What the caller of an update gets of the whole new item.
#[derive(Debug)]
enum Wanted {
    Nothing,
    All,
    Updated(Projection),
}

impl Wanted {
    /// `None` when the answer cannot be made of the new item.
    fn of(update: &UpdateItem) -> Option<Self> {
        match update.options.return_values {
            ReturnValues::None => Some(Self::Nothing),
            ReturnValues::AllNew => Some(Self::All),
            ReturnValues::UpdatedNew => update.update.as_ref().and_then(updated_paths).map(Self::Updated),
            ReturnValues::AllOld | ReturnValues::UpdatedOld => None,
        }
    }

    fn of_item(self, item: &crate::wire::value::Item) -> Option<crate::wire::value::Item> {
        match self {
            Self::Nothing => None,
            Self::All => Some(item.clone()),
            Self::Updated(paths) => Some(project(item, &paths)).filter(|updated| !updated.is_empty()),
        }
    }
}

/// The attributes an update names, when all of them are whole attributes that are set. `None` otherwise: what DynamoDB
/// answers of places inside attributes, and of removals, it says best itself.
fn updated_paths(update: &Update) -> Option<Projection> {
    let path = |action: &Action| match action {
        Action::Set(path, _) | Action::Add(path, _) => (path.0.len() == 1).then(|| path.clone()),
        Action::Remove(_) | Action::Delete(..) => None,
    };
    update.iter().map(path).collect()
}
