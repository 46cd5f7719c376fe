//! Widgets as HTML.

mod absent;
mod chart;
mod list;
mod live;
mod number;

pub use absent::{Absence, absent};

use super::{Shown, Widget, WidgetPage, WidgetState};
use crate::colours::Background;
use crate::components::mark;
use crate::door::{Door, Dress};
use crate::models::{AssetUrls, Theme};
use crate::panels::plain;
use crate::render::render as to_html;
use crate::site_page::PageState;
use leptos::prelude::*;

/// A widget as a whole document.
pub fn render(page: &WidgetPage) -> String {
    to_html(|| {
        let body = match &page.shown {
            Shown::Number(headline, chart) => number::number(page, headline.as_ref(), chart).into_any(),
            Shown::Numbers(headlines) => number::numbers(page, headlines).into_any(),
            Shown::Chart(headline, chart, span) => chart::chart(page, headline.as_ref(), chart, *span).into_any(),
            Shown::List(list) => list::list(page, list).into_any(),
            Shown::Live(now) => live::live(page, *now).into_any(),
        };
        let live = page.widget == Widget::Live;
        document(&page.assets, &page.state, page.title(), live, body)
    })
}

/// The document around a widget. Without scripts the pill is read anew by the browser.
fn document(assets: &AssetUrls, state: &WidgetState, title: String, live: bool, body: AnyView) -> impl IntoView + use<> {
    let pinned = (state.theme != Theme::System).then(|| state.theme.name());
    let bare = state.colours.background == Some(Background::Transparent);
    let class = if live { "pill" } else { "card" };
    let given = |url: &String| (!url.is_empty()).then(|| url.clone());
    view! {
        <html lang=state.lang.code() data-theme=pinned data-widget="">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex, nofollow"/>
                <title>{title.clone()}</title>
                {given(&assets.font).map(|url| view! { <link rel="preload" href=url r#as="font" r#type="font/woff2" crossorigin="anonymous"/> })}
                {given(&assets.widget_css).map(|url| view! { <link rel="stylesheet" href=url/> })}
                {state.colours.href().map(|url| view! { <link rel="stylesheet" href=url/> })}
                {live.then(|| view! { <noscript><meta http-equiv="refresh" content="30"/></noscript> })}
                {given(&assets.widget_script).map(|url| view! { <script src=url defer=true></script> })}
            </head>
            <body>
                <main class=class class:bare=bare aria-label=title><div id="inner">{body}</div></main>
            </body>
        </html>
    }
}

impl WidgetPage {
    /// What the widget is about: its name, and for how long.
    fn title(&self) -> String {
        match self.widget {
            Widget::Live => format!("{}: {}", self.domain, self.name()),
            // A chart is called like the number in it.
            Widget::Chart => format!("{}: {}, {}, {}", self.domain, Widget::Chart.label(self.state.lang), self.name(), self.period()),
            _ => format!("{}: {}, {}", self.domain, self.name(), self.period()),
        }
    }

    /// What it is called. A list of a property's values is called like the property.
    fn name(&self) -> String {
        match (&self.shown, self.widget) {
            (Shown::Chart(_, chart, _), _) => chart.metric.label(&self.words().site.metrics, false).to_owned(),
            (Shown::List(list), _) if list.shown.property.is_some() => list.shown.property.as_deref().map(plain).unwrap_or_default(),
            (_, widget) => widget.label(self.state.lang).to_owned(),
        }
    }

    fn period(&self) -> String {
        self.state.period.label(self.today, self.state.lang)
    }

    fn words(&self) -> &'static crate::words::Words {
        self.state.lang.words()
    }

    /// The site's page with the same numbers.
    fn href(&self) -> String {
        let door = Door::Public(Dress { lang: self.state.lang, ..Dress::default() });
        PageState { door, ..self.page_state() }.href(&self.domain)
    }
}

/// The head of a widget: what it is, for how long, and the mark.
fn head(page: &WidgetPage) -> impl IntoView + use<> {
    let name = page.name();
    let name = if page.linked {
        let title = (page.words().widgets.see_all)(&page.domain);
        view! { <a href=page.href() title=title target="_blank" rel="noopener">{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <div class="head">
            <h1>{name}<span class="quiet">{page.period()}</span></h1>
            {maker(page)}
        </div>
    }
}

/// The mark of the house: where numbers come from is worth a sign, and no more than one.
fn maker(page: &WidgetPage) -> Option<impl IntoView + use<>> {
    let words = &page.words().widgets;
    page.state.mark.then(|| view! { <span class="maker" role="img" aria-label=words.counted_by title=words.counted_by>{mark(16)}</span> })
}
