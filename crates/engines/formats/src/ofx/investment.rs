//! Transactions of brokers (13.9.2.4).

use wherewithal_base::{Error, ErrorCode, num::Decimal};
use wherewithal_ledger::{LedgerSplit, LedgerTransaction, LedgerTransactionType as Type};

use super::{
    document::Node,
    statement::Reader,
    values::{amount, dated, missing, needed_amount, needed_date},
};
use crate::collect::{Collected, Fault, Place, blank_transaction};

/// Reads a transaction.
pub(super) fn read(
    reader: &Reader<'_, '_>,
    node: &Node<'_, '_>,
    account: &str,
    place: Place,
    collected: &mut Collected,
) -> Result<(), Fault> {
    if node.name() == "JRNLSEC" {
        collected.skip(place, "shares that move between the parts of one account", node.name());
        return Ok(());
    }
    let Some(r#type) = kind(node) else {
        let error = Error::new(ErrorCode::NameUnknown, "a transaction of an unknown kind");
        return Err(Fault::at(error, node.name(), node.name()));
    };
    let date = needed_date(node, "DTTRADE")?;
    let mut transaction = blank_transaction(account.to_owned(), date, Decimal::ZERO, place);
    transaction.r#type = r#type;
    transaction.settlement_date = dated(node, "DTSETTLE")?;
    transaction.currency = reader.currency(node)?;
    transaction.reference = node.given("FITID");
    transaction.memo = node.given("MEMO");
    transaction.price = amount(node, "UNITPRICE")?.map(Decimal::abs);
    transaction.fees = fees(node)?;
    moved(node, &mut transaction)?;
    let security = reader.securities.named_in(node, collected);
    let name = security.as_ref().and_then(|security| security.name.clone());
    transaction.security = security.as_ref().map(|security| security.id.clone());
    let texts = [transaction.memo.clone(), name, Some(node.name().to_owned())];
    transaction.description = texts.into_iter().flatten().next().unwrap_or_default();
    collected.valid_transaction(transaction)?;
    if let Some(security) = security {
        collected.security(security);
    }
    Ok(())
}

/// What an element is.
fn kind(node: &Node<'_, '_>) -> Option<Type> {
    let name = node.name();
    Some(match name {
        "BUYDEBT" | "BUYMF" | "BUYOPT" | "BUYOTHER" | "BUYSTOCK" => {
            let covers = [node.text("BUYTYPE"), node.text("OPTBUYTYPE")];
            if covers.contains(&"BUYTOCOVER") || covers.contains(&"BUYTOCLOSE") {
                Type::Cover
            } else {
                Type::Buy
            }
        }
        "SELLDEBT" | "SELLMF" | "SELLOPT" | "SELLOTHER" | "SELLSTOCK" => {
            let opens = [node.text("SELLTYPE"), node.text("OPTSELLTYPE")];
            if opens.contains(&"SELLSHORT") || opens.contains(&"SELLTOOPEN") {
                Type::SellShort
            } else {
                Type::Sell
            }
        }
        "REINVEST" => Type::Reinvestment,
        "INCOME" => match node.text("INCOMETYPE") {
            "DIV" => Type::Dividend,
            "INTEREST" => Type::Interest,
            "CGLONG" | "CGSHORT" => Type::CapitalGainDistribution,
            _ => Type::Other,
        },
        "INVEXPENSE" => Type::Fee,
        "MARGININTEREST" => Type::Interest,
        "RETOFCAP" => Type::ReturnOfCapital,
        "SPLIT" => Type::Split,
        "TRANSFER" => Type::SecurityTransfer,
        "JRNLFUND" => Type::Transfer,
        "CLOSUREOPT" => match node.text("OPTACTION") {
            "EXERCISE" => Type::OptionExercise,
            "ASSIGN" => Type::OptionAssignment,
            _ => Type::OptionExpiry,
        },
        _ => return None,
    })
}

/// What moves: money and shares.
fn moved(node: &Node<'_, '_>, transaction: &mut LedgerTransaction) -> Result<(), Fault> {
    let units = amount(node, "UNITS")?;
    match node.name() {
        "REINVEST" => {
            let total = needed_amount(node, "TOTAL")?.abs();
            transaction.quantity = units.map(Decimal::abs);
            transaction.splits = cancelling(total, ("income", None), ("reinvestment", None));
        }
        "INCOME" | "RETOFCAP" => {
            transaction.amount = needed_amount(node, "TOTAL")?;
            transaction.splits = withheld(node, transaction.amount, "income")?;
        }
        "INVEXPENSE" | "MARGININTEREST" => transaction.amount = needed_amount(node, "TOTAL")?.abs().negated(),
        "JRNLFUND" => {
            let total = needed_amount(node, "TOTAL")?.abs();
            let (to, from) = (node.given("SUBACCTTO"), node.given("SUBACCTFROM"));
            transaction.splits = cancelling(total, ("journal", to), ("journal", from));
        }
        "TRANSFER" => {
            let units = units.ok_or_else(|| missing("UNITS"))?;
            let out = node.text("TFERACTION") == "OUT";
            transaction.quantity = Some(if out { units.abs().negated() } else { units });
        }
        "SPLIT" => {
            let (old, new) = (amount(node, "OLDUNITS")?, amount(node, "NEWUNITS")?);
            if let (Some(old), Some(new)) = (old, new) {
                transaction.quantity = Some(new.minus(old).map_err(Fault::of)?);
            }
            transaction.split_to = Some(above_zero(node, "NUMERATOR")?);
            transaction.split_from = Some(above_zero(node, "DENOMINATOR")?);
            transaction.amount = amount(node, "FRACCASH")?.unwrap_or_default();
        }
        "CLOSUREOPT" => transaction.quantity = units,
        _ => {
            // A purchase costs and a sale brings, whatever the sign that a broker writes.
            let total = needed_amount(node, "TOTAL")?.abs();
            let units = units.map(Decimal::abs);
            let buys = transaction.r#type.acquires();
            transaction.amount = if buys { total.negated() } else { total };
            transaction.splits = withheld(node, transaction.amount, "proceeds")?;
            transaction.quantity = if buys { units } else { units.map(Decimal::negated) };
        }
    }
    Ok(())
}

/// An end of the ratio of a split.
fn above_zero(node: &Node<'_, '_>, name: &str) -> Result<Decimal, Fault> {
    let value = needed_amount(node, name)?;
    if value > Decimal::ZERO {
        return Ok(value);
    }
    let error = Error::new(ErrorCode::QuantityOutOfRange, "a split has a ratio above zero");
    Err(Fault::at(error, name, node.text(name)))
}

/// What was earned and the tax that was withheld from it, where there is one: the total is what arrives (13.9.2.4.3). A
/// reversal takes back what arrived, and gives back the tax: both are below zero. Beside what arrives, a broker who writes the
/// tax below zero means that it is taken.
fn withheld(node: &Node<'_, '_>, arrives: Decimal, earned: &str) -> Result<Vec<LedgerSplit>, Fault> {
    let mut tax = Decimal::ZERO;
    for name in ["WITHHOLDING", "STATEWITHHOLDING"] {
        if let Some(part) = amount(node, name)? {
            let part = if arrives.is_negative() { part } else { part.abs() };
            tax = tax.plus(part).map_err(Fault::of)?;
        }
    }
    if tax.is_zero() {
        return Ok(Vec::new());
    }
    let part = |amount, category: &str| LedgerSplit {
        amount,
        category: Some(category.to_owned()),
        memo: None,
        transfer_account: None,
    };
    let gross = arrives.plus(tax).map_err(Fault::of)?;
    Ok(vec![part(gross, earned), part(tax.negated(), "withholding")])
}

/// Two parts that cancel.
fn cancelling(
    total: Decimal,
    one: (&str, Option<String>),
    other: (&str, Option<String>),
) -> Vec<LedgerSplit> {
    let part = |amount, (category, memo): (&str, Option<String>)| LedgerSplit {
        amount,
        category: Some(category.to_owned()),
        memo,
        transfer_account: None,
    };
    vec![part(total, one), part(total.negated(), other)]
}

/// Commission, fees, load, transaction taxes and penalties together.
fn fees(node: &Node<'_, '_>) -> Result<Option<Decimal>, Fault> {
    let mut sum = Decimal::ZERO;
    for name in ["COMMISSION", "FEES", "LOAD", "TAXES", "PENALTY"] {
        if let Some(fee) = amount(node, name)? {
            sum = sum.plus(fee.abs()).map_err(Fault::of)?;
        }
    }
    Ok((!sum.is_zero()).then_some(sum))
}
