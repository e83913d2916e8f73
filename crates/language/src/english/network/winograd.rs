//! A convolution over three neighbouring rows by minimal filtering: four rows out of six rows in, with six products
//! of matrices where the plain way needs twelve.
//!
//! F(4, 3) of Winograd ("Arithmetic Complexity of Computations", 1980) with the matrices of Lavin and Gray ("Fast
//! Algorithms for Convolutional Neural Networks", 2016, section 4.3), in one dimension: `out = Aᵀ[(G·g) ⊙ (Bᵀ·d)]`,
//! where each number of `d` is a row and each number of `g` a matrix. Rounding differs from the plain product by some
//! units of the sixth place; the readings of the reference texts do not change by it.

use super::{WIDE, WIDTH};
use ndarray::{Array2, Array3, ArrayView2, Axis};

/// Rows that one tile gives.
pub(super) const OUT: usize = 4;
/// Products that it takes, and rows that it sees.
const POINTS: usize = OUT + 2;

/// The points' weights as sums of the three neighbours' weights: `G`.
const WEIGHTS: [[f32; 3]; POINTS] = [
    [1.0 / 4.0, 0.0, 0.0],
    [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
    [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
    [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
    [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
    [0.0, 0.0, 1.0],
];

/// Weights of a convolution, one matrix a point.
#[derive(Debug)]
pub(super) struct Filter {
    points: [Array2<f32>; POINTS],
}

impl Filter {
    /// `weights` are three matrices below each other: for the row before, the row itself, the row behind.
    pub(super) fn new(weights: &Array2<f32>) -> Self {
        let side = |side: usize| weights.slice_axis(Axis(0), (side * WIDTH..(side + 1) * WIDTH).into());
        let sides: [ArrayView2<f32>; 3] = [side(0), side(1), side(2)];
        let point = |shares: [f32; 3]| {
            let mut sum = Array2::zeros((WIDTH, WIDE));
            sides.iter().zip(shares).for_each(|(side, share)| sum.scaled_add(share, side));
            sum
        };
        Self { points: WEIGHTS.map(point) }
    }

    /// The products of every tile. Rows are three or more; the first and the last are only seen.
    pub(super) fn apply(&self, rows: &[[f32; WIDTH]]) -> Products {
        let seen = transform(rows, rows.len().saturating_sub(2).div_ceil(OUT));
        let points = seen.outer_iter().zip(&self.points).map(|(seen, weights)| seen.dot(weights));
        Products(points.collect())
    }
}

/// What a convolution's points give, tile by tile.
#[derive(Debug)]
pub(super) struct Products(Vec<Array2<f32>>);

impl Products {
    /// The sums of a tile's four rows: `Aᵀ·m`. Those behind the last row mean nothing.
    pub(super) fn tile(&self, tile: usize, sums: &mut [[f32; WIDE]; OUT]) {
        let row = |point: usize| {
            let (rows, _) = self.0[point].as_slice().unwrap_or_default().as_chunks::<WIDE>();
            &rows[tile]
        };
        let m: [&[f32; WIDE]; POINTS] = std::array::from_fn(row);
        for at in 0..WIDE {
            let (near, near_odd) = (m[1][at] + m[2][at], m[1][at] - m[2][at]);
            let (far, far_odd) = (m[3][at] + m[4][at], m[3][at] - m[4][at]);
            sums[0][at] = m[0][at] + near + far;
            sums[1][at] = near_odd + 2.0 * far_odd;
            sums[2][at] = near + 4.0 * far;
            sums[3][at] = near_odd + 8.0 * far_odd + m[5][at];
        }
    }
}

/// Each tile's rows for each point: `Bᵀ·d`. Behind the last row are zeros.
fn transform(rows: &[[f32; WIDTH]], tiles: usize) -> Array3<f32> {
    const NONE: [f32; WIDTH] = [0.0; WIDTH];
    let mut seen = Array3::zeros((POINTS, tiles, WIDTH));
    let (places, _) = seen.as_slice_mut().unwrap_or_default().as_chunks_mut::<WIDTH>();
    let mut points = [[0.0; WIDTH]; POINTS];
    for tile in 0..tiles {
        let d: [&[f32; WIDTH]; POINTS] = std::array::from_fn(|at| rows.get(tile * OUT + at).unwrap_or(&NONE));
        for at in 0..WIDTH {
            let even = (d[4][at] - 4.0 * d[2][at], d[4][at] - d[2][at]);
            let odd = (d[3][at] - 4.0 * d[1][at], 2.0 * (d[3][at] - d[1][at]));
            points[0][at] = 4.0 * d[0][at] - 5.0 * d[2][at] + d[4][at];
            points[1][at] = even.0 + odd.0;
            points[2][at] = even.0 - odd.0;
            points[3][at] = even.1 + odd.1;
            points[4][at] = even.1 - odd.1;
            points[5][at] = 4.0 * d[1][at] - 5.0 * d[3][at] + d[5][at];
        }
        for (point, row) in points.iter().enumerate() {
            places[point * tiles + tile] = *row;
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::{Filter, OUT, WIDE, WIDTH};
    use ndarray::{Array2, ArrayView2, ShapeBuilder};

    /// Numbers between -1 and 1 without order.
    fn number(at: usize) -> f32 {
        ((at * 7919 + 104_729) % 2003) as f32 / 1001.0 - 1.0
    }

    #[test]
    fn filtering_equals_the_plain_product() {
        let weights =
            Array2::from_shape_fn((3 * WIDTH, WIDE), |(input, output)| number(input * WIDE + output));
        let filter = Filter::new(&weights);
        for rows in 3..16 {
            let numbers: Vec<f32> = (0..rows * WIDTH).map(number).collect();
            let windows =
                ArrayView2::from_shape((rows - 2, 3 * WIDTH).strides((WIDTH, 1)), &numbers).unwrap();
            let plain = windows.dot(&weights);
            let products = filter.apply(numbers.as_chunks::<WIDTH>().0);
            let mut sums = [[0.0; WIDE]; OUT];
            for (row, expect) in plain.rows().into_iter().enumerate() {
                products.tile(row / OUT, &mut sums);
                for (sum, expect) in sums[row % OUT].iter().zip(expect) {
                    assert!((sum - expect).abs() < 1e-3, "row {row} of {rows}: {sum} instead of {expect}");
                }
            }
        }
    }
}
