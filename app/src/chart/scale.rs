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

const ROUND_SECONDS: [f64; 14] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0];

impl Scale {
    /// An axis that holds `largest`: of the round steps that make three to five, the one that leaves least above it.
    pub fn for_largest(largest: f64, unit: Unit) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
        let fits = steps(largest, unit).into_iter().map(|step| Scale { top: (largest / step - 1e-9).ceil() * step, step });
        let few = fits.clone().filter(|scale| (3..=5).contains(&scale.count()));
        let best = few.min_by(|a, b| a.top.total_cmp(&b.top).then(b.step.total_cmp(&a.step)));
        // Small whole numbers have fewer steps than three.
        best.or_else(|| fits.into_iter().find(|scale| scale.count() <= 5)).unwrap_or(Scale { top: largest, step: largest })
    }

    /// The values that get a line, zero first.
    pub fn lines(self) -> impl Iterator<Item = f64> {
        (0..=self.count()).map(move |at| f64::from(at) * self.step)
    }

    fn count(self) -> u32 {
        (self.top / self.step).round() as u32
    }
}

/// Round steps around a fourth of `largest`, smallest first.
fn steps(largest: f64, unit: Unit) -> Vec<f64> {
    let magnitude = 10_f64.powf((largest / 4.0).log10().floor());
    let round = [0.5, 1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * magnitude);
    match unit {
        Unit::Count => {
            let whole: Vec<f64> = round.into_iter().filter(|step| *step >= 1.0 && step.fract() == 0.0).collect();
            if whole.is_empty() { vec![1.0] } else { whole }
        }
        Unit::Number => round.to_vec(),
        Unit::Percent => vec![0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0],
        Unit::Seconds if largest > 7200.0 * 5.0 => round.map(|step| (step / 3600.0).ceil() * 3600.0).to_vec(),
        Unit::Seconds => ROUND_SECONDS.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(largest: f64, unit: Unit) -> Vec<f64> {
        Scale::for_largest(largest, unit).lines().collect()
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(lines(4_137.0, Unit::Count), [0.0, 1_000.0, 2_000.0, 3_000.0, 4_000.0, 5_000.0]);
        assert_eq!(lines(3.0, Unit::Count), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(lines(1.0, Unit::Count), [0.0, 1.0]);
        assert_eq!(lines(0.0, Unit::Count), [0.0, 1.0]);
        assert_eq!(lines(100.0, Unit::Percent), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(lines(161.0, Unit::Seconds), [0.0, 60.0, 120.0, 180.0]);
        assert_eq!(lines(2.46, Unit::Number), [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
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
