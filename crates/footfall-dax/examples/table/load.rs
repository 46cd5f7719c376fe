//! Load that knows what it must read; `end2end/dax/drivers/load.py` tells what.

use super::values::{Item, item_told};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;
use std::time::Duration;

/// What may be there under each key: one item, or several after a write with an unknown end.
#[derive(Default)]
pub struct Possible(HashMap<String, Vec<Option<Item>>>);

impl Possible {
    pub fn written(&mut self, pk: &str, item: Item) {
        self.0.insert(pk.to_owned(), vec![Some(item)]);
        println!("ok");
    }

    pub fn perhaps_written(&mut self, pk: &str, item: Item) {
        self.0.entry(pk.to_owned()).or_insert_with(|| vec![None]).push(Some(item));
    }

    pub fn read(&self, pk: &str, found: Option<&Item>) {
        let possible = &self.0[pk];
        if possible.iter().any(|one| one.as_ref() == found) {
            println!("ok");
        } else {
            println!("wrong {:?}, not {:?}", found.map(item_told), possible.iter().flatten().map(item_told).collect::<Vec<_>>());
        }
    }
}

/// The key and the item of a number.
pub fn item(who: &str, order: &str, number: usize) -> (String, Item) {
    let shape = if order == "up" { number % 7 } else { 6 - number % 7 };
    let pk = format!("{who} {}", number % 20);
    let names = (0..=shape % 4).map(|n| format!("n{}", (shape * 3 + n) % 10));
    let mut item: Item = names.map(|name| (name.clone(), AttributeValue::S(format!("{name}={number}")))).collect();
    item.insert("pk".into(), AttributeValue::S(pk.clone()));
    (pk, item)
}

pub async fn failed(error: impl std::error::Error) {
    println!("failed {}", DisplayErrorContext(&error).to_string().replace('\n', " "));
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// A function that writes items and reads them back without end.
#[macro_export]
macro_rules! load {
    ($name:ident, $client:ty) => {
        async fn $name(client: &$client, table: &str, who: &str, order: &str) {
            let mut possible = load::Possible::default();
            for number in 0.. {
                let (pk, item) = load::item(who, order, number);
                match client.put_item().table_name(table).set_item(Some(item.clone())).send().await {
                    Ok(_) => possible.written(&pk, item),
                    Err(error) => {
                        possible.perhaps_written(&pk, item);
                        load::failed(error).await;
                    }
                }
                let key = aws_sdk_dynamodb::types::AttributeValue::S(pk.clone());
                match client.get_item().table_name(table).key("pk", key).send().await {
                    Ok(answer) => possible.read(&pk, answer.item()),
                    Err(error) => load::failed(error).await,
                }
            }
        }
    };
}
