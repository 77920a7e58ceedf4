//! The operation `retirement_accounts.required_minimum_distribution`.

use super::{
    FIRST_TABLE_YEAR, RequiredDistributionInput, RequiredDistributionResult, first_distribution_age, tenths,
};
use wherewithal_base::{Error, ErrorCode, Result, check, dates::date, error::At, num::Decimal};

const BIRTH_YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
const LAST_YEAR: u32 = 2300;

/// The required minimum distribution from a traditional IRA or a workplace plan for one year.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::retirement_accounts::{RequiredDistributionInput, required_minimum_distribution};
///
/// let question =
///     RequiredDistributionInput { balance: "500000".parse()?, birth_year: 1951, year: 2026, spouse_birth_year: None };
/// let answer = required_minimum_distribution(&question)?;
/// assert_eq!(answer.distribution_period, Some("24.6".parse()?));
/// assert_eq!(answer.required_minimum_distribution, "20325.20".parse()?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range` for a balance that is negative, has more than two decimal places or
/// exceeds 10^15; `year.out_of_range` for a year outside its range or before a birth.
pub fn required_minimum_distribution(
    request: &RequiredDistributionInput,
) -> Result<RequiredDistributionResult> {
    let cents = cents(request.balance).at("balance")?;
    let year = request.year;
    check_year(request.birth_year, BIRTH_YEARS).at("birthYear")?;
    check_year(year, FIRST_TABLE_YEAR.max(request.birth_year)..=LAST_YEAR).at("year")?;
    if let Some(spouse) = request.spouse_birth_year {
        check_year(spouse, *BIRTH_YEARS.start()..=year).at("spouseBirthYear")?;
    }
    let age = year - request.birth_year;
    let first_age = first_distribution_age(request.birth_year);
    let first_year = request.birth_year + first_age;
    let spouse_age = request.spouse_birth_year.map(|spouse| year - spouse);
    let applied = tenths(age, spouse_age).filter(|_| year >= first_year);
    // The required beginning date: only the first distribution may wait until 1 April of the next year (26 U.S.C.
    // 401(a)(9)(C)(i)).
    let due_year = if year == first_year { year + 1 } else { year };
    let (due_month, due_day) = if year == first_year { (4, 1) } else { (12, 31) };
    let (amount, period, due_date) = match applied {
        None => (Decimal::from_i128(0, 2)?, None, None),
        Some((_, tenths)) => {
            let tenths = i128::from(tenths);
            // Half up: twice the quotient, plus one half of its unit, in whole numbers.
            let amount = (cents * 20 + tenths) / (2 * tenths);
            let due = date(due_year as i32, due_month, due_day)?;
            (Decimal::from_i128(amount, 2)?, Some(Decimal::from_i128(tenths, 1)?), Some(due))
        }
    };
    Ok(RequiredDistributionResult {
        required_minimum_distribution: amount,
        age,
        first_age,
        first_year,
        table: applied.map(|(table, _)| table),
        distribution_period: period,
        due_date,
    })
}

fn cents(balance: Decimal) -> Result<i128> {
    let rounded = check::decimal_places(balance, 2)?;
    let largest = Decimal::new(1_000_000_000_000_000, 0)?;
    if balance.is_negative() || balance > largest {
        let message = format!("the balance is {balance}; it must be 0 to 10^15");
        return Err(Error::new(ErrorCode::AmountOutOfRange, message));
    }
    let missing_places = 2_u32.saturating_sub(rounded.scale());
    Ok(rounded.mantissa() * 10_i128.pow(missing_places))
}

fn check_year(year: u32, range: std::ops::RangeInclusive<u32>) -> Result<()> {
    check::whole(year, range, ErrorCode::YearOutOfRange).map(|_| ())
}
