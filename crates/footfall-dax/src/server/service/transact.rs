//! Transactions that write: through to DynamoDB; what they touched is read anew, consistently, when it is asked for.

use super::Service;
use crate::server::cache::Outcome;
use crate::server::tables::Upheaval;
use crate::server::upstream::Repeat;
use crate::wire::error::DynamoError;
use crate::wire::model::{Request, Response, TransactAction, TransactWriteItems};

impl Service {
    pub(super) async fn transact_write(&self, transaction: &TransactWriteItems, request: &Request) -> Result<Response, DynamoError> {
        let mut begun = Vec::new();
        let mut strange = Vec::new();
        for write in &transaction.writes {
            let table = self.tables.get(&write.table).await?;
            let key = match &write.action {
                TransactAction::Check(_) => continue,
                TransactAction::Put(item) => Self::item_key(&table, item),
                TransactAction::Delete(key) | TransactAction::Update(key, _) => Self::exact_key(&table, key),
            };
            match key {
                Some(key) => begun.push((self.items.begin_write(key.clone()), key, write.table.as_str())),
                None => strange.push(write.table.clone()),
            }
        }
        let answer = self.upstream.request(request, Repeat::IfNotDone).await;
        self.tables.renumber(Upheaval::Done, |name| answer.is_ok() && strange.iter().any(|other| other == name));
        strange.iter().for_each(|name| self.tables.doubt(name));
        for (write, key, table) in begun {
            let outcome = match &answer {
                Err(refused) if refused.maybe_done => Outcome::Unknown,
                // A transaction sent again under its token succeeds without doing anything: what is there is not what
                // the request says.
                Ok(_) | Err(_) => Outcome::Read,
            };
            self.end_write(write, &key, table, outcome);
        }
        answer.map_err(|refused| refused.error)
    }
}
