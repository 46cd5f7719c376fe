//! Rows of an answer, and how a hit finds its own without allocating.

use crate::carrier::{Carrier, FirstPart};
use crate::names::Names;
use crate::packed::Packed;
use crate::visit::Visit;
use crate::{Answer, Group, GroupValue};
use footfall_domain::{Counts, Currency, Dimension, Money, Sym, Takings, labels};
use rustc_hash::FxHashMap;

const MINUTE_MS: i64 = 60_000;

/// A node of the tree of keys: the parts of a key so far. The root is the key without parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Key(u32);

const ROOT: Key = Key(0);

/// The rows of an answer.
///
/// A key is found part by part: first what the visit has, then what the hit has, then the time. So the visit's parts
/// are looked up once a visit, and a hit and the visit it belongs to share all but the time.
pub(crate) struct Groups {
    of_visit: Vec<(Slot, VisitPart)>,
    of_hit: Vec<(Slot, HitPart)>,
    /// The place of the names of properties, if they are asked for.
    of_each_property: Option<Slot>,
    of_time: Vec<(Slot, TimePart)>,
    nodes: Vec<Node>,
    children: FxHashMap<(Key, u64), Key>,
    rows: Vec<Row>,
    takings: FxHashMap<Key, Takings>,
    /// Whether engagement has a place in these rows: an event name has none (decision 0101).
    pub counts_engagement: bool,
}

/// The place of a part in the question.
type Slot = usize;

enum VisitPart {
    First(FirstPart),
    Edge(usize),
}

enum HitPart {
    Page,
    Hostname,
    Name,
    /// A property; `None` when no hit has one of this name.
    Property(Option<Sym>),
    Currency,
}

enum TimePart {
    Hour,
    Minute,
}

struct Node {
    parent: Key,
    part: u64,
}

#[derive(Clone, Copy, Default)]
struct Row {
    counts: Counts,
    /// The last visitor and the last visit counted here.
    visitor: u32,
    visit: u32,
}

impl Groups {
    pub fn new(group_by: &[Group], names: &Names) -> Self {
        let root = Node { parent: ROOT, part: 0 };
        let mut groups = Self {
            of_visit: Vec::new(),
            of_hit: Vec::new(),
            of_each_property: None,
            of_time: Vec::new(),
            nodes: vec![root],
            children: FxHashMap::default(),
            rows: vec![Row::default()],
            takings: FxHashMap::default(),
            counts_engagement: !group_by.contains(&Group::Dimension(Dimension::Name)),
        };
        for (slot, group) in group_by.iter().enumerate() {
            match group {
                Group::Hour => groups.of_time.push((slot, TimePart::Hour)),
                Group::Minute => groups.of_time.push((slot, TimePart::Minute)),
                Group::PropertyName => groups.of_each_property = Some(slot),
                Group::Currency => groups.of_hit.push((slot, HitPart::Currency)),
                Group::Property(name) => groups.of_hit.push((slot, HitPart::Property(names.values.find(name)))),
                Group::Dimension(dimension) => match Carrier::of(*dimension) {
                    Carrier::Page => groups.of_hit.push((slot, HitPart::Page)),
                    Carrier::Hostname => groups.of_hit.push((slot, HitPart::Hostname)),
                    Carrier::Name => groups.of_hit.push((slot, HitPart::Name)),
                    Carrier::Edge(at) => groups.of_visit.push((slot, VisitPart::Edge(at))),
                    Carrier::First(part) => groups.of_visit.push((slot, VisitPart::First(part))),
                },
            }
        }
        groups
    }

    /// The key's parts that the visit has.
    pub fn of_visit(&mut self, visit: &Visit, names: &Names) -> Key {
        let mut key = ROOT;
        for at in 0..self.of_visit.len() {
            let value = match &self.of_visit[at].1 {
                VisitPart::First(part) => part.value(&visit.first, names),
                VisitPart::Edge(edge) => visit.edges[*edge],
            };
            key = self.child(key, u64::from(value.0));
        }
        key
    }

    /// And those of the hit.
    pub fn of_hit(&mut self, base: Key, hit: &Packed, names: &Names) -> Key {
        let mut key = base;
        for at in 0..self.of_hit.len() {
            let value = match &self.of_hit[at].1 {
                HitPart::Page => hit.page,
                HitPart::Hostname => names.what(hit).hostname,
                HitPart::Name => names.what(hit).name,
                HitPart::Property(name) => names.property(hit, *name),
                HitPart::Currency => {
                    key = self.child(key, names.money(hit).map_or(NO_CURRENCY, |money| packed(money.currency)));
                    continue;
                }
            };
            key = self.child(key, u64::from(value.0));
        }
        key
    }

    /// The keys a hit counts for, which are one: unless the names of its properties are asked for.
    pub fn each(&mut self, values: Key, hit: &Packed, names: &Names, keys: &mut Vec<Key>) {
        keys.clear();
        if self.of_each_property.is_none() {
            keys.push(values);
            return;
        }
        for (name, _) in names.values.props_of(names.what(hit).props) {
            let key = self.child(values, u64::from(name.0));
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }

    /// And those of a time: the hit's own, or the beginning of its visit.
    pub fn at(&mut self, values: Key, hour: u16, time: i64) -> Key {
        let mut key = values;
        for at in 0..self.of_time.len() {
            let part = match self.of_time[at].1 {
                TimePart::Hour => u64::from(hour),
                TimePart::Minute => time.div_euclid(MINUTE_MS) as u64,
            };
            key = self.child(key, part);
        }
        key
    }

    /// Counts a pageview or custom event, and its visitor if this is the first here.
    pub fn add_hit(&mut self, key: Key, visitor: u32, pageview: bool) {
        let row = &mut self.rows[key.0 as usize];
        row.counts.events += 1;
        row.counts.pageviews += i64::from(pageview);
        row.counts.visitors += i64::from(row.visitor != visitor);
        row.visitor = visitor;
    }

    /// Counts a visit, unless it is counted here already.
    pub fn add_visit(&mut self, key: Key, visit: u32, whole: Counts) {
        let row = &mut self.rows[key.0 as usize];
        if row.visit != visit {
            row.visit = visit;
            row.counts += whole;
        }
    }

    /// Adds what a hit brought.
    pub fn add_money(&mut self, key: Key, money: Money) {
        self.takings.entry(key).or_default().add(money);
    }

    /// Adds what is a sum.
    pub fn add(&mut self, key: Key, counts: Counts) {
        self.rows[key.0 as usize].counts += counts;
    }

    /// All rows that are not zero.
    pub fn answer(&self, names: &Names) -> Answer {
        let mut answer = Answer::default();
        answer.groups.reserve(self.rows.len());
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.counts.is_zero()) {
            answer.groups.insert(self.values(at, names), row.counts);
        }
        answer.takings = self.takings.iter().map(|(key, takings)| (self.values(key.0 as usize, names), takings.clone())).collect();
        answer
    }

    fn child(&mut self, parent: Key, part: u64) -> Key {
        let (nodes, rows) = (&mut self.nodes, &mut self.rows);
        *self.children.entry((parent, part)).or_insert_with(|| {
            nodes.push(Node { parent, part });
            rows.push(Row::default());
            Key(u32::try_from(nodes.len() - 1).expect("fewer than 4 billion rows in an answer"))
        })
    }

    /// The parts of a key in the order of the question.
    fn values(&self, at: usize, names: &Names) -> Vec<GroupValue> {
        let visit = self.of_visit.iter().map(|(slot, _)| (*slot, Reading::Text));
        let hit = self.of_hit.iter().map(|(slot, part)| match part {
            HitPart::Currency => (*slot, Reading::Currency),
            _ => (*slot, Reading::Text),
        });
        let each = self.of_each_property.iter().map(|slot| (*slot, Reading::Text));
        let time = self.of_time.iter().map(|(slot, part)| match part {
            TimePart::Hour => (*slot, Reading::Hour),
            TimePart::Minute => (*slot, Reading::Minute),
        });
        let parts: Vec<_> = visit.chain(hit).chain(each).chain(time).collect();
        let mut values = vec![GroupValue::Minute(0); parts.len()];
        let mut node = &self.nodes[at];
        for (slot, reading) in parts.into_iter().rev() {
            values[slot] = match reading {
                Reading::Text => GroupValue::Text(names.values.text(Sym(node.part as u32)).clone()),
                Reading::Currency => GroupValue::Text(code(node.part).as_str().into()),
                Reading::Hour => GroupValue::Hour(names.hours()[node.part as usize]),
                Reading::Minute => GroupValue::Minute(node.part as i64),
            };
            node = &self.nodes[node.parent.0 as usize];
        }
        values
    }
}

/// What the number in a node means.
#[derive(Clone, Copy)]
enum Reading {
    Text,
    Currency,
    Hour,
    Minute,
}

/// The part of a hit without money.
const NO_CURRENCY: u64 = 0;

/// A currency as the number in a node.
fn packed(currency: Currency) -> u64 {
    currency.code().bytes().fold(0, |number, letter| number << 8 | u64::from(letter))
}

fn code(part: u64) -> String {
    if part == NO_CURRENCY { labels::NONE.to_owned() } else { part.to_be_bytes()[5..].iter().copied().map(char::from).collect() }
}
