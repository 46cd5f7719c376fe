//! Metrics (11 to 15).

use super::fraction::Fraction;
use super::tally::Tally;
use serde_json::Value;

/// The metrics of a row, exact.
pub(super) struct Measured(Vec<Exact>);

/// A metric before rounding, and the decimals it is rounded to. `None` is reported as null.
type Exact = (Option<Fraction>, u32);

impl Measured {
    /// The metrics asked for. `total_visitors` is what percentages are of.
    pub(super) fn of(metrics: &[String], tally: &Tally, total_visitors: usize) -> Self {
        Self(metrics.iter().map(|metric| measure(metric, tally, total_visitors)).collect())
    }

    /// As reported: rounded once (13).
    pub(super) fn reported(&self) -> Vec<Value> {
        self.0.iter().map(|(exact, decimals)| exact.map_or(Value::Null, |exact| exact.rounded(*decimals))).collect()
    }

    /// The change of each metric in whole percent (18).
    pub(super) fn change_from(&self, old: &Self) -> Vec<Value> {
        let change = |(new, old): (&Exact, &Exact)| new.0?.change_from(old.0?);
        self.0.iter().zip(&old.0).map(|pair| change(pair).map_or(Value::Null, Value::from)).collect()
    }
}

fn measure(metric: &str, tally: &Tally, total_visitors: usize) -> Exact {
    let zero = Some(Fraction::whole(0));
    let whole = |n: i64| (Some(Fraction::whole(n)), 0);
    let count = |n: usize| i64::try_from(n).expect("a count fits 64 bits");

    let visits = count(tally.visits.len());
    match metric {
        "visitors" => whole(count(tally.visitors.len())),
        "visits" => whole(visits),
        "pageviews" => whole(tally.pageviews),
        "events" => whole(tally.events),
        "views_per_visit" => {
            let pageviews: usize = tally.visits.values().map(|visit| visit.pageviews().len()).sum();
            (Fraction::of(count(pageviews), visits).or(zero), 2)
        }
        "bounce_rate" => {
            let bounces = tally.visits.values().filter(|visit| visit.is_bounce()).count();
            (Fraction::of(100 * count(bounces), visits).or(zero), 0)
        }
        "visit_duration" => {
            let milliseconds: i64 = tally.visits.values().map(|visit| visit.duration_ms()).sum();
            (Fraction::of(milliseconds, 1000 * visits).or(zero), 0)
        }
        "time_on_page" => {
            let milliseconds: i64 = tally.engaged_ms.values().sum();
            (Fraction::of(milliseconds, 1000 * count(tally.engaged_ms.len())), 0)
        }
        "scroll_depth" => {
            let percents: i64 = tally.scroll.values().map(|depth| i64::from(*depth)).sum();
            (Fraction::of(percents, count(tally.scroll.len())), 0)
        }
        "percentage" => (Fraction::of(100 * count(tally.visitors.len()), count(total_visitors)).or(zero), 1),
        other => panic!("no metric '{other}'"),
    }
}
