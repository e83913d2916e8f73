//! Where a name has room beside its point: the first of some places that nothing else has taken.

/// Width of a letter and height of a line, in user units, as the stylesheet sets the letters.
const LETTER: f64 = 7.1;
const LINE: f64 = 15.0;

/// A rectangle that something covers.
#[derive(Clone, Copy)]
pub(super) struct Box {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Box {
    pub(super) fn around(at: (f64, f64), radius: f64) -> Self {
        Self { left: at.0 - radius, top: at.1 - radius, right: at.0 + radius, bottom: at.1 + radius }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// A name's place, from its point.
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: &'static str,
}

/// What is taken on a picture.
#[derive(Default)]
pub(super) struct Labels {
    taken: Vec<Box>,
}

impl Labels {
    pub(super) fn take(&mut self, covered: Box) {
        self.taken.push(covered);
    }

    /// Room for a name: right of its point, left, above, below; none when all are taken.
    pub(super) fn place(
        &mut self,
        name: &str,
        at: (f64, f64),
        radius: f64,
        width: f64,
        height: f64,
    ) -> Option<Label> {
        let length = name.chars().count() as f64 * LETTER;
        let away = radius + 4.0;
        let ways: &[(f64, f64, &'static str)] = if radius == 0.0 {
            &[(0.0, 4.0, "middle"), (0.0, 20.0, "middle"), (0.0, -12.0, "middle")]
        } else {
            &[(away, 4.5, "start"), (-away, 4.5, "end"), (0.0, -away, "middle"), (0.0, away + 11.0, "middle")]
        };
        for &(x, y, anchor) in ways {
            let left = match anchor {
                "start" => at.0 + x,
                "end" => at.0 + x - length,
                _ => at.0 - length / 2.0,
            };
            let covered =
                Box { left, top: at.1 + y - 12.0, right: left + length, bottom: at.1 + y - 12.0 + LINE };
            let inside = covered.left >= 2.0
                && covered.right <= width - 2.0
                && covered.top >= 2.0
                && covered.bottom <= height - 2.0;
            if inside && !self.taken.iter().any(|taken| taken.meets(&covered)) {
                self.taken.push(covered);
                return Some(Label { x, y, anchor });
            }
        }
        None
    }
}
