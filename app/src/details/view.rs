//! A details page as HTML.

use super::{DetailsPage, ROWS};
use crate::components::document;
use crate::format;
use crate::panels::view::{Around, Place, left_out, name_cell, page_link, row_class, tabs};
use crate::panels::{Column, PanelRow, list_words, panel_label, plain};
use crate::render::render as to_html;
use crate::site_page::{KeysOf, Period, Top, bar, filter_form, foot, ignored, keys, late, provide_start};
use crate::words::{DetailsWords, Words};
use leptos::prelude::*;

/// The page.
pub fn render(page: &DetailsPage) -> String {
    to_html(|| {
        let words = page.frame.words();
        let title = title(page, words);
        let heading = title.clone();
        let top = top(page);
        provide_start(&top);
        let back = format!("{}#{}", page.state.state.href(&page.domain), page.state.panel.name());
        let body = view! {
            {bar(&top, None, None).into_any()}
            <main class="wrap details" id="main" inert=top.sheet.is_some()>
                {ignored(&top)}
                {late(&page.around.freshness, page.frame.lang)}
                <div class="title">
                    <div>
                        <p><a class="way back" href=back aria-keyshortcuts="Escape">"‹ "{words.details.back}</a></p>
                        <h1>{heading}</h1>
                        <p class="quiet">{days(page)}</p>
                    </div>
                    {search(page)}
                </div>
                <div class="card panel">
                    {narrowed(page)}
                    {tabs(around(page), page.state.panel, &page.report.shown, &page.report.properties)}
                    {if page.report.rows.is_empty() { nothing(page).into_any() } else { table(page).into_any() }}
                    {left_out(page.report.left_out, page.frame.lang)}
                    {paging(page)}
                </div>
            </main>
            {foot(&top).into_any()}
            {filter_form(&top)}
            {keys(page.frame.lang, if page.frame.outside.is_some() { KeysOf::OutsideDetails } else { KeysOf::Details })}
        };
        document(&page.frame, format!("{title} · {}", page.domain), "", body)
    })
}

fn around(page: &DetailsPage) -> Around<'_> {
    Around { lang: page.frame.lang, domain: &page.domain, state: &page.state.state, may_change: page.may_change, place: Place::Details }
}

/// `Pages: Entry`; a property by its name.
fn title(page: &DetailsPage, words: &Words) -> String {
    let panel = panel_label(page.state.panel, &words.panels);
    let list = match &page.report.shown.property {
        Some(name) => plain(name),
        None => list_words(page.report.shown.list, &words.panels).tab.to_owned(),
    };
    if list == panel { list } else { format!("{panel}: {list}") }
}

/// What bar, chips and foot are made from. Another period or filter begins at the first row of the same list.
fn top(page: &DetailsPage) -> Top<'_> {
    Top {
        frame: &page.frame,
        domain: &page.domain,
        zone: &page.around.zone,
        may_change: page.may_change,
        state: &page.state.state,
        path: page.state.state.door.details(&page.domain, page.state.panel),
        more: page.state.at(1).own_pairs(),
        today: page.report.today,
        span: page.report.span,
        seen: page.around.seen,
        names: &page.around.names,
        freshness: &page.around.freshness,
        sheet: page.around.sheet.as_ref(),
        ignored: &page.ignored,
        current: page.current,
    }
}

/// The period by its name and by its dates, where it has both.
fn days(page: &DetailsPage) -> String {
    let (lang, today, span) = (page.frame.lang, page.report.today, page.report.span);
    let name = page.state.state.period.label(today, lang);
    let dates = match page.state.state.period {
        Period::Realtime | Period::Hours24 => return name,
        _ => format::range(span.from, span.to, today, lang),
    };
    if name == dates { name } else { format!("{name} · {dates}") }
}

/// A form that leads to the rows with a text in them. What the page shows besides is sent along.
fn search(page: &DetailsPage) -> impl IntoView + use<> {
    let words = &page.frame.words().details;
    let bare = super::DetailsState { search: String::new(), page: 1, ..page.state.clone() };
    let kept = bare.pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let hint = (words.search_in)(panel_label(page.state.panel, &page.frame.words().panels));
    let clear = (!page.state.search.is_empty()).then(|| {
        view! { <a class="button button--plain" href=page.state.without_search().href(&page.domain)>{words.clear}</a> }
    });
    view! {
        <form class="search" method="get" role="search" action=page.state.state.door.details(&page.domain, page.state.panel)>
            {kept}
            <input type="search" name="q" value=page.state.search.clone() placeholder=hint.clone() aria-label=hint maxlength="200" aria-keyshortcuts="/"/>
            <button class="button" type="submit">{words.find}</button>
            {clear}
        </form>
    }
}

/// Of which machine, or which page: and the way to all of them.
fn narrowed(page: &DetailsPage) -> Option<impl IntoView + use<>> {
    let words = &page.frame.words().details;
    let text = match (&page.state.machine, &page.state.asked) {
        (Some(machine), _) => (words.pages_of)(&plain(machine)),
        (None, Some(asked)) => (words.machines_of)(&plain(asked)),
        (None, None) => return None,
    };
    let all = page.state.with_tab("all").href(&page.domain);
    Some(view! { <p class="narrowed"><b>{text}</b>" "<a class="way" href=all>{words.all_machines}</a></p> })
}

fn table(page: &DetailsPage) -> impl IntoView + use<> {
    let words = page.frame.words();
    let report = &page.report;
    let first = match &report.shown.property {
        Some(name) => plain(name),
        None => list_words(report.shown.list, &words.panels).one.to_owned(),
    };
    let heads = report.columns.iter().map(|column| {
        let label = column.label(words);
        sort_head(page, column.name(), label, column.long_label(words).unwrap_or(label), "num")
    });
    let heads = heads.collect_view();
    let lines = report.rows.iter().map(|row| line(page, row)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=title(page, words)>
            <table class="rows rows--full">
                <thead>
                    <tr>{sort_head(page, "value", &first, &first, "")}{heads}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// The head of a column: a link that sorts by it, and the other way round when it does already.
fn sort_head(page: &DetailsPage, name: &'static str, label: &str, long: &str, class: &'static str) -> AnyView {
    let words = &page.frame.words().details;
    let chosen = match page.state.sort_among(&page.report.columns) {
        Some(sort) => (sort.by == name).then_some(sort.up),
        None => (page.report.columns.first().map(|column| column.name()) == Some(name)).then_some(false),
    };
    // Names begin with A, numbers with the largest.
    let up = chosen.map_or(name == "value", |up| !up);
    let say = if up { (words.sort_up)(long) } else { (words.sort_down)(long) };
    let (sorted, sign) = match chosen {
        Some(true) => (Some("ascending"), " ↑"),
        Some(false) => (Some("descending"), " ↓"),
        None => (None, ""),
    };
    let href = page.state.sorted(name, up).href(&page.domain);
    let label = label.to_owned();
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <a class="sort" href=href title=say><bdi>{label}</bdi><span aria-hidden="true">{sign}</span></a>
        </th>
    }
    .into_any()
}

fn line(page: &DetailsPage, row: &PanelRow) -> impl IntoView + use<> {
    let lang = page.frame.lang;
    let text = |(column, value): (&Column, &Option<f64>)| view! { <td class="num">{column.text(*value, row.currency, lang)}</td> };
    let numbers = page.report.columns.iter().zip(&row.numbers).map(text).collect_view();
    let name = name_cell(around(page), page.state.panel, &page.report.shown, row);
    let open = page_link(around(page), page.report.shown.list, row);
    view! { <tr><th scope="row" class=row_class(row, page.report.largest)>{name}{open}</th>{numbers}</tr> }
}

fn nothing(page: &DetailsPage) -> impl IntoView + use<> {
    let words = page.frame.words();
    let to_start = page.state.at(1).href(&page.domain);
    let text = if !page.state.search.is_empty() && page.report.total == 0 {
        (words.details.not_found)(&plain(&page.state.search))
    } else if page.report.total > 0 {
        words.details.beyond.to_owned()
    } else if page.state.state.filters.is_empty() {
        words.panels.nothing.to_owned()
    } else {
        words.panels.nothing_filtered.to_owned()
    };
    let way = (page.report.total > 0).then(|| view! { " "<a class="way" href=to_start>{words.details.to_start}</a> });
    view! { <p class="panel__nothing">{text}{way}</p> }
}

/// Which rows are seen, and the ways to the others.
fn paging(page: &DetailsPage) -> Option<impl IntoView + use<>> {
    let words: &'static DetailsWords = &page.frame.words().details;
    let lang = page.frame.lang;
    let total = page.report.total;
    let first = u64::from((page.state.page - 1) * ROWS) + 1;
    let last = first + page.report.rows.len() as u64 - 1;
    let count = |n: u64| format::count(i64::try_from(n).unwrap_or(i64::MAX), lang);
    (!page.report.rows.is_empty()).then(|| {
        let text = match total <= u64::from(ROWS) && page.state.page == 1 {
            true => format!("{} {}", count(total), words.rows.of(i64::try_from(total).unwrap_or(i64::MAX))),
            false => (words.range)(&count(first), &count(last), &count(total)),
        };
        let way = |there: bool, to: u32, label: &'static str, sign: &'static str| {
            there.then(|| view! { <a class="button" href=page.state.at(to).href(&page.domain) aria-label=label>{sign}</a> })
        };
        let earlier = way(page.state.page > 1, page.state.page.saturating_sub(1), words.earlier, "‹");
        let later = way(last < total, page.state.page + 1, words.later, "›");
        let first = page.state.at(1);
        let csv = first.state.href_at(&first.state.door.list_file(&page.domain, page.state.panel), first.own_pairs());
        view! {
            <nav class="paging" aria-label=words.paging>
                <span>{text}</span>
                <a class="way" href=csv download="">{words.csv}</a>
                {earlier}
                {later}
            </nav>
        }
    })
}
