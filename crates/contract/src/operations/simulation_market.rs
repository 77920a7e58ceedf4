//! The entries of `simulation` that concern markets alone.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "simulation.nearest_correlation",
            "The correlation matrix nearest to one that need not be positive semi-definite.",
            simulation::nearest_correlation,
        )
        .details(NEAREST_CORRELATION)
        .example(
            "Three correlations that contradict each other",
            r#"{"correlations": [[1, 0.9, 0.7], [0.9, 1, -0.9], [0.7, -0.9, 1]]}"#,
        )
        .example("A matrix that is left as it is", r#"{"correlations": [[1, 0.2], [0.2, 1]]}"#),
    ]
}

const NEAREST_CORRELATION: &str = "\
Correlations that come from several sources, were rounded, or were changed by hand need not fit together: the matrix \
then has a negative eigenvalue, and some portfolio would have a negative variance. The answer is the matrix with ones \
on its diagonal and no negative eigenvalue whose distance from the one given, in the Frobenius norm, is least. It is \
unique. The search is that of Higham (2002), alternating projections with Dykstra's correction, to about 13 digits. \
A matrix whose smallest eigenvalue is zero or above, up to `1e-12` for each variable, is left as it is.

The models of markets repair their matrices alike, and report it.";
