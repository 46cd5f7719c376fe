//! A drawing backend for plotters that writes roles instead of colours.
//!
//! plotters hands a colour to every mark; ours carries a [`Role`] in its red byte, and becomes a class. Horizontal
//! positions are written in per cent of the width, vertical ones in CSS pixels, so words, circles and straight lines
//! need no scaling. Only curves live in a nested `svg` that stretches (`preserveAspectRatio="none"`), with strokes that
//! do not (`vector-effect: non-scaling-stroke`, in the style sheet).

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, text_anchor::HPos};
use std::convert::Infallible;
use std::fmt::Write;

/// The full width in plotters' whole numbers: 100 is one per cent.
pub const WIDTH: i32 = 10_000;
/// One CSS pixel of height in plotters' whole numbers.
pub const PIXEL: i32 = 10;

/// What a mark means. The style sheet says how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Role {
    /// A line across.
    Grid,
    /// This period.
    Now,
    /// What is under it.
    Area,
    /// The period before.
    Before,
    /// What is not over yet.
    Open,
    /// A point that stands alone.
    Dot,
    /// A word under the axis.
    X,
    /// The same, left out where it is narrow.
    XWide,
    /// A word beside the axis.
    Y,
}

const CLASS: [&str; 9] = ["c-grid", "c-now", "c-area", "c-before", "c-open", "c-dot", "c-x", "c-x wide", "c-y"];

impl Role {
    /// The colour that carries the role through plotters.
    pub const fn color(self) -> RGBColor {
        RGBColor(self as u8, 0, 0)
    }

    /// The same for text styles.
    pub const fn backend_color(self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (self as u8, 0, 0) }
    }
}

fn class(color: BackendColor) -> &'static str {
    CLASS.get(usize::from(color.rgb.0)).copied().unwrap_or_default()
}

/// Writes SVG into a string. The caller writes the outer `svg` element.
pub struct ThemeSvg<'a> {
    out: &'a mut String,
    height: i32,
    fill: &'a str,
}

type Outcome = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> ThemeSvg<'a> {
    /// A drawing `height` CSS pixels high; areas are filled with the gradient of the id `fill`.
    pub fn new(out: &'a mut String, height: i32, fill: &'a str) -> Self {
        Self { out, height, fill }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) -> Outcome {
        self.out.write_fmt(text).expect("a string takes every write");
        Ok(())
    }

    fn path(&mut self, points: &[BackendCoord], class: &str, area: bool) -> Outcome {
        let height = self.height;
        self.put(format_args!(
            r#"<svg viewBox="0 0 {WIDTH} {}" preserveAspectRatio="none" width="100%" height="{height}"><path class="{class}""#,
            height * PIXEL
        ))?;
        if area {
            let fill = self.fill;
            self.put(format_args!(r#" fill="url(#{fill})""#))?;
        }
        self.out.push_str(r#" d=""#);
        for (at, (x, y)) in points.iter().enumerate() {
            let command = if at == 0 { 'M' } else { 'L' };
            self.put(format_args!("{command}{x},{y}"))?;
        }
        self.out.push_str(if area { r#"Z"/></svg>"# } else { r#""/></svg>"# });
        Ok(())
    }
}

fn percent(v: i32) -> f64 {
    f64::from(v) / 100.0
}

fn pixels(v: i32) -> f64 {
    f64::from(v) / f64::from(PIXEL)
}

/// Text and attribute values as XML wants them.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

impl DrawingBackend for ThemeSvg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (WIDTH.unsigned_abs(), (self.height * PIXEL).unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Outcome {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.put(format_args!(
            r#"<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>"#,
            class(style.color()),
            percent(from.0),
            pixels(from.1),
            percent(to.0),
            pixels(to.1)
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        let points: Vec<_> = path.into_iter().collect();
        match points[..] {
            [from, to] => self.draw_line(from, to, style),
            _ => self.path(&points, class(style.color()), false),
        }
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Outcome {
        self.path(&corners.into_iter().collect::<Vec<_>>(), class(style.color()), true)
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Outcome {
        self.put(format_args!(
            r#"<circle class="{}" cx="{}%" cy="{}" r="{}"/>"#,
            class(style.color()),
            percent(center.0),
            pixels(center.1),
            f64::from(radius) / f64::from(PIXEL)
        ))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Outcome {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        self.put(format_args!(
            r#"<text class="{}" x="{}%" y="{}" text-anchor="{anchor}">{}</text>"#,
            class(style.color()),
            percent(at.0),
            pixels(at.1),
            escape(text)
        ))
    }
}
