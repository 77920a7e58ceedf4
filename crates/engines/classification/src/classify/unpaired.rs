//! What is left when transfers are paired: money under way, codes, earlier transactions, the model, the account and the sign.

use std::collections::BTreeMap;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    num::Decimal,
};
use wherewithal_ledger::LedgerTransactionType as Type;

use super::Classifier;
use crate::{
    FlowClass, FlowReason, FlowReasonKind as Kind,
    accounts::Use,
    merchant_codes,
    pairing::Hinted,
    parts::Part,
    source::{self, Said},
};

/// What was spent at a merchant until a day: the largest amount.
type Spent<'a> = BTreeMap<&'a str, Vec<(Date, Decimal)>>;

impl<'a> Classifier<'a> {
    /// Decides what is open: first what leaves, then what comes in, which may be a refund of it.
    pub(super) fn rest(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        let mut spent = Spent::new();
        for comes_in in [false, true] {
            for place in 0..self.parts.len() {
                work.done(4)?;
                let part = self.part(place);
                if part.decided.is_none() && (part.amount > Decimal::ZERO) == comes_in {
                    work.done(16)?;
                    let decided = self.decided_of(place, part, &spent);
                    self.part_mut(place).decided = Some(decided);
                }
            }
            if !comes_in {
                spent = self.spent(&mut work)?;
            }
        }
        Ok(())
    }

    /// What an open part is.
    fn decided_of(&self, place: usize, part: &Part<'a>, spent: &Spent<'_>) -> (FlowClass, FlowReason) {
        let of = |class, kind, detail: String| (class, FlowReason::new(kind, detail));
        let is_excluded = self.choice(place).not_transfer;
        if !is_excluded && let Some(found) = self.hinted(part) {
            return found;
        }
        if part.said == Said::Shares {
            return of(FlowClass::ExternalFlow, Kind::Source, "shares that move without a trade".to_owned());
        }
        if part.said == Said::Credit {
            return of(FlowClass::Refund, Kind::Source, "the source says that it is a refund".to_owned());
        }
        if part.category.is_some_and(source::is_equity) {
            let detail = "its category is an account of equity, which is neither earned nor spent";
            return of(FlowClass::ExternalFlow, Kind::Source, detail.to_owned());
        }
        let transaction = self.transaction(part);
        if let Some(code) = transaction.merchant_category_code.as_deref().and_then(merchant_codes::find)
            && let Some(class) = code.class(part.amount)
        {
            return of(class, Kind::MerchantCode, code.words());
        }
        let r#use = part.r#use(&self.accounts);
        if matches!(r#use, Use::Spending | Use::Card)
            && part.amount > Decimal::ZERO
            && let Some(merchant) = self.merchant(part)
            && was_spent(spent, merchant, transaction.date) >= part.amount
        {
            return of(
                FlowClass::Refund,
                Kind::Merchant,
                format!("at least as much was spent at {merchant} before"),
            );
        }
        if let Some(predicted) = self.predicted(part)
            && let Some(class) = predicted.label.class
        {
            return (with_sign(class, part.amount), super::categories::reason(predicted));
        }
        // What stands beside a movement is none.
        let r#type = if part.said == Said::Beside { Type::Other } else { transaction.r#type };
        if !is_excluded && let Some(found) = by_type(r#type) {
            return found;
        }
        by_account(r#use, r#type, part.amount)
    }

    /// What a part is whose source or text says that its other end is an own account, or one that is not.
    fn hinted(&self, part: &Part<'a>) -> Option<(FlowClass, FlowReason)> {
        let (class, detail) = match self.other_end(part)? {
            Hinted::Own(other) => {
                let (from, to) =
                    if part.amount.is_negative() { (part.account, other) } else { (other, part.account) };
                let id = &self.accounts.get(other).id;
                let detail = if part.amount.is_negative() {
                    format!("a transfer to the account {id}, which has not arrived")
                } else {
                    format!("a transfer from the account {id}, which has not left it")
                };
                (self.class_between(from, to), detail)
            }
            Hinted::Payment => (FlowClass::Transfer, "a payment of what the card owes".to_owned()),
            Hinted::Outside(name) => {
                let shown: String = name.chars().take(100).collect();
                (FlowClass::ExternalFlow, format!("a transfer with {shown:?}, which is none of the accounts"))
            }
        };
        Some((class, FlowReason::new(Kind::Source, detail)))
    }

    /// What the source or the text of an unpaired movement says of its other end.
    pub(super) fn other_end(&self, part: &Part<'a>) -> Option<Hinted<'a>> {
        if !matches!(part.said, Said::Movement | Said::Credit) {
            return None;
        }
        crate::pairing::other_end(part, self.transaction(part), &self.accounts)
    }

    /// What was spent at merchants, by day.
    fn spent(&self, work: &mut Work<'_, '_>) -> Result<Spent<'a>> {
        let mut spent = Spent::new();
        for part in &self.parts {
            work.done(2)?;
            let is_spent = matches!(part.decided, Some((FlowClass::Expense, _))) && part.amount.is_negative();
            if is_spent && let Some(merchant) = self.merchant(part) {
                spent.entry(merchant).or_default().push((self.transaction(part).date, part.amount.negated()));
            }
        }
        for amounts in spent.values_mut() {
            work.done(amounts.len())?;
            amounts.sort_unstable();
            let mut most = Decimal::ZERO;
            for (_, amount) in amounts {
                most = most.max(*amount);
                *amount = most;
            }
        }
        Ok(spent)
    }
}

/// The largest amount that was spent at a merchant until a day, that day included.
fn was_spent(spent: &Spent<'_>, merchant: &str, date: Date) -> Decimal {
    let amounts = spent.get(merchant).map(Vec::as_slice).unwrap_or_default();
    let until = amounts.partition_point(|(day, _)| *day <= date);
    until.checked_sub(1).and_then(|last| amounts.get(last)).map_or(Decimal::ZERO, |(_, most)| *most)
}

/// The class of a label for an amount of a sign: what comes back of spending is a refund.
pub(super) fn with_sign(class: FlowClass, amount: Decimal) -> FlowClass {
    match class {
        FlowClass::Expense if amount > Decimal::ZERO => FlowClass::Refund,
        FlowClass::Income | FlowClass::Refund if amount.is_negative() => FlowClass::Expense,
        other => other,
    }
}

/// What a type says of a movement whose other end is in no own account.
fn by_type(r#type: Type) -> Option<(FlowClass, FlowReason)> {
    if !matches!(r#type, Type::Transfer | Type::Contribution | Type::Distribution) {
        return None;
    }
    let detail = format!(
        "the source says that it is {}; its other end is in none of the accounts",
        source::name(r#type)
    );
    Some((FlowClass::ExternalFlow, FlowReason::new(Kind::Source, detail)))
}

/// What the kind of the account and the sign say.
fn by_account(r#use: Use, r#type: Type, amount: Decimal) -> (FlowClass, FlowReason) {
    let comes_in = amount > Decimal::ZERO;
    let (class, kind, detail) = match r#use {
        Use::Loan if comes_in => (
            FlowClass::PrincipalPaid,
            Kind::Account,
            "it lowers the debt of the account; no interest is stated",
        ),
        Use::Loan if amount.is_negative() => {
            (FlowClass::LoanTaken, Kind::Account, "it raises the debt of the account")
        }
        Use::Card if comes_in => (FlowClass::Refund, Kind::Account, "a credit on a card"),
        Use::Investment if matches!(r#type, Type::Deposit | Type::Withdrawal | Type::Payment) => {
            (FlowClass::ExternalFlow, Kind::Account, "money that enters or leaves an investment account")
        }
        _ if comes_in => (FlowClass::Income, Kind::Sign, "it comes in, and nothing says more"),
        _ => (FlowClass::Expense, Kind::Sign, "it goes out, and nothing says more"),
    };
    (class, FlowReason::new(kind, detail))
}
