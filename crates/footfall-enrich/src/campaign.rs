//! Campaign tags of a URL (definition 22).

use crate::decode;
use crate::source::Kind;

/// What a URL's query says about where its visitor came from. Missing tags are `None`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Campaign {
    pub source: Option<Box<str>>,
    pub utm_source: Option<Box<str>>,
    pub utm_medium: Option<Box<str>>,
    pub utm_campaign: Option<Box<str>>,
    pub utm_content: Option<Box<str>>,
    pub utm_term: Option<Box<str>>,
    /// What kind of advertisement was clicked, by the name of its click id.
    pub click: Option<Click>,
}

/// Click ids that only paid clicks carry. `fbclid`, `srsltid` and their like are on unpaid links too, and say nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Click {
    /// An advertisement in a network of this kind.
    Paid(Kind),
    /// A display advertisement.
    Display,
}

impl Campaign {
    /// Reads a query. Names count in lower case only; of a name the first value that is not empty, decoded, case as sent.
    pub fn of(query: &str) -> Self {
        let mut campaign = Self::default();
        let (mut source, mut reference) = (None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode::query(name);
            let tag = match &*name {
                "utm_source" => &mut campaign.utm_source,
                "utm_medium" => &mut campaign.utm_medium,
                "utm_campaign" => &mut campaign.utm_campaign,
                "utm_content" => &mut campaign.utm_content,
                "utm_term" => &mut campaign.utm_term,
                "source" => &mut source,
                "ref" => &mut reference,
                name => {
                    campaign.click = campaign.click.or_else(|| click(name));
                    continue;
                }
            };
            if tag.is_none() && !value.is_empty() {
                *tag = Some(decode::query(value).into());
            }
        }
        campaign.source = campaign.utm_source.clone().or(source).or(reference);
        campaign
    }
}

fn click(name: &str) -> Option<Click> {
    Some(match name {
        "gclid" | "gbraid" | "wbraid" | "msclkid" | "yclid" => Click::Paid(Kind::Search),
        "ttclid" | "twclid" | "li_fat_id" => Click::Paid(Kind::Social),
        "dclid" => Click::Display,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(query: &str) -> Option<String> {
        Campaign::of(query).source.map(String::from)
    }

    #[test]
    fn the_source_is_utm_source_else_source_else_ref() {
        for (query, expected) in [
            ("", None),
            ("ref=a", Some("a")),
            ("ref=a&source=b", Some("b")),
            ("ref=a&source=b&utm_source=c", Some("c")),
            ("utm_source=&source=&ref=a", Some("a")),
            ("utm_source=&utm_source=second", Some("second")),
            ("utm_source=first&utm_source=second", Some("first")),
            ("UTM_SOURCE=upper", None),
            ("utm%5Fsource=encoded", Some("encoded")),
            ("utm_source=Spring+News%21", Some("Spring News!")),
            ("utm_source", None),
            ("&&utm_source=x&", Some("x")),
        ] {
            assert_eq!(source(query).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn the_five_tags_keep_their_case() {
        let campaign = Campaign::of("utm_medium=CPC&utm_campaign=Black%20Friday&utm_content=A&utm_term=shoes+red&gclid");
        assert_eq!(campaign.utm_medium.as_deref(), Some("CPC"));
        assert_eq!(campaign.utm_campaign.as_deref(), Some("Black Friday"));
        assert_eq!(campaign.utm_content.as_deref(), Some("A"));
        assert_eq!(campaign.utm_term.as_deref(), Some("shoes red"));
        assert_eq!(campaign.utm_source, None);
        assert_eq!(campaign.click, Some(Click::Paid(Kind::Search)));
    }
}
