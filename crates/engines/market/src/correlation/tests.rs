use proptest::prelude::*;

use super::*;
use wherewithal_base::{ErrorCode, control::Control};

fn nearest(correlations: &[&[f64]]) -> Result<NearestCorrelationResult> {
    let correlations = correlations.iter().map(|row| row.to_vec()).collect();
    nearest_correlation(&NearestCorrelationInput { correlations })
}

fn assert_near(found: &NearestCorrelationResult, expected: &[&[f64]], tolerance: f64) {
    for (found, expected) in found.correlations.iter().zip(expected) {
        for (found, expected) in found.iter().zip(expected.iter()) {
            assert!((found - expected).abs() <= tolerance, "{found} {expected}");
        }
    }
}

#[test]
fn the_published_examples_are_reproduced() {
    // Higham (2002), section 4.
    let found = nearest(&[&[1.0, 1.0, 0.0], &[1.0, 1.0, 1.0], &[0.0, 1.0, 1.0]]).unwrap();
    assert_near(&found, &[&[1.0, 0.7607, 0.1573], &[0.7607, 1.0, 0.7607], &[0.1573, 0.7607, 1.0]], 5e-5);
    // NAG Library, example results of g02aac (another algorithm: Newton on the dual).
    let found = nearest(&[
        &[1.0, -1.0, 0.0, 0.0],
        &[-1.0, 1.0, -1.0, 0.0],
        &[0.0, -1.0, 1.0, -1.0],
        &[0.0, 0.0, -1.0, 1.0],
    ])
    .unwrap();
    let expected: [&[f64]; 4] = [
        &[1.0, -0.80841, 0.19159, 0.10678],
        &[-0.80841, 1.0, -0.65623, 0.19159],
        &[0.19159, -0.65623, 1.0, -0.80841],
        &[0.10678, 0.19159, -0.80841, 1.0],
    ];
    assert_near(&found, &expected, 5e-6);
}

#[test]
fn the_search_agrees_with_a_minimisation_of_the_dual() {
    // The dual of Qi and Sun (2006), minimised with scipy 1.17.1 (BFGS, then Newton steps) on numpy 2.4.6.
    let found = nearest(&[
        &[1.0, 0.8, -0.6, 0.5],
        &[0.8, 1.0, 0.7, -0.4],
        &[-0.6, 0.7, 1.0, 0.9],
        &[0.5, -0.4, 0.9, 1.0],
    ])
    .unwrap();
    let expected: [&[f64]; 4] = [
        &[1.0, 0.4983436604565475, -0.2541870611520073, 0.2097322798189307],
        &[0.4983436604565475, 1.0, 0.351241049613264, -0.1072594629953995],
        &[-0.2541870611520073, 0.351241049613264, 1.0, 0.5644079631321061],
        &[0.2097322798189307, -0.1072594629953995, 0.5644079631321061, 1.0],
    ];
    assert_near(&found, &expected, 1e-12);
    assert!((found.distance - 1.1088645795860712).abs() < 1e-12);
    assert!((found.smallest_eigenvalue + 0.9578470197040939).abs() < 1e-14);
}

#[test]
fn singular_matrices_are_left_alone() {
    let found = nearest(&[&[1.0, -1.0, 1.0], &[-1.0, 1.0, -1.0], &[1.0, -1.0, 1.0]]).unwrap();
    assert!(!found.repaired && found.distance == 0.0 && found.iterations == 0);
    let factor = Correlation::new(&found.correlations, 3, &Control::default()).unwrap().factor;
    let expected = [[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]];
    for (row, expected) in factor.rows().zip(expected) {
        for (found, expected) in row.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{factor:?}");
        }
    }
}

#[test]
fn the_worst_matrices_are_repaired() {
    for order in [3, 10, 60] {
        let rows: Vec<Vec<f64>> =
            (0..order).map(|i| (0..order).map(|j| if i == j { 1.0 } else { -1.0 }).collect()).collect();
        let found = nearest_correlation(&NearestCorrelationInput { correlations: rows }).unwrap();
        // By symmetry all elements are equal, and the smallest that is possible is -1 / (n - 1).
        for (i, row) in found.correlations.iter().enumerate() {
            for (j, element) in row.iter().enumerate() {
                let expected = if i == j { 1.0 } else { -1.0 / (order as f64 - 1.0) };
                assert!((element - expected).abs() < 1e-11, "{order}: {element}");
            }
        }
    }
}

#[test]
fn what_is_no_correlation_matrix_is_refused_with_its_path() {
    let error = |rows: &[&[f64]]| {
        let error = nearest(rows).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let cases: [(&[&[f64]], ErrorCode, &str); 7] = [
        (&[], ErrorCode::ListEmpty, "correlations"),
        (&[&[1.0, 0.0]], ErrorCode::ListLengthMismatch, "correlations[0]"),
        (&[&[1.0, 0.0], &[0.0]], ErrorCode::ListLengthMismatch, "correlations[1]"),
        (&[&[1.0, 2.0], &[2.0, 1.0]], ErrorCode::NumberOutOfRange, "correlations[0][1]"),
        (&[&[1.0, 0.3], &[0.2, 1.0]], ErrorCode::CorrelationsNotSymmetric, "correlations[1][0]"),
        (&[&[1.0, 0.3], &[0.3, 0.9]], ErrorCode::CorrelationsDiagonalNotOne, "correlations[1][1]"),
        (&[&[1.0, f64::NAN], &[0.3, 1.0]], ErrorCode::NumberNotFinite, "correlations[0][1]"),
    ];
    for (rows, code, path) in cases {
        assert_eq!(error(rows), (code, path.to_owned()));
    }
}

fn correlations(order: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(-1.0..=1.0f64, order * order).prop_map(move |elements| {
        (0..order)
            .map(|i| {
                (0..order).map(|j| if i == j { 1.0 } else { elements[i.min(j) * order + i.max(j)] }).collect()
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_result_is_a_correlation_matrix_and_none_of_its_neighbours_is_nearer(
        rows in (2..8usize).prop_flat_map(correlations),
        direction in prop::collection::vec(-1.0..1.0f64, 64),
    ) {
        let order = rows.len();
        let Correlation { factor, nearest } = Correlation::new(&rows, order, &Control::default()).unwrap();
        let found = Matrix::of_rows(&nearest.correlations).unwrap();
        let product = factor.product(&factor.transpose());
        prop_assert!(product.distance(&found) < 1e-11, "{}", product.distance(&found));
        for i in 0..order {
            prop_assert_eq!(found[(i, i)], 1.0);
        }
        // Correlation matrices are a convex set: a step towards any other one leads away from what was given.
        let other = Matrix::with(order, |i, j| direction[i * order + j]);
        let other = other.product(&other.transpose());
        let towards = Matrix::with(order, |i, j| other[(i, j)] / (other[(i, i)] * other[(j, j)]).sqrt());
        let given = Matrix::of_rows(&rows).unwrap();
        for step in [1e-3, 0.1] {
            let stepped =
                Matrix::with(order, |i, j| found[(i, j)] + step * (towards[(i, j)] - found[(i, j)]));
            prop_assert!(stepped.distance(&given) >= nearest.distance - 1e-9);
        }
    }

    #[test]
    fn the_nearest_matrix_is_its_own_nearest(rows in (2..8usize).prop_flat_map(correlations)) {
        let once = Correlation::new(&rows, rows.len(), &Control::default()).unwrap().nearest;
        let twice = Correlation::new(&once.correlations, rows.len(), &Control::default()).unwrap().nearest;
        prop_assert!(twice.distance < 1e-11, "{}", twice.distance);
    }
}
