//! The array functions of `time_value`.

use wherewithal::{
    Error, ErrorCode, Result,
    dates::DayCount,
    time_value::{
        self, ForwardFlowInput, IrrOptions, PaymentTiming, SeriesError,
        columns::{self, RowError},
    },
};

use super::{
    ArrayFunction,
    argument::{Argument, Kind, argument, choice, column, flag, rates},
    given::Given,
    rows::{Outcome, Rows},
};

pub(super) fn entries() -> Vec<ArrayFunction> {
    [level_payments(), loan_payments(), conversions(), series(), dated_series()]
        .into_iter()
        .flatten()
        .collect()
}

fn level_payments() -> Vec<ArrayFunction> {
    let [nper, pmt, pv] = ["nper", "pmt", "pv"].map(column);
    let (rate, fv) = (rates("rate"), column("fv").or(0.0));
    vec![
        ArrayFunction::rows("time_value.fv", [rate, nper, pmt, pv, when()], |given, rows| {
            let when = when_of(given)?;
            rows.lanes(&|[rate, nper, pmt, pv]| time_value::fv(rate, nper, pmt, pv, when), &|all, results| {
                columns::fv(all, when, results)
            })
        })
        .example("0.05 / 12, 10 * 12, -100, -100", 2, &["15692.93"]),
        ArrayFunction::rows("time_value.pv", [rate, nper, pmt, fv, when()], |given, rows| {
            let when = when_of(given)?;
            rows.lanes(&|[rate, nper, pmt, fv]| time_value::pv(rate, nper, pmt, fv, when), &|all, results| {
                columns::pv(all, when, results)
            })
        })
        .example("0.05 / 12, 10 * 12, -100, 15692.93", 2, &["-100.00"]),
        ArrayFunction::rows("time_value.pmt", [rate, nper, pv, fv, when()], |given, rows| {
            let when = when_of(given)?;
            rows.lanes(&|[rate, nper, pv, fv]| time_value::pmt(rate, nper, pv, fv, when), &|all, results| {
                columns::pmt(all, when, results)
            })
        })
        .example("0.075 / 12, 12 * 15, 200000", 2, &["-1854.02"]),
        ArrayFunction::rows("time_value.nper", [rate, pmt, pv, fv, when()], |given, rows| {
            let when = when_of(given)?;
            rows.each(&|[rate, pmt, pv, fv]| time_value::nper(rate, pmt, pv, fv, when))
        })
        .example("0.07 / 12, -150, 8000", 2, &["64.07"]),
        ArrayFunction::rows("time_value.rate", [nper, pmt, pv, fv, when(), guess()], |given, rows| {
            let when = when_of(given)?;
            rows.lanes(
                &|[nper, pmt, pv, fv, guess]| {
                    time_value::rate(nper, pmt, pv, fv, when, guess).map(|root| root.rate)
                },
                &|all, results| columns::rate(all, when, results),
            )
        })
        .result("rate")
        .example("48, -200, 8000", 4, &["0.0077"]),
    ]
}

fn loan_payments() -> Vec<ArrayFunction> {
    let [per, nper, pv, start, end] = ["per", "nper", "pv", "startPeriod", "endPeriod"].map(column);
    let (rate, fv) = (rates("rate"), column("fv").or(0.0));
    let payment = [rate, per, nper, pv, fv, when()];
    let payments = [rate, nper, pv, start, end, when()];
    vec![
        ArrayFunction::rows("time_value.ipmt", payment, |given, rows| {
            let when = when_of(given)?;
            rows.each(&|[rate, per, nper, pv, fv]| time_value::ipmt(rate, per, nper, pv, fv, when))
        })
        .example("0.1, 3, 3, 8000", 2, &["-292.45"]),
        ArrayFunction::rows("time_value.ppmt", payment, |given, rows| {
            let when = when_of(given)?;
            rows.each(&|[rate, per, nper, pv, fv]| time_value::ppmt(rate, per, nper, pv, fv, when))
        })
        .example("0.1 / 12, 1, 24, 2000", 2, &["-75.62"]),
        ArrayFunction::rows("time_value.cumipmt", payments, |given, rows| {
            let when = when_of(given)?;
            rows.each(&|[rate, nper, pv, start, end]| time_value::cumipmt(rate, nper, pv, start, end, when))
        })
        .example("0.09 / 12, 360, 125000, 13, 24", 2, &["-11135.23"]),
        ArrayFunction::rows("time_value.cumprinc", payments, |given, rows| {
            let when = when_of(given)?;
            rows.each(&|[rate, nper, pv, start, end]| time_value::cumprinc(rate, nper, pv, start, end, when))
        })
        .example("0.09 / 12, 360, 125000, 13, 24", 2, &["-934.11"]),
    ]
}

fn conversions() -> Vec<ArrayFunction> {
    let [nper, pv, fv] = ["nper", "pv", "fv"].map(column);
    let (rate, periods) = (rates("rate"), column("periodsPerYear"));
    vec![
        ArrayFunction::rows("time_value.effect", [rates("nominalRate"), periods], |_, rows| {
            rows.each(&|[rate, periods]| time_value::effect(rate, whole(periods)?))
        })
        .example("0.0525, 4", 7, &["0.0535427"]),
        ArrayFunction::rows("time_value.nominal", [rates("effectiveRate"), periods], |_, rows| {
            rows.each(&|[rate, periods]| time_value::nominal(rate, whole(periods)?))
        })
        .example("0.053543, 4", 7, &["0.0525003"]),
        ArrayFunction::rows("time_value.rri", [nper, pv, fv], |_, rows| {
            rows.each(&|[nper, pv, fv]| time_value::rri(nper, pv, fv))
        })
        .example("96, 10000, 11000", 7, &["0.0009933"]),
        ArrayFunction::rows("time_value.pduration", [rate, pv, fv], |_, rows| {
            rows.each(&|[rate, pv, fv]| time_value::pduration(rate, pv, fv))
        })
        .example("0.025, 2000, 2200", 2, &["3.86"]),
    ]
}

fn series() -> Vec<ArrayFunction> {
    let (rate, nper) = (rates("rate"), column("nper"));
    let from_zero = flag("startFromZero", true);
    vec![
        ArrayFunction::rows("time_value.npv", [rate, amounts(), from_zero], |given, rows| {
            let (amounts, from_zero) = (given.series("amounts")?, given.flag("startFromZero")?);
            rows.each(&|[rate]| time_value::npv(rate, amounts, from_zero))
        })
        .example("0.08, [-40000, 5000, 8000, 12000, 30000]", 5, &["3065.22267"]),
        ArrayFunction::rows("time_value.nfv", [rate, nper, amounts()], |given, rows| {
            let amounts = given.series("amounts")?;
            rows.each(&|[rate, nper]| time_value::nfv(rate, nper, amounts))
        })
        .example("0.05, 6, [1050, 1350, 1350, 1450]", 2, &["6142.45"]),
        ArrayFunction::rows("time_value.irr", [amounts(), guess()], |given, rows| {
            let amounts = given.series("amounts")?;
            let control = rows.control;
            rows.each(&|[guess]| {
                time_value::irr_under(amounts, &from(guess), control).map(|found| found.rate)
            })
        })
        .result("rate")
        .example("[-100, 39, 59, 55, 20]", 5, &["0.28095"]),
        ArrayFunction::rows(
            "time_value.mirr",
            [amounts(), rates("financeRate"), rates("reinvestRate")],
            |given, rows| {
                let amounts = given.series("amounts")?;
                rows.each(&|[finance, reinvest]| time_value::mirr(amounts, finance, reinvest))
            },
        )
        .example("[-120000, 39000, 30000, 21000, 37000, 46000], 0.1, 0.12", 6, &["0.126094"]),
    ]
}

fn dated_series() -> Vec<ArrayFunction> {
    let rate = rates("rate");
    let [start, flow, end] = ["startDate", "cashFlowDate", "endDate"].map(|name| argument(name, Kind::Date));
    let [flow_rate, end_rate] = ["cashFlowRate", "endRate"].map(rates);
    let cash_flow = column("cashFlow");
    vec![
        ArrayFunction::rows("time_value.xnpv", [rate, dates(), amounts(), day_count()], |given, rows| {
            let (dates, amounts) = (given.dates("dates")?, given.series("amounts")?);
            let day_count = day_count_of(given)?;
            rows.each(&|[rate]| time_value::xnpv(rate, dates, amounts, day_count))
        })
        .example(
            "0.09, [\"2008-01-01\", \"2008-03-01\", \"2008-10-30\", \"2009-02-15\", \"2009-04-01\"], \
             [-10000, 2750, 4250, 3250, 2750]",
            2,
            &["2086.65"],
        ),
        ArrayFunction::rows("time_value.xnfv", [rate, dates(), amounts(), day_count()], |given, rows| {
            let (dates, amounts) = (given.dates("dates")?, given.series("amounts")?);
            let day_count = day_count_of(given)?;
            rows.each(&|[rate]| time_value::xnfv(rate, dates, amounts, day_count))
        })
        .example("0.1, [\"2025-01-01\", \"2026-01-01\"], [-100, 50]", 2, &["-60.00"]),
        ArrayFunction::rows(
            "time_value.xfv",
            [start, flow, end, flow_rate, end_rate, cash_flow, day_count()],
            |given, rows| {
                let [start_date, cash_flow_date, end_date] =
                    [given.date("startDate")?, given.date("cashFlowDate")?, given.date("endDate")?];
                let day_count = day_count_of(given)?;
                rows.each(&|[cash_flow_rate, end_rate, cash_flow]| {
                    time_value::xfv(&ForwardFlowInput {
                        start_date,
                        cash_flow_date,
                        end_date,
                        cash_flow_rate,
                        end_rate,
                        cash_flow,
                        day_count,
                    })
                })
            },
        )
        .example(
            "\"2011-02-01\", \"2011-03-01\", \"2012-02-01\", 0.00142, 0.00246, 100000",
            2,
            &["100235.09"],
        ),
        ArrayFunction::rows("time_value.xirr", [dates(), amounts(), guess(), day_count()], |given, rows| {
            let (dates, amounts) = (given.dates("dates")?, given.series("amounts")?);
            let day_count = day_count_of(given)?;
            let control = rows.control;
            rows.each(&|[guess]| {
                let found = time_value::xirr_under(dates, amounts, day_count, &from(guess), control);
                found.map(|found| found.rate)
            })
        })
        .result("rate")
        .example(
            "[\"2008-01-01\", \"2008-03-01\", \"2008-10-30\", \"2009-02-15\", \"2009-04-01\"], \
             [-10000, 2750, 4250, 3250, 2750]",
            6,
            &["0.373363"],
        ),
        ArrayFunction::rows(
            "time_value.xirr",
            [
                argument("dates", Kind::ManyDates),
                argument("amounts", Kind::ManySeries),
                argument("guess", Kind::Rate).or(GUESS),
                day_count(),
            ],
            xirr_batch,
        )
        .named("xirr_batch", "The internal rates of return of many series of dated cash flows.")
        .result("rate")
        .example(
            "[\"2025-01-01\", \"2026-01-01\"], [[-100, 110], [-100, 105]]",
            6,
            &["0.100000", "0.050000"],
        ),
    ]
}

fn xirr_batch(given: &Given<'_>, rows: Rows<'_>) -> Outcome {
    let (dates, (amounts, ends)) = (given.dates("dates")?, given.many_series("amounts")?);
    let (day_count, guess) = (day_count_of(given)?, given.rate("guess")?);
    let control = rows.control;
    rows.all(|results| {
        let found = time_value::xirr_batch(dates, amounts, ends, day_count, guess, control)?;
        for (result, rate) in results.iter_mut().zip(found.rates) {
            *result = rate;
        }
        let first = found.failures.into_iter().next();
        Ok(first.map(|SeriesError { series, error }| RowError { row: series, error }))
    })
}

const GUESS: f64 = 0.1;

fn guess() -> Argument {
    rates("guess").or(GUESS)
}

fn from(guess: f64) -> IrrOptions {
    IrrOptions { guess, ..IrrOptions::default() }
}

fn when() -> Argument {
    choice::<PaymentTiming>("when").numbered()
}

fn when_of(given: &Given<'_>) -> Result<PaymentTiming> {
    given.choice("when", PaymentTiming::default)
}

fn day_count() -> Argument {
    choice::<DayCount>("dayCount").by_name()
}

fn day_count_of(given: &Given<'_>) -> Result<DayCount> {
    given.choice("dayCount", DayCount::default)
}

fn amounts() -> Argument {
    argument("amounts", Kind::Series)
}

fn dates() -> Argument {
    argument("dates", Kind::Dates)
}

/// A number of compounding periods.
fn whole(number: f64) -> Result<u32> {
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        // The conversion is exact.
        return Ok(number as u32);
    }
    let message = format!("a number of compounding periods must be a whole number, not {number}");
    Err(Error::new(ErrorCode::InputInvalid, message).at("periodsPerYear"))
}
