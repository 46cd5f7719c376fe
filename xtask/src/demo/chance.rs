//! A small generator (xorshift): a demo needs variety, not secrecy, and the same one every time.

/// Numbers that look like chance.
pub struct Chance(u64);

impl Chance {
    /// The same seed, the same numbers.
    pub fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    /// True this often in a hundred times.
    pub fn percent(&mut self, of_100: usize) -> bool {
        self.below(100) < of_100
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// One of a list whose parts say how often they are wanted.
    pub fn weigh<T: Copy>(&mut self, list: &[(T, usize)]) -> T {
        let mut at = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (item, weight) in list {
            match at.checked_sub(*weight) {
                None => return *item,
                Some(rest) => at = rest,
            }
        }
        unreachable!("the weights add up to more than was drawn")
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn weights_are_kept_roughly_and_a_seed_repeats() {
        let mut chance = Chance::new(3);
        let rare = (0..1000).filter(|_| chance.weigh(&[("often", 9), ("rarely", 1)]) == "rarely").count();
        assert!((50..200).contains(&rare), "{rare}");
        let draw = |seed| Chance::new(seed).below(1 << 30);
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
