//! The keys of all items (docs/formats/dynamodb.md).

use super::item::Name;
use super::many::Range;
use crate::layout::{PieceKind, TableId, damaged};
use crate::{DayKey, StoreError};
use footfall_domain::{Dimension, DropReason, LocalDate, SiteId};
use std::fmt;
use std::ops::RangeInclusive;

pub(super) fn layout() -> Name {
    Name::new("footfall", "layout")
}

/// The rows of a site's days.
pub(super) fn days(site: SiteId) -> String {
    format!("{site}#days")
}

pub(super) fn day(key: DayKey) -> Name {
    Name::new(days(key.site), format!("{}#{}", key.generation, key.date))
}

/// Beside the row of the day, so that one query answers both.
pub(super) fn totals(key: DayKey) -> Name {
    Name::new(days(key.site), format!("{}#{}#totals", key.generation, key.date))
}

/// The sort keys of days, and of their totals.
pub(super) fn days_between(generation: u32, dates: &RangeInclusive<LocalDate>) -> (String, String) {
    // '~' comes after '#'.
    (format!("{generation}#{}", dates.start()), format!("{generation}#{}~", dates.end()))
}

/// The sort keys of days before a date, and of their totals.
pub(super) fn days_before(generation: u32, until: LocalDate) -> (String, String) {
    days_between(generation, &(LocalDate(FIRST_DAY)..=until.plus(-1)))
}

/// Generation, date, and whether it is the row of the day's totals.
pub(super) fn read_day(sk: &str) -> Result<(u32, LocalDate, bool), StoreError> {
    let mut parts = sk.split('#');
    let read = (|| {
        let generation = parts.next()?.parse().ok()?;
        let date = LocalDate::parse(parts.next()?)?;
        let totals = match parts.next() {
            None => false,
            Some("totals") => true,
            Some(_) => return None,
        };
        Some((generation, date, totals))
    })();
    read.ok_or_else(|| damaged(format_args!("'{sk}' names no day")))
}

/// One writing of a day's pieces: no other writing has this name, whatever became of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Writing {
    pub revision: u64,
    /// Of all that was written, and of chance.
    pub hash: u64,
    /// Whether its pieces expire.
    pub flush: bool,
}

impl fmt::Display for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.revision, self.hash)
    }
}

/// Which item of a table of a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Part {
    Head(u16),
    Tail(u16),
    /// The first values of the tail's chunks.
    Index,
}

impl Part {
    pub fn of(kind: PieceKind, n: u16) -> Self {
        match kind {
            PieceKind::Head => Part::Head(n),
            PieceKind::Tail => Part::Tail(n),
        }
    }
}

/// A table of a site, over all days.
pub(super) fn table(site: SiteId, table: TableId) -> String {
    let number = table.number();
    let dimension = |index: u8| Dimension::ALL.get(usize::from(index)).map(|dimension| dimension.name());
    match table {
        TableId::MACHINES => format!("{site}#machines"),
        TableId::PACK => format!("{site}#pack"),
        _ => match (dimension(number), dimension(number.wrapping_sub(64))) {
            (Some(name), _) => format!("{site}#{name}"),
            (None, Some(name)) => format!("{site}#others#{name}"),
            (None, None) => format!("{site}#table-{number}"),
        },
    }
}

pub(super) fn piece(key: DayKey, writing: Writing, table_id: TableId, part: Part) -> Name {
    let (generation, date) = (key.generation, key.date);
    let (kind, n) = match part {
        Part::Head(n) => ("head", n),
        Part::Tail(n) => ("tail", n),
        Part::Index => ("index", 0),
    };
    let flush = if writing.flush { "flush-" } else { "" };
    Name::new(table(key.site, table_id), format!("{generation}#{flush}{kind}#{date}#{writing}#{n:05}"))
}

/// The sort keys of the heads of closed days.
pub(super) fn heads_between(generation: u32, from: LocalDate, through: LocalDate) -> (String, String) {
    (format!("{generation}#head#{from}"), format!("{generation}#head#{through}~"))
}

/// The pieces of closed days before a date.
pub(super) fn pieces_before(site: SiteId, table_id: TableId, generation: u32, until: LocalDate) -> impl Iterator<Item = Range> {
    let (first, last) = (LocalDate(FIRST_DAY), until.plus(-1));
    let of_kind =
        move |kind| Range::between(table(site, table_id), format!("{generation}#{kind}#{first}"), format!("{generation}#{kind}#{last}~"));
    ["head", "tail", "index"].into_iter().map(of_kind)
}

/// Before any day that a site may have: the first of the year 1.
const FIRST_DAY: i32 = -719_162;

/// Writings of pieces that are not finished.
pub(super) const PENDING: &str = "pending";

pub(super) fn pending(key: DayKey, writing: Writing) -> Name {
    Name::new(PENDING, format!("{}#{}#{}#{writing}", key.site, key.generation, key.date))
}

/// Sites and generations that have days.
pub(super) const STORED: &str = "stored";

pub(super) fn stored(site: SiteId, generation: u32) -> Name {
    Name::new(STORED, format!("{:020}#{generation:010}", site.0))
}

pub(super) fn read_stored(sk: &str) -> Result<(SiteId, u32), StoreError> {
    let read = sk.split_once('#').and_then(|(site, generation)| Some((SiteId(site.parse().ok()?), generation.parse().ok()?)));
    read.ok_or_else(|| damaged(format_args!("'{sk}' names no generation of a site")))
}

pub(super) fn generations(site: SiteId) -> Name {
    Name::new(format!("{site}#generations"), "current")
}

/// A counter of numbers that are given once.
pub(super) fn counter(of: &str) -> Name {
    Name::new("counters", of)
}

pub(super) const SITES: &str = "sites";

pub(super) fn site(domain: &str) -> Name {
    Name::new(SITES, domain)
}

/// Which domain a site of a number has.
pub(super) fn site_number(id: SiteId) -> Name {
    Name::new("site-numbers", format!("{:020}", id.0))
}

pub(super) const REMOVED: &str = "removed-sites";

pub(super) fn removed(id: SiteId) -> Name {
    Name::new(REMOVED, format!("{:020}", id.0))
}

pub(super) const USERS: &str = "users";

pub(super) fn user(email: &str) -> Name {
    Name::new(USERS, email)
}

pub(super) const SIGN_INS: &str = "sign-ins";

pub(super) fn sign_in(token_hash: &[u8; 32]) -> Name {
    Name::new(SIGN_INS, hex::encode(token_hash))
}

pub(super) const KEYS: &str = "keys";

pub(super) fn key(hash: &[u8; 32]) -> Name {
    Name::new(KEYS, hex::encode(hash))
}

pub(super) const SECRETS: &str = "secrets";

pub(super) fn secret(date: LocalDate) -> Name {
    Name::new(SECRETS, date.to_string())
}

pub(super) fn imports(site: SiteId) -> String {
    format!("{site}#imports")
}

pub(super) fn import(site: SiteId, fingerprint: &[u8; 32]) -> Name {
    Name::new(imports(site), hex::encode(fingerprint))
}

/// Site 0 stands for hits of no known site.
pub(super) fn refusals(site: Option<SiteId>) -> String {
    format!("{}#refusals", site.unwrap_or(SiteId(0)))
}

pub(super) fn refusal(site: Option<SiteId>, date: LocalDate, reason: DropReason) -> Name {
    Name::new(refusals(site), format!("{date}#{}", reason.name()))
}

/// Few and small, and all of them are wanted for a copy: one partition.
pub(super) const LEXICONS: &str = "lexicons";

pub(super) fn lexicon(site: SiteId) -> Name {
    Name::new(LEXICONS, format!("{:020}", site.0))
}

/// Few and small, as lexicons are.
pub(super) const TEAMS: &str = "teams";

pub(super) fn team(id: u64) -> Name {
    Name::new(TEAMS, format!("{id:020}"))
}

/// Site 0 stands for entries about no site.
pub(super) fn audit(site: Option<SiteId>) -> String {
    format!("{}#audit", site.unwrap_or(SiteId(0)))
}

pub(super) fn audit_entry(site: Option<SiteId>, number: u64) -> Name {
    Name::new(audit(site), format!("{number:020}"))
}

pub(super) const PREFERENCES: &str = "preferences";

pub(super) fn preferences(email: &str) -> Name {
    Name::new(PREFERENCES, email)
}

pub(super) const SETTINGS: &str = "settings";

pub(super) fn setting(name: &str) -> Name {
    Name::new(SETTINGS, name)
}

/// 32 bytes of a sort key.
pub(super) fn read_hash(sk: &str) -> Result<[u8; 32], StoreError> {
    let mut hash = [0; 32];
    hex::decode_to_slice(sk, &mut hash).map_err(|_| damaged(format_args!("'{sk}' is no hash")))?;
    Ok(hash)
}

pub(super) fn read_date(sk: &str) -> Result<LocalDate, StoreError> {
    LocalDate::parse(sk).ok_or_else(|| damaged(format_args!("'{sk}' is no date")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_name_of_its_own() {
        let mut names: Vec<String> = TableId::dimensions().map(|id| table(SiteId(7), id)).collect();
        names.extend([TableId::MACHINES, TableId::PACK].map(|id| table(SiteId(7), id)));
        assert!(names.contains(&"7#visit:source".to_owned()) && names.contains(&"7#others#visit:source".to_owned()));
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn a_range_of_days_holds_their_totals_and_no_other_generation() {
        let (from, through) = days_between(1, &(LocalDate(0)..=LocalDate(31)));
        let key = |generation, date| DayKey { site: SiteId(1), generation, date: LocalDate(date) };
        for (key, inside) in [(key(1, 0), true), (key(1, 31), true), (key(1, 32), false), (key(1, -1), false), (key(10, 5), false)] {
            for name in [day(key), totals(key)] {
                assert_eq!((from.as_str()..=through.as_str()).contains(&name.sk.as_str()), inside, "{}", name.sk);
            }
            assert_eq!(read_day(&totals(key).sk), Ok((key.generation, key.date, true)));
            assert_eq!(read_day(&day(key).sk), Ok((key.generation, key.date, false)));
        }
        for broken in ["", "x", "1#x", "1#2026-01-01#head", "generations"] {
            assert!(matches!(read_day(broken), Err(StoreError::Damaged(_))), "{broken}");
        }
    }
}
