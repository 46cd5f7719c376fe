//! What is drawn: a period, the period before it, and the words around them.

use super::backend::{PIXEL, Role, ThemeSvg, WIDTH, escape};
use super::{Scale, Unit};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::convert::Infallible;
use std::fmt::Write;

/// A chart over time.
pub struct Drawing<'a> {
    /// Makes the ids in the picture its own; letters only.
    pub id: &'a str,
    /// What a screen reader says about the picture.
    pub label: &'a str,
    /// This period; shorter than `ticks` while it is not over.
    pub now: &'a [f64],
    /// The period before; empty without a comparison, `NaN` where nothing is known.
    pub before: &'a [f64],
    /// Whether the last value of `now` is still growing.
    pub open: bool,
    /// The words under the axis, one a point; empty where there is none. `true`: only where it is wide.
    pub ticks: &'a [(String, bool)],
    /// What the values are.
    pub unit: Unit,
    /// How a value of the axis is written.
    pub tick: &'a dyn Fn(f64) -> String,
}

const HEIGHT: i32 = 264;
const TOP: i32 = 10;
const WORDS_BELOW: i32 = 26;

type Surface<'a> = DrawingArea<ThemeSvg<'a>, plotters::coord::Shift>;
type Plane<'a, 'b> = ChartContext<'b, ThemeSvg<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// The chart as an `svg` element.
pub fn draw(drawing: &Drawing<'_>) -> String {
    let Drawing { id, label, .. } = drawing;
    let mut svg = String::with_capacity(8 * 1024);
    write!(
        svg,
        r#"<svg class="plot" width="100%" height="{}" role="img" aria-label="{}"><defs><linearGradient id="{id}" x1="0" y1="0" x2="0" y2="1"><stop class="c-g0" offset="0"/><stop class="c-g1" offset="1"/></linearGradient></defs>"#,
        HEIGHT + WORDS_BELOW,
        escape(label)
    )
    .expect("a string takes every write");
    let root = ThemeSvg::new(&mut svg, HEIGHT, id).into_drawing_area();
    fill(&root, drawing).expect("drawing into a string cannot fail");
    drop(root);
    svg.push_str("</svg>");
    svg
}

/// The vertical place of a value in the chart, in CSS pixels from its top; where a tooltip puts its dot.
pub fn height_of(value: f64, largest: f64, unit: Unit) -> i32 {
    let top = Scale::for_largest(largest, unit).top;
    TOP + (f64::from(HEIGHT - TOP) * (1.0 - value / top)).round() as i32
}

fn fill(root: &Surface<'_>, drawing: &Drawing<'_>) -> Drawn {
    let largest = drawing.now.iter().chain(drawing.before).copied().fold(0.0, f64::max);
    let scale = Scale::for_largest(largest, drawing.unit);
    let points = drawing.ticks.len().max(drawing.now.len()).max(2);
    let mut plane = ChartBuilder::on(root).margin_top(TOP * PIXEL).build_cartesian_2d(0.0..(points - 1) as f64, 0.0..scale.top)?;
    for value in scale.lines() {
        let y = plane.backend_coord(&(0.0, value)).1;
        root.draw(&PathElement::new([(0, y), (WIDTH, y)], Role::Grid.color()))?;
        root.draw(&Text::new((drawing.tick)(value), (0, y), words(Role::Y, HPos::Right)))?;
    }
    draw_ticks(root, &plane, drawing)?;
    draw_series(&mut plane, drawing)
}

fn draw_ticks(root: &Surface<'_>, plane: &Plane<'_, '_>, drawing: &Drawing<'_>) -> Drawn {
    let last = drawing.ticks.len().saturating_sub(1);
    for (at, (word, wide_only)) in drawing.ticks.iter().enumerate().filter(|(_, (word, _))| !word.is_empty()) {
        let anchor = match at {
            0 => HPos::Left,
            at if at == last => HPos::Right,
            _ => HPos::Center,
        };
        let role = if *wide_only { Role::XWide } else { Role::X };
        let x = plane.backend_coord(&(at as f64, 0.0)).0;
        root.draw(&Text::new(word.as_str(), (x, HEIGHT * PIXEL), words(role, anchor)))?;
    }
    Ok(())
}

fn draw_series(plane: &mut Plane<'_, '_>, drawing: &Drawing<'_>) -> Drawn {
    let Drawing { now, before, open, .. } = drawing;
    let at = |values: &[f64], from: usize| -> Vec<(f64, f64)> {
        values.iter().enumerate().skip(from).map(|(x, y)| (x as f64, *y)).filter(|(_, y)| y.is_finite()).collect()
    };
    let closed = if *open { &now[..now.len().saturating_sub(1)] } else { now };
    let before = at(before, 0);
    if before.len() > 1 {
        plane.draw_series(LineSeries::new(before, Role::Before.color()))?;
    }
    if closed.len() > 1 {
        plane.draw_series(AreaSeries::new(at(closed, 0), 0.0, Role::Area.color()))?;
        plane.draw_series(LineSeries::new(at(closed, 0), Role::Now.color()))?;
    }
    if *open && now.len() > 1 {
        plane.draw_series(LineSeries::new(at(now, now.len() - 2), Role::Open.color()))?;
    }
    if now.len() == 1 {
        plane.draw_series([Circle::new((0.0, now[0]), 4 * PIXEL, Role::Dot.color())])?;
    }
    Ok(())
}

fn words(role: Role, anchor: HPos) -> TextStyle<'static> {
    TextStyle { font: ("sans-serif", 12).into_font(), color: role.backend_color(), pos: Pos::new(anchor, VPos::Top) }
}

/// A small line without words, for lists: decoration beside the number it belongs to. Its last point is not over yet.
pub fn sparkline(id: &str, values: &[i64]) -> String {
    const SPARK: i32 = 44;
    spark(id, &values.iter().map(|value| *value as f64).collect::<Vec<_>>(), true, SPARK)
}

/// The same of any height, with a last point that may be over.
pub fn spark(id: &str, values: &[f64], open: bool, height: i32) -> String {
    let mut svg = String::with_capacity(1024);
    write!(
        svg,
        r#"<svg class="plot plot--spark" width="100%" height="{height}" aria-hidden="true"><defs><linearGradient id="{id}" x1="0" y1="0" x2="0" y2="1"><stop class="c-g0" offset="0"/><stop class="c-g1" offset="1"/></linearGradient></defs>"#
    )
    .expect("a string takes every write");
    let root = ThemeSvg::new(&mut svg, height, id).into_drawing_area();
    fill_spark(&root, values, open).expect("drawing into a string cannot fail");
    drop(root);
    svg.push_str("</svg>");
    svg
}

fn fill_spark(root: &Surface<'_>, values: &[f64], open: bool) -> Drawn {
    let largest = values.iter().copied().fold(0.0, f64::max);
    let largest = if largest > 0.0 { largest } else { 1.0 };
    let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
    let closed = &points[..points.len().saturating_sub(usize::from(open))];
    let mut plane = ChartBuilder::on(root)
        .margin_top(3 * PIXEL)
        .margin_bottom(2 * PIXEL)
        .build_cartesian_2d(0.0..(points.len().max(2) - 1) as f64, 0.0..largest)?;
    if closed.len() > 1 {
        plane.draw_series(AreaSeries::new(closed.to_vec(), 0.0, Role::Area.color()))?;
        plane.draw_series(LineSeries::new(closed.to_vec(), Role::Now.color()))?;
    }
    if open && points.len() > 1 {
        plane.draw_series(LineSeries::new(points[points.len() - 2..].to_vec(), Role::Open.color()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing<'a>(now: &'a [f64], before: &'a [f64], ticks: &'a [(String, bool)]) -> Drawing<'a> {
        Drawing { id: "g", label: "Visitors & \"more\"", now, before, open: true, ticks, unit: Unit::Count, tick: &|v| v.to_string() }
    }

    fn ticks(n: usize) -> Vec<(String, bool)> {
        (0..n).map(|at| (at.to_string(), at % 2 == 1)).collect()
    }

    #[test]
    fn marks_are_classes_and_nothing_has_a_style() {
        let svg = draw(&drawing(&[1.0, 5.0, 3.0, 2.0], &[2.0, 2.0, 2.0, 2.0], &ticks(4)));
        for class in ["c-grid", "c-now", "c-area", "c-before", "c-open", "c-x wide", "c-y"] {
            assert!(svg.contains(&format!("class=\"{class}\"")), "{class} in {svg}");
        }
        assert!(!svg.contains("style="));
        assert!(svg.contains("aria-label=\"Visitors &amp; &quot;more&quot;\""));
    }

    #[test]
    fn odd_lengths_are_drawn_too() {
        for (now, before, points) in [(0, 0, 0), (1, 0, 24), (1, 24, 24), (2, 1, 2), (3, 24, 24), (1, 1, 1)] {
            let svg = draw(&drawing(&vec![1.0; now], &vec![1.0; before], &ticks(points)));
            assert!(svg.ends_with("</svg>"), "{now} {before} {points}");
        }
        assert!(draw(&drawing(&[1.0], &[], &ticks(24))).contains("c-dot"));
        for n in [0, 1, 2, 28] {
            assert!(sparkline("s", &vec![0; n]).ends_with("</svg>"));
        }
    }

    #[test]
    fn the_unfinished_point_is_dashed_and_not_filled() {
        let svg = draw(&drawing(&[1.0, 5.0, 3.0], &[], &ticks(3)));
        let open = svg.find("c-open").expect("a dashed line");
        assert!(svg[open..].contains("x1=\"49.99%\"") || svg[open..].contains("x1=\"50%\""), "{svg}");
    }
}
