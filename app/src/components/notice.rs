//! A word about what just happened.

use crate::models::Notice;
use leptos::prelude::*;

/// The word, said aloud by screen readers.
pub fn notice(notice: &Option<Notice>) -> impl IntoView + use<> {
    notice.clone().map(|notice| match notice {
        Notice::Done(text) => view! { <p class="notice notice--good" role="status">{text}</p> },
        Notice::Failed(text) => view! { <p class="notice notice--bad" role="alert">{text}</p> },
    })
}
