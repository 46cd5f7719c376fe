//! The choice of the period. Popovers, links and a form: no script is needed.

use super::super::Period;
use super::Top;
use footfall_domain::LocalDate;
use leptos::prelude::*;

/// Earlier, the period, later.
pub fn period(top: &Top<'_>) -> impl IntoView + use<> {
    let words = &top.words().site.period;
    let (state, today) = (top.state, top.today);
    let label = state.period.label(today, top.frame.lang);
    let arrow = |to: Option<Period>, words: &'static str, sign: &'static str, key: &'static str| match to {
        Some(period) => {
            let href = top.href(&state.with_period(period));
            view! { <a class="button" href=href aria-label=words aria-keyshortcuts=key>{sign}</a> }.into_any()
        }
        None => view! { <span class="button button--off" aria-hidden="true">{sign}</span> }.into_any(),
    };
    view! {
        <div class="group">
            {arrow(state.period.earlier(today), words.earlier, "‹", "ArrowLeft")}
            <button class="button" type="button" popovertarget="period-menu">
                <span class="unseen">{format!("{}: ", words.label)}</span>
                {label}
                <span class="caret" aria-hidden="true"></span>
            </button>
            {arrow(state.period.later(today), words.later, "›", "ArrowRight")}
        </div>
        <div class="menu menu--period" id="period-menu" popover="auto">
            <nav aria-label=words.label>{choices(top)}</nav>
            {custom(top)}
        </div>
    }
}

/// The periods that are offered, in groups, each with its key: Plausible's.
pub const OFFERED: [&[(Period, &str)]; 5] = [
    &[(Period::Day(None), "D"), (Period::Yesterday, "E"), (Period::Hours24, "H"), (Period::Realtime, "R")],
    &[(Period::Days(7, None), "W"), (Period::Days(28, None), "F"), (Period::Days(30, None), "T"), (Period::Days(91, None), "N")],
    &[(Period::Month(None), "M"), (Period::LastMonth, "P")],
    &[(Period::Year(None), "Y"), (Period::Months(6), "S"), (Period::Months(12), "L")],
    &[(Period::All, "A")],
];

fn choices(top: &Top<'_>) -> impl IntoView + use<> {
    let today = top.today;
    let part = |part: &'static [(Period, &'static str)]| {
        let items = part.iter().map(|(period, key)| {
            let href = top.href(&top.state.with_period(*period));
            let chosen = (*period == top.state.period).then_some("true");
            view! {
                <a class="menu__item" href=href aria-current=chosen aria-keyshortcuts=*key>
                    <span>{period.label(today, top.frame.lang)}</span>
                    {super::key(key)}
                </a>
            }
        });
        view! { <div class="menu__part">{items.collect_view()}</div> }
    };
    OFFERED.into_iter().map(part).collect_view()
}

/// A form that leads to the page of two dates.
fn custom(top: &Top<'_>) -> impl IntoView + use<> {
    let words = &top.words().site.period;
    let span = top.span;
    let rest = top.pairs(&top.state.with_period(Period::default())).into_iter().filter(|(name, _)| *name != "period");
    view! {
        <form class="menu__part dates" method="get" action=top.path.clone() aria-label=words.custom>
            {kept(rest)}
            <input type="hidden" name="period" value="custom"/>
            {dates(top, ("from", span.from), ("to", span.to), true)}
        </form>
    }
}

/// Two dates and a button; `key`: whether a key leads to the first.
pub fn dates(top: &Top<'_>, from: (&'static str, LocalDate), to: (&'static str, LocalDate), key: bool) -> impl IntoView + use<> {
    let words = &top.words().site.period;
    let today = top.today.to_string();
    let key = key.then_some("C");
    view! {
        <label>
            {format!("{} ", words.from)}
            <input type="date" name=from.0 value=from.1.to_string() max=today.clone() required=true aria-keyshortcuts=key/>
        </label>
        <label>{format!("{} ", words.to)}<input type="date" name=to.0 value=to.1.to_string() max=today required=true/></label>
        <button class="button" type="submit">{words.show}</button>
    }
}

/// What a form sends along so that nothing else of the page changes.
pub fn kept(pairs: impl IntoIterator<Item = (&'static str, String)>) -> impl IntoView {
    pairs.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}
