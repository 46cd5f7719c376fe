//! `GET /pixel.gif`: page views of pages without scripts.

use crate::event;
use crate::fields::{Fields, Value};
use crate::{Invalid, Sent};

/// The picture: one transparent point.
pub const PIXEL_GIF: &[u8; 43] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Reads the query of `GET /pixel.gif`: the fields of an event, each as text (`d`, and where wanted `u`, `n`, `r`, `p`, …).
///
/// Without `n` it is a page view; without `u` the page is the one that shows the picture (`Referer`).
///
/// # Errors
/// As [`crate::parse_event`].
pub fn parse_pixel(query: &str, referer: Option<&str>) -> Result<Sent, Invalid> {
    let mut fields = Fields::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        fields.put(name.into_owned(), Value::Text(value.into_owned()));
    }
    if fields.first(&["n", "name"]).is_none() {
        fields.put("n".to_owned(), Value::Text("pageview".to_owned()));
    }
    if fields.first(&["u", "url"]).is_none()
        && let Some(page) = referer
    {
        fields.put("u".to_owned(), Value::Text(page.to_owned()));
    }
    event::read(&fields)
}
