//! The chart as a picture that stands alone: its own size, colours and words, nothing of the page's style.

use crate::chart::{Scale, Unit};
use crate::site_page::{Chart, ChartPoint, PageMetric};
use crate::words::Lang;
use std::fmt::Write as _;

/// Of the picture, in its own units.
pub const WIDTH: f64 = 1_200.0;
/// Of the picture, in its own units.
pub const HEIGHT: f64 = 550.0;

const LEFT: f64 = 40.0;
const RIGHT: f64 = WIDTH - 88.0;
/// Where words at the right end.
const EDGE: f64 = WIDTH - 40.0;
const TOP: f64 = 140.0;
const BOTTOM: f64 = HEIGHT - 60.0;
/// The widest a word under the axis is.
const TICK_WIDTH: f64 = 96.0;

/// The longest words about filters: what has room in a line.
const MOST_CHARACTERS: usize = 130;

const PAPER: &str = "#ffffff";
const INK: &str = "#1c1e21";
const QUIET: &str = "#565a61";
const GRID: &str = "#e4e0d6";
const LINE: &str = "#17614f";
const BEFORE: &str = "#b3a78f";
const FONT: &str = "Figtree, system-ui, sans-serif";

/// What a picture shows, and what it says about that.
pub struct Picture<'a> {
    /// The line, and what it is compared with.
    pub chart: &'a Chart,
    /// Whose numbers.
    pub domain: &'a str,
    /// Of which days.
    pub period: &'a str,
    /// Whether a filter asks about goals: then visitors are conversions.
    pub of_goals: bool,
    /// The filters in force, in words: a picture of some visitors must not look like one of all.
    pub filters: &'a [String],
}

/// The picture as SVG, with words in the reader's language. Attributes only: a policy without styles does not change it.
pub fn picture(of: &Picture<'_>, lang: Lang) -> String {
    let chart = of.chart;
    let metric = chart.metric.label(&lang.words().site.metrics, of.of_goals);
    let filters = shortened(&of.filters.join(" · "), MOST_CHARACTERS);
    let largest = chart.points.iter().flat_map(|point| [point.value, point.before]).flatten().fold(0.0, f64::max);
    let scale = Scale::for_largest(largest, unit(chart.metric));
    let mut svg = String::with_capacity(16 * 1024);
    let parts = [Some(metric), Some(of.domain), Some(of.period), Some(&*filters).filter(|text| !text.is_empty())];
    let title = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{0}" font-family="{FONT}"><title>{0}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>"#,
        escape(&title)
    )
    .expect(WRITES);
    words_at(&mut svg, LEFT, 46.0, 24, INK, "start", of.domain);
    words_at(&mut svg, LEFT, 76.0, 17, QUIET, "start", metric);
    words_at(&mut svg, LEFT, 104.0, 15, QUIET, "start", &filters);
    key(&mut svg, 42.0, LINE, of.period);
    if let Some(with) = &chart.compared_with {
        key(&mut svg, 72.0, BEFORE, with);
    }
    for value in scale.lines() {
        let y = height_of(value, scale);
        line(&mut svg, GRID, 1.0, "", &[(LEFT, y), (RIGHT, y)]);
        words_at(&mut svg, RIGHT + 12.0, y + 5.0, 15, QUIET, "start", &chart.metric.tick(value, lang));
    }
    ticks(&mut svg, &chart.points);
    series(&mut svg, chart, scale);
    svg.push_str("</svg>");
    svg
}

/// What a line is: its colour, and its days before it.
fn key(svg: &mut String, y: f64, colour: &str, words: &str) {
    line(svg, colour, 3.0, "", &[(EDGE - 28.0, y), (EDGE, y)]);
    words_at(svg, EDGE - 40.0, y + 6.0, 16, QUIET, "end", words);
}

/// As much of a text as has room.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(std::iter::once('…')).collect()
}

const WRITES: &str = "a string takes every write";

fn unit(metric: PageMetric) -> Unit {
    match metric {
        PageMetric::ViewsPerVisit | PageMetric::TotalRevenue | PageMetric::AverageRevenue => Unit::Number,
        PageMetric::BounceRate | PageMetric::ScrollDepth | PageMetric::ConversionRate => Unit::Percent,
        PageMetric::VisitDuration | PageMetric::TimeOnPage => Unit::Seconds,
        _ => Unit::Count,
    }
}

fn height_of(value: f64, scale: Scale) -> f64 {
    BOTTOM - (BOTTOM - TOP) * value / scale.top
}

fn place_of(at: usize, points: usize) -> f64 {
    LEFT + (RIGHT - LEFT) * at as f64 / (points.max(2) - 1) as f64
}

/// The words under the axis: as many as have room.
fn ticks(svg: &mut String, points: &[ChartPoint]) {
    let room = ((RIGHT - LEFT) / TICK_WIDTH) as usize;
    let every = points.len().div_ceil(room.max(1)).max(1);
    let last = points.len().saturating_sub(1);
    for (at, point) in points.iter().enumerate().step_by(every) {
        let anchor = match at {
            0 => "start",
            at if at == last => "end",
            _ => "middle",
        };
        words_at(svg, place_of(at, points.len()), BOTTOM + 30.0, 15, QUIET, anchor, &point.short);
    }
}

fn series(svg: &mut String, chart: &Chart, scale: Scale) {
    let n = chart.points.len();
    let places = |of: fn(&ChartPoint) -> Option<f64>| -> Vec<(f64, f64)> {
        let found = chart.points.iter().enumerate().filter_map(|(at, point)| Some((place_of(at, n), height_of(of(point)?, scale))));
        found.collect()
    };
    let (now, before) = (places(|point| point.value), places(|point| point.before));
    line(svg, BEFORE, 2.0, "", &before);
    let closed = if chart.open { &now[..now.len().saturating_sub(1)] } else { &now[..] };
    if let (Some(first), Some(last)) = (closed.first(), closed.last()) {
        let mut area = vec![(first.0, BOTTOM)];
        area.extend_from_slice(closed);
        area.push((last.0, BOTTOM));
        write!(svg, r#"<path d="{}Z" fill="{LINE}" fill-opacity="0.1"/>"#, path(&area)).expect(WRITES);
    }
    line(svg, LINE, 2.5, "", closed);
    if chart.open && now.len() > 1 {
        // What is still growing.
        line(svg, LINE, 2.5, "5 5", &now[now.len() - 2..]);
    }
    if let [(x, y)] = now[..] {
        write!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="5" fill="{LINE}"/>"#).expect(WRITES);
    }
}

fn line(svg: &mut String, colour: &str, width: f64, dashes: &str, points: &[(f64, f64)]) {
    if points.len() < 2 {
        return;
    }
    let dashes = if dashes.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dashes}""#) };
    let path = path(points);
    write!(svg, r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"{dashes}/>"#)
        .expect(WRITES);
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::with_capacity(points.len() * 14);
    for (at, (x, y)) in points.iter().enumerate() {
        write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }).expect(WRITES);
    }
    path
}

fn words_at(svg: &mut String, x: f64, y: f64, size: u32, colour: &str, anchor: &str, words: &str) {
    write!(svg, r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{colour}" text-anchor="{anchor}">{}</text>"#, escape(words))
        .expect(WRITES);
}

/// Text as XML takes it: what is no character of XML 1.0 would make the whole picture unreadable, and is left out.
fn escape(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site_page::Interval;

    fn chart(values: &[Option<f64>], open: bool) -> Chart {
        let point = |value: &Option<f64>| ChartPoint { short: "1 <May>".into(), value: *value, before: Some(2.0), ..ChartPoint::default() };
        Chart {
            metric: PageMetric::Visitors,
            currency: None,
            interval: Interval::Day,
            points: values.iter().map(point).collect(),
            open,
            compared_with: None,
        }
    }

    fn drawn(chart: &Chart, of_goals: bool, filters: &[&str], lang: Lang) -> String {
        let filters: Vec<String> = filters.iter().map(|text| (*text).to_owned()).collect();
        let of = Picture { chart, domain: "a<script>.example", period: "\"7\" & days", of_goals, filters: &filters };
        picture(&of, lang)
    }

    #[test]
    fn words_end_as_text() {
        let svg = drawn(&chart(&[Some(1.0), Some(2.0)], false), false, &["Page is <script>"], Lang::En);
        assert!(!svg.contains("<script") && !svg.contains("1 <May>"), "{svg}");
        assert!(svg.contains("a&lt;script&gt;.example") && svg.contains("&quot;7&quot; &amp; days"));
        assert!(!svg.contains("style"));
    }

    #[test]
    fn what_is_no_character_of_xml_is_left_out() {
        let svg =
            drawn(&chart(&[Some(1.0)], false), false, &["Page is /\0\u{1}\u{b}\u{1b}\u{85}\u{fffe}a\u{ffff}\u{fffd}\u{1f980}"], Lang::En);
        assert!(svg.contains(">Page is /a\u{fffd}\u{1f980}<"), "{svg}");
    }

    #[test]
    fn a_picture_says_what_it_shows() {
        let all = chart(&[Some(1.0), Some(2.0)], false);
        let svg = drawn(&all, false, &[], Lang::En);
        assert!(svg.contains(">Visitors<") && !svg.contains("1 to 7 May"));
        let compared = Chart { compared_with: Some("1 to 7 May".into()), ..all.clone() };
        assert!(drawn(&compared, false, &[], Lang::En).contains(">1 to 7 May<"));
        let svg = drawn(&all, true, &["Ziel ist Kauf", "Land ist Polen"], Lang::De);
        assert!(svg.contains(">Abschlüsse<") && svg.contains(">Ziel ist Kauf · Land ist Polen<"));
        let many = "x".repeat(500);
        assert!(drawn(&all, false, &[&many], Lang::En).contains(&format!(">{}…<", "x".repeat(130))));
    }

    #[test]
    fn every_length_is_drawn() {
        for n in 0..5 {
            for open in [false, true] {
                let svg = drawn(&chart(&vec![Some(3.0); n], open), false, &[], Lang::De);
                assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("NaN"), "{n} {open}");
            }
        }
        assert!(drawn(&chart(&[Some(1.0), Some(2.0), None], true), false, &[], Lang::En).contains("stroke-dasharray"));
    }
}
