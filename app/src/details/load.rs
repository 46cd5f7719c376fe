//! The rows of a details page.

use super::columns::columns;
use super::found::{Found, goals, machines};
use super::{DetailsReport, DetailsState, ROWS};
use crate::panels::{self, Asking, Column, List, Panel, PanelRow, Shown};
use crate::site_page::{Asker, LeftOut, PageState, Period, Span, Subject};
use crate::words::Lang;
use footfall_domain::{Dimension, LocalDate, Metric};
use footfall_query::{By, DateRange, Direction, Filter, Op, OrderKey, Query, RunError, property_keys};

/// Asks for the rows of a page.
///
/// # Errors
/// The numbers could not be read.
pub async fn load(asker: &Asker<'_>, state: &DetailsState) -> Result<DetailsReport, RunError> {
    load_rows(asker, state, ROWS).await
}

/// The same with another number of rows a page: for who takes all of them away.
///
/// # Errors
/// As [`load`].
pub async fn load_rows(asker: &Asker<'_>, state: &DetailsState, at_most: u32) -> Result<DetailsReport, RunError> {
    let time = Time::of(asker, &state.state);
    let lists = time.lists(asker, &state.state);
    let report = load_shown(&lists, &time, state, lists.shown(state.panel), at_most, true).await?;
    if report.shown.within.is_some() && nothing_below(&lists, &report).await? {
        // As in the panel: then what is known says more.
        return load_shown(&lists, &time, state, lists.tab_shown(state.panel), at_most, true).await;
    }
    Ok(report)
}

/// The rows of the tab itself, whatever a filter leads to, and without the tabs beside it.
///
/// # Errors
/// As [`load`].
pub async fn load_tab(asker: &Asker<'_>, state: &DetailsState, at_most: u32) -> Result<DetailsReport, RunError> {
    let time = Time::of(asker, &state.state);
    let lists = time.lists(asker, &state.state);
    load_shown(&lists, &time, state, lists.tab_shown(state.panel), at_most, false).await
}

/// The properties seen under the filters of a page, most visitors first.
///
/// # Errors
/// As [`load`].
pub async fn seen_properties(asker: &Asker<'_>, state: &PageState) -> Result<Vec<String>, RunError> {
    property_names(&Time::of(asker, state).lists(asker, state)).await
}

/// When a page is about.
struct Time {
    today: LocalDate,
    span: Span,
    range: DateRange,
}

impl Time {
    fn of(asker: &Asker<'_>, state: &PageState) -> Self {
        let today = asker.context.calendar.moment(asker.context.now).date;
        let span = state.period.span(today, asker.view.first_date);
        let range = match state.period {
            Period::Hours24 => DateRange::Hours24,
            Period::Realtime => crate::realtime::half_hour(asker.context.now),
            _ => DateRange::Dates(span.from, span.to),
        };
        Self { today, span, range }
    }

    fn lists<'a>(&'a self, asker: &'a Asker<'a>, state: &'a PageState) -> Asking<'a> {
        Asking { asker, state, range: &self.range, days: (self.span.from, self.span.to), rows: panels::ROWS }
    }
}

/// `whole_page`: with what stands around the rows, which is all hits read once more where they are of a property.
async fn load_shown(
    lists: &Asking<'_>,
    time: &Time,
    state: &DetailsState,
    mut shown: Shown,
    at_most: u32,
    whole_page: bool,
) -> Result<DetailsReport, RunError> {
    let properties = match state.panel {
        Panel::Properties if whole_page => property_names(lists).await?,
        _ => Vec::new(),
    };
    if state.panel == Panel::Properties {
        shown.property = shown.property.take().filter(|name| lists.may_show(name)).or_else(|| properties.first().cloned());
    }
    let columns = columns(shown.list, lists.is_about_goals(), lists.has_revenue());
    let Found { rows, largest, total, left_out } = match shown.list {
        List::Machines(_) => machines(lists, state, &shown, &columns, at_most).await?,
        List::Property if shown.property.is_none() => Found::default(),
        List::Goals => goals(lists, state, &shown, &columns, at_most).await?,
        _ => values(lists, state, &shown, &columns, at_most).await?,
    };
    Ok(DetailsReport { today: time.today, span: time.span, shown, properties, columns, rows, largest, total, left_out })
}

/// Whether nothing is known of the parts of a value, whatever is searched for and however far down one is.
async fn nothing_below(lists: &Asking<'_>, found: &DetailsReport) -> Result<bool, RunError> {
    if found.total > 1 || !panels::says_nothing(found.rows.iter().map(|row| row.value.as_str())) {
        return Ok(false);
    }
    let report = lists.run(&panels::grouped(lists.query(vec![Metric::Visitors]), &found.shown).page(2, 0)).await?;
    Ok(panels::says_nothing(report.rows.iter().filter_map(|row| row.dimensions.last()).map(String::as_str)))
}

async fn property_names(lists: &Asking<'_>) -> Result<Vec<String>, RunError> {
    let Asker { source, view, context, site, .. } = *lists.asker;
    let keys = property_keys(&lists.query(vec![Metric::Visitors]), context, site, view, source).await?;
    Ok(keys.into_iter().map(|key| key.name).filter(|name| lists.may_show(name)).collect())
}

async fn values(lists: &Asking<'_>, state: &DetailsState, shown: &Shown, columns: &[Column], at_most: u32) -> Result<Found, RunError> {
    let metrics: Vec<Metric> = columns.iter().filter_map(|column| column.metric()).collect();
    let mut query = panels::grouped(lists.query(metrics), shown);
    if let Some(aside) = panels::aside(shown.list) {
        query = kept_aside(query, shown, aside);
    }
    if !state.search.is_empty() {
        match searched(shown, &state.search, lists.asker.lang) {
            Some(found) => query = query.searched(found),
            None => return Ok(Found::default()),
        }
    }
    query = ordered(query, state, columns).with_total_rows();
    let report = lists.run(&query.clone().page(at_most, (state.page - 1) * at_most)).await?;
    let rows: Vec<PanelRow> = report.rows.iter().map(|row| panels::row_in_full(row, shown, columns)).collect();
    let largest = largest(lists, &query, &rows, state, columns).await?;
    Ok(Found { largest, rows, total: report.meta.total_rows.unwrap_or(0), left_out: LeftOut::of(&report) })
}

/// What the longest bar stands for: that of the first row where rows stand in that order, and on later pages too.
async fn largest(lists: &Asking<'_>, query: &Query, rows: &[PanelRow], state: &DetailsState, columns: &[Column]) -> Result<i64, RunError> {
    let here = rows.iter().map(PanelRow::size).max().unwrap_or(0);
    if state.page == 1 && state.sort_among(columns).is_none() || rows.is_empty() {
        return Ok(here);
    }
    let Some(first) = columns.first().and_then(|column| column.metric()) else { return Ok(here) };
    let mut query = query.clone().page(1, 0);
    query.order_by = vec![(OrderKey::Metric(first), Direction::Desc)];
    query.include.total_rows = false;
    let top = lists.run(&query).await?;
    let at = query.metrics.iter().position(|metric| *metric == first).unwrap_or(0);
    Ok(top.rows.first().and_then(|row| row.metrics.get(at).copied().flatten()).map_or(here, |value| value as i64))
}

/// Without the value that is no row of the list. All pages have the same rows, so it cannot be taken out afterwards.
fn kept_aside(query: Query, shown: &Shown, aside: &str) -> Query {
    match shown.subject().and_then(|subject| subject.by()) {
        Some(by) => query.searched(Filter::test(Op::IsNot, by, [aside.to_owned()])),
        None => query,
    }
}

/// What a search looks for, by what the reader sees; nothing where no row can have it. It finds rows of the whole list, with
/// the numbers they have there.
fn searched(shown: &Shown, text: &str, lang: Lang) -> Option<Filter> {
    let seen = |dimension| panels::seen_with(&Subject::Value(dimension), text, lang);
    match shown.list {
        List::Map => seen(Dimension::Country),
        List::Versions { of, version } => Some(Filter::Or([seen(of), seen(version)].into_iter().flatten().collect())),
        _ => shown.subject().and_then(|subject| panels::seen_with(&subject, text, lang)),
    }
}

fn ordered(query: Query, state: &DetailsState, columns: &[Column]) -> Query {
    let Some(sort) = state.sort_among(columns) else { return query };
    let direction = if sort.up { Direction::Asc } else { Direction::Desc };
    if sort.by == "value" {
        let keys: Vec<By> = query.dimensions.clone();
        return keys.into_iter().fold(query, |query, by| query.order(OrderKey::By(by), direction));
    }
    match columns.iter().find(|column| column.name() == sort.by).and_then(|column| column.metric()) {
        Some(metric) => query.order(OrderKey::Metric(metric), direction),
        None => query,
    }
}
