//! The Brownian bridge: builds a path from coarse to fine.

use wherewithal_math::random::{LANES, Lanes};

/// The order in which the levels of a random walk of unit steps are computed: the last first, then the midpoints
/// between known levels (R. Caflisch and B. Moskowitz 1995; P. Glasserman, "Monte Carlo Methods in Financial
/// Engineering", 2003, section 3.1). So the first numbers determine the long run, and the last only the detail.
#[derive(Debug, Clone)]
pub(super) struct BrownianBridge {
    points: Vec<Point>,
}

/// A level: the weighted mean of two known ones, plus a deviation.
#[derive(Debug, Clone)]
struct Point {
    step: usize,
    left: usize,
    right: usize,
    left_weight: f64,
    right_weight: f64,
    deviation: f64,
}

impl BrownianBridge {
    pub(super) fn new(steps: usize) -> Self {
        let last = Point {
            step: steps,
            left: 0,
            right: 0,
            left_weight: 0.0,
            right_weight: 0.0,
            deviation: (steps as f64).sqrt(),
        };
        let mut points = vec![last];
        let mut gaps = std::collections::VecDeque::from([(0, steps)]);
        while let Some((left, right)) = gaps.pop_front() {
            if right - left < 2 {
                continue;
            }
            let step = left.midpoint(right);
            let (before, after, gap) = ((step - left) as f64, (right - step) as f64, (right - left) as f64);
            points.push(Point {
                step,
                left,
                right,
                // The conditional distribution of a Brownian motion between two known levels (Glasserman 2003, section
                // 3.1).
                left_weight: after / gap,
                right_weight: before / gap,
                deviation: (before * after / gap).sqrt(),
            });
            gaps.push_back((left, step));
            gaps.push_back((step, right));
        }
        Self { points }
    }

    /// Converts independent standard normal numbers of `width` variables, which `draw(point, variable)` gives in order
    /// of importance, to those of the steps, row by row. `levels` is working memory.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        reason = "steps of the bridge are within the levels, which have one row more"
    )]
    pub(super) fn steps(
        &self,
        width: usize,
        levels: &mut Vec<Lanes>,
        normals: &mut [Lanes],
        mut draw: impl FnMut(usize, usize) -> Lanes,
    ) {
        levels.clear();
        levels.resize((self.points.len() + 1) * width, [0.0; LANES]);
        for (index, point) in self.points.iter().enumerate() {
            for variable in 0..width {
                let drawn = draw(index, variable);
                let (left, right) =
                    (levels[point.left * width + variable], levels[point.right * width + variable]);
                let level = &mut levels[point.step * width + variable];
                for lane in 0..LANES {
                    level[lane] = point.left_weight * left[lane]
                        + point.right_weight * right[lane]
                        + point.deviation * drawn[lane];
                }
            }
        }
        for (index, normal) in normals.iter_mut().enumerate() {
            for lane in 0..LANES {
                // The differences of levels are again independent standard normal numbers, one for each step.
                normal[lane] = levels[index + width][lane] - levels[index][lane];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix that turns the drawn numbers into those of the steps.
    fn matrix(steps: usize) -> Vec<Vec<f64>> {
        let bridge = BrownianBridge::new(steps);
        assert_eq!(bridge.points.len(), steps);
        let mut columns = Vec::new();
        for unit in 0..steps {
            let mut normals = vec![[0.0; LANES]; steps];
            let one = |index, _| [if index == unit { 1.0 } else { 0.0 }; LANES];
            bridge.steps(1, &mut Vec::new(), &mut normals, one);
            columns.push(normals.iter().map(|row| row[3]).collect());
        }
        columns
    }

    #[test]
    fn the_bridge_is_a_rotation() {
        for steps in [1, 2, 3, 7, 40, 64] {
            let columns = matrix(steps);
            for (i, a) in columns.iter().enumerate() {
                for (j, b) in columns.iter().enumerate() {
                    let product: f64 = a.iter().zip(b).map(|(a, b): (&f64, &f64)| a * b).sum();
                    let expected = if i == j { 1.0 } else { 0.0 };
                    assert!((product - expected).abs() < 1e-13, "{steps} {i} {j} {product}");
                }
            }
        }
    }

    #[test]
    fn the_first_number_alone_decides_the_sum_and_the_second_the_halves() {
        let columns = matrix(8);
        let sums: Vec<f64> = columns.iter().map(|column| column.iter().sum()).collect();
        assert!((sums[0] - 8f64.sqrt()).abs() < 1e-14);
        assert!(sums[1..].iter().all(|sum: &f64| sum.abs() < 1e-14));
        let halves: Vec<f64> = columns.iter().map(|column| column[..4].iter().sum()).collect();
        assert!((halves[1] - 2f64.sqrt()).abs() < 1e-14);
        assert!(halves[2..].iter().all(|half: &f64| half.abs() < 1e-14));
    }
}
