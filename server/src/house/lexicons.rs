//! Goals and segments at hand: read once a site, not for every report.

use super::remembered::Remembered;
use footfall_domain::SiteId;
use footfall_query::{Goal, Segment, SiteContext};
use footfall_store::{Lexicon, Registry, StoreError};
use std::sync::Arc;

/// The lexicons asked for lately ([`Remembered`]).
pub struct Lexicons {
    registry: Arc<dyn Registry>,
    known: Remembered<SiteId, Arc<Named>>,
}

/// What a site's people have named, understood.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Named {
    /// With their numbers, in the order they were made.
    pub goals: Vec<(u64, Goal)>,
    /// In the order they were made.
    pub segments: Vec<NamedSegment>,
    /// The custom properties whose values are shown; `None`: all that were seen.
    pub properties: Option<Vec<String>>,
}

/// A segment and whose it is.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedSegment {
    /// The email of whose it is; `None`: the site's.
    pub owner: Option<String>,
    /// The segment.
    pub segment: Segment,
}

impl NamedSegment {
    /// Whether somebody may use and change it. Nobody in particular may use the site's.
    pub fn is_open_to(&self, reader: Option<&str>) -> bool {
        self.owner.is_none() || self.owner.as_deref() == reader
    }
}

impl Named {
    /// What names in a query stand for when `reader` asks; `None`: a program, or somebody who is not signed in.
    pub fn context(&self, reader: Option<&str>) -> SiteContext {
        let segments = self.segments.iter().filter(|named| named.is_open_to(reader));
        SiteContext {
            goals: self.goals.iter().map(|(_, goal)| goal.clone()).collect(),
            segments: segments.map(|named| named.segment.clone()).collect(),
            only: Vec::new(),
        }
    }

    /// What cannot be read is left out, with a logged error: a newer version may have written it, and keeps it.
    fn of(site: SiteId, lexicon: &Lexicon) -> Self {
        let unread = |what: &str, id: u64, error: &dyn std::fmt::Display| {
            tracing::error!(site.id = site.0, id, %error, "a {what} cannot be read and is left out");
        };
        let mut named = Self { properties: lexicon.properties.clone(), ..Self::default() };
        for stored in &lexicon.goals {
            match Goal::from_json(&stored.goal) {
                Ok(goal) => named.goals.push((stored.id, goal)),
                Err(error) => unread("goal", stored.id, &error),
            }
        }
        for stored in &lexicon.segments {
            match Segment::filters_from_json(&stored.filters) {
                Ok(filters) => {
                    let segment = Segment { id: stored.id, name: stored.name.clone(), filters };
                    named.segments.push(NamedSegment { owner: stored.owner.clone(), segment });
                }
                Err(error) => unread("segment", stored.id, &error),
            }
        }
        named
    }
}

impl Lexicons {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, known: Remembered::default() }
    }

    /// What a site's people have named.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn of(&self, site: SiteId) -> Result<Arc<Named>, StoreError> {
        self.known.of(&site, async { Ok(Arc::new(Named::of(site, &self.registry.lexicon(site).await?))) }).await
    }

    /// Forgets everything; called after any change.
    pub fn forget(&self) {
        self.known.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::UnixMillis;
    use footfall_store::{MemoryStore, StoredGoal, StoredSegment};
    use serde_json::json;

    fn lexicon() -> Lexicon {
        let segment = |id, owner: Option<&str>| StoredSegment {
            id,
            name: format!("segment {id}"),
            owner: owner.map(str::to_owned),
            filters: json!([["is", "visit:country", ["DE"]]]),
        };
        Lexicon {
            last_id: 9,
            goals: vec![StoredGoal { id: 1, goal: json!({"event": "Buy"}) }, StoredGoal { id: 2, goal: json!({"dance": "tango"}) }],
            segments: vec![
                segment(3, None),
                segment(4, Some("ada@example.com")),
                StoredSegment { filters: json!("all"), ..segment(5, None) },
            ],
            ..Lexicon::default()
        }
    }

    #[tokio::test]
    async fn a_personal_segment_is_its_owners_alone() {
        let store = Arc::new(MemoryStore::new());
        let site = store.add_site("a.example", "UTC", UnixMillis(0), None).await.expect("added").id;
        store.put_lexicon(site, &lexicon()).await.expect("put");
        let named = Lexicons::new(store).of(site).await.expect("readable");
        let ids = |reader| named.context(reader).segments.iter().map(|segment| segment.id).collect::<Vec<_>>();
        assert_eq!(ids(Some("ada@example.com")), [3, 4]);
        assert_eq!(ids(Some("bob@example.com")), [3]);
        assert_eq!(ids(None), [3]);
        assert_eq!(named.goals, [(1, Goal::event("Buy"))], "what cannot be read is left out");
    }

    #[tokio::test]
    async fn what_was_forgotten_is_read_again() {
        let store = Arc::new(MemoryStore::new());
        let site = store.add_site("a.example", "UTC", UnixMillis(0), None).await.expect("added").id;
        let lexicons = Lexicons::new(store.clone());
        assert_eq!(*lexicons.of(site).await.expect("readable"), Named::default());
        store.put_lexicon(site, &lexicon()).await.expect("put");
        assert_eq!(*lexicons.of(site).await.expect("readable"), Named::default());
        lexicons.forget();
        assert_eq!(lexicons.of(site).await.expect("readable").goals.len(), 1);
    }
}
