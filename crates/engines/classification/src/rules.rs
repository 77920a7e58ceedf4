//! The rules of the user.

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, num::Decimal};
use wherewithal_ledger::LedgerTransaction;

use crate::{
    FlowClass, FlowRule, RuleComparison, RuleField,
    accounts::Accounts,
    texts::{Pairs, folded},
};

/// The longest text of a rule or a correction.
const MAX_TEXT: usize = 200;

/// The rules, ready to be compared.
pub(crate) struct Rules<'a> {
    rules: Vec<Compiled<'a>>,
    /// Whether any of them looks at texts.
    has_texts: bool,
}

struct Compiled<'a> {
    rule: &'a FlowRule,
    text: Option<(String, Pairs)>,
    account: Option<usize>,
}

/// What rules give to a part: each with the number of the rule.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ruled<'a> {
    pub(crate) class: Option<(FlowClass, usize)>,
    pub(crate) category: Option<(&'a str, usize)>,
    pub(crate) merchant: Option<&'a str>,
}

/// The texts of a transaction, as rules compare them: description, payee and memo.
#[derive(Debug, Default)]
pub(crate) struct Compared([(String, Pairs); 3]);

impl<'a> Rules<'a> {
    /// Validates the rules.
    ///
    /// # Errors
    /// `list.too_long`, `text.invalid`, `field.missing`, `range.out_of_order`, `name.unknown`.
    pub(crate) fn of(rules: &'a [FlowRule], accounts: &Accounts<'_>) -> Result<Self> {
        check::length(rules.len(), 0..=1_000).at("rules")?;
        let compiled = |(index, rule)| compiled(rule, accounts).at_index("rules", index);
        let rules: Vec<Compiled<'a>> = rules.iter().enumerate().map(compiled).collect::<Result<_>>()?;
        let has_texts = rules.iter().any(|rule| rule.text.is_some());
        Ok(Self { rules, has_texts })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.rules.len()
    }

    /// The texts of a transaction for [`Rules::apply`].
    pub(crate) fn compared(&self, transaction: &LedgerTransaction) -> Compared {
        if !self.has_texts {
            return Compared::default();
        }
        let compared = |text: Option<&str>| {
            let text = folded(text.unwrap_or_default());
            let pairs = Pairs::of(&text);
            (text, pairs)
        };
        let LedgerTransaction { description, payee, memo, .. } = transaction;
        Compared([compared(Some(description)), compared(payee.as_deref()), compared(memo.as_deref())])
    }

    /// What the rules give to a part of a transaction; the memo of a split takes the place of the transaction's.
    pub(crate) fn apply(
        &self,
        compared: &Compared,
        memo_of_split: Option<&str>,
        account: usize,
        amount: Decimal,
    ) -> Ruled<'a> {
        let mut ruled = Ruled::default();
        let memo = memo_of_split.filter(|_| self.has_texts).map(|memo| {
            let text = folded(memo);
            let pairs = Pairs::of(&text);
            (text, pairs)
        });
        let [description, payee, of_transaction] = &compared.0;
        let texts = [description, payee, memo.as_ref().unwrap_or(of_transaction)];
        for (number, compiled) in self.rules.iter().enumerate() {
            let FlowRule { class, category, merchant, .. } = compiled.rule;
            let gives_more = ruled.class.is_none() && class.is_some()
                || ruled.category.is_none() && category.is_some()
                || ruled.merchant.is_none() && merchant.is_some();
            if gives_more && compiled.holds(texts, account, amount) {
                ruled.class = ruled.class.or(class.map(|class| (class, number)));
                ruled.category = ruled.category.or(category.as_deref().map(|category| (category, number)));
                ruled.merchant = ruled.merchant.or(merchant.as_deref());
            }
        }
        ruled
    }

    /// The name of a rule for a reason.
    pub(crate) fn name(&self, number: usize) -> String {
        let rule = self.rules.get(number).map(|compiled| compiled.rule);
        match rule.map(|rule| (&rule.name, &rule.text)) {
            Some((Some(name), _)) => format!("the rule {name:?}"),
            Some((None, Some(text))) => format!("the rule for {text:?}"),
            _ => format!("rule {}", number + 1),
        }
    }
}

impl Compiled<'_> {
    fn holds(&self, texts: [&(String, Pairs); 3], account: usize, amount: Decimal) -> bool {
        let rule = self.rule;
        self.account.is_none_or(|wanted| wanted == account)
            && rule.min_amount.is_none_or(|least| amount >= least)
            && rule.max_amount.is_none_or(|most| amount <= most)
            && self.text.as_ref().is_none_or(|(text, pairs)| match rule.field {
                None => texts.iter().any(|found| self.is_in(text, pairs, found)),
                Some(RuleField::Description) => self.is_in(text, pairs, texts[0]),
                Some(RuleField::Payee) => self.is_in(text, pairs, texts[1]),
                Some(RuleField::Memo) => self.is_in(text, pairs, texts[2]),
            })
    }

    fn is_in(&self, text: &str, pairs: &Pairs, (found, its_pairs): &(String, Pairs)) -> bool {
        its_pairs.has(pairs)
            && match self.rule.comparison {
                RuleComparison::Contains => found.contains(text),
                RuleComparison::Equals => found == text,
                RuleComparison::StartsWith => found.starts_with(text),
            }
    }
}

fn compiled<'a>(rule: &'a FlowRule, accounts: &Accounts<'_>) -> Result<Compiled<'a>> {
    for (text, field) in [
        (&rule.name, "name"),
        (&rule.text, "text"),
        (&rule.category, "category"),
        (&rule.merchant, "merchant"),
    ] {
        if let Some(text) = text {
            check::text(text, MAX_TEXT).at(field)?;
        }
    }
    if rule.text.is_none() && rule.account.is_none() && rule.min_amount.is_none() && rule.max_amount.is_none()
    {
        return Err(missing("a rule needs a condition: a text, an account or an amount", "text"));
    }
    if rule.class.is_none() && rule.category.is_none() && rule.merchant.is_none() {
        return Err(missing("a rule gives a class, a category or a merchant", "class"));
    }
    if let (Some(least), Some(most)) = (rule.min_amount, rule.max_amount)
        && least > most
    {
        let message = format!("the least amount, {least}, is above the highest, {most}");
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("maxAmount"));
    }
    let account = rule.account.as_deref().map(|id| accounts.with_id(id)).transpose().at("account")?;
    let text = rule.text.as_deref().map(|text| {
        let text = folded(text);
        let pairs = Pairs::of(&text);
        (text, pairs)
    });
    Ok(Compiled { rule, text, account })
}

fn missing(message: &str, field: &str) -> Error {
    Error::new(ErrorCode::FieldMissing, message).at(field)
}
