//! One spelling of an address: people write domains in capitals, and slashes at the end.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::CACHE_CONTROL;
use http::{Method, StatusCode, Uri};

/// Paths of files and of programs, which write them as they are.
const EXACT: [&str; 3] = ["/api/", "/assets/", "/js/"];

/// Where there is nothing, the way to the same address in its one spelling (308), if it was another.
pub(super) async fn canonical(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let place = if reads { other_spelling(request.uri()) } else { None };
    let response = next.run(request).await;
    match place {
        Some(place) if response.status() == StatusCode::NOT_FOUND => {
            let kept = [(CACHE_CONTROL, "public, max-age=30, s-maxage=60")];
            (kept, Redirect::permanent(&place)).into_response()
        }
        _ => response,
    }
}

/// The address without slashes at its end and with its first part, which is a domain, in small letters.
fn other_spelling(uri: &Uri) -> Option<String> {
    let path = uri.path();
    // What begins with two slashes would lead to another host.
    let strange = !path.starts_with('/') || path[1..].starts_with(['/', '\\']) || EXACT.iter().any(|beginning| path.starts_with(beginning));
    if strange {
        return None;
    }
    let inner = path[1..].trim_end_matches('/');
    let (first, rest) = inner.find('/').map_or((inner, ""), |at| inner.split_at(at));
    let place = format!("/{}{rest}", first.to_ascii_lowercase());
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (place != path).then(|| place + &query)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(address: &str) -> Option<String> {
        other_spelling(&address.parse().expect("an address"))
    }

    #[test]
    fn domains_are_small_and_nothing_ends_in_a_slash() {
        for (written, place) in [
            ("/Example.com", "/example.com"),
            ("/example.com/", "/example.com"),
            ("/Example.COM/settings/Goals//?a=B", "/example.com/settings/Goals?a=B"),
            ("/Sites/", "/sites"),
        ] {
            assert_eq!(leads(written).as_deref(), Some(place), "{written}");
        }
        for right in
            ["/", "/example.com", "/example.com/Settings", "/api/V1/", "/assets/A.css/", "/js/X.js", "//evil.example/", "/\\evil.example/"]
        {
            assert_eq!(leads(right), None, "{right}");
        }
    }
}
