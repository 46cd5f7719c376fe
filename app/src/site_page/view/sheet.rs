//! The form of a filter, lying over the page. Links and a form that is sent by GET: no script is needed.

use super::super::{Filter, Operator, Sheet, SheetReport, Subject, Suggestion, filter_words};
use super::Top;
use super::period::kept;
use crate::islands::Suggest;
use crate::panels::{goes_by_name, subject_label, value_label};
use crate::routes;
use leptos::prelude::*;

/// The open form, if there is one.
pub fn sheet(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    let words = &top.words().filter;
    let report = top.sheet?;
    let close = top.href(top.state);
    let (title, content) = match report {
        SheetReport::Properties(names) => (words.choose_property.to_owned(), properties(top, names).into_any()),
        SheetReport::Filter { subject, instead, opened, asks, suggestions } => {
            let title = (words.title)(&subject_label(subject, top.frame.lang));
            let opened = instead.as_ref().and_then(|segment| open(top, segment, opened));
            (title, view! { {opened}{closed(top, asks)}{form(top, subject, instead.as_ref(), suggestions)} }.into_any())
        }
    };
    Some(view! {
        <div class="sheet">
            <a class="sheet__shade" href=close.clone() tabindex="-1" aria-hidden="true"></a>
            <section class="card sheet__box" role="dialog" aria-labelledby="sheet-title">
                <div class="sheet__head">
                    <h2 id="sheet-title">{title}</h2>
                    <a class="chip__away" href=close aria-label=words.close aria-keyshortcuts="Escape">"×"</a>
                </div>
                {content}
            </section>
        </div>
    })
}

/// What segments ask that cannot be opened, whole.
fn closed(top: &Top<'_>, asks: &[String]) -> Option<impl IntoView + use<>> {
    (!asks.is_empty()).then(|| {
        let lines = asks.iter().map(|text| view! { <li class="wrap-anywhere">{text.clone()}</li> }).collect_view();
        view! { <div class="sheet__opened"><p class="quiet">{top.words().filter.not_opened}</p><ul class="said">{lines}</ul></div> }
    })
}

/// The way to the page with a segment's filters in its place.
fn open(top: &Top<'_>, segment: &Filter, filters: &[Filter]) -> Option<impl IntoView + use<>> {
    let words = &top.words().filter;
    let without = top.state.without_filter(segment);
    let opened = filters.iter().fold(without, |state, filter| state.with_filter(filter.clone()));
    (!filters.is_empty()).then(|| {
        let said = filters.iter().map(|filter| {
            let (subject, operator, values) = filter_words(filter, top.names, top.frame.lang);
            view! { <li>{format!("{subject} {operator} {values}")}</li> }
        });
        view! {
            <div class="sheet__opened">
                <ul class="said">{said.collect_view()}</ul>
                <a class="way" href=top.href(&opened)>{words.open_segment}</a>
            </div>
        }
    })
}

fn form(top: &Top<'_>, subject: &Subject, instead: Option<&Filter>, suggestions: &[Suggestion]) -> impl IntoView + use<> {
    let words = &top.words().filter;
    let old = instead.map(|filter| view! { <input type="hidden" name="instead" value=filter.spell()/> });
    let named = matches!(subject, Subject::Goal | Subject::Segment);
    let fields = if named { choices(top, instead, suggestions).into_any() } else { typed(top, subject, instead, suggestions).into_any() };
    let case = (!named).then(|| {
        let checked = instead.is_some_and(|filter| filter.ignore_case);
        view! { <label class="sheet__case"><input type="checkbox" name="case" value="any" checked=checked/>{words.ignore_case}</label> }
    });
    view! {
        <form class="sheet__form" method="get" action=top.path.clone()>
            {kept(top.pairs(top.state))}
            <input type="hidden" name="by" value=subject.name()/>
            <input type="hidden" name="lang" value=top.frame.lang.code()/>
            {old}
            {operators(top, subject, instead)}
            {fields}
            {case}
            <div class="sheet__ways">
                <button class="button button--main" type="submit">{words.apply}</button>
                <a class="button button--plain" href=top.href(top.state)>{top.words().common.cancel}</a>
            </div>
        </form>
    }
}

fn operators(top: &Top<'_>, subject: &Subject, instead: Option<&Filter>) -> impl IntoView + use<> {
    let words = &top.words().filter;
    let present = instead.map_or(Operator::Is, |filter| filter.operator);
    // What is part of a goal's name is nobody's question; an address may ask it all the same.
    let offered = |operator: &Operator| {
        let odd = *subject == Subject::Goal && *operator == Operator::Contains;
        operator.suits(subject) && (!odd || *operator == present)
    };
    let options = Operator::ALL.into_iter().filter(offered).map(|operator| {
        view! { <option value=operator.name() selected=operator == present>{operator.words(&words.operators)}</option> }
    });
    view! {
        <div class="field">
            <label for="sheet-op">{words.operator}</label>
            <select id="sheet-op" name="op">{options.collect_view()}</select>
        </div>
    }
}

/// Spare fields beside those that are filled.
const SPARE: usize = 2;

fn typed(top: &Top<'_>, subject: &Subject, instead: Option<&Filter>, suggestions: &[Suggestion]) -> impl IntoView + use<> {
    let words = &top.words().filter;
    // Nobody thinks in codes: countries, channels and devices go by their names, there and back. Patterns are of codes.
    let by_name = goes_by_name(subject);
    let of_names = by_name && instead.is_none_or(|filter| filter.patterns() == 0);
    let typed = |value: &String| if of_names { value_label(subject, value, top.frame.lang) } else { value.clone() };
    let mut values: Vec<String> = instead.map(|filter| filter.values.iter().map(typed).collect()).unwrap_or_default();
    values.resize(values.len() + SPARE + usize::from(values.is_empty()), String::new());
    let fields = values.into_iter().enumerate().map(|(at, value)| {
        let label = if at == 0 { words.value } else { words.or_value };
        let first = at == 0;
        view! {
            <label class="sheet__value">
                <span>{label}</span>
                <input type="text" name="value" value=value list="sheet-values" autocomplete="off" spellcheck="false" required=first autofocus=first/>
            </label>
        }
    });
    let options = suggestions.iter().map(|one| {
        if by_name {
            return view! { <option value=one.label.clone()>{None}</option> };
        }
        let label = (one.label != one.value).then(|| one.label.clone());
        view! { <option value=one.value.clone()>{label}</option> }
    });
    let patterns = Operator::Matches.suits(subject).then(|| view! { <p class="hint">{words.pattern_hint}</p> });
    let url = top.state.href_at(&routes::suggestions(top.domain, &subject.name()), []);
    // The island puts what is typed behind it.
    let url = if url.contains('?') { url } else { url + "?" };
    view! {
        <fieldset class="sheet__values" data-url=url data-takes=if by_name { "label" } else { "value" }>
            <legend class="unseen">{words.value}</legend>
            {fields.collect_view()}
            <datalist id="sheet-values">{options.collect_view()}</datalist>
            <p class="hint">{words.values_hint}</p>
            {patterns}
            <Suggest/>
        </fieldset>
    }
}

/// Of few things with names, boxes to tick.
fn choices(top: &Top<'_>, instead: Option<&Filter>, suggestions: &[Suggestion]) -> impl IntoView + use<> {
    let words = &top.words().filter;
    let chosen = |value: &str| instead.is_some_and(|filter| filter.values.iter().any(|known| known == value));
    let only = suggestions.len() == 1;
    let boxes = suggestions.iter().map(|one| {
        let checked = only || chosen(&one.value);
        view! {
            <label class="sheet__choice"><input type="checkbox" name="value" value=one.value.clone() checked=checked/>{one.label.clone()}</label>
        }
    });
    view! { <fieldset class="sheet__values"><legend>{words.value}</legend>{boxes.collect_view()}</fieldset> }
}

/// The properties of the period, each the way to its form.
fn properties(top: &Top<'_>, names: &[String]) -> impl IntoView + use<> {
    let words = &top.words().filter;
    if names.is_empty() {
        return view! { <p class="quiet">{words.no_property}</p> }.into_any();
    }
    let items = names.iter().map(|name| {
        let href = top.href_of(&Sheet::NewFilter(Subject::Property(name.clone())));
        view! { <a class="menu__item" href=href>{name.clone()}</a> }
    });
    view! { <nav class="sheet__list" aria-label=words.choose_property>{items.collect_view()}</nav> }.into_any()
}
