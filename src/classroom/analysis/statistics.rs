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

/// Moodle's discrimination index, 100 · cov(x, y) / √(var x · var y), and its discriminative efficiency, 100 · cov(x, y) over
/// the covariance that the same marks would have if the best in the one were the best in the other. None where x or y does
/// not vary.
pub(super) fn indices(x: &[f64], y: &[f64]) -> Option<(f64, f64)> {
    if is_constant(x) || is_constant(y) {
        return None;
    }
    let together = covariance(x, y)?;
    let spread = (covariance(x, x)? * covariance(y, y)?).sqrt();
    let most = covariance(&sorted(x), &sorted(y))?;
    Some((100.0 * together / spread, 100.0 * together / most))
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

/// How many standard errors lie between two shares, `one` of `of_one` and `other` of `of_other`, were they the same.
pub(super) fn apart((one, of_one): (usize, usize), (other, of_other): (usize, usize)) -> f64 {
    let [one, of_one, other, of_other] = [one, of_one, other, of_other].map(count);
    if of_one == 0.0 || of_other == 0.0 {
        return 0.0;
    }
    let both = (one + other) / (of_one + of_other);
    let error = (both * (1.0 - both) * (of_one.recip() + of_other.recip())).sqrt();
    if error > 0.0 { (one / of_one - other / of_other) / error } else { 0.0 }
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
        // The best of the rest wrong: cov = (-½·1 + ½·0 + ½·0 ... ) worked out: x 0 1 1 0 against the same y.
        let (discrimination, efficiency) = indices(&[0.0, 1.0, 1.0, 0.0], &[3.0, 2.0, 2.0, 1.0]).expect("both vary");
        assert!(near(discrimination, 0.0) && near(efficiency, 0.0));
        // And turned round: cov = -1/3 of a most of 1/3.
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

    #[test]
    fn shares_are_far_apart_by_their_errors() {
        // 40 of 50 against 20 of 50: 0.4 / √(0.6 · 0.4 · 2/50).
        assert!(near(apart((40, 50), (20, 50)), 0.4 / (0.24_f64 * 0.04).sqrt()));
        assert!(near(apart((5, 5), (5, 5)), 0.0) && near(apart((0, 0), (1, 5)), 0.0));
    }
}
