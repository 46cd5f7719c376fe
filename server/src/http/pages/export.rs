//! What people take away from a site's numbers: lists as CSV, all of them as one zip, the chart as SVG and PNG.

use super::super::App;
use super::super::path::Path;
use super::super::problem::problem;
use super::answer::{self, Page, Trouble};
use super::guest::{self, Visit};
use super::person::Person;
use super::seat::Seat;
use super::workshop::{self, Workshop};
use super::{cookies, picture};
use anyhow::Context;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_app::details::{DetailsState, Understood};
use footfall_app::export;
use footfall_app::panels::Panel;
use footfall_app::site_page::{PageState, Period, named_shortly};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use std::io::{Cursor, Write};
use std::sync::Arc;
use tokio::task::spawn_blocking;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What of a page is taken away.
#[derive(Clone)]
pub(super) enum Part {
    /// A panel's list, by the name of a file.
    File(String),
    /// Every list.
    All,
    /// The chart.
    Svg,
    /// The same in pixels.
    Png,
}

impl Part {
    /// The panel whose list it is; none: of the whole page.
    pub(super) fn panel(&self) -> Result<Option<Panel>, Trouble> {
        match self {
            Part::File(file) => listed(file),
            _ => Ok(None),
        }
    }

    /// What stands in its path below the site's page.
    pub(super) fn name(&self) -> String {
        match self {
            Part::File(file) => format!("export/{file}"),
            Part::All => "export.zip".to_owned(),
            Part::Svg => "chart.svg".to_owned(),
            Part::Png => "chart.png".to_owned(),
        }
    }
}

/// A file that was made.
pub(super) struct File {
    pub media_type: &'static str,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All rows of a panel's list: `sources.csv`; `time.csv` is the headline numbers over time.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path((domain, file)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, &person, &headers, &domain, query.as_deref(), Part::File(file)).await
}

/// Every list of a page in one file.
pub(super) async fn all(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, &person, &headers, &domain, query.as_deref(), Part::All).await
}

/// The chart, to be drawn large or small.
pub(super) async fn svg(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, &person, &headers, &domain, query.as_deref(), Part::Svg).await
}

/// The chart in pixels.
pub(super) async fn png(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, &person, &headers, &domain, query.as_deref(), Part::Png).await
}

async fn answer(app: &App, person: &Person, headers: &HeaderMap, domain: &str, query: Option<&str>, part: Part) -> Response {
    let visit = Visit { app, person, headers, query: query.unwrap_or("") };
    if let Some(page) = guest::publicly(&visit, domain, async |guest| guest::file(guest, &visit, part.clone()).await).await {
        return guest::answered(app, person, page).await;
    }
    let usual = cookies::get(headers, cookies::PERIOD).and_then(Period::recalled).unwrap_or_default();
    let page = match take(app, person, domain, query.unwrap_or(""), usual, part).await {
        Err(Trouble::Senseless(fault)) => Ok(problem(StatusCode::BAD_REQUEST, &fault.to_string())),
        page => page,
    };
    answer::of(app, person, page).await
}

/// A file must be of what was asked for: it is passed on without the page that could say what was left out.
fn refused(ignored: &[String]) -> Response {
    let what = named_shortly(ignored);
    let why = format!(
        "this part of the address says nothing for this file, or names what the site does not have: {what}; correct it or leave it out"
    );
    problem(StatusCode::BAD_REQUEST, &why)
}

async fn take(app: &App, person: &Person, domain: &str, query: &str, usual: Period, part: Part) -> Page {
    let seat = Seat::take(app, person, domain).await?;
    let context = seat.context();
    let asker = seat.asker(&context);
    let panel = part.panel()?;
    let Understood { state: mut list, mut ignored, .. } = match panel {
        Some(panel) => DetailsState::understand(panel, query, usual),
        None => Understood::of_page(PageState::parse_or(query, usual)),
    };
    let (known, unknown) = list.state.known_at(&seat.site);
    let (state, impossible) = known.possible(&asker);
    ignored.extend(unknown.into_iter().chain(impossible));
    // A file has all rows.
    ignored.extend((list.page > 1).then(|| format!("page={}", list.page)));
    if !ignored.is_empty() {
        return Ok(refused(&ignored));
    }
    list.state = state;
    Ok(match made(&seat, list, &part, &workshop::MEMBERS).await? {
        Ok(file) => download(file),
        Err(unused) => refused(&[unused]),
    })
}

/// Makes a file of what a state says, in a workshop: each takes a core and some megabytes. Or says what of it has no meaning
/// there.
pub(super) async fn made(
    seat: &Seat,
    list: DetailsState,
    part: &Part,
    workshop: &'static Workshop,
) -> Result<Result<File, String>, Trouble> {
    let context = seat.context();
    let (asker, state) = (seat.asker(&context), &list.state);
    let span = state.period.span(seat.today(), seat.view.first_date);
    let domain = &seat.entry.site.domain;
    let file = |media_type: &'static str, what: &str, ending: &str, bytes: Vec<u8>| {
        Ok(Ok(File { media_type, name: format!("{domain}-{what}-{}-{}.{ending}", span.from, span.to), bytes }))
    };
    match part {
        Part::File(name) => {
            // All rows of a list are at hand until they are sent.
            let _place = workshop.place().await?;
            let (text, unused) = match part.panel()? {
                Some(_) => export::list(&asker, &list).await?,
                None => (export::over_time(&asker, state).await?, None),
            };
            match unused {
                Some(unused) => Ok(Err(unused)),
                None => file("text/csv; charset=utf-8", name.trim_end_matches(".csv"), "csv", text.into_bytes()),
            }
        }
        Part::All => {
            // From before the lists are read until they are packed, whether or not somebody still waits for them.
            let place = workshop.place().await?;
            let files = export::lists(&asker, state).await?;
            let packed = spawn_blocking(move || {
                let packed = zipped(files);
                drop(place);
                packed
            });
            file("application/zip", "numbers", "zip", packed.await.context("the zip was not finished")??)
        }
        Part::Svg => file("image/svg+xml", "chart", "svg", export::drawn(&asker, state).await?.into_bytes()),
        Part::Png => {
            let svg = export::drawn(&asker, state).await?;
            let place = workshop.place().await?;
            file("image/png", "chart", "png", picture::png(svg, place).await?)
        }
    }
}

/// The panel whose list a file has; none: the numbers over time.
fn listed(file: &str) -> Result<Option<Panel>, Trouble> {
    match file.strip_suffix(".csv") {
        Some("time") => Ok(None),
        name => name.and_then(Panel::from_name).map(Some).ok_or(Trouble::NotFound),
    }
}

/// A zip of text files, each gone once it is packed. Without times: the same numbers are the same bytes.
fn zipped(files: Vec<(String, String)>) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A file to be kept. Domains are letters, digits, dots, hyphens and underscores: they need no escape in the name.
fn download(File { media_type, name, bytes }: File) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "private, no-store".to_owned())];
    (headers, bytes).into_response()
}
