//! Roots of functions of one variable.
//!
//! Both methods keep a bracket: two points where the function has opposite signs. So the root of a continuous function
//! is always found, and a call returns a root with its residual, or an error that gives the reason.

use wherewithal_base::{Error, ErrorCode, Result, wire::Wire};

/// A root and its accuracy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The argument at which the function is zero.
    pub value: f64,
    /// The value of the function at `value`.
    pub residual: f64,
    /// The number of evaluations of the function.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
}

/// The kind of a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum RootStatus {
    /// The function is exactly zero there.
    Exact,
    /// The function changes sign there, within the tolerance.
    Converged,
    /// The function touches zero without changing sign: a double root. Only about half of the digits are
    /// known.
    Tangent,
}

/// Root finding by bisection, secant and inverse quadratic interpolation.
///
/// It needs no derivative, and at most a few times as many evaluations as bisection. (R. P. Brent, "Algorithms for
/// Minimization without Derivatives", 1973, chapter 4.)
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::Brent;
///
/// let root = Brent::default().find(1.0, 2.0, |x| x * x - 2.0)?;
/// assert!((root.value - 2.0_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Brent {
    /// The width of the final bracket, in addition to four units in the last place; zero or positive.
    pub tolerance: f64,
    /// The most evaluations of the function.
    pub max_iterations: u32,
}

impl Default for Brent {
    /// Accurate to the last bits for roots above about 1e-15, within 200 evaluations.
    fn default() -> Self {
        Self { tolerance: 1e-16, max_iterations: 200 }
    }
}

impl Brent {
    /// A root of `function` between `lower` and `upper`, where it must have opposite signs.
    ///
    /// # Errors
    /// - `solve.not_finite` if a bound or a value of the function is NaN or infinite.
    /// - `solve.not_bracketed` if the signs at the bounds are the same.
    /// - `solve.not_converged` if the evaluations are used up.
    pub fn find(self, lower: f64, upper: f64, mut function: impl FnMut(f64) -> f64) -> Result<Root> {
        let (mut a, mut b) = (finite(lower)?, finite(upper)?);
        let (mut at_a, mut at_b) = (finite(function(a))?, finite(function(b))?);
        require_bracket(a, at_a, b, at_b)?;
        // `b` is the best point so far, `a` the previous one, and `c` is on the other side of the root from `b`.
        let (mut c, mut at_c) = (a, at_a);
        let (mut step, mut previous_step) = (b - a, b - a);
        for iterations in 2..=self.max_iterations {
            // The last step did not cross the root, so the point before it is the other end of the bracket.
            if (at_b > 0.0) == (at_c > 0.0) {
                (c, at_c) = (a, at_a);
                (step, previous_step) = (b - a, b - a);
            }
            if at_c.abs() < at_b.abs() {
                (a, b, c) = (b, c, b);
                (at_a, at_b, at_c) = (at_b, at_c, at_b);
            }
            let tolerance = 2.0 * f64::EPSILON * b.abs() + 0.5 * self.tolerance;
            let to_middle = 0.5 * (c - b);
            if at_b == 0.0 || to_middle.abs() <= tolerance {
                return Ok(settled(b, at_b, iterations));
            }
            let interpolated = interpolation_step([a, b, c], [at_a, at_b, at_c]);
            let usable = previous_step.abs() >= tolerance
                && at_a.abs() > at_b.abs()
                && interpolated.abs() < 0.5 * previous_step.abs()
                // It must lead towards the middle, and not past three quarters of the bracket.
                && interpolated * to_middle > 0.0
                && interpolated.abs() < 1.5 * to_middle.abs() - 0.5 * tolerance;
            (previous_step, step) = if usable { (step, interpolated) } else { (to_middle, to_middle) };
            (a, at_a) = (b, at_b);
            // A shorter step could approach the root from one side only, and the bracket would never shrink.
            b += if step.abs() > tolerance { step } else { tolerance.copysign(to_middle) };
            at_b = finite(function(b))?;
        }
        Err(not_converged(self.max_iterations, b, at_b))
    }
}

/// The step from the best of three points to the root of the line, or of the inverse parabola, through them.
fn interpolation_step([a, b, c]: [f64; 3], [at_a, at_b, at_c]: [f64; 3]) -> f64 {
    let ratio = at_b / at_a;
    if a == c {
        return (c - b) * ratio / (1.0 - ratio);
    }
    let (q, r) = (at_a / at_c, at_b / at_c);
    let numerator = ratio * ((c - b) * q * (q - r) - (b - a) * (r - 1.0));
    let denominator = (q - 1.0) * (r - 1.0) * (ratio - 1.0);
    -numerator / denominator
}

/// Newton's method inside a bracket: a step that leaves the bracket, or is more than half as long as the previous one,
/// is replaced by bisection.
///
/// (The safeguard is that of W. H. Press et al., "Numerical Recipes", section 9.4.)
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::Newton;
///
/// let root = Newton::default().find(0.0, 2.0, 1.0, |x| (x * x * x - 2.0, 3.0 * x * x))?;
/// assert!((root.value * root.value * root.value - 2.0).abs() < 1e-15);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Newton {
    /// The length of the last step, in addition to two units in the last place; zero or positive.
    pub tolerance: f64,
    /// The most evaluations of the function.
    pub max_iterations: u32,
}

impl Default for Newton {
    /// Accurate to the last bits for roots above about 1e-15, within 200 evaluations.
    fn default() -> Self {
        Self { tolerance: 1e-16, max_iterations: 200 }
    }
}

impl Newton {
    /// A root between `lower` and `upper`, where the function must have opposite signs; `function` returns its value
    /// and its derivative. The first step starts from `start`, or from the middle if `start` is outside.
    ///
    /// # Errors
    /// Those of [`Brent::find`]. A derivative that is zero or not finite leads to bisection, not to an error.
    pub fn find(
        self,
        lower: f64,
        upper: f64,
        start: f64,
        mut function: impl FnMut(f64) -> (f64, f64),
    ) -> Result<Root> {
        let (mut a, mut b) = (finite(lower)?.min(upper), finite(upper)?.max(lower));
        let (at_a, at_b) = (finite(function(a).0)?, finite(function(b).0)?);
        require_bracket(a, at_a, b, at_b)?;
        if at_a == 0.0 || at_b == 0.0 {
            return Ok(settled(if at_a == 0.0 { a } else { b }, 0.0, 2));
        }
        let rising = at_b > 0.0;
        let mut x = if start > a && start < b { start } else { a + 0.5 * (b - a) };
        let mut previous_step = b - a;
        let mut at_x = at_a;
        for iterations in 3..=self.max_iterations {
            let (value, slope) = function(x);
            at_x = finite(value)?;
            if at_x == 0.0 {
                return Ok(settled(x, at_x, iterations));
            }
            if (at_x > 0.0) == rising {
                b = x;
            } else {
                a = x;
            }
            let newton = x - at_x / slope;
            let usable = newton > a && newton < b && 2.0 * (newton - x).abs() <= previous_step;
            let next = if usable { newton } else { a + 0.5 * (b - a) };
            previous_step = (next - x).abs();
            let tolerance = 2.0 * f64::EPSILON * x.abs() + self.tolerance;
            if previous_step <= tolerance || b - a <= tolerance {
                return Ok(settled(x, at_x, iterations));
            }
            x = next;
        }
        Err(not_converged(self.max_iterations, x, at_x))
    }
}

fn settled(value: f64, residual: f64, iterations: u32) -> Root {
    let status = if residual == 0.0 { RootStatus::Exact } else { RootStatus::Converged };
    Root { value, residual, iterations, status }
}

fn finite(value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::new(ErrorCode::SolveNotFinite, format!("the search for a root met the value {value}")))
}

fn require_bracket(lower: f64, at_lower: f64, upper: f64, at_upper: f64) -> Result<()> {
    if at_lower == 0.0 || at_upper == 0.0 || (at_lower > 0.0) != (at_upper > 0.0) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::SolveNotBracketed,
        format!("the function has the same sign at {lower} ({at_lower:?}) and at {upper} ({at_upper:?})"),
    ))
}

fn not_converged(limit: u32, value: f64, residual: f64) -> Error {
    Error::new(
        ErrorCode::SolveNotConverged,
        format!("no root after {limit} evaluations; the last was {residual:?} at {value}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Case = (&'static str, f64, f64, fn(f64) -> f64, fn(f64) -> f64, f64);

    /// Roots by mpmath 1.4.1 at 40 digits (`findroot`), or known in closed form.
    const CASES: &[Case] = &[
        ("x^2 - 2", 0.0, 5.0, |x| x * x - 2.0, |x| 2.0 * x, std::f64::consts::SQRT_2),
        ("e^-x - x", 0.0, 1.0, |x| libm::exp(-x) - x, |x| -libm::exp(-x) - 1.0, 0.567_143_290_409_783_8),
        ("cos x - x", -5.0, 5.0, |x| libm::cos(x) - x, |x| -libm::sin(x) - 1.0, 0.739_085_133_215_160_6),
        ("(x - 1)^3", -4.0, 3.5, |x| (x - 1.0) * (x - 1.0) * (x - 1.0), |x| 3.0 * (x - 1.0) * (x - 1.0), 1.0),
        ("x^9", -1.0, 4.0, |x| super::super::powi(x, 9), |x| 9.0 * super::super::powi(x, 8), 0.0),
        ("1/x - 1e6", 1e-9, 1.0, |x| 1.0 / x - 1e6, |x| -1.0 / (x * x), 1e-6),
    ];

    #[test]
    fn both_methods_find_known_roots() {
        for &(name, lower, upper, function, slope, expected) in CASES {
            let tolerance = if name.contains(")^3") || name == "x^9" { 1e-4 } else { 1e-15 };
            let brent = Brent::default().find(lower, upper, function).unwrap();
            assert!((brent.value - expected).abs() <= tolerance, "{name}: {brent:?}");
            let newton = Newton::default().find(lower, upper, upper, |x| (function(x), slope(x))).unwrap();
            assert!((newton.value - expected).abs() <= tolerance, "{name}: {newton:?}");
            for root in [brent, newton] {
                assert_eq!(root.residual, function(root.value), "{name}");
                assert_eq!(root.status == RootStatus::Exact, root.residual == 0.0, "{name}");
            }
        }
    }

    #[test]
    fn a_search_without_an_answer_says_why() {
        let code = |result: Result<Root>| result.unwrap_err().code();
        let square = |x: f64| x * x + 1.0;
        assert_eq!(code(Brent::default().find(-1.0, 1.0, square)), ErrorCode::SolveNotBracketed);
        assert_eq!(
            code(Newton::default().find(-1.0, 1.0, 0.5, |x| (square(x), 2.0 * x))),
            ErrorCode::SolveNotBracketed
        );
        assert_eq!(code(Brent::default().find(f64::NAN, 1.0, |x| x)), ErrorCode::SolveNotFinite);
        assert_eq!(code(Brent::default().find(-1.0, f64::INFINITY, |x| x)), ErrorCode::SolveNotFinite);
        assert_eq!(code(Brent::default().find(-1.0, 1.0, libm::log)), ErrorCode::SolveNotFinite);
        assert_eq!(
            code(Newton::default().find(-1.0, 1.0, 0.0, |x| (libm::log(x), 1.0 / x))),
            ErrorCode::SolveNotFinite
        );
        let few = Brent { max_iterations: 4, ..Brent::default() };
        assert_eq!(code(few.find(-1.0, 9.0, |x| libm::exp(x) - 2.0)), ErrorCode::SolveNotConverged);
        let few = Newton { max_iterations: 4, ..Newton::default() };
        assert_eq!(
            code(few.find(-1.0, 9.0, 9.0, |x| (libm::exp(x) - 2.0, libm::exp(x)))),
            ErrorCode::SolveNotConverged
        );
    }

    #[test]
    fn a_root_on_a_bound_is_found() {
        for (lower, upper) in [(0.0, 1.0), (-1.0, 0.0)] {
            assert_eq!(Brent::default().find(lower, upper, |x| x).unwrap().value, 0.0);
            assert_eq!(Newton::default().find(lower, upper, 0.5, |x| (x, 1.0)).unwrap().value, 0.0);
        }
    }

    proptest! {
        #[test]
        fn the_root_lies_within_the_bracket_and_changes_the_sign(
            root in -100.0..100.0_f64,
            below in 1e-3..100.0_f64,
            above in 1e-3..100.0_f64,
            curvature in 0.0..3.0_f64,
        ) {
            let function = |x: f64| libm::expm1(curvature * (x - root)) + (x - root);
            let slope = |x: f64| curvature * libm::exp(curvature * (x - root)) + 1.0;
            let (lower, upper) = (root - below, root + above);
            // The relative precision of an f64, and the absolute tolerance that both methods have by default.
            let bound = 4.0 * f64::EPSILON * root.abs() + 1e-16;
            let close = |found: Root| (found.value - root).abs() <= bound;
            prop_assert!(close(Brent::default().find(lower, upper, function).unwrap()));
            let newton = Newton::default().find(lower, upper, upper, |x| (function(x), slope(x)));
            prop_assert!(close(newton.unwrap()));
        }
    }
}
