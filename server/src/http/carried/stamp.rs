//! What an answer follows from, in a few bytes.

use crate::http::App;
use crate::http::pages::Seat;
use std::fmt::{self, Write};

/// What an answer follows from. Equal stamps are equal answers; the other way round there is no promise: after a restart
/// the same numbers may have another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Stamp(pub [u8; 16]);

impl Stamp {
    /// Of an answer at an address in its one spelling, to a seat: as far as nothing of it changes while it is rendered.
    /// `edition` is that of the days it is about.
    pub(super) fn of(app: &App, seat: &Seat, address: &str, edition: &[u8; 32]) -> Self {
        let mut hash = Hashed(blake3::Hasher::new());
        let site = &seat.entry.site;
        hash.part(app.build).part(address).part(&site.domain).part(&app.base_url);
        hash.0.update(edition);
        for number in [site.id.0, site.first_id.0, site.version, seat.moment().0 as u64] {
            hash.0.update(&number.to_le_bytes());
        }
        // The files' names are hashes of what is in them; what people have named is not much.
        let said = (app.assets.urls(), &seat.site, seat.properties(), seat.view.first_date, seat.view.freshness.newest_hit);
        write!(hash, "{said:?}").expect("a hash takes every text");
        let mut stamp = [0; 16];
        stamp.copy_from_slice(&hash.0.finalize().as_bytes()[..16]);
        Self(stamp)
    }

    /// As a tag begins.
    pub(super) fn text(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What is written is hashed.
struct Hashed(blake3::Hasher);

impl Hashed {
    /// A text, told apart from what follows.
    fn part(&mut self, text: &str) -> &mut Self {
        self.0.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        self
    }
}

impl Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
