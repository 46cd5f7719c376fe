//! The chart in pixels.

use super::workshop::PICTURES;
use anyhow::Context;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::sync::{Arc, OnceLock};
use tokio::sync::SemaphorePermit;

/// The typeface of the pages, one weight of it as a picture needs it (fonts/OFL.txt).
const FONT: &[u8] = include_bytes!("../../../fonts/figtree-500.ttf");
/// Pixels to a unit of the picture: sharp on fine screens.
const SCALE: f32 = 2.0;

/// The picture of an SVG of ours. The place where it is made is taken until it is done, whether or not somebody still
/// waits for it.
///
/// # Errors
/// It is none.
pub(super) async fn png(svg: String, place: SemaphorePermit<'static>) -> anyhow::Result<Vec<u8>> {
    drawn(svg, SCALE, place).await
}

/// A picture for anybody, with so many pixels to a unit.
///
/// # Errors
/// It is none; [`super::workshop::Crowded`].
pub(in crate::http) async fn pixels(svg: String, scale: f32) -> anyhow::Result<Vec<u8>> {
    drawn(svg, scale, PICTURES.place().await?).await
}

async fn drawn(svg: String, scale: f32, place: SemaphorePermit<'static>) -> anyhow::Result<Vec<u8>> {
    let drawn = tokio::task::spawn_blocking(move || {
        let drawn = draw(&svg, scale);
        drop(place);
        drawn
    });
    drawn.await.context("the picture was not finished")?
}

fn draw(svg: &str, scale: f32) -> anyhow::Result<Vec<u8>> {
    let options = Options { fontdb: fonts(), font_family: "Figtree".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).context("the picture cannot be read")?;
    let size = tree.size();
    let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
    let mut pixels = Pixmap::new(width, height).context("the picture has no size")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().context("the picture cannot be written")
}

/// One typeface, none of the machine's: the same picture everywhere.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        fonts.load_font_data(FONT.to_vec());
        // Whatever family is asked for, it is this one.
        let family = fonts.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
        fonts.set_sans_serif_family(family.unwrap_or_default());
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(svg: &str) -> usize {
        let bytes = draw(svg, SCALE).expect("a picture");
        let pixels = Pixmap::decode_png(&bytes).expect("a PNG");
        pixels.pixels().iter().filter(|pixel| pixel.alpha() > 0).count()
    }

    #[test]
    fn words_are_drawn() {
        let svg = |body: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" font-family="Figtree, system-ui, sans-serif">{body}</svg>"#
            )
        };
        assert_eq!(ink(&svg("")), 0);
        assert!(ink(&svg(r#"<text x="5" y="25" font-size="20">Hello</text>"#)) > 300, "the typeface is there");
        assert!(draw("no picture", SCALE).is_err());
    }
}
