//! What the panels ask, and what they make of the answers.

use super::{Column, List, MachineList, Panel, PanelReport, PanelRow, READ_ALL, Shown, State, machine_query, machine_rows, unreached};
use crate::site_page::{Asker, LeftOut, Operator, PageState, Subject};
use footfall_domain::{Dimension, LocalDate, Metric, labels};
use footfall_query::{By, DateRange, Query, Report, Row, RunError, machine_report, property_keys, run_in};
use futures::future::try_join_all;

/// How many rows a panel shows.
pub const ROWS: usize = 9;
/// How many rows the map has room for: every country.
const COUNTRIES: usize = 300;
/// Up to so many hits are read for a list that rollups cannot answer, although nobody asked for it by name.
const FEW_HITS: f64 = 50_000.0;

/// One page's lists being asked for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Of whom, and by whom.
    pub asker: &'a Asker<'a>,
    /// What the address says.
    pub state: &'a PageState,
    /// The period of the lists.
    pub range: &'a DateRange,
    /// The first and the last of its days: machines are counted by day.
    pub days: (LocalDate, LocalDate),
    /// How many rows a list shows; the map has all.
    pub rows: usize,
}

/// Asks for some panels at the same time: where a filter makes every query fold hits, they share the machine's cores.
/// Their shares of all visitors are filled in by [`PanelReport::share_of`].
///
/// # Errors
/// The numbers could not be read. A state makes no wrong query.
pub async fn load(asking: &Asking<'_>, panels: &[Panel]) -> Result<Vec<PanelReport>, RunError> {
    try_join_all(panels.iter().map(|panel| asking.panel(*panel))).await
}

impl Asking<'_> {
    /// A query of the page's period, under its filters.
    pub fn query(&self, metrics: Vec<Metric>) -> Query {
        let query = Query::new(self.asker.context.site.domain.clone(), *self.range, metrics);
        self.state.filters.iter().fold(query, |query, filter| query.only(filter.query_filter()))
    }

    /// Asks it.
    ///
    /// # Errors
    /// The numbers could not be read, or the query makes no sense.
    pub async fn run(&self, query: &Query) -> Result<Report, RunError> {
        let Asker { source, view, context, site, .. } = *self.asker;
        run_in(query, context, site, view, source).await
    }

    /// Whether a goal is asked about: then visitors are those who reached it.
    pub fn is_about_goals(&self) -> bool {
        self.state
            .filters
            .iter()
            .any(|filter| filter.subject == Subject::Goal && matches!(filter.operator, Operator::Is | Operator::Contains))
    }

    /// What a panel really shows: without goals the events, which need no definition.
    pub fn shown(&self, panel: Panel) -> Shown {
        self.with_events(Shown::of(self.state, panel))
    }

    /// The same without what is below a value: the list of the tab itself.
    pub fn tab_shown(&self, panel: Panel) -> Shown {
        self.with_events(Shown::undrilled(self.state, panel))
    }

    fn with_events(&self, shown: Shown) -> Shown {
        let events = &Panel::Goals.tabs()[1];
        if shown.list == List::Goals && self.asker.site.goals.is_empty() {
            Shown { tab: events, list: events.list, ..shown }
        } else {
            shown
        }
    }

    /// A panel's list.
    ///
    /// # Errors
    /// As [`load`].
    pub async fn panel(&self, panel: Panel) -> Result<PanelReport, RunError> {
        let shown = self.shown(panel);
        match shown.list {
            List::Machines(list) => self.machines(panel, shown, list).await,
            List::Property => self.properties(panel, shown).await,
            List::Goals => self.goals(panel, shown).await,
            _ => {
                let within = shown.within.is_some();
                let report = self.values(panel, shown).await?;
                if !within || !report.rows.is_empty() {
                    return Ok(report);
                }
                // Nothing is known below: then what is known says more.
                self.values(panel, self.tab_shown(panel)).await
            }
        }
    }

    async fn values(&self, panel: Panel, shown: Shown) -> Result<PanelReport, RunError> {
        let columns = self.columns(shown.list);
        let aside = aside(shown.list);
        let room = if shown.list == List::Map { COUNTRIES } else { self.rows };
        // One row more says whether there are more; what is no row of the list is taken out afterwards, so that rollups
        // can answer without a filter.
        let limit = room + 1 + usize::from(aside.is_some());
        let query = grouped(self.query(metrics(&columns)), &shown).page(limit as u32, 0);
        let report = self.run(&query).await?;
        let mut rows: Vec<PanelRow> = report.rows.iter().map(|found| row(found, &shown, &columns)).collect();
        rows.retain(|row| Some(row.value.as_str()) != aside);
        if says_nothing(rows.iter().map(|row| row.value.as_str())) {
            rows.clear();
        }
        let more = rows.len() > room;
        rows.truncate(room);
        Ok(PanelReport {
            panel,
            shown,
            columns,
            rows,
            more,
            properties: Vec::new(),
            no_goals: self.asker.site.goals.is_empty(),
            left_out: LeftOut::of(&report),
            state: State::Read,
        })
    }

    async fn goals(&self, panel: Panel, shown: Shown) -> Result<PanelReport, RunError> {
        let mut report = self.values(panel, shown).await?;
        // A goal nobody reached is worth a row, unless another one is asked about.
        if !self.is_about_goals() && !report.more {
            report.rows.extend(unreached(&self.asker.site.goals, &report.rows, &report.columns));
            report.more = report.rows.len() > self.rows;
            report.rows.truncate(self.rows);
        }
        Ok(report)
    }

    async fn properties(&self, panel: Panel, mut shown: Shown) -> Result<PanelReport, RunError> {
        let asked_for = self.state.tab_name(panel);
        if asked_for.is_empty() && !self.reads_few_hits().await? {
            let columns = self.columns(shown.list);
            return Ok(PanelReport {
                panel,
                shown,
                columns,
                rows: Vec::new(),
                more: false,
                properties: Vec::new(),
                no_goals: self.asker.site.goals.is_empty(),
                left_out: None,
                state: State::KeptBack,
            });
        }
        let query = self.query(vec![Metric::Visitors]);
        let Asker { source, view, context, site, .. } = *self.asker;
        let keys = property_keys(&query, context, site, view, source).await?;
        let mut names: Vec<String> = keys.into_iter().map(|key| key.name).filter(|name| self.may_show(name)).collect();
        if asked_for.is_empty() || asked_for == READ_ALL {
            shown.property = names.first().cloned();
        } else if !self.may_show(asked_for) {
            shown.property = None;
        } else if !names.iter().any(|name| name == asked_for) {
            names.insert(0, asked_for.to_owned());
        }
        if shown.property.is_none() {
            let columns = self.columns(shown.list);
            return Ok(PanelReport {
                panel,
                shown,
                columns,
                rows: Vec::new(),
                more: false,
                properties: names,
                no_goals: false,
                left_out: None,
                state: State::Read,
            });
        }
        let report = self.values(panel, shown).await?;
        Ok(PanelReport { properties: names, ..report })
    }

    /// Machines have no visits to filter by.
    async fn machines(&self, panel: Panel, shown: Shown, list: MachineList) -> Result<PanelReport, RunError> {
        let columns = self.columns(shown.list);
        let query = machine_query(list, self.rows);
        let report = machine_report(&query, self.days.0..=self.days.1, self.asker.site, self.asker.view, self.asker.source).await?;
        let more = report.total_rows > self.rows as u64;
        let rows = machine_rows(report);
        Ok(PanelReport {
            panel,
            shown,
            columns,
            rows,
            more,
            properties: Vec::new(),
            no_goals: self.asker.site.goals.is_empty(),
            left_out: None,
            state: State::Read,
        })
    }

    fn columns(&self, list: List) -> Vec<Column> {
        use Metric::{ConversionRate, Events, GroupConversionRate, Percentage, TotalRevenue, Visitors};
        let of = |metrics: &[Metric]| metrics.iter().copied().map(Column::Of).collect::<Vec<_>>();
        match list {
            List::Machines(_) => vec![Column::Views, Column::ViewShare],
            List::Goals if self.has_revenue() => of(&[Visitors, Events, TotalRevenue, ConversionRate]),
            List::Goals => of(&[Visitors, Events, ConversionRate]),
            // What is done has no visitors who might have done it: the rate is of all.
            List::Property | List::Values(Dimension::Name) if self.is_about_goals() => {
                vec![Column::Conversions, Column::Of(ConversionRate)]
            }
            List::Property | List::Values(Dimension::Name) => of(&[Visitors, Events]),
            _ if self.is_about_goals() => vec![Column::Conversions, Column::Of(GroupConversionRate)],
            _ => of(&[Visitors, Percentage]),
        }
    }

    /// Whether a goal of the site has a currency.
    pub fn has_revenue(&self) -> bool {
        self.asker.site.goals.iter().any(|goal| goal.currency.is_some())
    }

    /// Whether a property is shown at all.
    pub fn may_show(&self, property: &str) -> bool {
        self.asker.properties.is_none_or(|shown| shown.iter().any(|name| name == property))
    }

    /// Whether every hit of the period may be read without being asked to. Under a filter they are read anyway.
    async fn reads_few_hits(&self) -> Result<bool, RunError> {
        if !self.state.filters.is_empty() {
            return Ok(true);
        }
        let hits = self.run(&self.query(vec![Metric::Events])).await?;
        Ok(hits.value(Metric::Events).unwrap_or(0.0) <= FEW_HITS)
    }
}

impl PanelReport {
    /// The same with the share each row has in all visitors. It is not asked for: the page knows their number.
    pub fn share_of(mut self, visitors: f64) -> Self {
        if let Some(at) = self.columns.iter().position(|column| *column == Column::Of(Metric::Percentage)) {
            for row in &mut self.rows {
                let part = row.numbers.first().copied().flatten().unwrap_or(0.0);
                // Who came between the two questions is in the part already, and not yet in the whole.
                row.numbers[at] = Some(if visitors > 0.0 { (part * 100.0 / visitors).min(100.0) } else { 0.0 });
            }
        }
        self
    }
}

/// The query of a list's rows.
pub(crate) fn grouped(query: Query, shown: &Shown) -> Query {
    match shown.list {
        List::Versions { of, version } => query.by(By::Value(of)).by(By::Value(version)),
        _ => match shown.subject().and_then(|subject| subject.by()) {
            Some(by) => query.by(by),
            None => query,
        },
    }
}

/// Whether a list has no row, or none but "(not set)".
pub(crate) fn says_nothing<'a>(values: impl Iterator<Item = &'a str>) -> bool {
    values.take(2).all(|value| value == labels::NOT_SET)
}

/// The value that is no row of the list: page views are no events of one's own, visits without a campaign no campaign.
pub(crate) fn aside(list: List) -> Option<&'static str> {
    use Dimension::{Name, UtmCampaign, UtmContent, UtmMedium, UtmSource, UtmTerm};
    match list {
        List::Values(Name) => Some("pageview"),
        List::Values(UtmCampaign | UtmContent | UtmMedium | UtmSource | UtmTerm) => Some(labels::NOT_SET),
        List::Property => Some(labels::NONE),
        _ => None,
    }
}

/// What a list's columns ask. The share is worked out from what the page knows.
fn metrics(columns: &[Column]) -> Vec<Metric> {
    columns.iter().filter_map(|column| column.metric()).filter(|metric| *metric != Metric::Percentage).collect()
}

/// The same where the share was asked for too, in the order of the columns.
pub(crate) fn row_in_full(found: &Row, shown: &Shown, columns: &[Column]) -> PanelRow {
    let bare = row(found, shown, &[]);
    PanelRow { numbers: columns.iter().zip(&found.metrics).map(|(_, value)| *value).collect(), ..bare }
}

/// A row of the answer as a row of the list.
fn row(found: &Row, shown: &Shown, columns: &[Column]) -> PanelRow {
    let mut values = found.dimensions.iter();
    let of = match shown.list {
        List::Versions { .. } => values.next().cloned(),
        _ => shown.within.clone(),
    };
    let mut asked = found.metrics.iter().copied();
    let number = |column: &Column| if *column == Column::Of(Metric::Percentage) { None } else { asked.next().flatten() };
    PanelRow {
        value: values.next().cloned().unwrap_or_default(),
        of,
        numbers: columns.iter().map(number).collect(),
        currency: found.currency,
        class: None,
    }
}
