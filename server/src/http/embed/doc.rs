//! What is said about these addresses.

use crate::http::carried::Carried;
use crate::http::openapi::{Doc, schemas};
use footfall_app::site_page::PageMetric;
use footfall_app::widgets::{MOST_ROWS, Widget};
use footfall_app::words::Lang;
use serde_json::json;

/// What the address of a widget says besides which.
pub(in crate::http) fn state(doc: Doc) -> Doc {
    let periods = ["24h", "day", "yesterday", "7d", "28d", "30d", "91d", "month", "last_month", "year", "6mo", "12mo", "all", "custom"];
    let metrics = PageMetric::shown(&[], false).into_iter().map(PageMetric::name);
    let rows = json!({"type": "integer", "minimum": 1, "maximum": MOST_ROWS});
    doc.query("accent", "The colour of lines and bars, hexadecimal", schemas::like("17614f"))
        .query("auth", "The secret of a shared link without a password", schemas::text())
        .query("background", "What lies behind: hexadecimal, or `transparent`", schemas::like("transparent"))
        .query("date", "The last day, or the first of the month or year", schemas::date())
        .query("from", "The first day of a custom period", schemas::date())
        .query("lang", "The language", schemas::one_of(Lang::ALL.into_iter().map(Lang::code)))
        .query("limit", "How many rows a list shows", rows)
        .query("mark", "Whether the mark is shown", schemas::one_of(["on", "off"]))
        .query("metric", "What the chart shows", schemas::one_of(metrics))
        .query("period", "How long; 28 days without it", schemas::one_of(periods))
        .query("property", "Of properties: whose values", schemas::like("author"))
        .query("theme", "Light, dark, or as the reader's system says", schemas::one_of(["auto", "light", "dark"]))
        .query("to", "The last day of a custom period", schemas::date())
}

/// A widget.
pub(super) fn widget() -> Doc {
    let doc = Doc::new("Frames", "A widget: one number, chart or list of a site, for a frame of another page").carried(Carried::Page).part(
        "widget",
        "Which widget",
        schemas::one_of(Widget::all().into_iter().map(Widget::name)),
    );
    state(doc)
        .html(200, "The widget")
        .empty(301, "The address in its one spelling")
        .empty(304, "As it was")
        .empty(308, "The address in its one spelling")
        .html(400, "A value makes no sense: it says which")
        .html(404, "There is none, or not for everybody")
        .problem(404, "A part of the path is no text")
        .html(503, "Not at the moment")
}

/// Chosen colours.
pub(super) fn colours() -> Doc {
    Doc::new("Frames", "A style sheet of chosen colours")
        .carried(Carried::Immutable)
        .query("accent", "The colour of lines and bars, six small hexadecimal digits", schemas::like("17614f"))
        .query("background", "What lies behind, in the same way, or `transparent`", schemas::like("transparent"))
        .query("v", "Of which making", schemas::like(&footfall_app::colours::VERSION.to_string()))
        .answer(200, "The sheet", "text/css", schemas::text())
        .problem(404, "The address is none of ours")
}

/// The script for pages that have frames.
pub(super) fn script() -> Doc {
    Doc::new("Frames", "The script that gives frames the height of what is in them")
        .carried(Carried::Script)
        .answer(200, "The script", "text/javascript", schemas::text())
        .empty(304, "As it was")
        .problem(404, "It was not built")
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_app::widgets::WidgetState;

    #[test]
    fn every_parameter_is_described() {
        let described: Vec<&str> = widget().query_names().collect();
        assert_eq!(described, WidgetState::NAMES);
    }
}
