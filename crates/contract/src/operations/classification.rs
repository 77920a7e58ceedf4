//! The entries of `classification`.

use wherewithal::classification;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "classification.classify",
            "What each part of each transaction is, transfers in pairs, categories and merchants, each with its reason.",
            classification::classify,
        )
        .details(CLASSIFY)
        .example(
            "A coffee with a card, the payment of the card, and a salary",
            r#"{"accounts": [{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}],
                "transactions": [
                    {"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "SQ *CORNER CAFE"},
                    {"id": "2", "account": "checking", "date": "2026-03-05", "amount": "-4.50", "type": "payment", "description": "CARD PAYMENT"},
                    {"id": "3", "account": "card", "date": "2026-03-06", "amount": "4.50", "type": "payment", "description": "PAYMENT THANK YOU"},
                    {"id": "4", "account": "checking", "date": "2026-03-31", "amount": "4000", "type": "deposit", "description": "ACME PAYROLL"}]}"#,
        )
        .example(
            "A correction that holds for the merchant from then on, and a rule",
            r#"{"accounts": [{"id": "card", "liabilityKind": "creditCard"}],
                "transactions": [
                    {"id": "1", "account": "card", "date": "2026-03-02", "amount": "-40", "type": "purchase", "description": "BLUE DOOR 0231"},
                    {"id": "2", "account": "card", "date": "2026-04-02", "amount": "-52", "type": "purchase", "description": "BLUE DOOR 0417"},
                    {"id": "3", "account": "card", "date": "2026-04-03", "amount": "-19", "type": "purchase", "description": "NORTH PHARMACY"}],
                "corrections": [{"transaction": "1", "category": "Restaurants"}],
                "rules": [{"text": "pharmacy", "category": "Health"}]}"#,
        ),
        Operation::short(
            "classification.merchant_codes",
            "What merchant category codes mean, and the categories of expenses that they belong to.",
            classification::merchant_codes,
        )
        .details(
            "The codes of ISO 18245 with their descriptions, as the package `iso18245` of PyPI publishes them. \
             The categories are ours. A code that moves money, such as 4829 for wire transfers, tells nothing about what it is for.",
        )
        .example("Restaurants, taxes and wire transfers", r#"{"codes": ["5812", "9311", "4829"]}"#),
        Operation::new(
            "classification.merchant_names",
            "The names of the merchants in texts that banks and cards print.",
            classification::merchant_names,
        )
        .details(MERCHANT_NAMES)
        .example(
            "Texts of one merchant, of a processor and of no merchant",
            r#"{"texts": ["CORNER CAFE #0123", "SQ *CORNER CAFE", "CORNER CAFE 00123  SEATTLE       WA", "PAYPAL *STREAMING", "00123456"]}"#,
        ),
        Operation::new(
            "classification.train",
            "A model of categories that learns from the user's corrections.",
            classification::train,
        )
        .details(TRAIN)
        .example(
            "Three corrections",
            r#"{"transactions": [
                    {"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "CORNER CAFE"},
                    {"id": "2", "account": "card", "date": "2026-03-03", "amount": "-5.10", "type": "purchase", "description": "GARDEN CAFE"},
                    {"id": "3", "account": "card", "date": "2026-03-04", "amount": "-30", "type": "purchase", "description": "GARDEN CENTER"}],
                "corrections": [{"transaction": "1", "category": "Coffee"}, {"transaction": "2", "category": "Coffee"},
                                {"transaction": "3", "category": "Home"}]}"#,
        ),
    ]
}

const CLASSIFY: &str = "\
**Parts.** A transaction without splits is one part, with splits each of them is. Stated fees are taken out of the first trade, \
else of the first part, and become a part of their own. A reinvestment that states shares and a price in place of an amount is a dividend and \
a trade that cancel. The parts of a transaction add up to its amount.

**What decides the class**, the strongest first, is the `reason` of each flow:

1. `correction`: the user's correction of the transaction or its part. A pair that `transferOf` states counts as one.
2. `merchantCorrection`: a correction of a transaction of the same merchant, of the same day or before, unless it holds `once` or for \
one of several parts. The latest decides. It carries a class to amounts of the same sign, a category and a merchant to all.
3. `rule`: the first rule that holds and gives a class.
4. `source`: what the type of the transaction says, and the category of a split. Purchases are expenses, positive ones refunds; interest \
that is negative or of a debt is interest paid; capital gain distributions are dividends; exercises, assignments and expiries of options \
are trades; splits, mergers, spin-offs, changes of a symbol and returns of capital are corporate actions; rewards are income. A fee whose text has \
`interest charge` is interest paid. An opening balance is an external flow: what an account had before its records begin, as the text (`Opening Balance`, \
`Starting Balance`) or the last part of the category (`Equity:Opening-Balances`) says, unless it names another own account. In a split of a movement, \
categories with `principal`, `interest` or a word of dividends, taxes or fees say what it is; taxes out of a positive transaction are withheld. Where one split names an \
account or is principal, the others that have a category of their own, without words of a transfer, are no movements: they are earned or spent.
5. `pairing`: deposits, withdrawals, payments, transfers, contributions, distributions, other movements and splits that name an account are compared \
with each other, see below. A refund on a debt's account may be a payment, but needs words or an account that say so.
6. `source` again, if a movement names an own account as its other end, or mentions exactly one by number or institution beside words of a \
transfer: the money is under way, or came without leaving. Any other account makes it an external flow. So does a category below `Equity:`, as journals have it.
7. `merchantCode`: the merchant category code (ISO 18245).
8. `merchant`: money that comes back into a bank account or a card is a refund \
if at least as much was spent at once at the same merchant until that day.
9. `model`: a label with a class and enough confidence.
10. Transfers, contributions and distributions whose other end is nowhere are external flows (`source`).
11. `account`: what lowers a loan is principal, what raises it is a loan taken; a credit on a card is a refund; deposits and withdrawals of an \
investment account are external flows.
12. `sign`: what comes in is income, the rest is an expense.

The category is decided likewise: by a correction, a correction of the merchant, a rule, the source, the merchant category code, the model. The last two \
give none to transfers, trades and other flows that are neither income nor spending.

**Transfers.** A departure is negative, an arrival positive. They can be a pair if their accounts differ, their amounts are equal, the \
arrival is 0 to `transferDays` days after the departure, and neither names a third account. Evidence is, the strongest first: `named` (one names \
the account of the other), `account` (its text has the number of the other account, masked or after a word like `ending in`, or its \
institution), `words` (a transfer by type, a payment of a debt by type, or one of the words `autopay`, `epay`, `epayment`, `payment`, `pmt`, `pymt`, `tfr`, `transfer`, \
`transfers`, `trnsfr`, `trsf`, `xfer` in a text or in the category), `amount`. The words `paycheck`, `payroll`, `pension`, `salary`, `wages` and the merchant category codes of purchases need `account`. Round by round, with weaker \
evidence each time, those that could be pairs form groups. A group is paired in the order of days if its departures are all from one account and its arrivals all in \
another, equally many, and each arrives in time. What is left is looked at again: first where both ends say `named`, \
then where one says `named` and the other `account`, and so on to where only one says something; with `named` or `account`, what leaves and arrives on one day is then looked at by itself. What is \
left with candidates after that is `ambiguous`, and a transfer without a counterpart, so it is \
neither income nor expense. So is what would arrive before it leaves, with evidence by `words` or better: it is never paired but by a correction. Different currencies are paired if both ends name each \
other's account and nothing else is in reach. Shares are paired like money.

**Conversions** within one account come before other transfers. Their ends are movements of one account and one day that name their own account as the other \
one, or that name none and have one of the words `conversion`, `conversions`, `convert`, `converted`, `exchange`, `exchanged`, `forex`, `fx` in a text or in their category. \
Amounts tell nothing about them: what left in one currency is paired with what arrived in another one if these arrivals are equally many, no arrival is in a third \
currency, and no departure in one that could have become theirs. That is looked at among the ends with the same description, then among all that are left of \
the day; the largest departure belongs to the largest arrival. What is left and has an end in another currency opposite to it is `ambiguous`. A conversion is a transfer whose two accounts are the same; \
`net_worth.attribution` tells what its rate gained or lost.

A correction (`transferOf`) pairs two movements whatever their days and words: money of two accounts, equal and opposite unless the currencies differ; money in two currencies of \
one account; or shares of one security of two accounts, equally many.

A pair is a transfer; if the arrival is in a loan (a debt other than a card or an overdraft) principal paid, if the departure is from one a loan taken, and if one end is not in \
`scope` an external flow. If the loan's own account was charged with interest, its payments cover what was charged until their day first: both ends are divided alike.

**Merchants** are named as by `classification.merchant_names`, out of the payee, else the description; of transactions without a security.

Flows are sorted by date, account, transaction and part, so the order of the input does not matter. `totals` by class and currency add up to the sum of the transactions in scope.";

const MERCHANT_NAMES: &str = "\
The rules, in their order:

1. The text is written in capitals.
2. At the start, phrases that say how was paid are left out as long as a blank and something else follow, again and again; of several, \
the first in this list: `RECURRING PAYMENT AUTHORIZED ON`, `PURCHASE RETURN AUTHORIZED ON`, `PURCHASE AUTHORIZED ON`, `DEBIT CARD PURCHASE`, \
`DEBIT CARD REFUND`, `PREAUTHORIZED DEBIT`, `PREAUTHORIZED CREDIT`, `EXTERNAL WITHDRAWAL`, `RECURRING PAYMENT`, `EXTERNAL DEPOSIT`, \
`POS PURCHASE`, `POS REFUND`, `POS DEBIT`, `CARD PURCHASE`, `VISA PURCHASE`, `DEBIT PURCHASE`, `CHECKCARD`, `CHECK CARD`, `DIRECT DEBIT`, \
`ACH CREDIT`, `ACH DEBIT`, `PURCHASE`, `POS`, `ACH`.
3. What stands before the first `*` is left out if it is a processor and something follows: BT, CKE, DD, EB, FSP, IN, IZ, PAYPAL, PP, PY, SP, SQ, SUMUP, \
TST, `ZETTLE_`.
4. Words are runs of letters, digits and `& - . ' # /`, without `& - . ' /` at their ends; those of nothing but `#` do not count.
5. Left out are words with a `#`; words of four or more X alone; and words with a digit that are a date (two digits or more, with `/`, `-` or `.` \
and nothing else), follow a `*` with no word in between, or have three or more digits. A first word that other text follows may have three digits and no \
letters: 365 MARKET. With a word that is left out, the word before it is left out too if it announces a number (AUTH, CARD, CONF, ID, LOC, NO, NUM, ON, REF, STE, \
TRACE, UNIT) and is not the first.
6. If three or more words are left and the last is US or USA, it does not count. If the last of the others is a state of the United States, DC or PR, it is left \
out; with it the words from the last one that follows a word that was left out or two blanks, unless that is the first or the state itself. Without such a word, the state is \
left out only if two words stay, or if it follows such a gap itself.
7. `WWW.` before and `.COM`, `.NET`, `.ORG`, `.CO.UK` or `.IO` at the end of a word are left out.
8. At the end, forms of companies are left out while another word stays: CO, CORP, GMBH, INC, LLC, LP, LTD, PLC.
9. Apostrophes are left out, and single blanks join the words. Without a word there is no name.

A town without a number or two blanks before it stays in the name: nothing in the text says that it is one.";

const TRAIN: &str = "\
Multinomial naive Bayes. The examples are the corrections with a category; a label is a category with the class of the correction, if it has one. The words are those of the \
merchant as `classification.classify` normalizes it. Of a text, the probability of a label is proportional to its share of the examples, times, for each word that \
the model knows, (its count in examples of the label + s) / (the number of words in examples of the label + s × the number of words of the model); s is `smoothing`.

The model is whole counts, so that it can be read, kept and checked. It has at most 500 labels and 20,000 words, those that occur most often, in alphabetical order; labels are in the order of \
their categories and classes. `classification.classify` uses an answer whose confidence, the probability of the best label, is `minConfidence` at least, and names the words that \
speak most for it against the next label.";
