//! The page that makes frames of widgets: a form that leads to itself, the widget as it will be, and the HTML to copy.

use super::settings::{SettingsTab, settings_page};
use crate::components::{Input, hidden_input, text_field, to_copy};
use crate::islands::FollowForm;
use crate::models::{EmbedPage, Field, FrameWidth, Theme};
use crate::panels::{Panel, panel_label, plain};
use crate::render::render;
use crate::routes;
use crate::site_page::{PageMetric, Period, named_shortly};
use crate::widgets::{MOST_ROWS, Widget};
use crate::words::{BuilderWords, Lang};
use footfall_domain::Role;
use leptos::prelude::*;

/// The page.
pub fn embed(page: &EmbedPage) -> String {
    render(|| {
        let words = page.words();
        let title = (words.title)(&page.domain);
        let parts = || {
            let seen = page.is_public || page.link.is_some();
            view! {
                {(!seen).then(|| private(page).into_any())}
                {form(page).into_any()}
                {seen.then(|| made(page).into_any())}
            }
        };
        settings_page(&page.frame, &None, &page.domain, SettingsTab::Embed, title, parts)
    })
}

impl EmbedPage {
    fn words(&self) -> &'static BuilderWords {
        &self.frame.words().widgets.builder
    }
}

/// Nobody else may see the site: what can be done.
fn private(page: &EmbedPage) -> impl IntoView + use<> {
    let words = page.words();
    let may_change = page.frame.role >= Some(Role::Admin);
    let way =
        may_change.then(|| view! { <p><a class="button" href=SettingsTab::Sharing.address(&page.domain)>{words.private_way}</a></p> });
    view! {
        <section class="card stack">
            <h2>{words.private}</h2>
            <p class="quiet">{if may_change { words.private_why } else { words.private_ask }}</p>
            {way}
        </section>
    }
}

fn form(page: &EmbedPage) -> impl IntoView + use<> {
    let words = page.words();
    let state = &page.state;
    let lang = page.frame.lang;
    let text = |name, label, hint, value: String| {
        text_field(Input { name, label, kind: "text", hint, autocomplete: "off", ..Input::default() }, &Field::of(value))
    };
    let wrong =
        (!page.wrong.is_empty()).then(|| view! { <p class="notice" role="status">{(words.wrong)(&named_shortly(&page.wrong))}</p> });
    let periods = PERIODS.into_iter().filter_map(Period::recalled).map(|period| (period.name(), period.label(page.today, lang)));
    let metrics = PageMetric::shown(&[], false).into_iter();
    let metrics = metrics.map(|metric| (metric.name(), metric.label(&page.frame.words().site.metrics, false).to_owned()));
    let themes = [(Theme::System, "auto"), (Theme::Light, "light"), (Theme::Dark, "dark")];
    let theme = themes.iter().find(|(theme, _)| *theme == state.theme).map_or("auto", |(_, name)| name);
    let common = &page.frame.words().common;
    let themes = [("auto", words.theme_auto), ("light", common.theme_light), ("dark", common.theme_dark)];
    let langs = Lang::ALL.map(|lang| (lang.code(), lang.own_name().to_owned()));
    let dated = page.widget != Widget::Live;
    let property = state.property.clone().unwrap_or_default();
    let accent = state.colours.accent.map(|colour| colour.to_string()).unwrap_or_default();
    let background = state.colours.background.map(|background| background.to_string()).unwrap_or_default();
    view! {
        <section class="card">
            <form class="stack" method="get" action=SettingsTab::Embed.address(&page.domain)>
                <h2>{page.frame.words().settings.embed}</h2>
                <p class="quiet">{words.hint}</p>
                {wrong}
                <FollowForm/>
                <div class="embed__fields">
                    {hidden_input("usual", &page.widget.height(state.limit).to_string())}
                    {widgets(page)}
                    {doors(page)}
                    {dated.then(|| select("period", words.period, state.period.name(), periods.collect()))}
                    {(page.widget == Widget::Chart).then(|| select("metric", words.metric, state.metric.name(), metrics.collect()))}
                    {page.widget.is_list().then(|| rows(page))}
                    {matches!(page.widget, Widget::List(Panel::Properties, _)).then(|| text("property", words.property, "", property))}
                    {select("theme", words.theme, theme, themes.map(|(name, label)| (name, label.to_owned())).to_vec())}
                    {select("lang", words.language, state.lang.code(), langs.to_vec())}
                    {text("accent", words.accent, words.accent_hint, accent)}
                    {text("background", words.background, words.background_hint, background)}
                    {text("width", words.width, words.width_hint, page.width.to_string())}
                    {text("height", words.height, "", page.height.to_string())}
                </div>
                {dated.then(|| view! {
                    <div class="choices"><label><input type="checkbox" name="mark" value="off" checked=!state.mark/>{words.mark}</label></div>
                })}
                <div class="actions"><button class="button button--main" type="submit">{words.show}</button></div>
            </form>
        </section>
    }
}

/// The periods that are offered: those that say the same another day.
const PERIODS: [&str; 13] = ["24h", "day", "yesterday", "7d", "28d", "30d", "91d", "month", "last_month", "year", "6mo", "12mo", "all"];

fn widgets(page: &EmbedPage) -> impl IntoView + use<> {
    let lang = page.frame.lang;
    let option = |widget: &Widget| {
        view! { <option value=widget.name() selected=*widget == page.widget>{widget.label(lang)}</option> }
    };
    let all = Widget::all();
    let numbers = all.iter().filter(|widget| !widget.is_list()).map(option).collect_view();
    let panels = Panel::ALL.map(|panel| {
        let lists = all.iter().filter(|widget| matches!(widget, Widget::List(of, _) if *of == panel)).map(option).collect_view();
        view! { <optgroup label=panel_label(panel, &page.frame.words().panels)>{lists}</optgroup> }
    });
    view! {
        <div class="field">
            <label for="widget">{page.words().widget}</label>
            <select id="widget" name="widget"><optgroup label=page.words().group_numbers>{numbers}</optgroup>{panels.to_vec()}</select>
        </div>
    }
}

/// From where the numbers are read: nothing to choose where there is one way only.
fn doors(page: &EmbedPage) -> Option<impl IntoView + use<>> {
    let words = page.words();
    (!page.links.is_empty()).then(|| {
        let public = page.is_public.then(|| view! { <option value="" selected=page.link.is_none()>{words.door_public}</option> });
        let links = page.links.iter().map(|link| {
            view! { <option value=link.id.to_string() selected=page.link == Some(link.id)>{(words.door_link)(&plain(&link.name))}</option> }
        });
        view! {
            <div class="field">
                <label for="link">{words.door}</label>
                <select id="link" name="link">{public}{links.collect_view()}</select>
            </div>
        }
    })
}

fn rows(page: &EmbedPage) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for="limit">{page.words().limit}</label>
            <input id="limit" name="limit" type="number" min="1" max=MOST_ROWS.to_string() value=page.state.limit.to_string()/>
        </div>
    }
}

fn select(name: &'static str, label: &'static str, chosen: &str, options: Vec<(&'static str, String)>) -> impl IntoView + use<> {
    let options = options.into_iter().map(|(value, text)| view! { <option value=value selected=value == chosen>{text}</option> });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>{options.collect_view()}</select>
        </div>
    }
}

/// The widget in a frame, and the frame as HTML.
fn made(page: &EmbedPage) -> impl IntoView + use<> {
    let words = page.words();
    let src = page.state.href(&page.domain, page.widget);
    let title = (words.frame_title)(page.widget.label(page.state.lang), &page.domain);
    let scheme = match page.state.theme {
        Theme::System => "embed__preview",
        Theme::Light => "embed__preview embed__preview--light",
        Theme::Dark => "embed__preview embed__preview--dark",
    };
    let width = match page.width {
        FrameWidth::Full => None,
        FrameWidth::Pixels(pixels) => Some(pixels.to_string()),
    };
    let text = html(page, &src, &title);
    view! {
        <section class="card stack">
            <h2>{words.preview}</h2>
            <p class="unseen" id="embed-said" role="status" data-said=words.changed></p>
            <div class=scheme>
                <iframe class="embed__frame" class:embed__frame--full=width.is_none() src=src title=title width=width height=page.height.to_string()></iframe>
            </div>
            <h2>{words.html}</h2>
            {to_copy(words.html.to_owned(), text)}
            <p class="quiet">{words.html_hint}</p>
        </section>
    }
}

/// What somebody puts into their page. The frame has the colour scheme of what is in it: a browser paints what is behind
/// a frame of another one.
fn html(page: &EmbedPage, src: &str, title: &str) -> String {
    let scheme = match page.state.theme {
        Theme::System => concat!("light", " ", "dark"),
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let width = match page.width {
        FrameWidth::Full => "100%".to_owned(),
        FrameWidth::Pixels(pixels) => format!("{pixels}px"),
    };
    let attribute = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let (origin, height) = (&page.origin, page.height);
    let (src, title) = (attribute(&format!("{origin}{src}")), attribute(title));
    let frame = format!(
        "<iframe src=\"{src}\"\n  title=\"{title}\" loading=\"lazy\" referrerpolicy=\"no-referrer\"\n  sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox\"\n  style=\"width:{width};max-width:100%;height:{height}px;border:0;color-scheme:{scheme}\"></iframe>"
    );
    let script = format!("<script defer src=\"{origin}{}\"></script>", routes::FRAME_HEIGHT);
    format!("{frame}\n{script}")
}
