//! What a site leaves out of its numbers, and how long it keeps them.

use super::{Field, Frame, Notice};
use footfall_domain::{Excluded, ExclusionKind, LocalDate};

/// The rules of a site, and the forms of new ones.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExclusionsPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Those in force, in the order they were made.
    pub rules: Vec<ExclusionRow>,
    /// The address the reader is seen with, as a rule would keep it. Shown to nobody else.
    pub own_address: String,
    /// What was sent and not kept: the form it was sent with, and why.
    pub sent: Option<(ExclusionKind, Field)>,
    /// What that rule would have done.
    pub looked: Option<Looked>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExclusionRow {
    /// Its number.
    pub number: u32,
    /// The hits it leaves out.
    pub what: Excluded,
    /// The first day on which it holds; `None`: it holds on every day.
    pub from: Option<LocalDate>,
}

/// What a rule would have left out lately.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looked {
    /// So many pageviews of so many, in so many days.
    Found {
        /// Those that match.
        pageviews: i64,
        /// All of them.
        of: i64,
        /// Today among them.
        days: i32,
    },
    /// Nobody can say: addresses are not kept.
    NotKept,
}

/// How long a site keeps hits and numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Retention {
    /// The number the site was given first.
    pub site: String,
    /// So many months; empty: for ever. Or what was sent.
    pub months: Field,
}

/// What would be erased, before it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RetentionPage {
    /// Around the page.
    pub frame: Frame,
    /// The site.
    pub domain: String,
    /// The number it was given first: its name may be another's by the time the form is sent.
    pub site: String,
    /// How long it is to keep.
    pub months: u16,
    /// The first day that stays, and how many days before it the site has.
    pub erased: Option<(LocalDate, i32)>,
}
