//! Parts of forms. All forms work without scripts.

use crate::models::Field;
use crate::panels::plain;
use leptos::prelude::*;

/// The hidden field every form sends back.
pub fn csrf(token: &str) -> impl IntoView + use<> {
    (!token.is_empty()).then(|| hidden_input("csrf", token))
}

/// A hidden field.
pub fn hidden_input(name: &'static str, value: &str) -> impl IntoView + use<> {
    let value = value.to_owned();
    view! { <input type="hidden" name=name value=value/> }
}

/// How a text field is asked for.
#[derive(Clone, Copy, Default)]
pub struct Input {
    /// Its name in the form.
    pub name: &'static str,
    /// What stands above it.
    pub label: &'static str,
    /// `text`, `email`, `password`.
    pub kind: &'static str,
    /// What stands below it; empty: nothing.
    pub hint: &'static str,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// What the empty field shows.
    pub placeholder: &'static str,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// Whether the cursor stands here first.
    pub first: bool,
    /// Where two fields of a page have one name, what makes the ids differ.
    pub id_suffix: &'static str,
    /// The id of the list the browser offers; empty: none.
    pub list: &'static str,
}

/// A labelled text field with its hint, and what is wrong with it.
pub fn text_field(input: Input, field: &Field) -> impl IntoView + use<> {
    let id = format!("{}{}", input.name, input.id_suffix);
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let hinted = !input.hint.is_empty();
    let described: Vec<String> =
        [hinted.then(|| hint_id.clone()), field.problem.is_some().then(|| problem_id.clone())].into_iter().flatten().collect();
    let words = input.kind == "text";
    view! {
        <div class="field" class:field--wrong=field.problem.is_some()>
            <label for=id.clone()>{input.label}</label>
            <input
                id=id
                name=input.name
                type=input.kind
                value=(input.kind != "password").then(|| field.value.clone())
                placeholder=(!input.placeholder.is_empty()).then_some(input.placeholder)
                autocomplete=(!input.autocomplete.is_empty()).then_some(input.autocomplete)
                required=input.required
                list=(!input.list.is_empty()).then_some(input.list)
                autofocus=input.first
                spellcheck=words.then_some("false")
                autocapitalize=words.then_some("none")
                aria-invalid=field.problem.is_some().then_some("true")
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
            />
            {hinted.then(|| view! { <p class="hint" id=hint_id>{input.hint}</p> })}
            {problem(field.problem.as_deref(), problem_id)}
        </div>
    }
}

/// What is wrong, as a sentence.
pub fn problem(text: Option<&str>, id: String) -> impl IntoView + use<> {
    text.map(plain).map(|text| view! { <p class="problem" id=id>{text}</p> })
}
