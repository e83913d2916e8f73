//! Numbers by chance, the same in every run (Marsaglia 2003, "Xorshift RNGs").

/// See the module. Begun with any number but 0.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// Below a bound.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// From -1 to 1.
    pub(super) fn around_nothing(&mut self) -> f32 {
        const STEPS: u64 = 1 << 23;
        self.below(2 * STEPS) as f32 / STEPS as f32 - 1.0
    }

    /// Another order.
    pub(super) fn shuffle<T>(&mut self, some: &mut [T]) {
        for at in (1..some.len()).rev() {
            some.swap(at, self.below(at as u64 + 1) as usize);
        }
    }
}
