//! Channels: the default channel grouping of Google Analytics 4, and AI assistants.
//!
//! The rules follow the published grouping in its order; what differs is in `docs/decisions/0303-channels.md`.

use crate::campaign::Click;
use crate::source::Kind;

/// What is known about where a visit came from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clues<'a> {
    /// The source as tagged, or the referrer's name; `None` when there is neither.
    pub source: Option<&'a str>,
    /// What kind of place the source is, if it is in the table.
    pub kind: Option<Kind>,
    /// `utm_medium`, or empty.
    pub medium: &'a str,
    /// `utm_campaign`, or empty.
    pub campaign: &'a str,
    /// The click id of an advertisement.
    pub click: Option<Click>,
}

/// The channel of a visit. The first rule that holds decides.
pub(crate) fn channel(clues: &Clues<'_>) -> &'static str {
    let medium = clues.medium.trim().to_lowercase();
    let campaign = clues.campaign.to_lowercase();
    let source = clues.source.unwrap_or_default().trim().to_lowercase();
    if [&medium, &campaign, &source].into_iter().any(|tag| tag.contains("cross-network")) {
        return "Cross-network";
    }
    let kind = if is_shopping_campaign(&campaign) { Some(Kind::Shopping) } else { clues.kind };
    paid(kind, &medium, clues.click).or_else(|| organic(kind, &medium)).or_else(|| tagged(clues.kind, &source, &medium)).unwrap_or(
        match clues.source {
            Some(_) => "Referral",
            None => "Direct",
        },
    )
}

fn paid(kind: Option<Kind>, medium: &str, click: Option<Click>) -> Option<&'static str> {
    let clicked = match click {
        Some(Click::Paid(network)) => Some(network),
        _ => None,
    };
    if is_paid_medium(medium) || clicked.is_some() {
        match kind.or(clicked) {
            Some(Kind::Shopping) => return Some("Paid Shopping"),
            Some(Kind::Search) => return Some("Paid Search"),
            Some(Kind::Social) => return Some("Paid Social"),
            Some(Kind::Video) => return Some("Paid Video"),
            _ => {}
        }
    }
    if matches!(medium, "display" | "banner" | "expandable" | "interstitial" | "cpm") || click == Some(Click::Display) {
        return Some("Display");
    }
    (is_paid_medium(medium) || clicked.is_some()).then_some("Paid Other")
}

fn organic(kind: Option<Kind>, medium: &str) -> Option<&'static str> {
    let social = matches!(medium, "social" | "social-network" | "social-media" | "sm" | "social network" | "social media");
    Some(match kind {
        Some(Kind::Assistant) => "AI assistants",
        _ if matches!(medium, "ai" | "ai-assistant" | "ai_assistant" | "ai assistant") => "AI assistants",
        Some(Kind::Shopping) => "Organic Shopping",
        Some(Kind::Social) => "Organic Social",
        _ if social => "Organic Social",
        Some(Kind::Video) => "Organic Video",
        _ if medium.contains("video") => "Organic Video",
        Some(Kind::Search) => "Organic Search",
        _ if medium == "organic" => "Organic Search",
        _ => return None,
    })
}

fn tagged(kind: Option<Kind>, source: &str, medium: &str) -> Option<&'static str> {
    let is_email = |tag| matches!(tag, "email" | "e-mail" | "e_mail" | "e mail" | "newsletter");
    Some(match medium {
        _ if kind == Some(Kind::Email) || is_email(source) || is_email(medium) => "Email",
        "affiliate" | "affiliates" => "Affiliates",
        "referral" | "app" | "link" => "Referral",
        "audio" => "Audio",
        "sms" => "SMS",
        _ if source == "sms" => "SMS",
        _ if medium.ends_with("push") || medium.contains("mobile") || medium.contains("notification") || source == "firebase" => {
            "Mobile Push"
        }
        _ => return None,
    })
}

/// The published expression `^(.*cp.*|ppc|retargeting|paid.*)$`.
fn is_paid_medium(medium: &str) -> bool {
    medium.contains("cp") || medium == "ppc" || medium == "retargeting" || medium.starts_with("paid")
}

/// The published expression `^(.*(([^a-df-z]|^)shop|shopping).*)$`: "shop" at the start of a word, "eshop", "shopping".
fn is_shopping_campaign(campaign: &str) -> bool {
    campaign.contains("shopping")
        || campaign
            .match_indices("shop")
            .any(|(at, _)| campaign[..at].chars().next_back().is_none_or(|before| !matches!(before, 'a'..='d' | 'f'..='z')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{campaign::Campaign, referrer::Referrer, source};

    fn of(query: &str, referrer: &str) -> &'static str {
        let campaign = Campaign::of(query);
        let referrer = Referrer::of(referrer);
        let kind = match &campaign.source {
            Some(tag) => source::of_tag(tag).and_then(|source| source.kind),
            None => referrer.as_ref().and_then(|referrer| referrer.source?.kind),
        };
        channel(&Clues {
            source: campaign.source.as_deref().or(referrer.as_ref().map(Referrer::name)),
            kind,
            medium: campaign.utm_medium.as_deref().unwrap_or_default(),
            campaign: campaign.utm_campaign.as_deref().unwrap_or_default(),
            click: campaign.click,
        })
    }

    #[test]
    fn referrers_alone() {
        for (referrer, expected) in [
            ("", "Direct"),
            ("https://example.com/post", "Referral"),
            ("https://github.com/some/repo", "Referral"),
            ("https://www.google.de/", "Organic Search"),
            ("https://duckduckgo.com/", "Organic Search"),
            ("https://l.facebook.com/", "Organic Social"),
            ("https://t.co/abc", "Organic Social"),
            ("https://news.ycombinator.com/", "Organic Social"),
            ("https://m.youtube.com/", "Organic Video"),
            ("https://www.amazon.co.uk/dp/1", "Organic Shopping"),
            ("https://chatgpt.com/", "AI assistants"),
            ("https://www.perplexity.ai/search", "AI assistants"),
            ("https://gemini.google.com/app", "AI assistants"),
            ("https://mail.google.com/mail/u/0/", "Email"),
        ] {
            assert_eq!(of("", referrer), expected, "{referrer}");
        }
    }

    #[test]
    fn tags_alone() {
        for (query, expected) in [
            ("utm_source=google&utm_medium=cpc", "Paid Search"),
            ("utm_source=bing&utm_medium=PPC", "Paid Search"),
            ("utm_source=google&utm_medium=organic", "Organic Search"),
            ("utm_source=google", "Organic Search"),
            ("utm_medium=organic", "Organic Search"),
            ("utm_source=facebook&utm_medium=paid_social", "Paid Social"),
            ("utm_source=fb&utm_medium=cpc", "Paid Social"),
            ("utm_source=someone&utm_medium=social", "Organic Social"),
            ("utm_source=youtube&utm_medium=cpv", "Paid Video"),
            ("utm_source=youtube&utm_medium=cpm", "Paid Video"),
            ("utm_source=someone&utm_medium=video", "Organic Video"),
            ("utm_source=amazon&utm_medium=cpc", "Paid Shopping"),
            ("utm_source=google&utm_medium=cpc&utm_campaign=Summer-Shop", "Paid Shopping"),
            ("utm_source=someone&utm_campaign=eshop", "Organic Shopping"),
            ("utm_source=someone&utm_campaign=Workshops", "Referral"),
            ("utm_source=someone&utm_medium=display", "Display"),
            ("utm_source=someone&utm_medium=banner", "Display"),
            ("utm_source=someone&utm_medium=cpm", "Display"),
            ("utm_source=someone&utm_medium=cpc", "Paid Other"),
            ("utm_source=someone&utm_medium=retargeting", "Paid Other"),
            ("utm_source=chatgpt.com&utm_medium=cpc", "Paid Other"),
            ("utm_campaign=cross-network&utm_source=google&utm_medium=cpc", "Cross-network"),
            ("utm_source=newsletter", "Email"),
            ("utm_source=someone&utm_medium=email", "Email"),
            ("utm_medium=E-Mail", "Email"),
            ("utm_source=someone&utm_medium=affiliate", "Affiliates"),
            ("utm_source=someone&utm_medium=referral", "Referral"),
            ("utm_source=someone&utm_medium=audio", "Audio"),
            ("utm_source=someone&utm_medium=sms", "SMS"),
            ("utm_source=sms", "SMS"),
            ("utm_source=someone&utm_medium=webpush", "Mobile Push"),
            ("utm_source=firebase", "Mobile Push"),
            ("utm_source=chatgpt.com", "AI assistants"),
            ("ref=producthunt", "Organic Social"),
            ("source=someone", "Referral"),
            ("utm_content=only", "Direct"),
        ] {
            assert_eq!(of(query, ""), expected, "{query}");
        }
    }

    #[test]
    fn click_ids_tell_a_paid_click_from_a_link() {
        let (google, facebook) = ("https://www.google.com/", "https://www.facebook.com/");
        for (query, referrer, expected) in [
            ("gclid", google, "Paid Search"),
            ("gclid=", "", "Paid Search"),
            ("gclid", "https://www.youtube.com/", "Paid Video"),
            ("msclkid", "https://www.bing.com/", "Paid Search"),
            ("dclid", "https://example.com/", "Display"),
            ("twclid", "https://t.co/x", "Paid Social"),
            ("fbclid", facebook, "Organic Social"),
            ("srsltid", google, "Organic Search"),
            ("gclid&utm_source=newsletter&utm_medium=email", "", "Paid Other"),
        ] {
            assert_eq!(of(query, referrer), expected, "{query} {referrer}");
        }
    }

    #[test]
    fn a_tag_outweighs_the_referrer() {
        assert_eq!(of("utm_source=newsletter", "https://www.google.com/"), "Email");
        assert_eq!(of("utm_source=someone", "https://www.google.com/"), "Referral");
        assert_eq!(of("utm_medium=cpc", "https://www.google.com/"), "Paid Search");
    }
}
