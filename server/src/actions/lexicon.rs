//! Naming things at a site: goals, segments, shown properties.

use super::people::Doer;
use super::{ActionError, audit};
use crate::house::House;
use footfall_domain::{Role, SiteId};
use footfall_query::{Filter, Goal, QueryError, Segment};
use footfall_store::{Lexicon, StoreError, StoredGoal, StoredSegment};
use serde_json::{Value, json};

/// The most goals of a site: each costs time in every report about goals.
pub const MOST_GOALS: usize = 200;
/// The most segments of a site that one person, or the site itself, may have.
pub const MOST_SEGMENTS: usize = 100;
/// The most properties that can be chosen to be shown.
pub const MOST_PROPERTIES: usize = 300;
/// The longest name of a segment, characters.
pub const MAX_NAME_CHARS: usize = 100;
/// The longest name of a property, bytes; what a tracker may send.
const MAX_PROPERTY_BYTES: usize = 300;
/// The most a site's goals, segments and shown properties take, KB of 1,000 bytes of JSON: the most that every store has
/// room for (DynamoDB: 400 KB), and all of it is read with the numbers.
const MOST_KILOBYTES: usize = 300;
/// How often somebody else's change may come in between.
const MEETINGS: usize = 8;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// What was given makes no sense; the path names the field.
    #[error(transparent)]
    Wrong(#[from] QueryError),
    /// There is one like it already.
    #[error("there is one like it already")]
    Exists,
    /// It is gone, or somebody else's.
    #[error("there is no such thing")]
    Gone,
    /// What is everybody's at a site cannot become one person's: others use it.
    #[error("it is everybody's at this site, and stays so")]
    OfSite,
    /// A shared link, of this name, shows the site under it.
    #[error("the shared link “{0}” shows the site under this segment; remove the link first")]
    Linked(String),
    /// A shared link, of this name, shows the site under a segment that asks for the goal.
    #[error("the shared link “{0}” shows what a segment with this goal lets through; only who may share the site changes or removes it")]
    OfLink(String),
    /// There are as many as fit.
    #[error("at most {0} fit")]
    Full(usize),
    /// Together they take more room than there is: so many KB.
    #[error("the goals, segments and shown properties of a site take {0} KB at most; remove one first, or name fewer values")]
    NoRoom(usize),
    /// The store failed.
    #[error(transparent)]
    Broken(#[from] ActionError),
}

/// Makes a goal, or puts another in the place of the one with this number. Returns its number.
///
/// # Errors
/// It cannot be kept, there is one like it, there is none of this number, or a shared link stands on it and the doer may not
/// share.
pub async fn put_goal(house: &House, doer: Doer<'_>, site: SiteId, id: Option<u64>, goal: &Goal) -> Result<u64, LexiconError> {
    goal.check()?;
    let json = goal.to_json();
    let id = change(house, site, |lexicon| {
        if lexicon.goals.iter().any(|known| known.goal == json && Some(known.id) != id) {
            return Err(LexiconError::Exists);
        }
        may_name(house, doer, site, lexicon, &goal.name)?;
        if let Some(id) = id {
            let at = lexicon.goals.iter().position(|known| known.id == id).ok_or(LexiconError::Gone)?;
            may_name(house, doer, site, lexicon, &name_of(&lexicon.goals[at]))?;
            lexicon.goals[at].goal = json.clone();
            return Ok(id);
        }
        if lexicon.goals.len() >= MOST_GOALS {
            return Err(LexiconError::Full(MOST_GOALS));
        }
        let id = lexicon.next_id();
        lexicon.goals.push(StoredGoal { id, goal: json.clone() });
        Ok(id)
    })
    .await?;
    note(house, doer.who, site, "goal-put", json!({"name": goal.name})).await;
    Ok(id)
}

/// Removes a goal. Its hits stay: a goal made again counts them again.
///
/// # Errors
/// There is none of this number, or a shared link stands on it and the doer may not share.
pub async fn remove_goal(house: &House, doer: Doer<'_>, site: SiteId, id: u64) -> Result<(), LexiconError> {
    let removed = change(house, site, |lexicon| {
        let at = lexicon.goals.iter().position(|goal| goal.id == id).ok_or(LexiconError::Gone)?;
        may_name(house, doer, site, lexicon, &name_of(&lexicon.goals[at]))?;
        Ok(lexicon.goals.remove(at))
    })
    .await?;
    note(house, doer.who, site, "goal-removed", json!({"name": removed.goal["name"]})).await;
    Ok(())
}

/// What a goal is called; nothing asks for one that cannot be read.
fn name_of(goal: &StoredGoal) -> String {
    Goal::from_json(&goal.goal).map(|goal| goal.name).unwrap_or_default()
}

/// What a shared link shows is for those to change who share: another goal of a name that its segment asks for would show
/// more, or less, to all who have the link.
fn may_name(house: &House, doer: Doer<'_>, site: SiteId, lexicon: &Lexicon, goal: &str) -> Result<(), LexiconError> {
    if doer.role >= Role::Admin {
        return Ok(());
    }
    let asks = |segment: &&StoredSegment| {
        Segment::filters_from_json(&segment.filters).is_ok_and(|filters| filters.iter().any(|filter| filter.asks_for_goal(goal)))
    };
    match lexicon.segments.iter().filter(asks).find_map(|segment| link_on(house, site, segment.id)) {
        Some(link) => Err(LexiconError::OfLink(link)),
        None => Ok(()),
    }
}

/// Keeps filters under a name: `owner`'s, or the site's. Returns the number.
///
/// # Errors
/// The name or the filters cannot be kept, or there are as many as fit.
pub async fn add_segment(
    house: &House,
    who: &str,
    site: SiteId,
    owner: Option<&str>,
    name: &str,
    filters: &[Filter],
) -> Result<u64, LexiconError> {
    let name = checked_name(name)?;
    let filters = Segment::filters_to_json(filters);
    Segment::filters_from_json(&filters)?;
    let id = change(house, site, |lexicon| {
        room_for(lexicon, owner, &name, None)?;
        let (name, filters, owner) = (name.clone(), filters.clone(), owner.map(str::to_owned));
        let id = lexicon.next_id();
        lexicon.segments.push(StoredSegment { id, name, owner, filters });
        Ok(id)
    })
    .await?;
    note_segment(house, who, site, "segment-put", owner, &name).await;
    Ok(id)
}

/// Puts other filters into a segment; it keeps its name and its owner.
///
/// # Errors
/// There is none of this number that `person` may change, or the filters cannot be kept.
pub async fn replace_segment(house: &House, site: SiteId, person: &str, id: u64, filters: &[Filter]) -> Result<(), LexiconError> {
    let filters = Segment::filters_to_json(filters);
    Segment::filters_from_json(&filters)?;
    let replaced = change(house, site, |lexicon| {
        let at = place(lexicon, person, id)?;
        lexicon.segments[at].filters = filters.clone();
        Ok(lexicon.segments[at].clone())
    })
    .await?;
    note_segment(house, person, site, "segment-put", replaced.owner.as_deref(), &replaced.name).await;
    Ok(())
}

/// Gives a segment another name, and may make the person's own the site's. Never the other way: it would be gone for all
/// others.
///
/// # Errors
/// There is none of this number that `person` may change, it is the site's and `owner` is not, or the name cannot be kept.
pub async fn rename_segment(
    house: &House,
    site: SiteId,
    person: &str,
    id: u64,
    name: &str,
    owner: Option<&str>,
) -> Result<(), LexiconError> {
    let name = checked_name(name)?;
    change(house, site, |lexicon| {
        let at = place(lexicon, person, id)?;
        if lexicon.segments[at].owner.is_none() && owner.is_some() {
            return Err(LexiconError::OfSite);
        }
        room_for(lexicon, owner, &name, Some(id))?;
        let segment = &mut lexicon.segments[at];
        (segment.name, segment.owner) = (name.clone(), owner.map(str::to_owned));
        Ok(())
    })
    .await?;
    note_segment(house, person, site, "segment-put", owner, &name).await;
    Ok(())
}

/// The name of a shared link that shows a site under a segment: who changes the segment changes what strangers see.
pub fn link_on(house: &House, site: SiteId, segment: u64) -> Option<String> {
    let entry = house.engine.sites().by_id(site)?.clone();
    entry.site.sharing.links.iter().find(|link| link.segment == Some(segment)).map(|link| link.name.clone())
}

/// Removes a segment.
///
/// # Errors
/// There is none of this number that `person` may change, or a shared link needs it.
pub async fn remove_segment(house: &House, who: &str, site: SiteId, person: &str, id: u64) -> Result<(), LexiconError> {
    let removed = change(house, site, |lexicon| {
        let at = place(lexicon, person, id)?;
        if let Some(link) = link_on(house, site, id) {
            return Err(LexiconError::Linked(link));
        }
        Ok(lexicon.segments.remove(at))
    })
    .await?;
    note_segment(house, who, site, "segment-removed", removed.owner.as_deref(), &removed.name).await;
    Ok(())
}

/// Chooses the custom properties whose values are shown; `None`: all that were seen.
///
/// # Errors
/// There are more than fit, or a name is no name.
pub async fn show_properties(house: &House, who: &str, site: SiteId, names: Option<Vec<String>>) -> Result<(), LexiconError> {
    let names = names.map(|mut names| {
        names.sort_unstable();
        names.dedup();
        names
    });
    let chosen = names.as_deref().unwrap_or_default();
    if chosen.len() > MOST_PROPERTIES {
        return Err(LexiconError::Full(MOST_PROPERTIES));
    }
    if chosen.iter().any(|name| name.trim().is_empty() || name.len() > MAX_PROPERTY_BYTES || name.contains(char::is_control)) {
        return Err(QueryError::new("property", "this is no name of a property").into());
    }
    change(house, site, |lexicon| {
        lexicon.properties.clone_from(&names);
        Ok(())
    })
    .await?;
    note(house, who, site, "properties-changed", json!({"all": names.is_none()})).await;
    Ok(())
}

/// Removes everything of somebody who leaves.
///
/// # Errors
/// The store failed; asking again finishes the work.
pub async fn forget_person(house: &House, email: &str) -> Result<(), ActionError> {
    for site in house.registry.sites().await? {
        let theirs = |segment: &StoredSegment| segment.owner.as_deref() == Some(email);
        if !house.registry.lexicon(site.id).await?.segments.iter().any(theirs) {
            continue;
        }
        let removed = change(house, site.id, |lexicon| {
            lexicon.segments.retain(|segment| !theirs(segment));
            Ok(())
        });
        match removed.await {
            Ok(()) | Err(LexiconError::Gone) => {}
            Err(LexiconError::Broken(error)) => return Err(error),
            Err(other) => return Err(ActionError::State(other.to_string().into())),
        }
    }
    Ok(())
}

/// Reads, changes and replaces a lexicon; begins again when somebody else was faster.
async fn change<T>(house: &House, site: SiteId, change: impl Fn(&mut Lexicon) -> Result<T, LexiconError>) -> Result<T, LexiconError> {
    let broken = |error: StoreError| LexiconError::Broken(error.into());
    for _ in 0..MEETINGS {
        let mut lexicon = house.registry.lexicon(site).await.map_err(broken)?;
        let known = lexicon.clone();
        let before = bytes(&lexicon);
        // What is kept of it may be older than what was read just now, whatever comes of this.
        let done = change(&mut lexicon).inspect_err(|_| house.lexicons.forget())?;
        check_room(before, bytes(&lexicon))?;
        match house.registry.put_lexicon(site, &lexicon).await {
            Ok(_) => {
                house.lexicons.forget();
                if takes_away(&known, &lexicon)
                    && let Some(entry) = house.engine.sites().by_id(site)
                {
                    house.purge.shared(&entry.site, "names");
                }
                return Ok(done);
            }
            Err(StoreError::Conflict(_)) => {}
            // The site was removed or reset meanwhile.
            Err(StoreError::NotFound(_)) => return Err(LexiconError::Gone),
            Err(StoreError::TooLarge { limit, .. }) => {
                return Err(LexiconError::NoRoom(usize::try_from(limit / 1_000).unwrap_or(usize::MAX)));
            }
            Err(error) => return Err(broken(error)),
        }
    }
    Err(broken(StoreError::Conflict("the list of goals and segments".to_owned())))
}

/// Whether something of before is another or gone: what shared links and public pages show by it is not to be seen any more.
/// Segments of one person are nobody else's.
fn takes_away(before: &Lexicon, after: &Lexicon) -> bool {
    let goals = before.goals.iter().any(|goal| !after.goals.contains(goal));
    let of_site = |segment: &&StoredSegment| segment.owner.is_none();
    let segments = before.segments.iter().filter(of_site).any(|segment| !after.segments.contains(segment));
    goals || segments || before.properties != after.properties
}

/// Notes what was done to what is everybody's at a site.
async fn note(house: &House, who: &str, site: SiteId, deed: &str, about: Value) {
    let entry = house.engine.sites().by_id(site).cloned();
    audit::note(house, who, entry.as_ref().map(|entry| &entry.site), deed, about).await;
}

/// The same of segments; those of one person are theirs alone, and nobody else's to read of.
async fn note_segment(house: &House, who: &str, site: SiteId, deed: &str, owner: Option<&str>, name: &str) {
    if owner.is_none() {
        note(house, who, site, deed, json!({"name": name})).await;
    }
}

/// What a lexicon takes in a store. One that cannot be written is refused by the store itself.
fn bytes(lexicon: &Lexicon) -> usize {
    serde_json::to_vec(lexicon).map_or(0, |json| json.len())
}

/// Refuses what grows beyond the room there is. What was too large before may shrink, even if not by enough.
fn check_room(before: usize, after: usize) -> Result<(), LexiconError> {
    if after > before && after > MOST_KILOBYTES * 1_000 { Err(LexiconError::NoRoom(MOST_KILOBYTES)) } else { Ok(()) }
}

/// Whether `owner`, or the site, may have a segment of this name beside the others; `id` is its number, if it has one.
fn room_for(lexicon: &Lexicon, owner: Option<&str>, name: &str, id: Option<u64>) -> Result<(), LexiconError> {
    let others = || lexicon.segments.iter().filter(|known| known.owner.as_deref() == owner && Some(known.id) != id);
    if others().any(|known| known.name == name) {
        return Err(LexiconError::Exists);
    }
    if others().count() >= MOST_SEGMENTS { Err(LexiconError::Full(MOST_SEGMENTS)) } else { Ok(()) }
}

/// Where a segment stands that somebody may change.
fn place(lexicon: &Lexicon, person: &str, id: u64) -> Result<usize, LexiconError> {
    let may = |owner: &Option<String>| owner.as_deref().is_none_or(|owner| owner == person);
    lexicon.segments.iter().position(|segment| segment.id == id && may(&segment.owner)).ok_or(LexiconError::Gone)
}

fn checked_name(name: &str) -> Result<String, QueryError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.contains(char::is_control) {
        return Err(QueryError::new("name", format!("write a name of 1 to {MAX_NAME_CHARS} characters on one line")));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn segment(id: u64, owner: Option<&str>) -> StoredSegment {
        StoredSegment { id, name: format!("segment {id}"), owner: owner.map(str::to_owned), filters: json!([]) }
    }

    #[test]
    fn who_has_as_many_segments_as_fit_gets_none_from_others() {
        let full = (1..=MOST_SEGMENTS as u64).map(|id| segment(id, None));
        let lexicon = Lexicon { segments: full.chain([segment(200, Some("ada"))]).collect(), ..Lexicon::default() };
        assert!(matches!(room_for(&lexicon, None, "Hers", Some(200)), Err(LexiconError::Full(MOST_SEGMENTS))));
        assert!(matches!(room_for(&lexicon, None, "New", None), Err(LexiconError::Full(MOST_SEGMENTS))));
        assert!(room_for(&lexicon, None, "Another name", Some(7)).is_ok(), "one of them");
        assert!(room_for(&lexicon, Some("ada"), "From the site", Some(7)).is_ok());
        assert!(matches!(room_for(&lexicon, Some("ada"), "segment 200", Some(7)), Err(LexiconError::Exists)));
    }

    #[test]
    fn caches_are_told_of_what_is_taken_away() {
        let before = Lexicon { segments: vec![segment(1, None), segment(2, Some("ada"))], ..Lexicon::default() };
        let changed = |change: fn(&mut Lexicon)| {
            let mut after = before.clone();
            change(&mut after);
            takes_away(&before, &after)
        };
        assert!(changed(|lexicon| lexicon.segments[0].filters = json!([["is", "event:page", ["/"]]])));
        assert!(changed(|lexicon| lexicon.segments.clear()));
        assert!(changed(|lexicon| lexicon.properties = Some(vec!["author".into()])));
        assert!(!changed(|lexicon| lexicon.segments.push(segment(3, None))), "a new one");
        assert!(!changed(|lexicon| lexicon.segments[1].filters = json!([["is", "event:page", ["/"]]])), "somebody's own");
    }

    #[test]
    fn what_is_too_large_does_not_grow() {
        let most = MOST_KILOBYTES * 1_000;
        assert!(check_room(0, most).is_ok());
        assert!(matches!(check_room(most, most + 1), Err(LexiconError::NoRoom(MOST_KILOBYTES))));
        assert!(check_room(most + 9, most + 8).is_ok());
        assert!(check_room(most + 9, most + 9).is_ok());
    }
}
