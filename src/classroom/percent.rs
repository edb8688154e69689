//! Per cent with two decimals, as gradebooks hold them.

use std::fmt;

use serde::{Serialize, Serializer};

/// A share in hundredths of a per cent: exact sums, and one rounding, where the share is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

impl Percent {
    /// `points` of `out_of`, rounded half up to a hundredth of a per cent; nothing out of nothing is nothing.
    pub fn of(points: u32, out_of: u32) -> Self {
        if out_of == 0 {
            return Self(0);
        }
        let (points, out_of) = (u64::from(points), u64::from(out_of));
        Self(u32::try_from((points * 20_000 + out_of) / (2 * out_of)).unwrap_or(u32::MAX))
    }

    /// So many per cent.
    pub const fn whole(percent: u32) -> Self {
        Self(percent.saturating_mul(100))
    }

    /// Less `other`, never below nothing.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// In hundredths of a per cent.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// The mean of some shares by their weights, rounded half up; none where they weigh nothing.
    pub fn mean(shares: impl IntoIterator<Item = (Self, u32)>) -> Option<Self> {
        let add = |(sum, all): (u64, u64), (share, weight): (Self, u32)| {
            (sum + u64::from(share.0) * u64::from(weight), all + u64::from(weight))
        };
        let (sum, all) = shares.into_iter().fold((0, 0), add);
        (all > 0).then(|| Self(u32::try_from((2 * sum + all) / (2 * all)).unwrap_or(u32::MAX)))
    }
}

/// As every gradebook reads it: a point, no needless zeros, no sign.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

/// As a number.
impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(f64::from(self.0) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_once_and_printed_short() {
        let shown =
            [(1, 3), (2, 3), (7, 8), (1, 2), (3, 3), (0, 0)].map(|(points, all)| Percent::of(points, all).to_string());
        assert_eq!(shown, ["33.33", "66.67", "87.5", "50", "100", "0"]);
        assert_eq!(Percent(5).to_string(), "0.05");
    }

    #[test]
    fn a_mean_is_weighted() {
        let mean = Percent::mean([(Percent::whole(100), 3), (Percent::whole(0), 1), (Percent::whole(7), 0)]);
        assert_eq!(mean, Some(Percent::whole(75)));
        assert_eq!(Percent::mean([(Percent::whole(7), 0)]), None);
    }
}
