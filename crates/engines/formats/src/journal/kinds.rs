//! What a transaction is, by the account on the other side.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::LedgerTransactionType as Type;

use super::entry::Class;

/// What money is for that goes to an account or comes from it.
pub(super) fn of(other: Class, name: &str, amount: Decimal, own: Class) -> Type {
    let words = words(name);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let is_out = amount.is_negative();
    match other {
        Class::Asset | Class::Liability => Type::Transfer,
        Class::Equity if words.last().is_some_and(|word| word == "transfers") => Type::Transfer,
        Class::Equity => Type::Other,
        _ if has(&["interest"]) => Type::Interest,
        Class::Expense if words.iter().any(|word| word.starts_with("withh")) => Type::Withholding,
        Class::Expense if has(&["tax", "taxes"]) => Type::Tax,
        Class::Expense if has(&["fee", "fees", "commission", "commissions"]) || has_bank_charge(&words) => {
            Type::Fee
        }
        Class::Income if has(&["dividend", "dividends"]) => Type::Dividend,
        Class::Expense if is_out && own == Class::Liability => Type::Purchase,
        Class::Expense if !is_out => Type::Refund,
        Class::Expense => Type::Withdrawal,
        Class::Income if is_out => Type::Withdrawal,
        Class::Income => Type::Deposit,
    }
}

/// What a transaction of several parts is: what all of them are; a dividend or interest of which taxes and fees are taken
/// off; else what its sign says.
pub(super) fn of_all(parts: &[(Decimal, Type)], amount: Decimal, own: Class) -> Type {
    let is_deducted = |kind: Type| matches!(kind, Type::Withholding | Type::Tax | Type::Fee);
    let earned = parts.iter().map(|(_, kind)| *kind).find(|kind| !is_deducted(*kind));
    let is_of = |earned: Type| {
        let fits = |(part, kind): &(Decimal, Type)| {
            if part.is_negative() { is_deducted(*kind) } else { *kind == earned }
        };
        matches!(earned, Type::Dividend | Type::Interest) && parts.iter().all(fits)
    };
    match (parts, earned) {
        ([(_, first), rest @ ..], _) if rest.iter().all(|(_, kind)| kind == first) => *first,
        (_, Some(earned)) if own == Class::Asset && is_of(earned) => earned,
        _ if !amount.is_negative() => Type::Deposit,
        _ if own == Class::Liability => Type::Purchase,
        _ => Type::Withdrawal,
    }
}

/// Whether an account of equity holds what the others had before the journal begins, or have when it ends:
/// `Equity:Opening-Balances`, `equity:opening/closing balances`.
pub(super) fn opens(name: &str) -> bool {
    let words = words(name.rsplit(':').next().unwrap_or_default());
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let opening = ["opening", "starting", "initial", "beginning"];
    let fits = |word: &String| {
        opening.contains(&word.as_str()) || matches!(word.as_str(), "closing" | "balance" | "balances")
    };
    has(&opening) && has(&["balance", "balances"]) && words.iter().all(fits)
}

/// The words of the name of an account in lower case. `BankFees` has two, and `Taxi` is no tax.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for character in name.chars() {
        let ends = !character.is_alphanumeric() || was_small && character.is_ascii_uppercase();
        if ends {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        was_small = character.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn has_bank_charge(words: &[String]) -> bool {
    words.windows(2).any(|two| match two {
        [first, second] => first == "bank" && matches!(second.as_str(), "charge" | "charges"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_says_by_its_words_what_it_is_for() {
        let spent = Decimal::ONE.negated();
        for (name, kind) in [
            ("Expenses:Food:Coffee", Type::Withdrawal),
            ("Expenses:Transport:Taxi", Type::Withdrawal),
            ("Expenses:BankFees", Type::Fee),
            ("Expenses:Commissions", Type::Fee),
            ("Expenses:Bank Charges", Type::Fee),
            ("Expenses:Taxes:Federal", Type::Tax),
            ("Expenses:Tax:Withheld", Type::Withholding),
            ("Expenses:Mortgage-Interest", Type::Interest),
        ] {
            assert_eq!(of(Class::Expense, name, spent, Class::Asset), kind, "{name}");
        }
        assert_eq!(
            of(Class::Income, "Income:US:ETrade:Dividends", Decimal::ONE, Class::Asset),
            Type::Dividend
        );
    }

    #[test]
    fn a_dividend_less_its_tax_is_a_dividend() {
        let (gain, loss) = (Decimal::ONE, Decimal::ONE.negated());
        let dividend = (gain, Type::Dividend);
        assert_eq!(of_all(&[(loss, Type::Withholding), dividend], gain, Class::Asset), Type::Dividend);
        assert_eq!(of_all(&[dividend, (loss, Type::Transfer)], gain, Class::Asset), Type::Deposit);
        assert_eq!(of_all(&[dividend, (loss, Type::Withdrawal)], gain, Class::Asset), Type::Deposit);
        assert_eq!(of_all(&[(loss, Type::Tax), (loss, Type::Fee)], loss, Class::Asset), Type::Withdrawal);
    }

    #[test]
    fn an_account_of_opening_balances_is_known_by_its_words() {
        for name in ["Equity:Opening-Balances", "equity:opening/closing balances", "Equity:OpeningBalances"] {
            assert!(opens(name), "{name}");
        }
        for name in ["Equity:Contributions", "Equity:Balances", "Equity:Opening-Balances:Fees", "Equity"] {
            assert!(!opens(name), "{name}");
        }
    }
}
