//! Reading pieces through DAX. Only names that never change are asked for here: what a cache keeps of them stays right.

use super::failure::with_causes;
use super::item::{Item, Name, text};
use super::many::{GETS, Range};
use super::pieces::PieceReader;
use crate::StoreError;
use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use footfall_dax::client::Client;
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::{BTreeSet, HashMap};

/// Batches that are asked for side by side.
const AT_ONCE: usize = 4;
/// Times again of a batch's unprocessed rest; the table is not far.
const AGAIN: u32 = 3;

pub(super) struct DaxReader {
    client: Client,
    table: String,
}

impl DaxReader {
    /// Connects when it is first asked.
    pub fn new(config: &SdkConfig, url: &str, table: &str) -> Result<Self, StoreError> {
        let client = Client::new(config, url).map_err(|error| StoreError::Options(format!("reads: {error}")))?;
        Ok(Self { client, table: table.to_owned() })
    }

    async fn batch(&self, mut keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::with_capacity(keys.len());
        for _ in 0..AGAIN {
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).build().map_err(failed)?;
            let answer = self.client.batch_get_item().request_items(&self.table, wanted).send().await;
            let answer = answer.map_err(failed)?;
            items.extend(answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default());
            let rest = answer.unprocessed_keys.unwrap_or_default().remove(&self.table);
            keys = rest.map(|rest| rest.keys).unwrap_or_default();
            if keys.is_empty() {
                break;
            }
        }
        // What is still unprocessed counts as missing here, and is read from the table.
        Ok(items)
    }
}

#[async_trait]
impl PieceReader for DaxReader {
    async fn get(&self, names: &[Name]) -> Result<HashMap<Name, Item>, StoreError> {
        let names: Vec<&Name> = names.iter().collect::<BTreeSet<_>>().into_iter().collect();
        let batches: Vec<Vec<Item>> = names.chunks(GETS).map(|names| names.iter().map(|name| name.item()).collect()).collect();
        let answers: Vec<Vec<Item>> = stream::iter(batches).map(|keys| self.batch(keys)).buffer_unordered(AT_ONCE).try_collect().await?;
        answers.into_iter().flatten().map(|item| Ok((Name::of(&item)?, item))).collect()
    }

    async fn query(&self, range: &Range) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut call = self.client.query().table_name(&self.table).set_exclusive_start_key(start);
            call = call.expression_attribute_values(":pk", text(&range.pk));
            call = match &range.sks {
                None => call.key_condition_expression("pk = :pk"),
                Some((from, through)) => call
                    .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :through")
                    .expression_attribute_values(":from", text(from))
                    .expression_attribute_values(":through", text(through)),
            };
            let answer = call.send().await.map_err(failed)?;
            items.extend(answer.items.unwrap_or_default());
            match answer.last_evaluated_key {
                Some(last) if !last.is_empty() => start = Some(last),
                _ => return Ok(items),
            }
        }
    }
}

fn failed(error: impl std::error::Error + 'static) -> StoreError {
    StoreError::Unavailable(format!("DAX: {}", with_causes(&error)))
}
