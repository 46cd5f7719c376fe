//! What a request cost, and how large collections are.

use super::JsonError;
use super::answer::{item, map, some, text};
use super::value::write_value;
use crate::wire::model::{Capacity, CollectionMetrics, Units};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

pub(super) fn read_capacity(json: &Json) -> Result<Capacity, JsonError> {
    Ok(Capacity {
        table_name: text(json, "TableName").unwrap_or_default(),
        total: read_units(json)?,
        table: some(json, "Table").map(read_units).transpose()?,
        local_indexes: map(some(json, "LocalSecondaryIndexes"), read_units)?,
        global_indexes: map(some(json, "GlobalSecondaryIndexes"), read_units)?,
    })
}

pub(super) fn write_capacity(capacity: &Capacity) -> Json {
    let mut fields = units(capacity.total);
    fields.insert("TableName".into(), json!(capacity.table_name));
    if let Some(table) = capacity.table {
        fields.insert("Table".into(), Json::Object(units(table)));
    }
    let indexes = [("LocalSecondaryIndexes", &capacity.local_indexes), ("GlobalSecondaryIndexes", &capacity.global_indexes)];
    for (name, indexes) in indexes {
        if !indexes.is_empty() {
            fields.insert(name.into(), Json::Object(of_indexes(indexes)));
        }
    }
    Json::Object(fields)
}

pub(super) fn read_collection(json: &Json) -> Result<CollectionMetrics, JsonError> {
    let wrong = || JsonError::unsure("the size of a collection is not as expected");
    let key = item(json, "ItemCollectionKey")?.and_then(|key| key.into_iter().next()).ok_or_else(wrong)?;
    let range = some(json, "SizeEstimateRangeGB").and_then(Json::as_array).ok_or_else(wrong)?;
    let bound = |at: usize| range.get(at).and_then(Json::as_f64).ok_or_else(wrong);
    Ok(CollectionMetrics { key, size_gb: (bound(0)?, bound(1)?) })
}

pub(super) fn write_collection(metrics: &CollectionMetrics) -> Json {
    let (name, value) = &metrics.key;
    let (from, to) = metrics.size_gb;
    json!({ "ItemCollectionKey": { name: write_value(value) }, "SizeEstimateRangeGB": [from, to] })
}

fn read_units(json: &Json) -> Result<Units, JsonError> {
    let field = |name: &str| some(json, name).and_then(Json::as_f64);
    let (read, write) = (field("ReadCapacityUnits"), field("WriteCapacityUnits"));
    Ok(Units { all: field("CapacityUnits").unwrap_or(read.unwrap_or(0.0) + write.unwrap_or(0.0)), read, write })
}

fn units(units: Units) -> Map<String, Json> {
    let fields = [("CapacityUnits", Some(units.all)), ("ReadCapacityUnits", units.read), ("WriteCapacityUnits", units.write)];
    fields.into_iter().filter_map(|(name, units)| Some((name.to_owned(), json!(units?)))).collect()
}

fn of_indexes(indexes: &BTreeMap<String, Units>) -> Map<String, Json> {
    indexes.iter().map(|(name, of_index)| (name.clone(), Json::Object(units(*of_index)))).collect()
}
