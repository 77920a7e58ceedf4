//! The array functions of `debt`.

use wherewithal::{
    Error, ErrorCode, Result,
    dates::{MonthEnd, date},
    debt::Loan,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding, gate},
    wire::ordinary_exact_rate,
};

use super::{
    ArrayFunction, Schedules,
    argument::{Argument, Kind, argument, choice},
    given::{Decimals, Given},
};

pub(super) fn entries() -> Vec<ArrayFunction> {
    let [principal, term_months, extra] = ["principal", "termMonths", "extraMonthlyPayment"].map(decimals);
    let annual_rate = argument("annualRate", Kind::DecimalRates);
    let extra = extra.or(0.0).by_name();
    let currency = choice::<Currency>("currency").by_name();
    let rounding = choice::<Rounding>("rounding").by_name();
    let arguments = [principal, annual_rate, term_months, extra, currency, rounding];
    vec![
        ArrayFunction::schedules("debt.amortize", arguments, amortize_batch)
            .named("amortize_batch", "The schedules of many loans that are repaid monthly, as columns.")
            .example("[400000, 250000], 0.065, 360", 0, &["252827", "158017"]),
    ]
}

fn amortize_batch(given: &Given<'_>) -> Result<Schedules> {
    let [principal, annual_rate, term_months, extra] =
        ["principal", "annualRate", "termMonths", "extraMonthlyPayment"];
    let [principals, rates, terms, extras] = [
        given.decimals(principal)?,
        given.decimals(annual_rate)?,
        given.decimals(term_months)?,
        given.decimals(extra)?,
    ];
    let currency = given.choice("currency", us_dollar)?;
    let rounding = given.choice("rounding", Rounding::default)?;
    // The dates of the payments are not part of the columns.
    let first_payment = date(2000, 1, 1)?;
    let loan = |row: usize| {
        Ok(Loan {
            principal: decimal(principals, principal, row)?,
            currency,
            annual_rate: rate(rates, annual_rate, row)?,
            term_months: months(terms, term_months, row)?,
            first_payment,
            month_end: MonthEnd::default(),
            payment: None,
            extra_monthly_payment: decimal(extras, extra, row)?,
            rounding,
        })
    };
    (0..given.rows()?.unwrap_or(1)).map(loan).collect::<Result<_>>().map(Schedules)
}

fn decimals(name: &'static str) -> Argument {
    argument(name, Kind::Decimals)
}

/// The decimal of a row.
#[expect(clippy::indexing_slicing, reason = "columns of one length, whose rows are counted")]
fn decimal(decimals: Decimals<'_>, name: &str, row: usize) -> Result<Decimal> {
    match decimals {
        Decimals::One(decimal) => Ok(decimal),
        Decimals::Many(decimals) => Ok(decimals[row]),
        Decimals::Numbers(numbers) => {
            gate::exact_decimal(numbers[row]).map_err(|error| error.at_index(name, row))
        }
    }
}

/// The rate of a row. One that was written as text or as a decimal was checked when it was read.
fn rate(rates: Decimals<'_>, name: &str, row: usize) -> Result<Decimal> {
    let value = decimal(rates, name, row)?;
    match rates {
        Decimals::Numbers(_) => ordinary_exact_rate(value).at_index(name, row),
        Decimals::One(_) | Decimals::Many(_) => Ok(value),
    }
}

/// The term of a row.
fn months(decimals: Decimals<'_>, name: &str, row: usize) -> Result<u32> {
    let value = decimal(decimals, name, row)?.normalized();
    let whole = u32::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0);
    whole.ok_or_else(|| {
        let message = format!("a term must be a whole number of months, not {value}");
        let error = Error::new(ErrorCode::TermOutOfRange, message);
        match decimals {
            Decimals::One(_) => error.at(name),
            Decimals::Many(_) | Decimals::Numbers(_) => error.at_index(name, row),
        }
    })
}
