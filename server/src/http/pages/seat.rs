//! Where a reader sits before a site's numbers: the site at one moment, with the names this reader may use.

use super::super::App;
use super::answer::Trouble;
use super::gate::admit;
use super::person::Person;
use crate::house::Named;
use footfall_app::site_page::Asker;
use footfall_app::words::Lang;
use footfall_domain::{LocalDate, Role, UnixMillis};
use footfall_processor::{Engine, SiteEntry};
use footfall_query::{Context, Filter, SiteContext, Source, View};
use std::sync::Arc;

/// Everything that questions of one reader about one site need.
pub(in crate::http) struct Seat {
    /// The site.
    pub entry: Arc<SiteEntry>,
    /// The moment all numbers are of.
    pub view: View,
    /// What names in a question stand for.
    pub site: SiteContext,
    named: Arc<Named>,
    now: UnixMillis,
    lang: Lang,
    engine: Arc<Engine>,
}

impl Seat {
    /// The seat of who is signed in.
    ///
    /// # Errors
    /// Nobody is, there is no such site, or the numbers cannot be read yet or at all.
    pub(super) async fn take(app: &App, person: &Person, domain: &str) -> Result<Self, Trouble> {
        let entry = admit(app, person, domain, Role::Viewer).await?;
        let email = person.member()?.sign_in.email.clone();
        if !app.readiness.has_caught_up() {
            return Err(Trouble::Behind);
        }
        Ok(Self::of(app, entry, Some(&email), person.lang).await?)
    }

    /// The seat of a reader who may read the site's numbers; `None`: a program.
    ///
    /// # Errors
    /// The numbers or the names cannot be read.
    pub(in crate::http) async fn of(app: &App, entry: Arc<SiteEntry>, reader: Option<&str>, lang: Lang) -> Result<Self, anyhow::Error> {
        let named = app.house.lexicons.of(entry.site.id).await?;
        let view = app.house.engine.view(entry.site.id).await?;
        let site = named.context(reader);
        Ok(Self { entry, view, site, named, now: app.house.now(), lang, engine: app.house.engine.clone() })
    }

    /// The seat of a reader who need not sign in. What the answer says of the time is `now`, and nothing is said of how
    /// far the fold is: it must be the same for all who share it. With `segment`, only hits of it are seen.
    ///
    /// # Errors
    /// The numbers or the names cannot be read; or there is no such segment any more, and nothing is shown instead of all.
    pub(super) async fn of_guest(app: &App, entry: Arc<SiteEntry>, lang: Lang, segment: Option<u64>) -> Result<Self, Trouble> {
        if !app.readiness.has_caught_up() {
            return Err(Trouble::Behind);
        }
        let mut seat = Self::of(app, entry, None, lang).await?;
        if let Some(id) = segment {
            // The names of others are nobody's business behind it.
            seat.site.segments.retain(|known| known.id == id);
            if seat.site.segments.is_empty() {
                return Err(Trouble::NotFound);
            }
            seat.site.only = vec![Filter::Segment(vec![id])];
        }
        seat.view.freshness.lag_seconds = 0.0;
        Ok(seat)
    }

    /// The same at another moment, with the newest hit left out where it says nothing about the days that are asked for.
    pub(super) fn at(mut self, now: UnixMillis, with_newest: bool) -> Self {
        let fresh = &mut self.view.freshness;
        fresh.newest_hit = fresh.newest_hit.filter(|_| with_newest);
        fresh.complete_until = fresh.newest_hit.unwrap_or(now);
        self.now = now;
        self
    }

    /// The moment all is asked at.
    pub(in crate::http) fn moment(&self) -> UnixMillis {
        self.now
    }

    /// The properties that are shown, where not all are.
    pub(in crate::http) fn properties(&self) -> Option<&[String]> {
        self.named.properties.as_deref()
    }

    /// Whether these are the names it was taken with.
    pub(in crate::http) fn has_names(&self, named: &Named) -> bool {
        *self.named == *named
    }

    /// Of whom and when is asked.
    pub(in crate::http) fn context(&self) -> Context<'_> {
        Context { site: &self.entry.site, calendar: &self.entry.calendar, now: self.now }
    }

    /// The site's present day.
    pub(in crate::http) fn today(&self) -> LocalDate {
        self.entry.calendar.moment(self.now).date
    }

    /// What the pages ask with.
    pub(in crate::http) fn asker<'a>(&'a self, context: &'a Context<'a>) -> Asker<'a> {
        let properties = self.named.properties.as_deref();
        Asker { source: &*self.engine, view: &self.view, context, site: &self.site, properties, lang: self.lang }
    }
}
