//! Answering a v2 query.

use crate::house::House;
use footfall_domain::Role;
use footfall_ingest::normal_domain;
use footfall_query::{Context, Query, QueryError, RunError, Source, SourceError};
use footfall_store::ApiKey;
use serde_json::Value;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryFailure {
    /// The query makes no sense.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// There is no such site, or the asker may not know of it.
    #[error("there is no site '{0}'")]
    UnknownSite(String),
    /// The numbers cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Answers a query. `key` is what a program asks with; none: who runs the house asks.
///
/// # Errors
/// The query makes no sense, or the numbers cannot be read.
pub async fn answer(house: &House, json: &Value, key: Option<&ApiKey>) -> Result<Value, QueryFailure> {
    let query = Query::parse(json)?;
    let domain = normal_domain(&query.site);
    let book = house.engine.sites();
    let Some(entry) = book.by_domain(&domain) else { return Err(QueryFailure::UnknownSite(domain)) };
    if let Some(key) = key
        && !house.people.opens(key, &entry.site, Role::Viewer).await.map_err(SourceError::new)?
    {
        return Err(QueryFailure::UnknownSite(domain));
    }
    let view = house.engine.view(entry.site.id).await?;
    let context = Context { site: &entry.site, calendar: &entry.calendar, now: house.now() };
    // A program is nobody in particular: it may use the site's segments.
    let site = house.lexicons.of(entry.site.id).await.map_err(SourceError::new)?.context(None);
    let report = footfall_query::run_in(&query, &context, &site, &view, &*house.engine).await.map_err(|error| match error {
        RunError::Query(error) => QueryFailure::Query(error),
        RunError::Source(error) => QueryFailure::Source(error),
    })?;
    Ok(report.to_json())
}
