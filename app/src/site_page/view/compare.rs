//! The choice of what the period is compared with.

use super::super::{Against, Compare, Period};
use super::Top;
use super::period::{dates, kept};
use crate::format;
use leptos::prelude::*;

/// The button and its menu; nothing where there is nothing to compare with.
pub fn compare(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    let words = &top.words().site.compare;
    let present = top.state.compare;
    let comparable = !matches!(top.state.period, Period::All | Period::Realtime);
    comparable.then(|| {
        let shown = match present.against {
            Against::Custom(from, to) => format::range(from, to, top.today, top.frame.lang),
            against => name(top, against).to_owned(),
        };
        let versus = (present.against != Against::Off).then(|| view! { <span class="quiet">{words.versus}</span> });
        let shown = if present.against == Against::Off { format!("{}{shown}", words.versus) } else { shown };
        view! {
            <button class="button compare" type="button" popovertarget="compare-menu">
                {versus}
                <span>{shown}</span>
                <span class="caret" aria-hidden="true"></span>
            </button>
            <div class="menu menu--compare" id="compare-menu" popover="auto">
                <nav aria-label=words.label>
                    <div class="menu__part">{ways(top)}</div>
                    {weekdays(top)}
                </nav>
                {custom(top)}
            </div>
        }
    })
}

fn name(top: &Top<'_>, against: Against) -> &'static str {
    let words = &top.words().site.compare;
    match against {
        Against::Previous => words.previous,
        Against::Year => words.year,
        Against::Custom(..) => words.custom,
        Against::Off => words.off,
    }
}

/// X switches the comparison off, or on again.
fn ways(top: &Top<'_>) -> impl IntoView + use<> {
    let present = top.state.compare;
    let toggle = if present.against == Against::Off { Against::Previous } else { Against::Off };
    let items = [Against::Previous, Against::Year, Against::Off].map(|against| {
        let compare = Compare { against, match_day_of_week: present.match_day_of_week && against != Against::Off };
        let href = top.href(&top.state.with_compare(compare));
        let chosen = (against == present.against).then_some("true");
        let key = (against == toggle).then_some("X");
        view! {
            <a class="menu__item" href=href aria-current=chosen aria-keyshortcuts=key>
                <span>{name(top, against)}</span>
                {key.map(super::key)}
            </a>
        }
    });
    items.into_iter().collect_view()
}

fn weekdays(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    let words = &top.words().site.compare;
    let present = top.state.compare;
    matches!(present.against, Against::Previous | Against::Year).then(|| {
        let items = [(false, words.exact), (true, words.weekday)].map(|(match_day_of_week, text)| {
            let href = top.href(&top.state.with_compare(Compare { match_day_of_week, ..present }));
            let chosen = (match_day_of_week == present.match_day_of_week).then_some("true");
            view! { <a class="menu__item" href=href aria-current=chosen>{text}</a> }
        });
        view! { <div class="menu__part">{items.into_iter().collect_view()}</div> }
    })
}

/// A form that leads to the page compared with two dates.
fn custom(top: &Top<'_>) -> impl IntoView + use<> {
    let words = &top.words().site.compare;
    let (from, to) = match top.state.compare.against {
        Against::Custom(from, to) => (from, to),
        _ => {
            let span = top.span;
            (span.from.plus(-span.days()), span.from.plus(-1))
        }
    };
    let rest = top.state.with_compare(Against::Previous);
    view! {
        <form class="menu__part dates" method="get" action=top.path.clone() aria-label=words.custom>
            {kept(top.pairs(&rest))}
            <input type="hidden" name="comparison" value="custom"/>
            {dates(top, ("compare_from", from), ("compare_to", to), false)}
        </form>
    }
}
