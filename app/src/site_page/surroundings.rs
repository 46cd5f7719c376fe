//! What stands around the numbers of a page that is not the site page itself.

use super::load::{Asker, Asking, freshness};
use super::model::{Names, Surroundings};
use super::{PageState, Sheet, sheet};
use footfall_query::RunError;

/// Asks for what bar, chips and the open form need to know.
///
/// # Errors
/// As [`super::load`].
pub async fn surroundings(asker: &Asker<'_>, state: &PageState, open: Option<&Sheet>) -> Result<Surroundings, RunError> {
    let asking = Asking::of(asker, state);
    Ok(Surroundings {
        zone: asker.context.site.zone().to_owned(),
        seen: asker.view.first_date.is_some(),
        names: Names::of(asker.site),
        freshness: freshness(asker.view, asker.context),
        sheet: sheet::load(&asking, open).await?,
    })
}
