//! What people do on the pages of the demo's site, as both `footfall import --format hits` and `/api/event` take it.

use super::SITE;
use super::chance::Chance;
use serde_json::{Value, json};

/// A look at a page; `query` is what a campaign has added to its address.
pub fn view(path: &str, query: &str, referrer: &str, width: u32) -> Value {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let mut view = json!({"name": "pageview", "url": format!("https://{SITE}{path}{query}"), "screen_width": width});
    if !referrer.is_empty() {
        view["referrer"] = json!(referrer);
    }
    // What the page says about itself: what it is about, as the second part of its path has it.
    if let Some(topic) =
        path.strip_prefix("/blog/").and_then(|rest| rest.split('/').next()).filter(|topic| !topic.contains('.') && !topic.is_empty())
    {
        view["props"] = json!({"section": topic});
    }
    view
}

/// How long and how far somebody has read; milliseconds and percent.
pub fn reading(path: &str, chance: &mut Chance) -> (Value, u32) {
    let long = ["/articles/", "/blog/geekery/", "/projects/"].iter().any(|folder| path.starts_with(folder));
    let time = 4_000 + chance.below(if long { 150_000 } else { 30_000 }) as u32;
    let depth = (20 + chance.below(50) + if chance.percent(if long { 45 } else { 15 }) { 35 } else { 0 }).min(100);
    let reading = json!({"name": "engagement", "url": format!("https://{SITE}{path}"), "engaged_ms": time, "scroll_depth": depth});
    (reading, time)
}

/// Something worth a goal; most people do nothing of the kind.
pub fn event(path: &str, chance: &mut Chance) -> Option<Value> {
    let url = format!("https://{SITE}{path}");
    let of = |name: &str, props: Value| json!({"name": name, "url": url, "props": props});
    if let Some(project) = path.strip_prefix("/projects/").and_then(|rest| rest.split('/').next()).filter(|name| !name.is_empty())
        && chance.percent(22)
    {
        let kind = chance.weigh(&[("tar.gz", 5), ("deb", 3), ("rpm", 2)]);
        return Some(of("Download", json!({"file": format!("{project}.{kind}"), "kind": kind})));
    }
    if chance.percent(3) {
        return Some(of("Signup", json!({"form": chance.weigh(&[("footer", 4), ("end of article", 6), ("sidebar", 2)])})));
    }
    if chance.percent(1) {
        let (tier, amount) = chance.weigh(&[(("Coffee", "5.00"), 6), (("Supporter", "25.00"), 3), (("Company", "150.00"), 1)]);
        let mut sponsor = of("Sponsor", json!({"tier": tier}));
        sponsor["revenue"] = json!({"amount": amount, "currency": chance.weigh(&[("EUR", 3), ("USD", 1)])});
        return Some(sponsor);
    }
    let target = chance.weigh(&[("https://github.com/example/demo", 4), ("https://en.wikipedia.org/wiki/X_Window_System", 2)]);
    chance.percent(5).then(|| of("Outbound Link: Click", json!({"url": target})))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_in_the_address_and_a_section_in_the_properties() {
        let hit = view("/blog/geekery/a.html", "utm_source=b", "", 390);
        assert_eq!(hit["url"], "https://demo.example/blog/geekery/a.html?utm_source=b");
        assert_eq!(hit["props"], json!({"section": "geekery"}));
        assert!(hit.get("referrer").is_none() && view("/blog/a.html", "", "", 390).get("props").is_none());
    }

    #[test]
    fn every_kind_of_deed_is_done_by_somebody() {
        let mut chance = Chance::new(1);
        let done: Vec<Value> = (0..2_000).filter_map(|_| event("/projects/keynav/", &mut chance)).collect();
        for name in ["Download", "Signup", "Sponsor", "Outbound Link: Click"] {
            assert!(done.iter().any(|event| event["name"] == name), "{name}");
        }
        assert!(done.iter().any(|event| event["revenue"]["currency"] == "EUR"));
    }
}
