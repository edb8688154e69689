//! Reproducible choices from a recorded seed.
//!
//! A seed is stored with the attempt it ordered and must give the same order for as long as the record lives, so the
//! generator is fixed here rather than taken from a crate that may change its sequence between versions.
//! `SplitMix64`: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.

/// A stream of seeds, itself started from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeds(u64);

impl Seeds {
    /// A stream that starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of the stream.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be zero (zero is answered with zero).
    ///
    /// Multiply-shift reduction; its bias is below 2^-56 for the sizes drawn here.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.draw()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or_default()
    }
}

/// A permutation of `0..count` (Fisher and Yates) that depends on nothing but `seed` and `salt`.
///
/// The salt is the id of what is shuffled, so that the layers of one attempt are ordered independently.
pub fn permutation(seed: u64, salt: &str, count: usize) -> Vec<usize> {
    let mixed = salt.bytes().fold(seed, |sum, byte| Seeds::new(sum ^ u64::from(byte)).draw());
    let mut seeds = Seeds::new(mixed);
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, seeds.below(last + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_sequence() {
        let mut seeds = Seeds::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| seeds.draw()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn an_order_holds_every_place_once_and_differs_between_layers() {
        let order = permutation(7, "image", 5);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4]);
        assert_eq!(order, permutation(7, "image", 5), "the same seed gives the same order");
        let layers = ["a", "b", "c", "d", "e", "f"].map(|id| permutation(7, id, 5));
        assert!(layers.iter().any(|other| *other != layers[0]), "all layers got one order");
    }

    #[test]
    fn every_place_comes_first_about_equally_often() {
        let mut first = [0_u32; 4];
        for seed in 0..4_000 {
            first[permutation(seed, "row", 4)[0]] += 1;
        }
        assert!(first.iter().all(|count| (850..1_150).contains(count)), "{first:?}");
    }
}
