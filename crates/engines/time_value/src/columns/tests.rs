use proptest::prelude::*;

use super::*;
use crate as time_value;
use wherewithal_math::dispatch::ways;

const TIMINGS: [PaymentTiming; 2] = [PaymentTiming::End, PaymentTiming::Begin];

/// Ordinary rates, tiny ones, zero, wild ones and wrong ones.
fn rate() -> BoxedStrategy<f64> {
    prop_oneof![
        8 => -0.05..0.3_f64,
        1 => Just(0.0),
        1 => (-300.0..3.0_f64).prop_map(|exponent| wherewithal_math::pow(10.0, exponent)),
        1 => -1.0..0.0_f64,
        1 => any::<f64>(),
    ]
    .boxed()
}

fn periods() -> BoxedStrategy<f64> {
    prop_oneof![
        8 => (1..600_u32).prop_map(f64::from),
        2 => 0.0..1000.0_f64,
        1 => any::<f64>(),
    ]
    .boxed()
}

fn amount() -> BoxedStrategy<f64> {
    prop_oneof![6 => -1e6..1e6_f64, 3 => Just(0.0), 1 => any::<f64>()].boxed()
}

/// Rows of four or five numbers, as columns.
fn transposed<const N: usize>(rows: &[[f64; N]]) -> [Vec<f64>; N] {
    std::array::from_fn(|place| rows.iter().map(|row| row[place]).collect())
}

/// Runs a function of columns on each row alone and on runs of rows without an error, which must agree with the
/// scalar to the bit.
fn agree<const N: usize>(
    rows: &[[f64; N]],
    scalar: impl Fn([f64; N]) -> wherewithal_base::Result<f64>,
    on_columns: impl Fn([Column<'_>; N], &mut [f64]) -> Result<(), RowError>,
) {
    let columns = transposed(rows);
    let all = columns.each_ref().map(|column| Column::Many(column));
    let mut results = vec![0.0; rows.len()];
    let failed = rows.iter().position(|row| scalar(*row).is_err());
    match (on_columns(all, &mut results), failed) {
        (Ok(()), None) => {}
        (Err(failure), Some(row)) => {
            let expected = scalar(rows[row]).unwrap_err();
            assert_eq!(failure.row, row);
            assert_eq!(
                (failure.error.code(), failure.error.path(), failure.error.message()),
                (expected.code(), expected.path(), expected.message())
            );
        }
        (found, failed) => panic!("{found:?} {failed:?}"),
    }
    let good: Vec<[f64; N]> = rows.iter().copied().filter(|row| scalar(*row).is_ok()).collect();
    let columns = transposed(&good);
    let mut results = vec![0.0; good.len()];
    on_columns(columns.each_ref().map(|column| Column::Many(column)), &mut results).unwrap();
    for (row, result) in good.iter().zip(&results) {
        let expected = scalar(*row).unwrap();
        assert_eq!(result.to_bits(), expected.to_bits(), "{row:?}: {result:e} {expected:e}");
    }
    if let Some(row) = good.first() {
        let mut results = [0.0; 3];
        on_columns(row.map(Column::One), &mut results).unwrap();
        assert_eq!(results, [scalar(*row).unwrap(); 3]);
    }
}

proptest! {
    #[test]
    fn level_payments_in_lanes_are_those_of_single_rows(
        rows in prop::collection::vec([rate(), periods(), amount(), amount()], 1..30),
        ordinary in prop::collection::vec((0.001..0.02_f64, 12..480_u32, 1e3..1e6_f64), 1..140),
    ) {
        let ordinary: Vec<[f64; 4]> =
            ordinary.into_iter().map(|(rate, nper, amount)| [rate, f64::from(nper), amount, 0.0]).collect();
        for rows in [&rows, &ordinary] {
            for when in TIMINGS {
                agree(rows, |[a, b, c, d]| time_value::fv(a, b, c, d, when), |all, out| fv(all, when, out));
                agree(rows, |[a, b, c, d]| time_value::pv(a, b, c, d, when), |all, out| pv(all, when, out));
                agree(rows, |[a, b, c, d]| time_value::pmt(a, b, c, d, when), |all, out| pmt(all, when, out));
            }
        }
    }

    #[test]
    fn rates_in_lanes_are_those_of_single_rows(
        wild in prop::collection::vec([periods(), amount(), amount(), amount(), rate()], 1..15),
        loans in prop::collection::vec((1e-6..0.5_f64, 1..700_u32, 1e3..1e6_f64, 0.0..1.0_f64), 1..140),
    ) {
        for when in TIMINGS {
            let scalar = |[nper, pmt, pv, fv, guess]: [f64; 5]| {
                time_value::rate(nper, pmt, pv, fv, when, guess).map(|root| root.rate)
            };
            agree(&wild, scalar, |all, out| super::rate(all, when, out));
            let loans: Vec<[f64; 5]> = loans
                .iter()
                .map(|&(rate, nper, principal, rest)| {
                    let nper = f64::from(nper);
                    let fv = if rest < 0.3 { -rest * principal } else { 0.0 };
                    [nper, time_value::pmt(rate, nper, principal, fv, when).unwrap(), principal, fv, 0.1]
                })
                .collect();
            agree(&loans, scalar, |all, out| super::rate(all, when, out));
        }
    }
}

#[test]
fn the_width_of_the_registers_does_not_show() {
    let rates: Vec<f64> = (0..1000).map(|i| f64::from(i - 100) * 1e-4).collect();
    let terms: Vec<f64> = (0..1000).map(|i| f64::from(1 + i % 480)).collect();
    let payments: Vec<f64> = rates
        .iter()
        .zip(&terms)
        .map(|(rate, nper)| time_value::pmt(*rate, *nper, 1000.0, 0.0, PaymentTiming::End).unwrap())
        .collect();
    let columns = [Column::Many(&rates), Column::Many(&terms), Column::One(1000.0), Column::One(0.0)];
    for found in by_each_way(columns, || LevelFunction { what: Level::Payment, when: PaymentTiming::End }) {
        assert_eq!(found, payments);
    }
    let columns = [Column::Many(&terms), Column::Many(&payments), Column::One(1000.0), Column::One(0.0)];
    let found = by_each_way(columns, || LaneRates(PaymentTiming::End));
    let bits: Vec<Vec<u64>> =
        found.into_iter().map(|rates| rates.into_iter().map(f64::to_bits).collect()).collect();
    for other in &bits {
        assert_eq!(*other, bits[0]);
    }
}

/// A thousand results with each of the instruction sets of this machine.
fn by_each_way<F: Lanes>(columns: [Column<'_>; 4], function: impl Fn() -> F) -> Vec<Vec<f64>> {
    let count = ways::<Blocks<'_, F>>().len();
    let run = |index: usize| {
        let mut results = vec![0.0; 1000];
        let all_finite = &mut false;
        ways()[index](Blocks { columns, results: &mut results, function: function(), all_finite });
        assert_eq!(*all_finite, results.iter().all(|result| result.is_finite()));
        results
    };
    (0..count).map(run).collect()
}

#[test]
fn columns_of_other_lengths_are_refused() {
    let numbers = [0.01; 5];
    let columns = [Column::Many(&numbers), Column::One(12.0), Column::One(100.0), Column::One(0.0)];
    let failure = pmt(columns, PaymentTiming::End, &mut [0.0; 4]).unwrap_err();
    assert_eq!(failure.error.code(), ErrorCode::InputInvalid);
    let columns = [Column::Many(&numbers); 5];
    assert!(super::rate(columns, PaymentTiming::End, &mut [0.0; 6]).is_err());
}

#[test]
fn the_lanes_do_the_ordinary_work() {
    let columns = [Column::One(0.005), Column::One(360.0), Column::One(1e5), Column::One(0.0)];
    let mut results = [0.0; 70];
    let mut all_finite = false;
    dispatch(Blocks {
        columns,
        results: &mut results,
        function: LevelFunction { what: Level::Payment, when: PaymentTiming::End },
        all_finite: &mut all_finite,
    });
    assert!(all_finite && results.iter().all(|result| result.is_finite()));
    let [rate, nper, pv, fv] = columns;
    let _ = rate;
    dispatch(Blocks {
        columns: [nper, Column::One(-600.0), pv, fv],
        results: &mut results,
        function: LaneRates(PaymentTiming::End),
        all_finite: &mut all_finite,
    });
    assert!(all_finite && results.iter().all(|result| result.is_finite()));
}
