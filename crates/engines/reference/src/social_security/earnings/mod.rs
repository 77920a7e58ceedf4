//! The primary insurance amount from an earnings record, or from one salary.
//!
//! `wages` has the published figures, `formula` the arithmetic of the law in whole cents.

mod formula;
mod input;
mod output;
#[cfg(test)]
mod tests;
mod wages;

pub use input::{CoveredEarnings, EarningsOfYear, PrimaryInsuranceInput};
pub use output::{CostOfLivingIncrease, IndexedEarnings, PrimaryInsuranceResult};

use super::operation::first_day;
use formula::{Earned, Indexed};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    order,
};

/// Those born from 1917 to 1921 may have a higher amount by the law that was in force before (42 U.S.C. 415(a)(4)).
const FIRST_BIRTH_YEAR: u32 = 1922;
const LAST_BIRTH_YEAR: u32 = 2100;
const YEARS: std::ops::RangeInclusive<u32> = wages::FIRST_YEAR..=2200;
const MOST_YEARS: usize = 150;
const LARGEST_AMOUNT: u32 = 1_000_000_000;

/// The primary insurance amount of one person: the monthly benefit at full retirement age.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::dates::date;
/// use wherewithal::social_security::{CoveredEarnings, PrimaryInsuranceInput, primary_insurance_amount};
///
/// let salary = CoveredEarnings::Salary { amount: "72800.33".parse()?, year: 2025, start_age: 22, stop_age: 67 };
/// let request = PrimaryInsuranceInput { birth_date: date(1990, 6, 15)?, earnings: salary };
/// let result = primary_insurance_amount(&request)?;
/// assert_eq!(result.average_indexed_monthly_earnings, 6_066);
/// assert_eq!(result.primary_insurance_amount, "2718.30".parse()?);
/// assert!(result.projected && result.estimated);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `date.out_of_range` for the date of birth, `year.out_of_range`, `amount.out_of_range`, `decimal.too_precise`,
/// `age.out_of_range`, `range.out_of_order` for an age at which earnings stop before they start, `list.too_long`,
/// `list.duplicate` for a year that occurs twice.
pub fn primary_insurance_amount(request: &PrimaryInsuranceInput) -> Result<PrimaryInsuranceResult> {
    let birth_year = birth_year(request.birth_date).at("birthDate")?;
    let earnings = earned(&request.earnings, birth_year).at("earnings")?;

    let eligibility_year = birth_year + 62;
    let formula_year = eligibility_year.min(wages::LAST_WAGE_YEAR + 2);
    let indexing_year = formula_year - 2;
    let computation_years = formula::computation_years(birth_year);
    let years = formula::indexed(&earnings, indexing_year, computation_years);
    let average = formula::monthly_average(&years, computation_years);
    let bend_points = formula::bend_points(formula_year);
    let amount = formula::primary_insurance(average, bend_points);
    let projected = formula_year < eligibility_year;
    let increases = if projected { Vec::new() } else { increases(amount, eligibility_year)? };

    let [first, second] = bend_points;
    let primary_insurance_amount = dollars(amount)?;
    Ok(PrimaryInsuranceResult {
        eligibility_year,
        formula_year,
        indexing_year,
        projected,
        estimated: matches!(request.earnings, CoveredEarnings::Salary { .. }),
        computation_years,
        average_indexed_monthly_earnings: whole(average)?,
        first_bend_point: whole(first)?,
        second_bend_point: whole(second)?,
        primary_insurance_amount,
        with_increases: increases
            .last()
            .map_or(primary_insurance_amount, |last| last.primary_insurance_amount),
        increases,
        years: years.iter().map(|year| row(year, indexing_year)).collect::<Result<_>>()?,
    })
}

/// The year of the day before the birthday, on which an age is attained by law.
fn birth_year(birth_date: Date) -> Result<u32> {
    let year = birth_date.add_days(-1)?.year();
    u32::try_from(year).ok().filter(|year| (FIRST_BIRTH_YEAR..=LAST_BIRTH_YEAR).contains(year)).ok_or_else(|| {
        let message = format!(
            "the date of birth is {birth_date}; it must be {FIRST_BIRTH_YEAR}-01-02 to {LAST_BIRTH_YEAR}-12-31"
        );
        Error::new(ErrorCode::DateOutOfRange, message)
    })
}

/// The earnings of each year in cents, ascending.
fn earned(earnings: &CoveredEarnings, birth_year: u32) -> Result<Vec<Earned>> {
    match earnings {
        CoveredEarnings::Record { years } => recorded(years),
        CoveredEarnings::Salary { amount, year, start_age, stop_age } => {
            let cents = cents(*amount).at("amount")?;
            check::whole(*year, YEARS, ErrorCode::YearOutOfRange).at("year")?;
            check::whole(*start_age, 14..=100, ErrorCode::AgeOutOfRange).at("startAge")?;
            check::whole(*stop_age, 0..=120, ErrorCode::AgeOutOfRange).at("stopAge")?;
            if stop_age <= start_age {
                let message = format!("earnings stop at {stop_age}, and start at {start_age}");
                return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("stopAge"));
            }
            let years = birth_year + start_age..birth_year + stop_age;
            let since_1951 = years.filter(|of| *of >= wages::FIRST_YEAR);
            Ok(since_1951
                .map(|of| Earned { year: of, cents: formula::at_wages_of(of, cents, *year) })
                .collect())
        }
    }
}

fn recorded(years: &[EarningsOfYear]) -> Result<Vec<Earned>> {
    check::length(years.len(), 0..=MOST_YEARS).at("years")?;
    let mut earnings = Vec::with_capacity(years.len());
    for (index, of) in years.iter().enumerate() {
        check::whole(of.year, YEARS, ErrorCode::YearOutOfRange).at("year").at_index("years", index)?;
        let cents = cents(of.amount).at("amount").at_index("years", index)?;
        if earnings.iter().any(|earlier: &Earned| earlier.year == of.year) {
            let message = format!("the year {} occurs twice", of.year);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("year")).at_index("years", index);
        }
        earnings.push(Earned { year: of.year, cents });
    }
    order::sort_by_key(&mut earnings, |earned| earned.year);
    Ok(earnings)
}

fn cents(amount: Decimal) -> Result<u64> {
    check::decimal_places(amount, 2)?;
    let cents = amount.times(Decimal::from(100_u32))?.round(0, Rounding::HalfEven).mantissa();
    u64::try_from(cents).ok().filter(|cents| *cents <= u64::from(LARGEST_AMOUNT) * 100).ok_or_else(|| {
        let message = format!("the amount is {amount}; it must be 0 to {LARGEST_AMOUNT} dollars a year");
        Error::new(ErrorCode::AmountOutOfRange, message)
    })
}

/// The increases from the December of the year of eligibility on (42 U.S.C. 415(i)(2)(A)(iii)).
fn increases(amount: u64, eligibility_year: u32) -> Result<Vec<CostOfLivingIncrease>> {
    let mut dimes = amount;
    let mut increases = Vec::new();
    for (year, tenths) in (wages::FIRST_INCREASE..).zip(wages::INCREASES) {
        if year < eligibility_year {
            continue;
        }
        dimes = formula::increased(dimes, tenths);
        increases.push(CostOfLivingIncrease {
            effective_date: first_day(year * 12 + 12)?,
            rate: f64::from(whole(tenths)?) / 1_000.0,
            primary_insurance_amount: dollars(dimes)?,
        });
    }
    Ok(increases)
}

fn row(year: &Indexed, indexing_year: u32) -> Result<IndexedEarnings> {
    let wage = |of: u32| wages::average_wage(of) as f64;
    Ok(IndexedEarnings {
        year: year.year,
        creditable: in_dollars(year.creditable)?,
        factor: wage(indexing_year) / wage(year.year.min(indexing_year)),
        indexed: in_dollars(year.indexed)?,
        counted: year.counted,
    })
}

fn dollars(dimes: u64) -> Result<Decimal> {
    in_dollars(dimes * 10)
}

fn in_dollars(cents: u64) -> Result<Decimal> {
    Decimal::from_i128(i128::from(cents), 2)
}

fn whole(value: u64) -> Result<u32> {
    u32::try_from(value)
        .map_err(|error| Error::new(ErrorCode::AmountOutOfRange, "the amount is too large").caused_by(error))
}
