use proptest::prelude::*;

use super::*;
use crate::xirr;
use wherewithal_base::dates::{Date, date};

/// Series of days after 2000-01-01 and amounts: in order or not, with repeated days, zeros and hopeless ones.
fn series() -> impl Strategy<Value = Vec<(i32, f64)>> {
    let flow = (0..7000_i32, prop_oneof![6 => -1e4..1e4_f64, 1 => Just(0.0)]);
    let wild = (0..7000_i32, any::<f64>());
    let ordered =
        prop::collection::vec((1..200_i32, 100.0..1000.0_f64, 0.0..1.0_f64), 1..70).prop_map(|flows| {
            let mut day = 0;
            let mut series = vec![(0, -1e4)];
            for (gap, amount, share) in flows {
                day += gap;
                series.push((day, if share < 0.8 { amount } else { -amount }));
            }
            series
        });
    prop_oneof![
        4 => ordered,
        2 => prop::collection::vec(flow, 0..40),
        1 => prop::collection::vec(wild, 0..5),
    ]
}

fn day_count() -> impl Strategy<Value = DayCount> {
    prop::sample::select(vec![
        DayCount::Actual365Fixed,
        DayCount::Actual360,
        DayCount::Actual364,
        DayCount::Actual36525,
        DayCount::ActualActualIsda,
        DayCount::Thirty360Us,
    ])
}

struct Flat {
    dates: Vec<Date>,
    days: Vec<i32>,
    amounts: Vec<f64>,
    ends: Vec<usize>,
}

fn flat(all: &[Vec<(i32, f64)>]) -> Flat {
    let start = date(2000, 1, 1).unwrap();
    let epoch = date(1970, 1, 1).unwrap();
    let mut flat = Flat { dates: vec![], days: vec![], amounts: vec![], ends: vec![] };
    for series in all {
        for (day, amount) in series {
            let day = start.add_days(*day).unwrap();
            flat.dates.push(day);
            flat.days.push(epoch.days_until(day));
            flat.amounts.push(*amount);
        }
        flat.ends.push(flat.amounts.len());
    }
    flat
}

proptest! {
    #[test]
    fn a_batch_has_the_rates_of_its_series(
        all in prop::collection::vec(series(), 1..20),
        day_count in day_count(),
        guess in -0.5..0.5_f64,
    ) {
        let Flat { dates, days, amounts, ends } = flat(&all);
        let control = Control::default();
        let solve = |dates| xirr_batch(dates, &amounts, &ends, day_count, guess, &control).unwrap();
        let found = solve(FlowDates::Dates(&dates));
        let by_days = solve(FlowDates::DaysSince1970(&days));
        let wide: Vec<i64> = days.iter().map(|day| i64::from(*day)).collect();
        let by_wide_days = solve(FlowDates::WideDaysSince1970(&wide));
        let options = IrrOptions { guess, ..IrrOptions::default() };
        let mut failures = found.failures.iter().zip(&by_days.failures).zip(&by_wide_days.failures);
        let mut start = 0;
        for (series, &end) in ends.iter().enumerate() {
            let alone = xirr(&dates[start..end], &amounts[start..end], day_count, &options);
            match alone {
                Ok(alone) => {
                    prop_assert_eq!(found.rates[series].to_bits(), alone.rate.to_bits());
                    prop_assert_eq!(by_days.rates[series].to_bits(), alone.rate.to_bits());
                    prop_assert_eq!(by_wide_days.rates[series].to_bits(), alone.rate.to_bits());
                }
                Err(error) => {
                    let ((failure, by_days), by_wide_days) = failures.next().unwrap();
                    for failure in [failure, by_days, by_wide_days] {
                        prop_assert_eq!(failure.series, series);
                        prop_assert_eq!(failure.error.code(), error.code());
                        prop_assert_eq!(failure.error.path(), error.path());
                        prop_assert_eq!(failure.error.message(), error.message());
                    }
                    prop_assert!(found.rates[series].is_nan());
                }
            }
            start = end;
        }
        prop_assert!(failures.next().is_none());
    }
}

/// Flows at 7 % for `count` series.
fn ordinary(count: usize) -> Flat {
    let series = |k: usize| vec![(0, -100.0), (100 + k as i32, 60.0), (900, 55.0), (2000, 12.0)];
    flat(&(0..count).map(series).collect::<Vec<_>>())
}

#[test]
fn the_number_of_threads_does_not_show() {
    let Flat { dates, amounts, ends, .. } = ordinary(1000);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let dates = FlowDates::Dates(&dates);
        let solve = || {
            xirr_batch(dates, &amounts, &ends, DayCount::Actual365Fixed, 0.1, &Control::default()).unwrap()
        };
        pool.install(solve).rates.into_iter().map(f64::to_bits).collect::<Vec<_>>()
    };
    let one = with(1);
    assert_eq!((with(2), with(7)), (one.clone(), one));
}

#[test]
fn a_batch_can_be_cancelled() {
    let Flat { dates, amounts, ends, .. } = ordinary(1000);
    let control = Control::default();
    control.cancel();
    for ends in [&ends[..], &[amounts.len()]] {
        let found =
            xirr_batch(FlowDates::Dates(&dates), &amounts, ends, DayCount::Actual365Fixed, 0.1, &control);
        assert_eq!(found.unwrap_err().code(), ErrorCode::OperationCancelled);
    }
}

#[test]
fn ends_that_do_not_ascend_to_the_last_flow_are_refused() {
    let Flat { dates, amounts, .. } = ordinary(2);
    for (ends, path) in [(&[5, 4, 8][..], "ends[1]"), (&[4, 9], "ends[1]"), (&[4, 7], "ends"), (&[], "ends")]
    {
        let dates = FlowDates::Dates(&dates);
        let found = xirr_batch(dates, &amounts, ends, DayCount::Actual365Fixed, 0.1, &Control::default());
        let error = found.unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, path));
    }
    let dates = FlowDates::Dates(&dates[..7]);
    let error =
        xirr_batch(dates, &amounts, &[4, 8], DayCount::Actual365Fixed, 0.1, &Control::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ListLengthMismatch);
}

#[test]
fn a_day_that_is_no_date_is_named() {
    let solve = |dates: FlowDates<'_>, amounts: &[f64], ends: &[usize]| {
        xirr_batch(dates, amounts, ends, DayCount::Actual365Fixed, 0.1, &Control::default()).unwrap()
    };
    let refused = |found: XirrBatch| {
        let [failure] = found.failures.as_slice() else { panic!("{found:?}") };
        assert_eq!((failure.series, failure.error.path()), (1, "dates[1]"));
        assert_eq!(failure.error.code(), ErrorCode::DateOutOfRange);
    };
    let (amounts, ends) = ([-100.0, 110.0, -100.0, 110.0], [2, 4]);
    for day in [i32::MIN, i32::MAX, -719_163, 2_932_897] {
        refused(solve(FlowDates::DaysSince1970(&[0, 365, 0, day]), &amounts, &ends));
    }
    for day in [i64::MIN, i64::MAX, i64::MAX - 2_000_000, 1 << 32, -(1 << 32), -719_163, 2_932_897] {
        refused(solve(FlowDates::WideDaysSince1970(&[0, 365, 0, day]), &amounts, &ends));
    }
    for day in [-719_162, 2_932_896] {
        let days = if day < 0 { [day, 0] } else { [0, day] };
        let wide = days.map(i64::from);
        for dates in [FlowDates::DaysSince1970(&days), FlowDates::WideDaysSince1970(&wide)] {
            assert!(solve(dates, &[-100.0, 110.0], &[2]).failures.is_empty());
        }
    }
}

/// A group of lanes is used again by groups whose series are shorter, longer or at a rate of zero, where the first step
/// already settles.
#[test]
fn nothing_is_left_in_a_lane_by_the_series_before() {
    let with = |first: f64, flows: i32| {
        let mut series = vec![(0, -first)];
        series.extend((1..=flows).map(|day| (30 * day, 10.0)));
        series
    };
    let all: Vec<_> = (0..64)
        .map(|k| with(if k % 16 < 8 { 150.0 } else { 200.0 }, if k % 32 < 16 { 20 } else { 40 }))
        .collect();
    let Flat { dates, amounts, ends, .. } = flat(&all);
    let found = xirr_batch(
        FlowDates::Dates(&dates),
        &amounts,
        &ends,
        DayCount::Actual365Fixed,
        0.1,
        &Control::default(),
    )
    .unwrap();
    let mut start = 0;
    for (rate, end) in found.rates.into_iter().zip(ends) {
        let alone =
            xirr(&dates[start..end], &amounts[start..end], DayCount::Actual365Fixed, &IrrOptions::default());
        assert_eq!(rate.to_bits(), alone.unwrap().rate.to_bits());
        start = end;
    }
}
