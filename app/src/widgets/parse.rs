//! Understands the address of a widget.

use super::state::MOST_ROWS;
use super::{Widget, WidgetState};
use crate::colours::{Background, Colour, Colours};
use crate::models::Theme;
use crate::panels::Panel;
use crate::site_page::{PageMetric, Period, pairs};
use crate::words::Lang;
use footfall_domain::LocalDate;

/// The longest name of a property and the longest slug of a link, bytes.
const MOST_BYTES: usize = 300;

/// A query string, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// What it says.
    pub state: WidgetState,
    /// What of it makes no sense, `name=value`.
    pub wrong: Vec<String>,
    /// The address in its one spelling, where it was another.
    pub redirect: Option<String>,
}

impl WidgetState {
    /// Understands a query string (without `?`). Names that say nothing at this widget are left out, and so the spelling
    /// is another; values that make no sense are wrong: nobody sees what else a frame might have shown.
    pub fn parse(widget: Widget, query: &str) -> Parsed {
        let pairs = pairs(query);
        // An empty field of a form says nothing. The first word counts.
        let get = |name: &str| pairs.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str());
        let mut wrong = Vec::new();
        let usual = WidgetState::default();
        let mut read = Reader { get: &get, wrong: &mut wrong };
        let state = WidgetState {
            period: read.period(widget),
            metric: match widget {
                Widget::Chart => read.one("metric", usual.metric, |name| PageMetric::from_name(name).filter(is_usual)),
                _ => usual.metric,
            },
            limit: match widget {
                Widget::List(..) => read.one("limit", usual.limit, |text| text.parse().ok().filter(|n| (1..=MOST_ROWS).contains(n))),
                _ => usual.limit,
            },
            property: match widget {
                Widget::List(Panel::Properties, _) => read.one("property", None, |name| Some(short(name))),
                _ => None,
            },
            theme: read.one("theme", usual.theme, theme),
            colours: Colours {
                accent: read.one("accent", None, |text| Some(Some(Colour::parse(text)?))),
                background: read.one("background", None, |text| Some(Some(Background::parse(text)?))),
            },
            auth: read.one("auth", None, |text| Some(short(text))),
            lang: read.one("lang", usual.lang, |code| Lang::ALL.into_iter().find(|lang| lang.code() == code)),
            mark: read
                .one("mark", usual.mark, |text| [("on", true), ("off", false)].iter().find(|(name, _)| *name == text).map(|(_, on)| *on)),
        };
        let canonical = state.query_string(widget);
        let redirect = (wrong.is_empty() && canonical != query).then_some(canonical);
        Parsed { state, wrong, redirect }
    }
}

/// Reads one name after the other, and keeps what was wrong.
struct Reader<'a, 'q> {
    get: &'a dyn Fn(&str) -> Option<&'q str>,
    wrong: &'a mut Vec<String>,
}

impl Reader<'_, '_> {
    fn one<T>(&mut self, name: &str, usual: T, read: impl FnOnce(&str) -> Option<T>) -> T {
        let Some(text) = (self.get)(name) else { return usual };
        read(text).unwrap_or_else(|| {
            self.wrong.push(format!("{name}={text}"));
            usual
        })
    }

    fn period(&mut self, widget: Widget) -> Period {
        let usual = Period::default();
        if widget == Widget::Live {
            return usual;
        }
        let said = (self.get)("period");
        let found = match said {
            None => Some(usual),
            Some(_) => Period::parse(self.get).filter(|period| *period != Period::Realtime),
        };
        // A date that is none is at fault, not the period; and one the period knows nothing of was meant to say something.
        let used = found.map(|period| period.pairs()).unwrap_or_default();
        let dates = ["date", "from", "to"].into_iter().filter_map(|name| Some((name, (self.get)(name)?)));
        let unused = dates.filter(|(name, text)| match found {
            Some(_) => used.iter().all(|(known, _)| known != name),
            None => LocalDate::parse(text).is_none(),
        });
        let mut bad: Vec<_> = unused.collect();
        if found.is_none() && bad.is_empty() {
            bad.extend(said.map(|name| ("period", name)));
        }
        self.wrong.extend(bad.into_iter().map(|(name, text)| format!("{name}={text}")));
        found.unwrap_or(usual)
    }
}

fn short(text: &str) -> Option<String> {
    (text.len() <= MOST_BYTES).then(|| text.to_owned())
}

fn is_usual(metric: &PageMetric) -> bool {
    PageMetric::shown(&[], false).contains(metric)
}

fn theme(name: &str) -> Option<Theme> {
    match name {
        // "System" is what the addresses of dashboards in frames say, ours and Plausible's.
        "auto" | "system" => Some(Theme::System),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widget(name: &str) -> Widget {
        Widget::from_name(name).expect("a widget")
    }

    fn redirect(name: &str, query: &str) -> Option<String> {
        let parsed = WidgetState::parse(widget(name), query);
        assert_eq!(parsed.wrong, Vec::<String>::new(), "{query}");
        parsed.redirect
    }

    #[test]
    fn there_is_one_spelling() {
        for (name, given, expected) in [
            ("visitors", "period=28d", ""),
            ("visitors", "theme=auto&lang=en&mark=on", ""),
            ("visitors", "theme=system", ""),
            ("visitors", "utm_source=mail&x=1", ""),
            ("visitors", "limit=5&metric=visits&property=a", ""),
            ("visitors", "theme=dark&accent=%2317614F&period=7d", "accent=17614f&period=7d&theme=dark"),
            ("chart", "metric=visits&background=FFF", "background=ffffff&metric=visits"),
            ("chart", "period=custom&to=2026-02-01&from=2026-01-01", "from=2026-01-01&period=custom&to=2026-02-01"),
            ("sources", "limit=05", "limit=5"),
            ("sources", "limit=9", ""),
            ("live", "period=7d&theme=light", "theme=light"),
            ("properties", "property=author&limit=", "property=author"),
            ("pages", "limit=5&limit=6", "limit=5"),
        ] {
            assert_eq!(redirect(name, given).as_deref(), Some(expected), "{given}");
            assert_eq!(redirect(name, expected), None, "{expected}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_wrong() {
        for (name, query, wrong) in [
            ("visitors", "period=99d", "period=99d"),
            ("visitors", "period=realtime", "period=realtime"),
            ("visitors", "period=day&date=tomorrow", "date=tomorrow"),
            ("pages", "date=2026-99-99", "date=2026-99-99"),
            ("pages", "date=2026-05-01", "date=2026-05-01"),
            ("pages", "period=all&from=2026-05-01", "from=2026-05-01"),
            ("pages", "period=custom", "period=custom"),
            ("visitors", "theme=blue", "theme=blue"),
            ("visitors", "accent=red", "accent=red"),
            ("visitors", "background=url(x)", "background=url(x)"),
            ("visitors", "lang=fr", "lang=fr"),
            ("chart", "metric=shoes", "metric=shoes"),
            ("chart", "metric=conversion_rate", "metric=conversion_rate"),
            ("sources", "limit=0", "limit=0"),
            ("sources", "limit=101", "limit=101"),
            ("sources", "limit=all", "limit=all"),
        ] {
            let parsed = WidgetState::parse(widget(name), query);
            assert_eq!((parsed.wrong, parsed.redirect), (vec![wrong.to_owned()], None), "{query}");
        }
    }

    #[test]
    fn every_state_reads_back() {
        let date = LocalDate::parse("2026-05-01").expect("a date");
        let state = WidgetState {
            period: Period::Custom(date, date.plus(3)),
            limit: 100,
            property: Some("a&b=ä".into()),
            theme: Theme::Dark,
            colours: Colours { accent: Colour::parse("abc"), background: Some(Background::Transparent) },
            auth: Some("x-Y_9".into()),
            lang: Lang::De,
            mark: false,
            ..WidgetState::default()
        };
        let properties = widget("properties");
        let query = state.query_string(properties);
        assert_eq!(WidgetState::parse(properties, &query), Parsed { state: state.clone(), wrong: Vec::new(), redirect: None });
        assert!(
            state.href("a.example", properties).starts_with("/embed/a.example/properties?accent=aabbcc&auth=x-Y_9&background=transparent")
        );
        let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        assert!(names.is_sorted() && names.iter().all(|name| WidgetState::NAMES.contains(name)), "{query}");
    }
}
