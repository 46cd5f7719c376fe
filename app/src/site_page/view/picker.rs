//! The choice of the period, and of what it is compared with. Popovers and links: no script is needed.

use super::super::{Against, PageState, Period, SitePage};
use leptos::prelude::*;

/// Earlier, the period, later.
pub fn period(page: &SitePage) -> impl IntoView + use<> {
    let (state, today) = (&page.state, page.report.today);
    let label = state.period.label(today);
    let arrow = |to: Option<Period>, words: &'static str, sign: &'static str| match to {
        Some(period) => {
            let href = state.with_period(period).href(&page.domain);
            view! { <a class="button" href=href aria-label=words>{sign}</a> }.into_any()
        }
        None => view! { <span class="button button--off" aria-hidden="true">{sign}</span> }.into_any(),
    };
    view! {
        <div class="group">
            {arrow(state.period.earlier(today), "Earlier", "‹")}
            <button class="button" type="button" popovertarget="period-menu">
                <span class="unseen">"Period: "</span>
                {label}
                <span class="caret" aria-hidden="true"></span>
            </button>
            {arrow(state.period.later(today), "Later", "›")}
        </div>
        <div class="menu menu--period" id="period-menu" popover="auto">
            <nav aria-label="Period">{choices(page)}</nav>
            {custom(page)}
        </div>
    }
}

fn choices(page: &SitePage) -> impl IntoView + use<> {
    let parts: [&[Period]; 5] = [
        &[Period::Day(None), Period::Yesterday],
        &[Period::Days(7, None), Period::Days(28, None), Period::Days(30, None), Period::Days(91, None)],
        &[Period::Month(None), Period::LastMonth],
        &[Period::Year(None), Period::Months(12)],
        &[Period::All],
    ];
    let today = page.report.today;
    parts
        .map(|part| {
            let items = part.iter().map(|period| {
                let href = page.state.with_period(*period).href(&page.domain);
                let chosen = (*period == page.state.period).then_some("true");
                view! { <a class="menu__item" href=href aria-current=chosen>{period.label(today)}</a> }
            });
            view! { <div class="menu__part">{items.collect_view()}</div> }
        })
        .to_vec()
}

/// A form that leads to the page of two dates. What the page shows besides is sent along.
fn custom(page: &SitePage) -> impl IntoView + use<> {
    let span = page.report.span;
    let kept = kept(&page.state).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let today = page.report.today.to_string();
    view! {
        <form class="menu__part dates" method="get" action=crate::routes::site(&page.domain) aria-label="Custom period">
            {kept}
            <input type="hidden" name="period" value="custom"/>
            <label>"From "<input type="date" name="from" value=span.from.to_string() max=today.clone() required=true/></label>
            <label>"to "<input type="date" name="to" value=span.to.to_string() max=today required=true/></label>
            <button class="button" type="submit">"Show"</button>
        </form>
    }
}

/// What a form has to send so that nothing but the period changes.
fn kept(state: &PageState) -> Vec<(String, String)> {
    let query = state.with_period(Period::default()).query_string();
    super::super::query_string::pairs(&query)
}

/// What the period is compared with.
pub fn compare(page: &SitePage) -> impl IntoView + use<> {
    let words = |compare: Against| match compare {
        Against::Previous => "the period before",
        Against::Year => "a year before",
        Against::Custom(..) => "other days",
        Against::Off => "nothing",
    };
    let items = [Against::Previous, Against::Year, Against::Off].map(|compare| {
        let href = page.state.with_compare(compare).href(&page.domain);
        let chosen = (compare == page.state.compare.against).then_some("true");
        view! { <a class="menu__item" href=href aria-current=chosen>{words(compare)}</a> }
    });
    let comparable = page.state.period != Period::All;
    comparable.then(|| {
        view! {
            <button class="button compare" type="button" popovertarget="compare-menu">
                <span class="quiet">"vs "</span>
                {words(page.state.compare.against)}
                <span class="caret" aria-hidden="true"></span>
            </button>
            <nav class="menu menu--compare" id="compare-menu" popover="auto" aria-label="Compare with">
                <div class="menu__part">{items.to_vec()}</div>
            </nav>
        }
    })
}
