//! The vertical axis: from zero to a round number, in round steps.

/// What the values are, which decides what a round number is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Whole things: no half steps.
    Count,
    /// Any number.
    Number,
    /// Percent: the axis never goes beyond 100.
    Percent,
    /// Seconds: minutes and hours are round.
    Seconds,
}

/// A vertical axis from zero.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    /// The value at the top; above zero.
    pub top: f64,
    /// From one line to the next.
    pub step: f64,
}

const STEPS_WANTED: f64 = 4.0;
const ROUND_SECONDS: [f64; 14] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0];

impl Scale {
    /// An axis that holds `largest`, in three to six steps.
    pub fn for_largest(largest: f64, unit: Unit) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
        let rough = largest / STEPS_WANTED;
        let step = match unit {
            Unit::Count => round_up(rough).max(1.0),
            Unit::Number => round_up(rough),
            Unit::Percent => round_up(rough).clamp(1.0, 25.0),
            Unit::Seconds => ROUND_SECONDS.into_iter().find(|step| *step >= rough).unwrap_or_else(|| round_up(rough / 3600.0) * 3600.0),
        };
        let top = (largest / step).ceil() * step;
        Self { top: if unit == Unit::Percent { top.min(100.0_f64.max(largest)) } else { top }, step }
    }

    /// The values that get a line, zero first.
    pub fn lines(self) -> impl Iterator<Item = f64> {
        let count = (self.top / self.step + 1e-9).floor() as u32;
        (0..=count).map(move |at| f64::from(at) * self.step)
    }
}

/// The next of 1, 2, 5, 10, 20, 50, … (and 2.5, 25, … where that is closer).
fn round_up(rough: f64) -> f64 {
    let magnitude = 10_f64.powf(rough.log10().floor());
    let leading = rough / magnitude;
    let round = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|round| *round >= leading - 1e-9).unwrap_or(10.0);
    let step = round * magnitude;
    // 2.5 of whole things are no step.
    if step < 10.0 && step.fract() != 0.0 && rough >= 1.0 { 5.0 * magnitude } else { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(largest: f64, unit: Unit) -> Vec<f64> {
        Scale::for_largest(largest, unit).lines().collect()
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(lines(4_137.0, Unit::Count), [0.0, 2_000.0, 4_000.0, 6_000.0]);
        assert_eq!(lines(3.0, Unit::Count), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(lines(1.0, Unit::Count), [0.0, 1.0]);
        assert_eq!(lines(0.0, Unit::Count), [0.0, 1.0]);
        assert_eq!(lines(100.0, Unit::Percent), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(lines(161.0, Unit::Seconds), [0.0, 60.0, 120.0, 180.0]);
        assert_eq!(lines(2.46, Unit::Number), [0.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn every_axis_holds_its_largest_value_in_few_lines() {
        for unit in [Unit::Count, Unit::Number, Unit::Percent, Unit::Seconds] {
            for n in 1..3_000 {
                let largest = if unit == Unit::Percent { f64::from(n % 101).max(0.5) } else { f64::from(n) * 1.7 };
                let scale = Scale::for_largest(largest, unit);
                let lines: Vec<f64> = scale.lines().collect();
                assert!(scale.top >= largest, "{unit:?} {largest} {scale:?}");
                assert!((2..=7).contains(&lines.len()), "{unit:?} {largest} {lines:?}");
                if unit == Unit::Count {
                    assert!(scale.step.fract() == 0.0, "{largest} {scale:?}");
                }
            }
        }
    }
}
