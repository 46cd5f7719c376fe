//! An event as a shard keeps it: 40 bytes, so that a busy day fits into memory.

use footfall_domain::{Event, HitId, Kind, OriginId, Sym};

const KIND: u8 = 0b0000_0011;
const INTERACTIVE: u8 = 0b0000_0100;
const HAS_ENGAGED: u8 = 0b0000_1000;
const HAS_SCROLL: u8 = 0b0001_0000;
const PLACE_SHIFT: u32 = 5;

/// What a hit is to its visitor's visits. Follows from the visitor's events alone; kept so that it is worked out once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Place {
    /// Not folded yet.
    Waiting = 0,
    /// The first hit of a visit.
    Opens = 1,
    /// A hit of the visit that is open.
    Continues = 2,
    /// Not counted: the id was there before.
    Duplicate = 3,
    /// Not counted: engagement without an open visit.
    NoVisit = 4,
}

impl Place {
    /// Whether the hit belongs to a visit.
    pub fn is_counted(self) -> bool {
        matches!(self, Self::Opens | Self::Continues)
    }
}

/// An event by the names of its shard ([`crate::names::Names`]).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed {
    id: [u64; 2],
    /// Milliseconds since the floor of its hour.
    pub millis: u32,
    pub page: Sym,
    /// Name, hostname and properties.
    pub what: u32,
    /// Agent, place, screen and language.
    pub client: u32,
    /// Milliseconds engaged of an engagement, else the origin: engagement opens no visit, so nobody asks for its origin.
    engaged_or_origin: u32,
    /// Hour bucket.
    pub hour: u16,
    flags: u8,
    scroll: u8,
}

const _: () = assert!(size_of::<Packed>() == 40, "docs/performance.md says so");

/// The parts of an event that a shard names itself.
pub(crate) struct Named {
    pub millis: u32,
    pub hour: u16,
    pub what: u32,
    pub client: u32,
}

impl Packed {
    /// Packs an event whose values are already the shard's.
    pub fn new(event: &Event, named: Named) -> Self {
        let engagement = event.kind == Kind::Engagement;
        let mut flags = match event.kind {
            Kind::Pageview => 0,
            Kind::Custom => 1,
            Kind::Engagement => 2,
        };
        let engaged = event.engaged_ms.filter(|_| engagement);
        let scroll = event.scroll_depth.filter(|_| engagement);
        flags |= if event.interactive { INTERACTIVE } else { 0 };
        flags |= if engaged.is_some() { HAS_ENGAGED } else { 0 };
        flags |= if scroll.is_some() { HAS_SCROLL } else { 0 };
        Self {
            id: [(event.id.0 >> 64) as u64, event.id.0 as u64],
            millis: named.millis,
            page: event.page,
            what: named.what,
            client: named.client,
            engaged_or_origin: if engagement { engaged.unwrap_or(0) } else { event.origin.0 },
            hour: named.hour,
            flags,
            scroll: scroll.unwrap_or(0),
        }
    }

    pub fn id(&self) -> HitId {
        HitId(u128::from(self.id[0]) << 64 | u128::from(self.id[1]))
    }

    pub fn kind(&self) -> Kind {
        match self.flags & KIND {
            0 => Kind::Pageview,
            1 => Kind::Custom,
            _ => Kind::Engagement,
        }
    }

    pub fn is_pageview(&self) -> bool {
        self.flags & KIND == 0
    }

    pub fn is_engagement(&self) -> bool {
        self.flags & KIND == 2
    }

    /// Whether it ends a bounce: an interactive custom event.
    pub fn ends_bounce(&self) -> bool {
        self.flags & (KIND | INTERACTIVE) == 1 | INTERACTIVE
    }

    pub fn interactive(&self) -> bool {
        self.flags & INTERACTIVE != 0
    }

    pub fn engaged_ms(&self) -> Option<u32> {
        (self.flags & HAS_ENGAGED != 0).then_some(self.engaged_or_origin)
    }

    pub fn scroll_depth(&self) -> Option<u8> {
        (self.flags & HAS_SCROLL != 0).then_some(self.scroll)
    }

    /// Where it came from. Meaningless for engagement.
    pub fn origin(&self) -> OriginId {
        OriginId(if self.is_engagement() { 0 } else { self.engaged_or_origin })
    }

    pub fn place(&self) -> Place {
        match self.flags >> PLACE_SHIFT {
            1 => Place::Opens,
            2 => Place::Continues,
            3 => Place::Duplicate,
            4 => Place::NoVisit,
            _ => Place::Waiting,
        }
    }

    pub fn set_place(&mut self, place: Place) {
        self.flags = self.flags & !(0b111 << PLACE_SHIFT) | (place as u8) << PLACE_SHIFT;
    }
}
