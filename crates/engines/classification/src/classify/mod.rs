//! The classification of a ledger.

mod answer;
mod categories;
mod debts;
mod decide;
mod transfers;
mod unpaired;

use std::collections::BTreeMap;

use wherewithal_base::{
    ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    num::Decimal,
};
use wherewithal_ledger::{self as ledger, LedgerIds};

use crate::{
    Classification, ClassifyInput, FlowClass, FlowReason, FlowReasonKind,
    accounts::{Accounts, Use},
    corrections::Corrections,
    merchant,
    model::{Predicted, Predictor},
    pairing::{Open, Pair},
    parts::{self, Part},
    rules::Rules,
};

/// Classifies the flows of a ledger: each part of each transaction is one thing, with what decided it.
///
/// ```
/// # use wherewithal_classification::wherewithal;
/// use wherewithal::{classification::{self, ClassifyInput, FlowClass}, control::Control};
///
/// let input: ClassifyInput = serde_json::from_str(r#"{
///     "accounts": [{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}],
///     "transactions": [
///         {"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "CAFE"},
///         {"id": "2", "account": "checking", "date": "2026-03-05", "amount": "-4.50", "type": "payment",
///          "description": "CARD PAYMENT"},
///         {"id": "3", "account": "card", "date": "2026-03-06", "amount": "4.50", "type": "payment",
///          "description": "PAYMENT THANK YOU"}]}"#).unwrap();
/// let answer = classification::classify(&input, &Control::default())?;
/// let classes: Vec<FlowClass> = answer.flows.iter().map(|flow| flow.class).collect();
/// assert_eq!(classes, [FlowClass::Expense, FlowClass::Transfer, FlowClass::Transfer]);
/// assert_eq!((answer.transfers[0].from.as_str(), answer.transfers[0].to.as_str()), ("2", "3"));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`ledger::validate`]; `list.too_long`, `list.duplicate`, `name.unknown`, `text.invalid`, `field.missing`,
/// `field.conflict`, `range.out_of_order`, `index.out_of_range`, `count.out_of_range`, `number.out_of_range`,
/// `probability.out_of_range`, `term.out_of_range`, `decimal.overflow`, `operation.cancelled`.
pub fn classify(input: &ClassifyInput, control: &Control) -> Result<Classification> {
    validated(input)?;
    control.check()?;
    let places = ledger::validate(&input.accounts, &input.securities, &input.transactions, control)?;
    control.check()?;
    let accounts = Accounts::of(&input.accounts);
    let merchants = merchants(input, control)?;
    let (parts, starts) = all_parts(input, &accounts, control)?;
    let counts = |place: usize| u32::try_from(own(&starts, place).len()).unwrap_or(u32::MAX);
    let corrections =
        Corrections::of(&input.corrections, &input.transactions, &places, &merchants, &counts, control)?;
    let mut classifier = Classifier {
        input,
        scope: scope(input, &accounts)?,
        rules: Rules::of(&input.rules, &accounts)?,
        model: input.model.as_ref().map(Predictor::of).transpose().at("model")?,
        predictions: BTreeMap::new(),
        choices: Vec::new(),
        pairs: Vec::new(),
        open: Vec::new(),
        added: BTreeMap::new(),
        last: input.transactions.iter().map(|transaction| transaction.date).max(),
        accounts,
        merchants: &merchants,
        corrections,
        parts,
        starts,
        ranks: ranks(places.places(), input.transactions.len()),
        places,
    };
    classifier.predict(control)?;
    classifier.decide(control)?;
    classifier.pair(control)?;
    classifier.rest(control)?;
    classifier.divide_payments(control)?;
    classifier.answer(control)
}

fn validated(input: &ClassifyInput) -> Result<()> {
    check::length(input.accounts.len(), 0..=1_000).at("accounts")?;
    check::length(input.securities.len(), 0..=20_000).at("securities")?;
    check::length(input.transactions.len(), 0..=200_000).at("transactions")?;
    check::length(input.scope.len(), 0..=1_000).at("scope")?;
    check::probability(input.min_confidence, 0.0..=1.0).at("minConfidence")?;
    check::whole(input.transfer_days, 0..=31, ErrorCode::TermOutOfRange).at("transferDays")?;
    Ok(())
}

/// For each account, whether its flows are asked for.
fn scope(input: &ClassifyInput, accounts: &Accounts<'_>) -> Result<Vec<bool>> {
    let mut scope = vec![input.scope.is_empty(); input.accounts.len()];
    for (index, id) in input.scope.iter().enumerate() {
        let place = accounts.with_id(id).at_index("scope", index)?;
        #[expect(clippy::indexing_slicing, reason = "places are those of the accounts")]
        let is_in = &mut scope[place];
        *is_in = true;
    }
    Ok(scope)
}

/// The merchant of each transaction, as its text has it.
fn merchants(input: &ClassifyInput, control: &Control) -> Result<Vec<Option<String>>> {
    let mut work = Work::under(control);
    let of = |transaction: &ledger::LedgerTransaction| {
        work.done(8 + transaction.description.len() / 32)?;
        Ok(merchant::of(transaction))
    };
    input.transactions.iter().map(of).collect()
}

/// The parts of all transactions, and for each transaction the place of its first.
fn all_parts<'a>(
    input: &'a ClassifyInput,
    accounts: &Accounts<'_>,
    control: &Control,
) -> Result<(Vec<Part<'a>>, Vec<usize>)> {
    let mut work = Work::under(control);
    let mut parts = Vec::with_capacity(input.transactions.len());
    let mut starts = Vec::with_capacity(input.transactions.len() + 1);
    for (place, transaction) in input.transactions.iter().enumerate() {
        starts.push(parts.len());
        parts::of(transaction, place, accounts, input.currency, &mut parts)
            .at_index("transactions", place)?;
        work.done(4 + transaction.splits.len())?;
    }
    starts.push(parts.len());
    Ok((parts, starts))
}

/// The places of the parts of a transaction.
#[expect(clippy::indexing_slicing, reason = "each transaction has a start, and the last of them an end")]
fn own(starts: &[usize], place: usize) -> std::ops::Range<usize> {
    starts[place]..starts[place + 1]
}

/// For each place, its number among the sorted ones.
fn ranks(sorted: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut ranks = vec![0; count];
    for (place, number) in sorted.zip(0..) {
        #[expect(clippy::indexing_slicing, reason = "places are below the count")]
        let rank = &mut ranks[place];
        *rank = number;
    }
    ranks
}

/// A ledger while it is classified.
struct Classifier<'a> {
    input: &'a ClassifyInput,
    accounts: Accounts<'a>,
    /// For each account, whether its flows are asked for.
    scope: Vec<bool>,
    merchants: &'a [Option<String>],
    corrections: Corrections<'a>,
    rules: Rules<'a>,
    model: Option<Predictor<'a>>,
    parts: Vec<Part<'a>>,
    /// For each transaction, the place of its first part, and at the end the number of parts.
    starts: Vec<usize>,
    /// The places of the transactions by their ids.
    places: LedgerIds<'a>,
    /// For each transaction, its number among all by their ids: comparing ids again and again takes longer.
    ranks: Vec<u32>,
    /// For each part, what the user says of it beside its class.
    choices: Vec<Choice<'a>>,
    /// The most probable labels of merchants, those that the model is sure enough of.
    predictions: BTreeMap<&'a str, Predicted<'a>>,
    pairs: Vec<Matched>,
    open: Vec<Open>,
    /// For each transaction, how many parts were taken out of others of its parts.
    added: BTreeMap<usize, u32>,
    /// The date of the last transaction.
    last: Option<Date>,
}

/// A pair with the amounts that it had before interest was taken out.
struct Matched {
    pair: Pair,
    left: Decimal,
    arrived: Decimal,
}

/// What the user says of a part beside its class.
#[derive(Debug, Clone, Default)]
struct Choice<'a> {
    category: Option<(&'a str, FlowReason)>,
    merchant: Option<&'a str>,
    not_transfer: bool,
}

#[expect(clippy::indexing_slicing, reason = "places are those of the lists, which have an entry for each")]
impl<'a> Classifier<'a> {
    fn part(&self, place: usize) -> &Part<'a> {
        &self.parts[place]
    }

    fn part_mut(&mut self, place: usize) -> &mut Part<'a> {
        &mut self.parts[place]
    }

    /// The number of a part's transaction among all by their ids.
    fn rank(&self, part: &Part<'_>) -> u32 {
        self.ranks[part.place]
    }

    fn choice(&self, part: usize) -> &Choice<'a> {
        &self.choices[part]
    }

    fn transaction(&self, part: &Part<'_>) -> &'a ledger::LedgerTransaction {
        &self.input.transactions[part.place]
    }

    fn merchant(&self, part: &Part<'_>) -> Option<&'a str> {
        self.merchants[part.place].as_deref()
    }

    fn is_in_scope(&self, account: usize) -> bool {
        self.scope[account]
    }

    /// What a movement from one own account to another is, at an end in scope.
    fn class_between(&self, from: usize, to: usize) -> FlowClass {
        match (self.accounts.r#use(from), self.accounts.r#use(to)) {
            _ if !self.is_in_scope(from) || !self.is_in_scope(to) => FlowClass::ExternalFlow,
            (Use::Loan, Use::Loan) => FlowClass::Transfer,
            (_, Use::Loan) => FlowClass::PrincipalPaid,
            (Use::Loan, _) => FlowClass::LoanTaken,
            _ => FlowClass::Transfer,
        }
    }

    fn decide_part(
        &mut self,
        part: usize,
        class: FlowClass,
        kind: FlowReasonKind,
        detail: impl Into<String>,
    ) {
        self.parts[part].decided = Some((class, FlowReason::new(kind, detail)));
    }
}
