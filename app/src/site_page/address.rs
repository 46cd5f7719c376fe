//! The address of the site page: its state, and what is opened on it.

use super::Subject;
use super::filter::{Filter, MOST_VALUES, Operator};
use super::names;
use super::period::Period;
use super::query_string::spell;
use super::state::{PageState, read, split};
use crate::door::Door;
use crate::panels::{Meant, named_with, value_called};
use crate::words::Lang;
use std::collections::BTreeSet;

/// A query string, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// What it says.
    pub state: PageState,
    /// The form that is open on the page.
    pub sheet: Option<Sheet>,
    /// What of it was not understood and left out, as it was written: worth a word on the page.
    pub ignored: Vec<String>,
    /// The canonical query string, where the one given was another and all of it was understood: answer with a redirect
    /// to it (303: what an address without a period means changes with what the reader chose last). Behind other doors
    /// than the member's, whatever was not understood: it is not said again there.
    pub redirect: Option<String>,
}

/// A form that is open on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sheet {
    /// A new filter about this.
    NewFilter(Subject),
    /// Another filter in the place of this one.
    EditFilter(Filter),
    /// Which property should a filter be about?
    Properties,
}

impl Sheet {
    /// The page with this form open.
    pub fn href(&self, state: &PageState, domain: &str) -> String {
        state.href_at(&state.door.site(domain), [self.pair()])
    }

    /// How the address says it.
    pub fn pair(&self) -> (&'static str, String) {
        match self {
            Sheet::NewFilter(subject) => ("filter", subject.name()),
            Sheet::EditFilter(filter) => ("edit", filter.spell()),
            Sheet::Properties => ("filter", PROPERTIES.to_owned()),
        }
    }
}

impl PageState {
    /// Understands a query string (without `?`).
    pub fn parse(query: &str) -> Parsed {
        Self::parse_or(query, Period::default())
    }

    /// The same where the page is about `usual` unless the address says when: what the reader chose last.
    ///
    /// The fields of the filter form are understood too, and become a filter: `by`, `op`, `value` (repeatable), `case`,
    /// `instead`, the filter whose place it takes, and `lang`, the language of the page it stood on.
    pub fn parse_or(query: &str, usual: Period) -> Parsed {
        Self::parse_among(query, usual, &[])
    }

    /// The same on a page whose address says more, under names of its own.
    pub fn parse_among(query: &str, usual: Period, others: &[&str]) -> Parsed {
        Self::parse_behind(&Door::Member, query, usual, others)
    }

    /// The same behind a door, whose own names the address has too.
    pub fn parse_behind(door: &Door, query: &str, usual: Period, others: &[&str]) -> Parsed {
        let pairs = split(query);
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let mut found = read(&pairs, usual, door);
        let mut again = None;
        if let Some(by) = get("by") {
            let values = pairs.iter().filter(|(name, _)| name == "value").map(|(_, value)| value.trim().to_owned());
            let instead = get("instead").and_then(Filter::parse);
            found.ignored.extend(get("instead").filter(|text| !text.is_empty() && instead.is_none()).map(|text| format!("instead={text}")));
            match sent(by, get("op"), get("case").is_some(), values, get("lang").and_then(Lang::from_code)) {
                Some(filter) => {
                    let without = instead.map_or_else(|| found.state.clone(), |old| found.state.without_filter(&old));
                    found.state = without.with_filter(filter);
                }
                None => {
                    // The form stays open, beside what it could not become.
                    again = Subject::from_name(by).map(|subject| instead.map_or(Sheet::NewFilter(subject), Sheet::EditFilter));
                    let typed = pairs.iter().filter(|(name, value)| name == "value" && !value.trim().is_empty());
                    let typed: Vec<String> = typed.map(|(_, value)| value.clone()).collect();
                    found.ignored.push(if typed.is_empty() { format!("by={by}") } else { format!("value={}", typed.join(", ")) });
                }
            }
        }
        found.ignored.extend(said_again(&pairs));
        let unknown = pairs.iter().filter(|(name, _)| !names::is_known(name) && !others.contains(&&**name) && !door.knows(name));
        found.ignored.extend(unknown.map(|(name, value)| if value.is_empty() { name.clone() } else { format!("{name}={value}") }));
        let sheet = get("edit").and_then(Filter::parse).map(Sheet::EditFilter);
        let sheet = sheet.or_else(|| get("filter").and_then(opened)).or(again);
        let wrong = [("edit", get("edit")), ("filter", get("filter"))].into_iter().filter(|_| sheet.is_none());
        found.ignored.extend(wrong.filter_map(|(name, value)| Some(format!("{name}={}", value?))));
        let canonical = match found.says_period || !door.is_member() {
            true => found.state.query_string_with(sheet.as_ref().map(Sheet::pair)),
            false => spell(found.state.pairs_without_period().into_iter().chain(sheet.as_ref().map(Sheet::pair))),
        };
        let redirect = ((found.ignored.is_empty() || !door.is_member()) && canonical != query).then_some(canonical);
        Parsed { state: found.state, sheet, ignored: found.ignored, redirect }
    }
}

/// What says anew, and otherwise, what has been said already: the first word counts.
fn said_again(pairs: &[(String, String)]) -> impl Iterator<Item = String> {
    let once = pairs.iter().enumerate().filter(|(_, (name, _))| !["f", "value"].contains(&&**name));
    let again =
        once.filter(|(at, (name, value))| pairs[..*at].iter().find(|(known, _)| known == name).is_some_and(|(_, first)| first != value));
    again.map(|(_, (name, value))| format!("{name}={value}"))
}

/// The name of the choice of a property in the address.
const PROPERTIES: &str = "props";

fn opened(name: &str) -> Option<Sheet> {
    if name == PROPERTIES { Some(Sheet::Properties) } else { Subject::from_name(name).map(Sheet::NewFilter) }
}

/// The filter a form sends, in the words its reader sees: what goes by name is compared by what is kept. "Has Germ in its
/// name" becomes the values that have, for no code has it.
fn sent(by: &str, op: Option<&str>, ignore_case: bool, values: impl Iterator<Item = String>, lang: Option<Lang>) -> Option<Filter> {
    let operator = op.map_or(Some(Operator::Is), Operator::from_name)?;
    let subject = Subject::from_name(by)?;
    let langs = lang.map_or_else(|| Lang::ALL.to_vec(), |lang| vec![lang]);
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    let named = match operator {
        // Patterns say themselves that capitals do not count.
        Operator::Matches | Operator::MatchesNot => {
            let any_case = |value: String| if ignore_case { format!("(?i){value}") } else { value };
            return whole(subject, operator, false, values.into_iter().map(any_case).collect());
        }
        Operator::Contains => named_with(&subject, &values, &langs, MOST_VALUES).map(|found| (found, Operator::Is, Operator::Matches)),
        Operator::ContainsNot => {
            named_with(&subject, &values, &langs, MOST_VALUES).map(|found| (found, Operator::IsNot, Operator::MatchesNot))
        }
        _ => None,
    };
    match named {
        Some((Meant::Values(values), one_of, _)) => whole(subject, one_of, false, values),
        Some((Meant::Patterns(patterns), _, like)) => whole(subject, like, false, patterns),
        None => {
            let values: Vec<String> = values.iter().map(|value| value_called(&subject, value, &Lang::ALL)).collect();
            whole(subject, operator, ignore_case, values)
        }
    }
}

/// The filter, unless a value had to be left out.
fn whole(subject: Subject, operator: Operator, ignore_case: bool, values: Vec<String>) -> Option<Filter> {
    let said: BTreeSet<&String> = values.iter().collect();
    let many = said.len();
    Filter::new(subject, operator, ignore_case, values).filter(|filter| filter.values.len() == many)
}

#[cfg(test)]
mod tests {
    use super::super::Panel;
    use super::*;
    use footfall_domain::LocalDate;

    fn redirect(query: &str) -> Option<String> {
        PageState::parse(query).redirect
    }

    #[test]
    fn a_form_that_can_become_no_filter_stays_open_and_says_what_was_typed() {
        let parsed = PageState::parse("period=28d&by=page&op=matches&value=%28");
        assert_eq!(parsed.sheet, Some(Sheet::NewFilter(Subject::from_name("page").expect("a subject"))));
        assert_eq!(parsed.ignored, ["value=("]);
        assert_eq!(parsed.redirect, None);
    }

    #[test]
    fn patterns_of_a_form_may_leave_out_of_account_what_is_a_capital() {
        let spelled = redirect("period=28d&by=page&op=matches&value=DOC&case=any").expect("another spelling");
        assert_eq!(PageState::parse(&spelled).state.filters[0].values, ["(?i)DOC"]);
    }

    #[test]
    fn the_usual_page_has_no_query_string() {
        let parsed = PageState::parse("");
        assert_eq!(parsed, Parsed { state: PageState::default(), sheet: None, ignored: Vec::new(), redirect: None });
        for query in ["metric=visitors", "comparison=previous_period&sources=channels", "utm_source=mail&fbclid=x", "with_imported=true"] {
            assert_eq!(redirect(query).as_deref(), Some(""), "{query}");
        }
    }

    #[test]
    fn there_is_one_spelling() {
        for (given, expected) in [
            ("period=7d&metric=visits", "metric=visits&period=7d"),
            ("period=custom&to=2026-01-01&from=2026-02-01", "from=2026-01-01&period=custom&to=2026-02-01"),
            ("period=month&date=2026-10-15", "date=2026-10-01&period=month"),
            ("period=custom&from=0001-01-01&to=2026-01-02", "from=1995-01-01&period=custom&to=2026-01-02"),
            ("f=is,visit:source,Google&f=is%2Cvisit%3Asource%2CGoogle", "f=is,source,Google"),
            ("f=is,source,b,a&l=a,b", "f=is,source,a,b"),
            ("pages=exit&devices=sizes&places=cities&sources=campaigns", "devices=sizes&pages=exit&places=cities&sources=campaigns"),
            ("interval=week&comparison=off&period=all", "comparison=off&interval=week&period=all"),
            (
                "comparison=custom&compare_to=2026-01-02&compare_from=2026-01-01&match_day_of_week=true",
                "compare_from=2026-01-01&compare_to=2026-01-02&comparison=custom",
            ),
            ("filter=event:page&period=7d", "period=7d&filter=page"),
        ] {
            assert_eq!(redirect(given).as_deref(), Some(expected), "{given}");
            assert_eq!(redirect(expected), None, "{expected}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_out_and_said() {
        for query in [
            "period=nonsense",
            "period=custom",
            "period=day&date=2026-13-40",
            "f=is,shoe,9",
            "metric=shoes",
            "interval=second",
            "comparison=custom&compare_from=2026-01-01",
            "pages=shoes",
            "compare=off",
            "unknown",
            "period=7d&from=2026-01-01",
            "period=all&date=2026-01-01",
            "date=2026-01-01",
            "compare_to=2026-01-01",
            "match_day_of_week=banana",
            "period=7d&period=day",
            "metric=conversion_rate",
            "f=is,page,/a,",
            "by=page&value=/a&instead=nonsense",
            "filter=shoes",
            "edit=is,shoe,9",
        ] {
            let parsed = PageState::parse(query);
            assert_eq!((parsed.ignored.len(), parsed.redirect), (1, None), "{query}");
        }
        let ignored = |query: &str| PageState::parse(query).ignored;
        assert_eq!(ignored("period=day&date=2026-13-40"), ["date=2026-13-40"], "the date is at fault");
        assert_eq!(ignored("comparison=custom&compare_from=2026-01-01&compare_to=x"), ["compare_to=x"]);
        let long = "x".repeat(3_000);
        assert_eq!(ignored(&format!("by=page&value=/a&value=/{long}")), [format!("value=/a, /{long}")], "no other filter than was meant");
        let many: Vec<String> = (0..40).map(|n| format!("f=is,page,/{n}")).collect();
        assert_eq!(PageState::parse(&many.join("&")).state.filters.len(), 20);
    }

    #[test]
    fn a_form_becomes_a_filter() {
        for (given, expected) in [
            ("period=7d&by=page&op=contains&value=/a&value=&value=+/b+", "f=contains,page,/a,/b&period=7d"),
            ("f=is,page,/a&instead=is,page,/a&by=page&op=is_not&value=/a&case=any", "f=~is_not,page,/a"),
            ("by=country&op=is_not&value=Germany&value=frankreich&value=CZ", "f=is_not,country,CZ,DE,FR"),
            ("f=is,page,/a&instead=is,page,/x&by=page&value=/b", "f=is,page,/a&f=is,page,/b"),
        ] {
            assert_eq!(redirect(given).as_deref(), Some(expected), "{given}");
        }
        assert_eq!(PageState::parse("by=page&op=is&value=").ignored, ["by=page"]);
    }

    #[test]
    fn every_period_reads_back() {
        let date = LocalDate::parse("2026-05-01").expect("a date");
        let first = LocalDate::parse("2026-01-01").expect("a date");
        for period in [
            Period::Realtime,
            Period::Hours24,
            Period::Day(None),
            Period::Day(Some(date)),
            Period::Yesterday,
            Period::Days(7, Some(date)),
            Period::Days(28, None),
            Period::Days(28, Some(date)),
            Period::Days(91, None),
            Period::Month(Some(date)),
            Period::LastMonth,
            Period::Year(None),
            Period::Year(Some(first)),
            Period::Months(6),
            Period::Months(12),
            Period::All,
            Period::Custom(first, date),
        ] {
            let state = PageState::default().with_period(period);
            let parsed = PageState::parse(&state.query_string());
            assert_eq!((parsed.state, parsed.redirect), (state, None), "{period:?}");
        }
    }

    #[test]
    fn an_address_without_a_period_is_about_the_usual_one() {
        let parsed = PageState::parse_or("pages=exit", Period::Day(None));
        assert_eq!((parsed.state.period, parsed.redirect), (Period::Day(None), None));
        assert_eq!(parsed.state.with_tab(Panel::Pages, "top").query_string(), "period=day");
    }
}
