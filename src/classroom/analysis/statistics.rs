//! The few figures of statistics that an item analysis is made of.

/// How many, as a number to reckon with: no class has so many that one is lost.
pub(in crate::classroom) fn count(many: usize) -> f64 {
    u32::try_from(many).map_or(f64::INFINITY, f64::from)
}

/// The mean; none of nothing.
pub(in crate::classroom) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// The covariance over `n - 1`; none of fewer than two.
pub(super) fn covariance(x: &[f64], y: &[f64]) -> Option<f64> {
    let (over_x, over_y) = (mean(x)?, mean(y)?);
    let sum: f64 = x.iter().zip(y).map(|(x, y)| (x - over_x) * (y - over_y)).sum();
    (x.len() > 1).then(|| sum / count(x.len() - 1))
}

/// The standard deviation over `n - 1`; none of fewer than two.
pub(in crate::classroom) fn deviation(values: &[f64]) -> Option<f64> {
    covariance(values, values).map(f64::sqrt)
}

/// All values are one: a variance that is zero, whatever rounding makes of it.
pub(super) fn is_constant(values: &[f64]) -> bool {
    values.iter().zip(values.iter().skip(1)).all(|(one, next)| one.total_cmp(next).is_eq())
}

/// Moodle's discrimination index, 100 · cov(x, y) / √(var x · var y). None where x or y does not vary.
pub(super) fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    if is_constant(x) || is_constant(y) {
        return None;
    }
    Some(100.0 * covariance(x, y)? / (covariance(x, x)? * covariance(y, y)?).sqrt())
}

/// The discrimination index, and the discriminative efficiency: 100 · cov(x, y) over the covariance that the same marks would
/// have if the best in the one were the best in the other.
pub(super) fn indices(x: &[f64], y: &[f64]) -> Option<(f64, f64)> {
    let discrimination = correlation(x, y)?;
    let most = covariance(&sorted(x), &sorted(y))?;
    Some((discrimination, 100.0 * covariance(x, y)? / most))
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The middle one, or the mean of the two in the middle.
pub(in crate::classroom) fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = (middle < values.len()).then(|| values.select_nth_unstable_by(middle, f64::total_cmp))?;
    if odd {
        return Some(*upper);
    }
    below.iter().copied().reduce(f64::max).map(|lower| f64::midpoint(lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    #[test]
    fn indices_are_those_of_a_hand() {
        // x: 1 1 0 0, mean 1/2; y: 3 2 2 1, mean 2. cov = (½·1 + 0 + 0 + ½·1)/3 = 1/3; var x = 1/3, var y = 2/3.
        let (discrimination, efficiency) = indices(&[1.0, 1.0, 0.0, 0.0], &[3.0, 2.0, 2.0, 1.0]).expect("both vary");
        assert!(near(discrimination, 100.0 / 2_f64.sqrt()), "{discrimination}");
        assert!(near(efficiency, 100.0), "{efficiency}");
        // The one who is best elsewhere and the one who is worst are wrong: the two products cancel.
        let (discrimination, efficiency) = indices(&[0.0, 1.0, 1.0, 0.0], &[3.0, 2.0, 2.0, 1.0]).expect("both vary");
        assert!(near(discrimination, 0.0) && near(efficiency, 0.0));
        // Turned round: cov = -1/3, of 1/3 at most.
        let (discrimination, efficiency) = indices(&[0.0, 0.0, 1.0, 1.0], &[3.0, 2.0, 2.0, 1.0]).expect("both vary");
        assert!(near(discrimination, -100.0 / 2_f64.sqrt()) && near(efficiency, -100.0));
    }

    #[test]
    fn what_does_not_vary_has_no_index_whatever_rounding_says() {
        assert_eq!(indices(&[1.0, 1.0, 1.0], &[0.1, 0.2, 0.3]), None);
        assert_eq!(indices(&[1.0, 0.0, 1.0], &[0.1, 0.1, 0.1]), None);
        assert_eq!(indices(&[], &[]), None);
    }

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!((median(vec![7.0]), median(vec![])), (Some(7.0), None));
    }

    #[test]
    fn a_deviation_is_over_n_less_one() {
        let deviation = deviation(&[0.0, 1.0, 1.0, 0.0]).expect("there are two");
        assert!(near(deviation, (1.0 / 3.0_f64).sqrt()));
        assert_eq!(super::deviation(&[1.0]), None);
    }
}
