//! Loan-to-value ratios of a property.

use super::amounts::{Amounts, Share, ratio};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The largest number of liens.
const MAX_LIENS: usize = 1000;

/// A property and what is borrowed against it.
#[derive(Debug, Clone, Wire)]
pub struct LoanToValueInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The appraised value; greater than zero.
    #[wire(above = 0)]
    pub appraised_value: Decimal,
    /// The price, if the property is being bought. The lower of the two is the value.
    pub purchase_price: Option<Decimal>,
    /// The first mortgage.
    pub first_mortgage: Decimal,
    /// The loans behind the first mortgage; at most 1000.
    #[wire(default, length = ..=1000)]
    pub subordinate_liens: Vec<SubordinateLien>,
    /// The highest allowed loan-to-value ratio, as a fraction, 0 to 2 (0.8 is 80 %).
    #[wire(share, range = 0..=2)]
    pub loan_to_value_limit: Option<Decimal>,
    /// The highest allowed combined ratio, as a fraction, 0 to 2.
    #[wire(share, range = 0..=2)]
    pub combined_limit: Option<Decimal>,
    /// The highest allowed combined ratio with credit lines in full, as a fraction, 0 to 2.
    #[wire(share, range = 0..=2)]
    pub high_combined_limit: Option<Decimal>,
}

/// A loan behind the first mortgage.
#[derive(Debug, Clone, Wire)]
pub struct SubordinateLien {
    /// A label for display.
    #[wire(default)]
    pub name: String,
    /// The balance owed; for a credit line, the amount drawn.
    pub balance: Decimal,
    /// The credit limit, if the lien is a credit line (HELOC).
    pub credit_limit: Option<Decimal>,
}

/// Loan-to-value ratios, and what the limits leave.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanToValueRatios {
    /// The denominator of the ratios: the lower of the price and the appraised value.
    pub value: Decimal,
    /// LTV: the first mortgage divided by the value.
    pub loan_to_value: LoanToValueRatio,
    /// CLTV: the first mortgage and what is owed on all other liens, divided by the value.
    pub combined: LoanToValueRatio,
    /// HCLTV: like the combined ratio, but with the full limit of each credit line, drawn or not, or the balance if
    /// that is more.
    pub high_combined: LoanToValueRatio,
    /// The value less everything owed; negative if more is owed.
    pub equity: Decimal,
    /// The price less the first mortgage and what is owed on the other liens; null without a price.
    pub down_payment: Option<Decimal>,
    /// The largest first mortgage within all limits, with the other liens unchanged; null without a limit.
    pub largest_first_mortgage: Option<Decimal>,
    /// By how much the first mortgage exceeds it; null without a limit.
    pub excess: Option<Decimal>,
    /// The lowest down payment within all limits: the price less the other liens and the largest first mortgage, and
    /// never below zero. Null without a price or a limit.
    pub down_payment_needed: Option<Decimal>,
}

/// A ratio and its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LoanToValueRatio {
    /// The loans that count.
    pub loans: Decimal,
    /// The loans divided by the value, as a fraction rounded half to even to six places.
    pub ratio: Decimal,
    /// The ratio in whole percent by the rule of Fannie Mae's Selling Guide (B2-1.2-01): truncated to two decimal
    /// places, then rounded up. 94.01 % is 95, 80.001 % is 80.
    pub percent_rounded_up: u32,
    /// Whether the exact ratio is within its limit; null without a limit.
    pub is_met: Option<bool>,
}

/// The ratios of a property's loans to its value: the first mortgage alone, with the drawn subordinate liens, and
/// with credit lines in full.
///
/// The definitions are those of Fannie Mae's Selling Guide, B2-1.2-01 to B2-1.2-03.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, LoanToValueInput, SubordinateLien};
/// use wherewithal::money::Currency;
///
/// let ratios = debt::loan_to_value(&LoanToValueInput {
///     currency: Currency::USD,
///     appraised_value: "400000".parse()?,
///     purchase_price: None,
///     first_mortgage: "280000".parse()?,
///     subordinate_liens: vec![SubordinateLien {
///         name: "credit line".to_owned(),
///         balance: "20000".parse()?,
///         credit_limit: Some("60000".parse()?),
///     }],
///     loan_to_value_limit: Some("0.8".parse()?),
///     combined_limit: None,
///     high_combined_limit: None,
/// })?;
/// assert_eq!(ratios.loan_to_value.percent_rounded_up, 70);
/// assert_eq!(ratios.combined.percent_rounded_up, 75);
/// assert_eq!(ratios.high_combined.percent_rounded_up, 85);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `list.too_long`,
/// `decimal.too_precise`, each at the path of its field.
pub fn loan_to_value(input: &LoanToValueInput) -> Result<LoanToValueRatios> {
    let amounts = Amounts::of(input.currency)?;
    let appraised = amounts.read_positive(input.appraised_value, "appraisedValue")?;
    let price =
        input.purchase_price.map(|price| amounts.read_positive(price, "purchasePrice")).transpose()?;
    // In a purchase the lower of price and appraised value counts (Selling Guide B2-1.2-01).
    let value = price.map_or(appraised, |price| price.min(appraised));
    let first = i128::from(amounts.read(input.first_mortgage, "firstMortgage")?);
    let liens = Liens::sum(&input.subordinate_liens, amounts)?;

    let held = |subordinate: i128, limit: Option<Decimal>, field: &str| {
        let largest = limit.map(|limit| Share::read(limit, 2, field)?.of(value.into(), Rounding::Down));
        Result::Ok(Held { subordinate, largest: largest.transpose()? })
    };
    let alone = held(0, input.loan_to_value_limit, "loanToValueLimit")?;
    let combined = held(liens.owed, input.combined_limit, "combinedLimit")?;
    let high_combined = held(liens.in_full, input.high_combined_limit, "highCombinedLimit")?;
    let largest_first = [alone, combined, high_combined].into_iter().filter_map(Held::largest_first).min();
    let write = |units: i128| amounts.write(units);
    let needed = |(price, largest): (i64, i128)| write((i128::from(price) - liens.owed - largest).max(0));
    Ok(LoanToValueRatios {
        value: amounts.write(value)?,
        loan_to_value: alone.ratio(first, value, amounts)?,
        combined: combined.ratio(first, value, amounts)?,
        high_combined: high_combined.ratio(first, value, amounts)?,
        equity: write(i128::from(value) - first - liens.owed)?,
        down_payment: price.map(|price| write(i128::from(price) - first - liens.owed)).transpose()?,
        largest_first_mortgage: largest_first.map(write).transpose()?,
        excess: largest_first.map(|largest| write((first - largest).max(0))).transpose()?,
        down_payment_needed: price.zip(largest_first).map(needed).transpose()?,
    })
}

/// The sums of the subordinate liens, in minor units.
struct Liens {
    owed: i128,
    in_full: i128,
}

impl Liens {
    fn sum(liens: &[SubordinateLien], amounts: Amounts) -> Result<Self> {
        check::length(liens.len(), 0..=MAX_LIENS).at("subordinateLiens")?;
        let mut sum = Self { owed: 0, in_full: 0 };
        for (index, lien) in liens.iter().enumerate() {
            let owed = amounts.read(lien.balance, "balance").at_index("subordinateLiens", index)?;
            let limit = lien.credit_limit.map(|limit| amounts.read(limit, "creditLimit"));
            let limit = limit.transpose().at_index("subordinateLiens", index)?;
            sum.owed += i128::from(owed);
            // An overdrawn credit line counts with its balance.
            sum.in_full += i128::from(limit.map_or(owed, |limit| limit.max(owed)));
        }
        Ok(sum)
    }
}

/// The liens that count beside the first mortgage, and the limit on their sum.
#[derive(Clone, Copy)]
struct Held {
    subordinate: i128,
    largest: Option<i128>,
}

impl Held {
    fn largest_first(self) -> Option<i128> {
        self.largest.map(|largest| (largest - self.subordinate).max(0))
    }

    fn ratio(self, first: i128, value: i64, amounts: Amounts) -> Result<LoanToValueRatio> {
        let loans = first + self.subordinate;
        // Integer division truncates to hundredths of a percent; adding 99 of them rounds up to whole percent.
        let hundredths_of_percent = loans * 10_000 / i128::from(value);
        let percent = u32::try_from((hundredths_of_percent + 99) / 100).map_err(|_| {
            Error::new(
                ErrorCode::ResultTooLarge,
                "the loans are too large for the value of the \
                property",
            )
        })?;
        Ok(LoanToValueRatio {
            loans: amounts.write(loans)?,
            ratio: ratio(loans, value)?,
            percent_rounded_up: percent,
            is_met: self.largest.map(|largest| loans <= largest),
        })
    }
}

#[cfg(test)]
mod tests;
