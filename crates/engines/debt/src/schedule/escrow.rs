//! The escrow account: equal deposits, bills, and the cushion.

use super::{
    accrual::too_large,
    agreement::LoanAgreement,
    charges::Escrow,
    compiled::CompiledAgreement,
    engine::Posting,
    output::{EscrowAccount, EscrowEntry},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    order,
};

/// The largest number of bills in escrow.
const MAX_ITEMS: usize = 20;

/// The deposits with each payment in minor units, and the account.
pub(super) struct Deposits {
    pub(super) initial: i64,
    pub(super) with_payments: Vec<i64>,
    pub(super) account: EscrowAccount,
}

/// A bill that falls due.
#[derive(Debug, Clone)]
struct Bill {
    date: Date,
    name: String,
    amount: i64,
}

pub(super) fn deposits(
    agreement: &LoanAgreement,
    escrow: &Escrow,
    terms: &CompiledAgreement,
    postings: &[Posting],
) -> Result<Deposits> {
    validate(escrow)?;
    let (Some(first), Some(last)) = (postings.first(), postings.last()) else {
        return Err(too_large());
    };
    let per_year = i64::from(agreement.frequency.per_year());
    let first_date = first.period.end;
    let bills = bills(agreement, escrow, terms, last.period.end)?;
    let mut account = Account { balance: 0, places: terms.places, entries: Vec::new() };
    let mut with_payments = vec![0; postings.len()];
    let mut initial = 0;
    let mut paid_until = agreement.advance_date;
    for (year, start) in (0..).map(|year| (year, first_date.add_months(12 * year))) {
        let Ok(start) = start else { break };
        if start > last.period.end {
            break;
        }
        // The year 9999 has no anniversary after it.
        let year_end = first_date.add_months(12 * (year + 1)).ok();
        let within = |date: Date| year_end.is_none_or(|end| date < end);
        // Deposits for a bill on the anniversary are collected in the year that ends with it.
        let due = |bill: &&Bill| {
            (bill.date > paid_until || year == 0) && year_end.is_none_or(|end| bill.date <= end)
        };
        let of_year: Vec<&Bill> = bills.iter().filter(due).collect();
        let in_year = |posting: &&Posting| posting.period.end >= start && within(posting.period.end);
        let dates: Vec<Date> = postings.iter().filter(in_year).map(|posting| posting.period.end).collect();
        let annual: i64 = of_year.iter().map(|bill| bill.amount).sum();
        // Rounded up, so that the deposits of a year cover its bills.
        let deposit = (annual + per_year - 1) / per_year;
        let mut deposits = vec![deposit; dates.len()];
        let cushion = annual * i64::from(escrow.cushion_months) / 12;
        // The balance at the start of the year with which the account never falls below the cushion.
        let (lowest, deposits_until) = lowest(deposit, &dates, &of_year);
        let needed = (cushion - lowest).max(0);
        if year == 0 {
            initial = needed;
            account.deposit(agreement.advance_date, initial)?;
        } else {
            // A shortage or a surplus is spread over the payments of the year. If the loan ends in it, or a period is
            // long, a shortage is made up by those before the balance is lowest.
            let shortage = needed - account.balance;
            let is_short = (dates.len() as i64) < per_year;
            let parts = if is_short && shortage > 0 { deposits_until } else { dates.len() };
            let parts = (parts as i64).clamp(1, per_year);
            let share = shortage.div_euclid(parts) + i64::from(shortage.rem_euclid(parts) != 0);
            for deposit in deposits.iter_mut().take(parts as usize) {
                *deposit = (*deposit + share).max(0);
            }
        }
        let after = account.balance + deposits.iter().sum::<i64>() - annual;
        if let Some(with_last) = deposits.last_mut().filter(|_| dates.last() == Some(&last.period.end)) {
            // The last payment settles what the lender had to advance, as for the bills of a period of years.
            *with_last += (-after).max(0);
        }
        let first_of_year = postings.partition_point(|posting| posting.period.end < start);
        for (with_payment, deposit) in with_payments.iter_mut().skip(first_of_year).zip(&deposits) {
            *with_payment = *deposit;
        }
        account.play(&deposits, &dates, &of_year)?;
        let Some(end) = year_end else { break };
        paid_until = end;
    }
    let amount = |units: i64| Decimal::new(units, terms.places);
    let refund = amount(account.balance)?;
    let account = EscrowAccount { initial_deposit: amount(initial)?, refund, entries: account.entries };
    Ok(Deposits { initial, with_payments, account })
}

/// The lowest balance of a year that starts at zero, and the number of deposits before it.
fn lowest(deposit: i64, dates: &[Date], bills: &[&Bill]) -> (i64, usize) {
    let (mut lowest, mut paid) = ((0, 0), 0);
    for bill in bills {
        // The balance can only be lowest just after a bill.
        let deposits = dates.partition_point(|date| *date <= bill.date);
        paid += bill.amount;
        lowest = lowest.min((deposits as i64 * deposit - paid, deposits));
    }
    lowest
}

struct Account {
    balance: i64,
    places: u32,
    entries: Vec<EscrowEntry>,
}

impl Account {
    fn deposit(&mut self, date: Date, amount: i64) -> Result<()> {
        self.enter(date, None, amount, 0)
    }

    /// Enters the deposits and bills of a year in order of their dates.
    fn play(&mut self, deposits: &[i64], dates: &[Date], bills: &[&Bill]) -> Result<()> {
        let mut due = dates.iter().zip(deposits).peekable();
        for bill in bills {
            while let Some((date, deposit)) = due.next_if(|(date, _)| **date <= bill.date) {
                self.deposit(*date, *deposit)?;
            }
            self.enter(bill.date, Some(bill.name.clone()), 0, bill.amount)?;
        }
        for (date, deposit) in due {
            self.deposit(*date, *deposit)?;
        }
        Ok(())
    }

    fn enter(&mut self, date: Date, item: Option<String>, deposit: i64, disbursement: i64) -> Result<()> {
        self.balance += deposit - disbursement;
        let amount = |units: i64| Decimal::new(units, self.places);
        self.entries.push(EscrowEntry {
            date,
            item,
            deposit: amount(deposit)?,
            disbursement: amount(disbursement)?,
            balance: amount(self.balance)?,
        });
        Ok(())
    }
}

/// All bills from the advance to the last payment, in order of their dates.
fn bills(
    agreement: &LoanAgreement,
    escrow: &Escrow,
    terms: &CompiledAgreement,
    last: Date,
) -> Result<Vec<Bill>> {
    let amounts = terms.amounts();
    let mut bills = Vec::new();
    for (position, item) in escrow.items.iter().enumerate() {
        let fail = |error: Error, field: &str| error.at(field).at_index("items", position);
        let first = amounts.at_least_zero(item.amount).map_err(|error| fail(error, "amount"))?;
        if item.first_due < agreement.advance_date {
            let message = format!("{} is before the advance, {}", item.first_due, agreement.advance_date);
            return Err(fail(Error::new(ErrorCode::DatesOutOfOrder, message), "firstDue"));
        }
        let (mut amount, mut year) = (Decimal::from(first), 0);
        for number in 0.. {
            let months = number * item.every_months.cast_signed();
            let Ok(date) = item.first_due.add_months(months) else { break };
            if date > last {
                break;
            }
            // The unrounded amount grows, so that rounding does not accumulate over the years.
            while year < months / 12 {
                amount =
                    amount.times(Decimal::ONE.plus(item.growth)?).map_err(|error| fail(error, "growth"))?;
                year += 1;
            }
            let units = i64::try_from(amount.round(0, Rounding::HalfUp).mantissa())
                .map_err(|_| fail(too_large(), "growth"))?;
            bills.push(Bill { date, name: item.name.clone(), amount: units });
        }
    }
    // By name on the same day, so that the order of the list does not matter.
    order::sort_by(&mut bills, |a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    Ok(bills)
}

fn validate(escrow: &Escrow) -> Result<()> {
    check::length(escrow.items.len(), 0..=MAX_ITEMS).at("items")?;
    check::whole(escrow.cushion_months, 0..=2, ErrorCode::TermOutOfRange).at("cushionMonths")?;
    for (position, item) in escrow.items.iter().enumerate() {
        if ![1, 2, 3, 4, 6, 12].contains(&item.every_months) {
            let message = "bills must be 1, 2, 3, 4, 6 or 12 months apart";
            let error = Error::new(ErrorCode::FrequencyUnsupported, message).at("everyMonths");
            return Err(error.at_index("items", position));
        }
        let growth = check::decimal_rate(item.growth, check::above(-1_i64, 1_i64));
        growth.at("growth").at_index("items", position)?;
    }
    Ok(())
}
