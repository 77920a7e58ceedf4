//! The corrections of the user: of transactions, and of merchants from then on.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    num::Decimal,
};
use wherewithal_ledger::{LedgerIds, LedgerTransaction};

use crate::{FlowClass, FlowCorrection};

/// The longest category and merchant.
const MAX_TEXT: usize = 200;

/// The corrections by what they hold for.
pub(crate) struct Corrections<'a> {
    list: &'a [FlowCorrection],
    /// By the place of the transaction and the number of the part.
    by_part: BTreeMap<(usize, Option<u32>), usize>,
    /// By the merchant as it is read from the text, in the order of the corrected transactions' dates. A correction of one of
    /// several parts holds for it alone.
    by_merchant: BTreeMap<&'a str, Vec<OfMerchant>>,
}

/// What the corrections of a merchant say from a day on: each is the number of a correction.
#[derive(Debug, Clone, Copy)]
struct OfMerchant {
    date: Date,
    category: Option<usize>,
    merchant: Option<usize>,
    /// Of amounts below zero, of zero, and above.
    class: [Option<usize>; 3],
}

impl OfMerchant {
    /// What holds from a day on, after what held before.
    fn after(
        before: Option<&Self>,
        date: Date,
        number: usize,
        correction: &FlowCorrection,
        amount: Decimal,
    ) -> Self {
        let nothing = Self { date, category: None, merchant: None, class: [None; 3] };
        let mut now = Self { date, ..before.copied().unwrap_or(nothing) };
        if correction.category.is_some() {
            now.category = Some(number);
        }
        if correction.merchant.is_some() {
            now.merchant = Some(number);
        }
        if correction.class.is_some() {
            *sign_of(amount, &mut now.class) = Some(number);
        }
        now
    }
}

/// The entry for the sign of an amount.
fn sign_of<T>(amount: Decimal, [below, zero, above]: &mut [T; 3]) -> &mut T {
    match amount.signum() {
        0 => zero,
        1.. => above,
        _ => below,
    }
}

/// What is carried from corrections of a merchant to a later transaction: each with the number of the correction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Carried<'a> {
    pub(crate) class: Option<(FlowClass, usize)>,
    pub(crate) category: Option<(&'a str, usize)>,
    pub(crate) merchant: Option<&'a str>,
}

impl<'a> Corrections<'a> {
    /// Validates the corrections. `places` are those of the transactions by their ids, `merchants` the names that their
    /// texts have, and `parts` the numbers of their parts.
    ///
    /// # Errors
    /// `list.too_long`, `name.unknown`, `list.duplicate`, `text.invalid`, `field.missing`, `field.conflict`,
    /// `index.out_of_range`.
    pub(crate) fn of(
        list: &'a [FlowCorrection],
        transactions: &[LedgerTransaction],
        places: &LedgerIds<'_>,
        merchants: &'a [Option<String>],
        parts: &dyn Fn(usize) -> u32,
        control: &Control,
    ) -> Result<Self> {
        check::length(list.len(), 0..=100_000).at("corrections")?;
        let mut by_part = BTreeMap::new();
        let mut dated: Vec<(Date, usize, usize)> = Vec::new();
        let mut work = Work::under(control);
        for (number, correction) in list.iter().enumerate() {
            work.done(8)?;
            let place = placed(correction, places, parts).at_index("corrections", number)?;
            if by_part.insert((place, correction.part), number).is_some() {
                let message =
                    "an earlier entry corrects the same part of the transaction; each has one correction";
                let error = Error::new(ErrorCode::ListDuplicate, message).at("transaction");
                return Err(error.at_index("corrections", number));
            }
            let is_of_a_split = correction.part.is_some() && parts(place) > 1;
            if !correction.once && !is_of_a_split {
                #[expect(clippy::indexing_slicing, reason = "`places` are those of the transactions")]
                let date = transactions[place].date;
                dated.push((date, number, place));
            }
        }
        dated.sort_unstable();
        let mut by_merchant = BTreeMap::<&str, Vec<OfMerchant>>::new();
        for (date, number, place) in dated {
            work.done(8)?;
            #[expect(clippy::indexing_slicing, reason = "each number and place was taken from its list")]
            let (correction, transaction, merchant) =
                (&list[number], &transactions[place], merchants[place].as_deref());
            if let Some(merchant) = merchant {
                let entries = by_merchant.entry(merchant).or_default();
                let now = OfMerchant::after(entries.last(), date, number, correction, transaction.amount);
                entries.push(now);
            }
        }
        Ok(Self { list, by_part, by_merchant })
    }

    /// A correction by its number.
    #[expect(clippy::indexing_slicing, reason = "numbers are those of the list")]
    fn get(&self, number: usize) -> &'a FlowCorrection {
        &self.list[number]
    }

    /// The correction of a part: that of the part, else that of the whole transaction unless the part is `taken_out`.
    pub(crate) fn of_part(&self, place: usize, part: u32, taken_out: bool) -> Option<&'a FlowCorrection> {
        let of_part = self.by_part.get(&(place, Some(part)));
        let of_whole = || self.by_part.get(&(place, None)).filter(|_| !taken_out);
        of_part.or_else(of_whole).map(|number| self.get(*number))
    }

    /// What earlier corrections of the merchant say about a transaction of a day and a sign. The latest decides; of several
    /// of one day, the last in the list.
    pub(crate) fn carried(&self, merchant: &str, date: Date, amount: Decimal) -> Carried<'a> {
        let entries = self.by_merchant.get(merchant).map(Vec::as_slice).unwrap_or_default();
        let until = entries.partition_point(|one| one.date <= date);
        let Some(mut now) = until.checked_sub(1).and_then(|last| entries.get(last)).copied() else {
            return Carried::default();
        };
        let class = *sign_of(amount, &mut now.class);
        let of = |number: Option<usize>| number.map(|number| (self.get(number), number));
        Carried {
            class: of(class).and_then(|(correction, number)| Some((correction.class?, number))),
            category: of(now.category)
                .and_then(|(correction, number)| Some((correction.category.as_deref()?, number))),
            merchant: of(now.merchant).and_then(|(correction, _)| correction.merchant.as_deref()),
        }
    }

    /// The words for a correction of a merchant.
    pub(crate) fn name(&self, number: usize) -> String {
        format!("the correction of {}, of the same merchant", self.get(number).transaction)
    }

    /// The corrections that make pairs, with their numbers and the ids of the other transactions.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, &'a FlowCorrection, &'a str)> {
        (self.list.iter().enumerate())
            .filter_map(|(number, one)| one.transfer_of.as_deref().map(|other| (number, one, other)))
    }
}

/// The place of the transaction that a correction names.
fn placed(
    correction: &FlowCorrection,
    places: &LedgerIds<'_>,
    parts: &dyn Fn(usize) -> u32,
) -> Result<usize> {
    let place = known(&correction.transaction, places).at("transaction")?;
    if let Some(part) = correction.part
        && part >= parts(place)
    {
        let count = parts(place);
        let message = format!("there is no part {part}; the transaction has {count}, counted from 0");
        return Err(Error::new(ErrorCode::IndexOutOfRange, message).at("part"));
    }
    for (text, field) in [(&correction.category, "category"), (&correction.merchant, "merchant")] {
        if let Some(text) = text {
            check::text(text, MAX_TEXT).at(field)?;
        }
    }
    let FlowCorrection { class, category, merchant, transfer_of, not_transfer, .. } = correction;
    if class.is_none() && category.is_none() && merchant.is_none() && transfer_of.is_none() && !not_transfer {
        let message = "a correction says something: a class, a category, a merchant, or about a transfer";
        return Err(Error::new(ErrorCode::FieldMissing, message).at("class"));
    }
    if *not_transfer && (transfer_of.is_some() || *class == Some(FlowClass::Transfer)) {
        let message = "it cannot be a transfer and none";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("notTransfer"));
    }
    if let Some(other) = transfer_of {
        if class.is_some() {
            let message = "the accounts of a pair decide what it is: give `class` or `transferOf`";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("class"));
        }
        known(other, places).at("transferOf")?;
    }
    Ok(place)
}

/// The place of a transaction with an id.
pub(crate) fn known(id: &str, places: &LedgerIds<'_>) -> Result<usize> {
    places
        .place(id)
        .ok_or_else(|| Error::new(ErrorCode::NameUnknown, format!("no transaction is called {id:?}")))
}
