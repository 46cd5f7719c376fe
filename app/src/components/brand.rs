//! The mark: two footprints. And the steps that fill when somebody came.

use leptos::prelude::*;

/// Two footprints, one ahead of the other.
pub fn mark(size: u32) -> impl IntoView {
    view! {
        <svg class="mark" width=size height=size viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
            <path d="M8.2 3c2 0 3 2.2 3 4.6 0 2-.8 3.6-1 5.4H5.900C5.600 11 4.900 9.700 4.900 7.400 4.900 5 6.200 3 8.200 3Zm-2.100 11.600h4c.2 2.300-.6 3.700-2.100 3.700s-2.200-1.600-1.900-3.700Z"></path>
            <path class="mark__ahead" d="M15.900 6c2 0 3.300 2 3.300 4.400 0 2.300-.7 3.600-1 5.600h-4.300c-.2-1.800-1-3.400-1-5.400C12.900 8.200 13.900 6 15.900 6Zm-1.900 11.600h4c.3 2.100-.4 3.700-1.900 3.700s-2.300-1.400-2.100-3.700Z"></path>
        </svg>
    }
}

/// Five steps, for places where somebody is waited for.
pub fn footsteps() -> impl IntoView {
    let step = || {
        view! {
            <svg width="20" height="32" viewBox="0 0 20 32" fill="currentColor">
                <path d="M9.600 1c4.200 0 6.400 4.300 6.400 9 0 4-1.600 7.200-2 10.800H5.200C4.700 16.800 3.200 14.200 3.200 9.600 3.200 5 5.500 1 9.600 1ZM5.600 23.800h8c.4 4.500-1.200 7.200-4.200 7.200s-4.400-3-3.800-7.200Z"></path>
            </svg>
        }
    };
    (0..5).map(|_| step()).collect_view()
}
