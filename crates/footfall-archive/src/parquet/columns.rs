//! Which columns there are, and how each is taken from a record and put back.

use super::props;
use crate::ArchiveError;
use footfall_domain::{Feed, HitId, Record, Revenue, UnixMillis, VisitorId};
use std::borrow::Cow;

/// A column of the file.
pub(super) struct Column {
    pub name: &'static str,
    /// Its declaration in Parquet's schema language, `{}` standing for the name.
    declaration: &'static str,
    pub values: Values,
}

/// How values leave a record and come back. Numbers without a sign keep their bits.
pub(super) enum Values {
    Truth { get: fn(&Record) -> bool, set: fn(&mut Record, bool) },
    Int { get: fn(&Record) -> Option<i32>, set: fn(&mut Record, i32) },
    Long { get: fn(&Record) -> i64, set: fn(&mut Record, i64) },
    Text { get: fn(&Record) -> Option<Cow<'_, str>>, set: fn(&mut Record, String) -> Result<(), ArchiveError> },
    Id { get: fn(&Record) -> u128, set: fn(&mut Record, u128) },
}

impl Column {
    /// Whether a record may have no value here.
    pub fn is_optional(&self) -> bool {
        self.declaration.starts_with("optional")
    }
}

/// The schema of a file.
pub(super) fn schema() -> String {
    let declarations: Vec<String> = COLUMNS.iter().map(|column| column.declaration.replace("{}", column.name)).collect();
    format!("message hits {{ {} }}", declarations.join(" "))
}

const TIME: &str = "required int64 {} (TIMESTAMP(MILLIS,true));";
const TRUTH: &str = "required boolean {};";
const INT: &str = "required int32 {};";
const UNSIGNED: &str = "required int32 {} (INTEGER(32,false));";
const MAYBE_UNSIGNED: &str = "optional int32 {} (INTEGER(32,false));";
const UNSIGNED_LONG: &str = "required int64 {} (INTEGER(64,false));";
const TEXT: &str = "required binary {} (STRING);";
const MAYBE_TEXT: &str = "optional binary {} (STRING);";
const JSON: &str = "required binary {} (JSON);";
const UUID: &str = "required fixed_len_byte_array(16) {} (UUID);";

/// All columns, in the order of the file. New ones go to the end, and are optional.
#[rustfmt::skip]
pub(super) const COLUMNS: &[Column] = &[
    long("time", TIME, |r| r.hit.time.0, |r, v| r.hit.time = UnixMillis(v)),
    long("visitor", UNSIGNED_LONG, |r| r.hit.visitor.0.cast_signed(), |r, v| r.hit.visitor = VisitorId(v.cast_unsigned())),
    text("name", TEXT, |r| some(&r.hit.name), |r, v| { r.hit.name = v; Ok(()) }),
    text("url", TEXT, |r| some(&r.hit.url), |r, v| { r.hit.url = v; Ok(()) }),
    text("referrer", TEXT, |r| some(&r.hit.referrer), |r, v| { r.hit.referrer = v; Ok(()) }),
    text("user_agent", TEXT, |r| some(&r.hit.user_agent), |r, v| { r.hit.user_agent = v; Ok(()) }),
    text("language", TEXT, |r| some(&r.hit.language), |r, v| { r.hit.language = v; Ok(()) }),
    text("country", TEXT, |r| some(&r.hit.place.country), |r, v| { r.hit.place.country = v; Ok(()) }),
    text("region", TEXT, |r| some(&r.hit.place.region), |r, v| { r.hit.place.region = v; Ok(()) }),
    text("city", TEXT, |r| some(&r.hit.place.city), |r, v| { r.hit.place.city = v; Ok(()) }),
    text("props", JSON, |r| Some(props::to_json(&r.hit.props).into()), |r, v| { r.hit.props = props::from_json(&v)?; Ok(()) }),
    truth("interactive", |r| r.hit.interactive, |r, v| r.hit.interactive = v),
    int("engaged_ms", MAYBE_UNSIGNED, |r| r.hit.engaged_ms.map(u32::cast_signed), |r, v| r.hit.engaged_ms = Some(v.cast_unsigned())),
    int("scroll_depth", MAYBE_UNSIGNED, |r| r.hit.scroll_depth.map(i32::from), |r, v| r.hit.scroll_depth = Some(v as u8)),
    int("screen_width", MAYBE_UNSIGNED, |r| r.hit.screen_width.map(u32::cast_signed), |r, v| r.hit.screen_width = Some(v.cast_unsigned())),
    text("revenue_amount", MAYBE_TEXT, |r| r.hit.revenue.as_ref().map(|money| (&money.amount).into()), |r, v| { revenue(r).amount = v; Ok(()) }),
    text("revenue_currency", MAYBE_TEXT, |r| r.hit.revenue.as_ref().map(|money| (&money.currency).into()), |r, v| { revenue(r).currency = v; Ok(()) }),
    text("feed", TEXT, |r| Some(feed_name(r.hit.feed).into()), |r, v| { r.hit.feed = feed(&v)?; Ok(()) }),
    truth("hash_routing", |r| r.hit.hash_routing, |r, v| r.hit.hash_routing = v),
    int("offset_seconds", INT, |r| Some(r.hit.offset_seconds), |r, v| r.hit.offset_seconds = v),
    Column { name: "id", declaration: UUID, values: Values::Id { get: |r| r.hit.id.0, set: |r, v| r.hit.id = HitId(v) } },
    long("log_epoch", UNSIGNED_LONG, |r| r.position.epoch.cast_signed(), |r, v| r.position.epoch = v.cast_unsigned()),
    int("log_partition", UNSIGNED, |r| Some(r.position.partition.cast_signed()), |r, v| r.position.partition = v.cast_unsigned()),
    long("log_offset", UNSIGNED_LONG, |r| r.position.offset.cast_signed(), |r, v| r.position.offset = v.cast_unsigned()),
    text("address_rules", MAYBE_TEXT, |r| numbers_text(&r.hit.address_rules), |r, v| { r.hit.address_rules = numbers(&v)?; Ok(()) }),
];

const fn long(name: &'static str, declaration: &'static str, get: fn(&Record) -> i64, set: fn(&mut Record, i64)) -> Column {
    Column { name, declaration, values: Values::Long { get, set } }
}

const fn int(name: &'static str, declaration: &'static str, get: fn(&Record) -> Option<i32>, set: fn(&mut Record, i32)) -> Column {
    Column { name, declaration, values: Values::Int { get, set } }
}

const fn truth(name: &'static str, get: fn(&Record) -> bool, set: fn(&mut Record, bool)) -> Column {
    Column { name, declaration: TRUTH, values: Values::Truth { get, set } }
}

const fn text(
    name: &'static str,
    declaration: &'static str,
    get: fn(&Record) -> Option<Cow<'_, str>>,
    set: fn(&mut Record, String) -> Result<(), ArchiveError>,
) -> Column {
    Column { name, declaration, values: Values::Text { get, set } }
}

fn some(text: &str) -> Option<Cow<'_, str>> {
    Some(text.into())
}

/// The record's revenue, to be filled.
fn revenue(record: &mut Record) -> &mut Revenue {
    record.hit.revenue.get_or_insert_with(|| Revenue { amount: String::new(), currency: String::new() })
}

/// Numbers with spaces between; none when there is none.
fn numbers_text(numbers: &[u32]) -> Option<Cow<'_, str>> {
    let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(" ").into())
}

fn numbers(text: &str) -> Result<Vec<u32>, ArchiveError> {
    text.split_ascii_whitespace().map(|number| number.parse().map_err(ArchiveError::damaged)).collect()
}

fn feed_name(feed: Feed) -> &'static str {
    match feed {
        Feed::Tracker => "tracker",
        Feed::Server => "server",
        Feed::Log => "log",
    }
}

fn feed(name: &str) -> Result<Feed, ArchiveError> {
    let feeds = [Feed::Tracker, Feed::Server, Feed::Log];
    let known = feeds.into_iter().find(|feed| feed_name(*feed) == name);
    known.ok_or_else(|| ArchiveError::damaged(format_args!("unknown feed '{name}'")))
}
