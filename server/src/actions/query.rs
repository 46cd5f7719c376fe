//! Answering a v2 query.

use crate::house::House;
use footfall_domain::SiteId;
use footfall_ingest::normal_domain;
use footfall_query::{Context, Query, QueryError, RunError, Source, SourceError};
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

/// Answers a query. `only` is the one site the asker may ask about; none: any.
///
/// # Errors
/// The query makes no sense, or the numbers cannot be read.
pub async fn answer(house: &House, json: &Value, only: Option<SiteId>) -> Result<Value, QueryFailure> {
    let query = Query::parse(json)?;
    let domain = normal_domain(&query.site);
    let book = house.engine.sites();
    let entry =
        book.by_domain(&domain).filter(|entry| only.is_none_or(|only| only == entry.site.id)).ok_or(QueryFailure::UnknownSite(domain))?;
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
