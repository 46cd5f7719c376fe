//! Where something public of a site may be. `*` stands for any end.

/// The paths of everything public of a site, as CloudFront takes them.
pub(super) fn of_site(domain: &str) -> [String; 6] {
    [
        // With what follows the domain: details, exports, pictures, and every query.
        format!("/{domain}*"),
        format!("/share/{domain}*"),
        format!("/embed/{domain}/*"),
        format!("/counter/{domain}/*"),
        format!("/api/sites/{domain}/*"),
        format!("/api/stats/{domain}/*"),
    ]
}
