//! What stands in frames of other people's pages: widgets, their colours, and the script that gives frames their height.
//!
//! Widgets are for everybody where the site is public, and for who has a shared link without a password; never for who is
//! signed in: no cookie is read here and none is set. docs/embed.md says what there is.

mod colours;
mod doc;
mod live;
mod widget;

pub(super) use doc::state;

use super::assets;
use super::openapi::Routes;

/// Everything below `/embed/`.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(footfall_app::routes::COLOURS, colours::get, doc::colours())
        .get(footfall_app::routes::FRAME_HEIGHT, assets::frame_height, doc::script())
        .get("/embed/{domain}/{widget}", widget::get, doc::widget())
}
