//! A filter, ready to be asked about hits (definition 16).

use super::hits;
use super::text_test::Memo;
use crate::carrier::{Carrier, FirstPart};
use crate::names::Names;
use crate::packed::Packed;
use crate::visit::Visit;
use crate::{Filter, Target};
use footfall_domain::Sym;

/// A filter, split in what only the visit decides, asked once a visit, and the rest, asked for each hit.
/// Both must hold.
pub(crate) struct Predicate {
    of_visit: Vec<Node>,
    of_hit: Vec<Node>,
    visit: u32,
}

enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    HasDone { inner: Box<Node>, visit: u32, holds: bool },
    Scrolled { percent: u8, visit: u32, pages: Vec<Sym> },
    Test { value: Value, memo: Memo },
}

#[derive(Clone, Copy)]
enum Value {
    Page,
    Hostname,
    Name,
    Property(Option<Sym>),
    Edge(usize),
    First(FirstPart),
}

/// What a node is asked about.
#[derive(Clone, Copy)]
struct Asked<'a> {
    hit: &'a Packed,
    events: &'a [Packed],
    visit: &'a Visit,
    /// The running number of the visit.
    number: u32,
    names: &'a Names,
}

impl Predicate {
    pub fn new(filter: Option<&Filter>, names: &Names) -> Self {
        let mut conditions = Vec::new();
        if let Some(filter) = filter {
            split(filter, names, &mut conditions);
        }
        let (of_visit, of_hit) = conditions.into_iter().partition(Node::is_of_visit);
        Self { of_visit, of_hit, visit: 0 }
    }

    /// The visit that all questions are about from now on.
    pub fn enter(&mut self, visit: u32) {
        self.visit = visit;
    }

    /// Whether any hit of the visit can be kept.
    pub fn whole_visit(&mut self, events: &[Packed], visit: &Visit, names: &Names) -> bool {
        let asked = Asked { hit: &events[0], events, visit, number: self.visit, names };
        self.of_visit.iter_mut().all(|node| node.holds(asked))
    }

    /// Whether a hit of such a visit is kept.
    pub fn hit(&mut self, hit: &Packed, events: &[Packed], visit: &Visit, names: &Names) -> bool {
        let asked = Asked { hit, events, visit, number: self.visit, names };
        self.of_hit.iter_mut().all(|node| node.holds(asked))
    }
}

/// The conditions that must hold together.
fn split(filter: &Filter, names: &Names, into: &mut Vec<Node>) {
    match filter {
        Filter::All(filters) => filters.iter().for_each(|filter| split(filter, names, into)),
        _ => into.push(Node::new(filter, names)),
    }
}

impl Node {
    fn new(filter: &Filter, names: &Names) -> Self {
        let each = |filters: &[Filter]| filters.iter().map(|filter| Self::new(filter, names)).collect();
        match filter {
            Filter::All(filters) => Self::All(each(filters)),
            Filter::Any(filters) => Self::Any(each(filters)),
            Filter::Not(filter) => Self::Not(Box::new(Self::new(filter, names))),
            Filter::HasDone(filter) => Self::HasDone { inner: Box::new(Self::new(filter, names)), visit: 0, holds: false },
            Filter::Scrolled(percent) => Self::Scrolled { percent: *percent, visit: 0, pages: Vec::new() },
            Filter::Test { target, test } => Self::Test { value: Value::of(target, names), memo: Memo::new(test, names.values.texts()) },
        }
    }

    /// Whether it is the same for all hits of a visit.
    fn is_of_visit(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::is_of_visit),
            Self::Not(node) => node.is_of_visit(),
            Self::HasDone { .. } => true,
            Self::Scrolled { .. } => false,
            Self::Test { value, .. } => matches!(value, Value::Edge(_) | Value::First(_)),
        }
    }

    fn holds(&mut self, asked: Asked<'_>) -> bool {
        match self {
            Self::All(nodes) => nodes.iter_mut().all(|node| node.holds(asked)),
            Self::Any(nodes) => nodes.iter_mut().any(|node| node.holds(asked)),
            Self::Not(node) => !node.holds(asked),
            Self::HasDone { inner, visit, holds } => {
                if *visit != asked.number {
                    *visit = asked.number;
                    let mut done = hits(asked.events).filter(|hit| !hit.is_engagement());
                    *holds = done.any(|hit| inner.holds(Asked { hit, ..asked }));
                }
                *holds
            }
            Self::Scrolled { percent, visit, pages } => {
                if *visit != asked.number {
                    *visit = asked.number;
                    let deep = hits(asked.events).filter(|hit| hit.scroll_depth().is_some_and(|depth| depth >= *percent));
                    pages.clear();
                    pages.extend(deep.map(|hit| hit.page));
                    pages.sort_unstable();
                    pages.dedup();
                }
                pages.binary_search(&asked.hit.page).is_ok()
            }
            Self::Test { value, memo } => memo.holds(value.get(asked), &asked.names.values),
        }
    }
}

impl Value {
    fn of(target: &Target, names: &Names) -> Self {
        match target {
            Target::Property(name) => Self::Property(names.values.find(name)),
            Target::Dimension(dimension) => match Carrier::of(*dimension) {
                Carrier::Page => Self::Page,
                Carrier::Hostname => Self::Hostname,
                Carrier::Name => Self::Name,
                Carrier::Edge(at) => Self::Edge(at),
                Carrier::First(part) => Self::First(part),
            },
        }
    }

    fn get(self, asked: Asked<'_>) -> Sym {
        match self {
            Self::Page => asked.hit.page,
            Self::Hostname => asked.names.what(asked.hit).hostname,
            Self::Name => asked.names.what(asked.hit).name,
            Self::Property(name) => asked.names.property(asked.hit, name),
            Self::Edge(at) => asked.visit.edges[at],
            Self::First(part) => part.value(&asked.visit.first, asked.names),
        }
    }
}
