//! A counter: from its address to one number.

use super::{get as field, language, refused, spelled};
use crate::http::App;
use crate::http::carried::{Made, Piece, leads_to};
use crate::http::cors;
use crate::http::headers::Policy;
use crate::http::pages::{Guest, Trouble, picture};
use crate::http::path::Path;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::site_page::{Against, PageState, Period};
use footfall_app::social::{Counter, grouped, visitors_of};
use footfall_app::words::Lang;
use footfall_domain::LocalDate;
use http::{HeaderMap, Uri};
use std::fmt::Write;
use std::sync::Arc;

/// The path that stands for the whole site.
const TOTAL: &str = "TOTAL";
/// The longest page that is asked about, bytes.
const LONGEST: usize = 2_000;

/// A counter as JSON, picture or document.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((domain, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let asked = Asked { domain: &domain, file: &file, query: query.as_deref().unwrap_or("") };
    answer(&app, &headers, &uri, asked).await.unwrap_or_else(refused)
}

struct Asked<'a> {
    domain: &'a str,
    file: &'a str,
    query: &'a str,
}

/// What a counter is shown as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Json,
    Svg,
    Png,
    Html,
}

impl Kind {
    const ALL: [(&str, Kind); 4] = [("json", Kind::Json), ("svg", Kind::Svg), ("png", Kind::Png), ("html", Kind::Html)];
}

/// What an address asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wanted {
    /// The page; `None`: the whole site.
    page: Option<String>,
    kind: Kind,
    start: Option<Start>,
    end: Option<LocalDate>,
    branded: bool,
    lang: Lang,
}

/// Where the days begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Start {
    Day(LocalDate),
    /// So many days, today the last, by a name.
    Last(&'static str, i32),
}

impl Start {
    const NAMED: [(&str, i32); 3] = [("week", 7), ("month", 30), ("year", 365)];

    fn parse(text: &str) -> Option<Self> {
        let named = Self::NAMED.into_iter().find(|(name, _)| *name == text).map(|(name, days)| Self::Last(name, days));
        named.or_else(|| LocalDate::parse(text).map(Self::Day))
    }
}

impl Wanted {
    /// Reads an address. `None`: there is no such counter.
    fn read(file: &str, query: &str) -> Result<Option<Self>, Trouble> {
        let Some((page, ending)) = file.rsplit_once('.') else { return Ok(None) };
        let Some((_, kind)) = Kind::ALL.into_iter().find(|(name, _)| *name == ending) else { return Ok(None) };
        // One slash stands before a page, however many were written: browsers and programs write none, one or two.
        let page = (page != TOTAL).then(|| format!("/{}", page.trim_start_matches('/')));
        if page.as_ref().is_some_and(|page| page.len() > LONGEST) {
            return Ok(None);
        }
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let said = |name| field(&pairs, name).filter(|text| !text.is_empty());
        let wrong = |what: &str| Trouble::Refused(what.to_owned());
        let start =
            said("start").map(|text| Start::parse(text).ok_or_else(|| wrong("start: write a day as 2026-01-31, or week, month or year")));
        let end = said("end").map(|text| LocalDate::parse(text).ok_or_else(|| wrong("end: write a day as 2026-01-31")));
        let branded = said("no_branding").is_none();
        Ok(Some(Self { page, kind, start: start.transpose()?, end: end.transpose()?, branded, lang: language(&pairs).0 }))
    }

    /// Its one spelling at a site.
    fn address(&self, domain: &str) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.end.map(|day| ("end", day.to_string())));
        pairs.extend((self.lang != Lang::default()).then(|| ("lang", self.lang.code().to_owned())));
        pairs.extend((!self.branded).then(|| ("no_branding", "1".to_owned())));
        pairs.extend(self.start.map(|start| match start {
            Start::Day(day) => ("start", day.to_string()),
            Start::Last(name, _) => ("start", name.to_owned()),
        }));
        let page = self.page.as_deref().map_or_else(|| TOTAL.to_owned(), |page| escaped(&page[1..]));
        let ending = Kind::ALL.into_iter().find(|(_, kind)| *kind == self.kind).map_or("", |(name, _)| name);
        format!("/counter/{domain}/{page}.{ending}{}", spelled(pairs))
    }

    /// The days it is about.
    fn period(&self, today: LocalDate) -> Result<Period, Trouble> {
        let end = self.end.unwrap_or(today).min(today);
        let from = match self.start {
            None if self.end.is_none() => return Ok(Period::All),
            None => LocalDate(0),
            Some(Start::Day(day)) => day,
            Some(Start::Last(_, days)) => today.plus(1 - days),
        };
        if from > end {
            return Err(Trouble::Refused("start: this day is after the last one".to_owned()));
        }
        Ok(Period::Custom(from, end))
    }
}

/// A path with everything escaped that some program might write in another way.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'!'
            | b'$'
            | b'&'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@' => out.push(byte as char),
            _ => write!(out, "%{byte:02X}").unwrap_or_default(),
        }
    }
    out
}

async fn answer(app: &App, headers: &HeaderMap, uri: &Uri, asked: Asked<'_>) -> Result<Response, Trouble> {
    let wanted = Wanted::read(asked.file, asked.query)?.ok_or(Trouble::NotFound)?;
    let dress = spelled(vec![("lang", wanted.lang.code().to_owned())]);
    let guest = Guest::embedded(app, asked.domain, dress.trim_start_matches('?'))?;
    let address = wanted.address(guest.domain());
    if uri.path_and_query().is_none_or(|here| here.as_str() != address) {
        return Ok(cors::open(leads_to(&address, guest.site())));
    }
    let today = guest.entry.calendar.moment(app.house.now()).date;
    let state = PageState { period: wanted.period(today)?, door: guest.door.clone(), ..PageState::default() }.with_compare(Against::Off);
    let sitting = guest.sit(app, &state).await?;
    let seat = &sitting.seat;
    let make = || async {
        let span = state.period.span(today, seat.view.first_date);
        let visitors = match seat.view.first_date {
            Some(first) if first <= span.to => {
                let context = seat.context();
                visitors_of(&seat.asker(&context), &(span.from.max(first)..=span.to), wanted.page.as_deref()).await?
            }
            _ => 0,
        };
        made(app, &wanted, visitors).await
    };
    let is_page = wanted.kind == Kind::Html;
    let piece = if is_page { sitting.page(&address, guest.frames()) } else { sitting.file(&address) };
    let mut response = guest.answer(app, headers, Piece { for_everybody: true, ..piece }, make).await?;
    if is_page {
        response.extensions_mut().insert(Policy::Widget);
    }
    Ok(response)
}

async fn made(app: &App, wanted: &Wanted, visitors: i64) -> Result<Made, Trouble> {
    let Wanted { branded, lang, .. } = *wanted;
    let counter = Counter { visitors, of_site: wanted.page.is_none(), branded, lang };
    Ok(match wanted.kind {
        Kind::Json => {
            let number = grouped(visitors);
            Made::text("application/json", serde_json::json!({"count": number, "count_unique": number}).to_string())
        }
        Kind::Svg => Made::text("image/svg+xml", counter.svg("\u{202f}")),
        Kind::Html => Made::html(counter.html(&app.assets.urls().widget_css)),
        // The typeface of pictures has no narrow gap.
        Kind::Png => Made::bytes("image/png", picture::pixels(counter.svg(" "), 1.0).await?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(file: &str, query: &str) -> Option<String> {
        Wanted::read(file, query).ok().flatten().map(|wanted| wanted.address("example.com"))
    }

    #[test]
    fn a_counter_has_one_spelling() {
        for (file, query, address) in [
            ("blog.json", "", "blog.json"),
            ("/blog.json", "", "blog.json"),
            ("//blog/.svg", "", "blog/.svg"),
            (".html", "", ".html"),
            ("/.html", "rnd=12345", ".html"),
            ("a/b.html.html", "", "a/b.html.html"),
            ("TOTAL.png", "no_branding=true&start=week&end=", "TOTAL.png?no_branding=1&start=week"),
            (
                "TOTAL.svg",
                "style=div{color:red}&start=2026-01-02&end=2026-02-03&lang=de",
                "TOTAL.svg?end=2026-02-03&lang=de&start=2026-01-02",
            ),
            ("straße/a b?.json", "", "stra%C3%9Fe/a%20b%3F.json"),
            ("total.json", "", "total.json"),
        ] {
            assert_eq!(spelling(file, query).as_deref(), Some(&*format!("/counter/example.com/{address}")), "{file} {query}");
        }
        for (file, query) in [("blog", ""), ("blog.exe", ""), ("blog.json", "start=yesterday"), ("blog.json", "end=2026-13-01")] {
            assert_eq!(spelling(file, query), None, "{file} {query}");
        }
    }

    #[test]
    fn days_are_in_order_and_none_is_still_to_come() {
        let day = |text: &str| LocalDate::parse(text).expect("a day");
        let period = |query: &str| Wanted::read("a.json", query).ok().flatten().expect("one").period(day("2026-11-20")).ok();
        assert_eq!(period(""), Some(Period::All));
        assert_eq!(period("start=week"), Some(Period::Custom(day("2026-11-14"), day("2026-11-20"))));
        assert_eq!(period("start=2026-01-01&end=2030-01-01"), Some(Period::Custom(day("2026-01-01"), day("2026-11-20"))));
        assert_eq!(period("start=2026-02-01&end=2026-01-01"), None);
        assert_eq!(period("start=2030-01-01"), None);
    }
}
