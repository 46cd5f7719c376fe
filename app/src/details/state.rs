//! What the address of a details page says.

use crate::door::Door;
use crate::panels::{Column, Panel};
use crate::site_page::{PageState, Parsed, Period, Sheet};

/// How many rows a page has.
pub const ROWS: u32 = 100;
/// The last page that is asked for: with it, as many rows as the query room gives.
const LAST_PAGE: u32 = 1_000;
/// The longest search, bytes.
const MAX_SEARCH_BYTES: usize = 200;

/// The longest name of a machine, and the longest page, bytes.
const MAX_NAME_BYTES: usize = 2_048;

/// What the address of a details page says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DetailsState {
    /// Which panel's list.
    pub panel: Panel,
    /// Period, filters, tabs: as on the site page.
    pub state: PageState,
    /// Only rows with this in them.
    pub search: String,
    /// In which order; `None`: the first column, largest first.
    pub sort: Option<Sort>,
    /// Which page, from 1.
    pub page: u32,
    /// Only what this machine asked for.
    pub machine: Option<String>,
    /// Only the machines that asked for this page.
    pub asked: Option<String>,
}

/// What addresses of details say besides those of the site page.
const OWN: [&str; 6] = ["asked", "machine", "page", "property", "q", "sort"];

/// A query string, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Understood {
    /// What it says.
    pub state: DetailsState,
    /// The form that is open on the page.
    pub sheet: Option<Sheet>,
    /// What of it was not understood and left out: worth a word on the page.
    pub ignored: Vec<String>,
    /// The canonical query string, to be redirected to.
    pub redirect: Option<String>,
}

impl Understood {
    /// The same of an address without a list: what takes a whole page away.
    pub fn of_page(parsed: Parsed) -> Self {
        let Parsed { state, sheet, ignored, redirect } = parsed;
        Self { state: DetailsState::new(Panel::Sources, state), sheet, ignored, redirect }
    }
}

/// An order of rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The name of the column ([`crate::panels::Column::name`]), or `value`.
    pub by: String,
    /// Smallest first.
    pub up: bool,
}

/// The name of the column of names.
const VALUE: &str = "value";

impl Sort {
    /// Reads `visitors,asc`; nothing where no list has such a column.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (by, up) = text.strip_suffix(",asc").map_or((text, false), |by| (by, true));
        let machines = || [Column::Views, Column::ViewShare].iter().any(|column| column.name() == by);
        let known = by == VALUE || footfall_query::metric::from_name(by).is_some() || machines();
        known.then(|| Self { by: by.to_owned(), up })
    }

    /// How it is read.
    pub(super) fn spell(&self) -> String {
        if self.up { format!("{},asc", self.by) } else { self.by.clone() }
    }
}

/// The number of a page.
fn page_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|page| (1..=LAST_PAGE).contains(page))
}

/// Whether a name that details pages know says nothing here: a sort nobody has, a page that can be none, more of a search
/// than is looked for, what another panel understands.
fn is_odd(panel: Panel, (name, value): &(String, String)) -> bool {
    let value = value.trim();
    !value.is_empty()
        && match name.as_str() {
            "sort" => Sort::parse(value).is_none(),
            "page" => page_number(value).is_none(),
            "q" => value.len() > MAX_SEARCH_BYTES,
            "machine" | "asked" => panel != Panel::Machines || value.len() > MAX_NAME_BYTES,
            "property" => panel != Panel::Properties || !panel.knows(value),
            _ => false,
        }
}

impl DetailsState {
    /// A panel's list, from its first row.
    pub fn new(panel: Panel, state: PageState) -> Self {
        Self { panel, state, search: String::new(), sort: None, page: 1, machine: None, asked: None }
    }

    /// Understands the query string of a panel's details page; without a period it is about `usual`.
    pub fn parse(panel: Panel, query: &str, usual: Period) -> Self {
        Self::of(panel, query, PageState::parse_among(query, usual, &OWN).state)
    }

    /// The same, with the form that is open and what was not understood. Where all of it was, and a form was sent, the
    /// address to go on to: without the fields of the form.
    pub fn understand(panel: Panel, query: &str, usual: Period) -> Understood {
        Self::understand_behind(&Door::Member, panel, query, usual)
    }

    /// The same behind a door. Behind others than the member's, every spelling but the one leads on.
    pub fn understand_behind(door: &Door, panel: Panel, query: &str, usual: Period) -> Understood {
        let Parsed { state, sheet, mut ignored, .. } = PageState::parse_behind(door, query, usual, &OWN);
        let state = Self::of(panel, query, state);
        let pairs = crate::site_page::pairs(query);
        ignored.extend(pairs.iter().filter(|pair| is_odd(panel, pair)).map(|(name, value)| format!("{name}={value}")));
        let sent = pairs.iter().any(|(name, value)| name == "by" || name == "period" && value == "custom");
        let more = state.own_pairs().into_iter().chain(sheet.as_ref().map(Sheet::pair));
        let canonical = state.state.query_string_with(more);
        let leads_on = !door.is_member() || sent && ignored.is_empty();
        let redirect = (leads_on && canonical != query).then_some(canonical);
        Understood { state, sheet, ignored, redirect }
    }

    fn of(panel: Panel, query: &str, mut state: PageState) -> Self {
        let pairs = crate::site_page::pairs(query);
        let get =
            |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty());
        if let Some(name) = get("property").filter(|name| panel == Panel::Properties && panel.knows(name)) {
            state = state.with_tab(panel, name);
        }
        let mut search = get("q").unwrap_or_default().to_owned();
        search.truncate((0..=MAX_SEARCH_BYTES).rev().find(|at| search.is_char_boundary(*at)).unwrap_or(0));
        let sort = get("sort").and_then(Sort::parse);
        let page = get("page").and_then(page_number).unwrap_or(1);
        let machines = |name: &str| get(name).filter(|value| panel == Panel::Machines && value.len() <= MAX_NAME_BYTES).map(str::to_owned);
        Self { panel, state, search, sort, page, machine: machines("machine"), asked: machines("asked") }
    }

    /// All that the address says.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        self.state.pairs().into_iter().chain(self.own_pairs()).collect()
    }

    /// The page of this state.
    pub fn href(&self, domain: &str) -> String {
        self.state.href_at(&self.state.door.details(domain, self.panel), self.own_pairs())
    }

    /// What the address says besides the state of the site page.
    pub fn own_pairs(&self) -> Vec<(&'static str, String)> {
        let sort = self.sort.as_ref().map(Sort::spell);
        let page = (self.page > 1).then(|| self.page.to_string());
        let search = (!self.search.is_empty()).then(|| self.search.clone());
        let pairs = [("machine", self.machine.clone()), ("asked", self.asked.clone()), ("q", search), ("sort", sort), ("page", page)];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same in another order, from the first row.
    pub fn sorted(&self, by: &str, up: bool) -> Self {
        Self { sort: Some(Sort { by: by.to_owned(), up }), page: 1, ..self.clone() }
    }

    /// The order, where the list has such a column: with a filter the same address may show others.
    pub fn sort_among(&self, columns: &[Column]) -> Option<&Sort> {
        self.sort.as_ref().filter(|sort| sort.by == VALUE || columns.iter().any(|column| column.name() == sort.by))
    }

    /// Another page of the same.
    pub fn at(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// Everything again.
    pub fn without_search(&self) -> Self {
        Self { search: String::new(), page: 1, ..self.clone() }
    }

    /// The same list with another tab of its panel.
    pub fn with_tab(&self, name: &str) -> Self {
        Self::new(self.panel, self.state.with_tab(self.panel, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> DetailsState {
        DetailsState::parse(Panel::Pages, query, Period::default())
    }

    #[test]
    fn an_address_reads_back() {
        for query in ["period=7d", "pages=exit&period=28d&q=a%20b&sort=visits,asc&page=3", "f=is,source,Google&period=28d&sort=value"] {
            let state = read(query);
            assert_eq!(state.href("example.org"), format!("/example.org/details/pages?{query}"));
        }
    }

    #[test]
    fn a_form_sent_becomes_a_filter_of_the_same_list() {
        let understood = |query: &str| DetailsState::understand(Panel::Pages, query, Period::default());
        for (sent, expected) in [
            ("period=7d&q=a&sort=visits&by=country&op=is&value=Germany", "f=is,country,DE&period=7d&q=a&sort=visits"),
            ("q=a&period=custom&from=2026-01-01&to=2026-01-02", "from=2026-01-01&period=custom&to=2026-01-02&q=a"),
        ] {
            assert_eq!(understood(sent).redirect.as_deref(), Some(expected), "{sent}");
            assert_eq!(understood(expected).redirect, None, "{expected}");
        }
        let open = understood("period=7d&q=a&filter=country");
        assert_eq!((open.sheet.is_some(), open.redirect, open.ignored), (true, None, Vec::new()));
        assert_eq!(understood("q=a&shoes=9").ignored, ["shoes=9"]);
    }

    #[test]
    fn what_makes_no_sense_is_the_usual() {
        for query in ["page=0", "page=-1", "page=x", "q=%20", "sort=", "machine=GPTBot"] {
            assert_eq!(read(query), read(""), "{query}");
        }
        assert_eq!((read("page=1000").page, read("page=99999999").page), (1_000, 1));
        for query in ["page=0", "page=-1", "page=x", "page=1001", "sort=shoes", "machine=GPTBot", "asked=/", "property=plan"] {
            assert_eq!(DetailsState::understand(Panel::Pages, query, Period::default()).ignored, [query]);
        }
        assert_eq!(DetailsState::understand(Panel::Properties, "property=plan&page=2", Period::default()).ignored, [""; 0]);
        assert_eq!(DetailsState::understand(Panel::Pages, &format!("q={}", "x".repeat(201)), Period::default()).ignored.len(), 1);
        assert_eq!(read(&format!("q={}", "ä".repeat(500))).search.len(), 200);
        assert_eq!(DetailsState::parse(Panel::Machines, "machine=GPTBot", Period::default()).machine.as_deref(), Some("GPTBot"));
    }

    #[test]
    fn another_order_begins_at_the_first_row() {
        let state = read("page=4&q=x");
        assert_eq!((state.sorted("visits", true).page, state.without_search().page, state.with_tab("exit").search.as_str()), (1, 1, ""));
    }
}
