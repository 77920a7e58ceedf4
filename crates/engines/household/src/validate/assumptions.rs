//! The rules of the assumptions and of what refers to them.

use std::ops::Bound;

use super::super::{
    AssetClassWeight, Assumptions, Household, IncomeTaxBracket, IncomeTaxScale, TaxAssumption,
};
use super::{MAX_NAME, amount, each, places_of};
use wherewithal_base::{
    Error, ErrorCode, Result, check, error::At as _, money::Currency, num::Decimal, rates::ReturnConvention,
};

/// The largest number of asset classes.
const MAX_CLASSES: usize = 20;
/// The largest number of points of a glide path.
const MAX_POINTS: usize = 100;
/// The largest number of brackets.
const MAX_BRACKETS: usize = 50;

pub(super) fn assumptions(assumptions: &Assumptions, currency: Currency) -> Result<()> {
    returns(assumptions)?;
    check::rate(assumptions.inflation, -0.5..=10.0).at("inflation")?;
    check::fee(assumptions.annual_fee.unwrap_or_default()).at("annualFee")?;
    if let Some(rate) = assumptions.effective_tax_rate {
        below_one(rate).at("effectiveTaxRate")?;
        if assumptions.taxes.is_some() {
            let message = "give either `taxes` or `effectiveTaxRate`, not both";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("effectiveTaxRate"));
        }
    }
    assumptions.taxes.as_ref().map_or(Ok(()), |given| taxes(given, currency)).at("taxes")?;
    assumptions.survivor_spending_share.map_or(Ok(0.0), check::fraction).at("survivorSpendingShare")?;
    assumptions.bequest.map_or(Ok(()), |sum| amount(sum, places_of(currency))).at("bequest")
}

/// One return, or asset classes.
fn returns(assumptions: &Assumptions) -> Result<()> {
    check::length(assumptions.asset_classes.len(), 0..=MAX_CLASSES).at("assetClasses")?;
    if assumptions.asset_classes.is_empty() {
        let missing = |field: &str| {
            let message = "a projection needs `expectedReturn` and `volatility`, or `assetClasses`";
            Error::new(ErrorCode::FieldMissing, message).at(field)
        };
        let expected = assumptions.expected_return.ok_or_else(|| missing("expectedReturn"))?;
        check::growth(expected).at("expectedReturn")?;
        let volatility = assumptions.volatility.ok_or_else(|| missing("volatility"))?;
        check::volatility(volatility).at("volatility")?;
        let classes = [
            ("correlations", assumptions.correlations.is_empty()),
            ("allocation", assumptions.allocation.is_empty()),
            ("glidePath", assumptions.glide_path.is_empty()),
        ];
        if let Some((field, _)) = classes.into_iter().find(|(_, is_empty)| !is_empty) {
            let message = "it refers to asset classes, but `assetClasses` is empty";
            return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
        }
        return Ok(());
    }
    for (field, given) in
        [("expectedReturn", assumptions.expected_return), ("volatility", assumptions.volatility)]
    {
        if given.is_some() {
            let message = "give either this or `assetClasses`, not both";
            return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
        }
    }
    let names = assumptions.asset_classes.iter().map(|class| class.name.as_str());
    check::names(names, "name").at("assetClasses")?;
    each("assetClasses", &assumptions.asset_classes, |class| {
        check::growth(class.expected_return).at("expectedReturn")?;
        check::volatility(class.volatility).at("volatility").map(|_| ())
    })?;
    one_kind_of_return(assumptions)?;
    correlations(assumptions).at("correlations")?;
    weights(&assumptions.allocation, assumptions).at("allocation")?;
    check::length(assumptions.glide_path.len(), 0..=MAX_POINTS).at("glidePath")?;
    let mut last = 0;
    each("glidePath", &assumptions.glide_path, |point| {
        check::whole(point.year, 1900..=2400, ErrorCode::YearOutOfRange).at("year")?;
        if point.year <= last {
            let message = format!("{} does not come after {last}", point.year);
            return Err(Error::new(ErrorCode::ListOutOfOrder, message).at("year"));
        }
        last = point.year;
        check::length(point.weights.len(), 1..=MAX_CLASSES).at("weights")?;
        weights(&point.weights, assumptions).at("weights")
    })
}

/// Simple returns in all asset classes or in none: a correlation between the kinds would be of neither.
fn one_kind_of_return(assumptions: &Assumptions) -> Result<()> {
    let is_simple = |class| assumptions.convention_of(class) == ReturnConvention::Simple;
    let classes = &assumptions.asset_classes;
    let simple = classes.first().is_some_and(is_simple);
    match classes.iter().position(|class| is_simple(class) != simple) {
        None => Ok(()),
        Some(other) => {
            let message = "some asset classes state simple returns and others do not; write all of them with the same \
                convention, so that correlations are of one kind";
            Err(Error::new(ErrorCode::FieldConflict, message)
                .at("returnConvention")
                .at_index("assetClasses", other))
        }
    }
}

/// A row for each class, or none. Whether the matrix is that of random numbers is checked where they are drawn.
fn correlations(assumptions: &Assumptions) -> Result<()> {
    let classes = assumptions.asset_classes.len();
    if assumptions.correlations.is_empty() {
        return Ok(());
    }
    check::same_length(assumptions.correlations.len(), classes, "asset class")?;
    for (index, row) in assumptions.correlations.iter().enumerate() {
        let values = || {
            check::same_length(row.len(), classes, "asset class")?;
            row.iter().enumerate().try_for_each(|(column, value)| {
                let valid = check::number(*value, -1.0..=1.0, ErrorCode::NumberOutOfRange);
                valid.at(&format!("[{column}]")).map(|_| ())
            })
        };
        values().at(&format!("[{index}]"))?;
    }
    Ok(())
}

/// Weights of known classes, each at most once, with a sum of 1; or none.
fn weights(weights: &[AssetClassWeight], assumptions: &Assumptions) -> Result<()> {
    if weights.is_empty() {
        return Ok(());
    }
    check::length(weights.len(), 0..=MAX_CLASSES)?;
    let known = assumptions.asset_classes.iter().map(|class| class.name.as_str());
    for (index, weight) in weights.iter().enumerate() {
        let one = || {
            check::place(&weight.asset_class, known.clone(), "asset class").at("assetClass")?;
            check::number(weight.weight, 0.0..=1.0, ErrorCode::WeightOutOfRange).at("weight")?;
            let earlier = weights.iter().take(index);
            if earlier.into_iter().any(|before| before.asset_class == weight.asset_class) {
                let message = format!("{:?} already has a weight", weight.asset_class);
                return Err(Error::new(ErrorCode::ListDuplicate, message).at("assetClass"));
            }
            Ok(())
        };
        one().at(&format!("[{index}]"))?;
    }
    let values: Vec<f64> = weights.iter().map(|weight| weight.weight).collect();
    check::weights(&values, values.len()).map(|_| ())
}

impl Household {
    /// The asset classes that accounts and holdings name.
    pub(super) fn asset_class_references(&self) -> Result<()> {
        let none = Vec::new();
        let classes = self.assumptions.as_ref().map_or(&none, |assumptions| &assumptions.asset_classes);
        let known = classes.iter().map(|class| class.name.as_str());
        each("accounts", &self.accounts, |account| {
            if !account.allocation.is_empty() {
                let Some(assumptions) = self.assumptions.as_ref().filter(|_| !classes.is_empty()) else {
                    let message = "it names asset classes, but `assumptions.assetClasses` is empty";
                    return Err(Error::new(ErrorCode::FieldConflict, message).at("allocation"));
                };
                weights(&account.allocation, assumptions).at("allocation")?;
            }
            each("holdings", &account.holdings, |holding| match &holding.asset_class {
                Some(class) => {
                    check::text(class, MAX_NAME / 2).at("assetClass")?;
                    // Without any class the name is only a remark, so that a document can have it before a view of markets.
                    if classes.is_empty() {
                        return Ok(());
                    }
                    check::place(class, known.clone(), "asset class").at("assetClass").map(|_| ())
                }
                None => Ok(()),
            })
        })
    }
}

fn taxes(taxes: &TaxAssumption, currency: Currency) -> Result<()> {
    match taxes {
        TaxAssumption::Rates { ordinary, long_term_gains, state_rate, taxable_social_security_share } => {
            below_one(*ordinary).at("ordinary")?;
            below_one(*long_term_gains).at("longTermGains")?;
            below_one(*state_rate).at("stateRate")?;
            check::fraction(*taxable_social_security_share).at("taxableSocialSecurityShare").map(|_| ())
        }
        TaxAssumption::UnitedStates { state_rate, .. } => below_one(*state_rate).at("stateRate"),
        TaxAssumption::Brackets { single, joint, state_rate, .. } => {
            scale(single, currency).at("single")?;
            joint.as_ref().map_or(Ok(()), |joint| scale(joint, currency)).at("joint")?;
            below_one(*state_rate).at("stateRate")
        }
    }
}

fn scale(scale: &IncomeTaxScale, currency: Currency) -> Result<()> {
    let places = places_of(currency);
    amount(scale.deduction, places).at("deduction")?;
    check::length(scale.ordinary.len(), 1..=MAX_BRACKETS).at("ordinary")?;
    brackets("ordinary", &scale.ordinary, places)?;
    check::length(scale.long_term_gains.len(), 0..=MAX_BRACKETS).at("longTermGains")?;
    brackets("longTermGains", &scale.long_term_gains, places)?;
    check::fraction(scale.taxable_social_security_share).at("taxableSocialSecurityShare").map(|_| ())
}

fn brackets(field: &str, brackets: &[IncomeTaxBracket], places: u32) -> Result<()> {
    let mut last: Option<Decimal> = None;
    each(field, brackets, |bracket| {
        amount(bracket.above, places).at("above")?;
        if last.is_some_and(|last| bracket.above <= last) {
            let message = format!("{} does not come after the bracket before it", bracket.above);
            return Err(Error::new(ErrorCode::ListOutOfOrder, message).at("above"));
        }
        last = Some(bracket.above);
        below_one(bracket.rate).at("rate")
    })
}

/// A fraction from 0 to below 1.
fn below_one(rate: f64) -> Result<()> {
    check::rate(rate, (Bound::Included(0.0), Bound::Excluded(1.0))).map(|_| ())
}
