//! The entries of `ledger`.

use wherewithal::ledger::{HouseholdFromLedgerInput, LedgerMergeInput, LedgerProofInput};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "ledger.prove",
            "Replays transactions between the figures that statements state, and explains where they disagree.",
            LedgerProofInput::run,
        )
        .details(PROVE)
        .example(
            "A payment that stands twice",
            r#"{"accounts": [{"id": "bank", "currency": "USD"}],
              "balances": [{"account": "bank", "date": "2026-02-28", "kind": "ledger", "amount": "1000.00"},
                           {"account": "bank", "date": "2026-03-31", "kind": "ledger", "amount": "890.00"}],
              "transactions": [
                {"id": "power", "account": "bank", "date": "2026-03-04", "amount": "-50.00", "type": "payment", "description": "HILLSIDE POWER"},
                {"id": "rent", "account": "bank", "date": "2026-03-31", "amount": "-60.00", "type": "payment", "description": "RENT"},
                {"id": "rent again", "account": "bank", "date": "2026-03-31", "amount": "-60.00", "type": "payment", "description": "RENT"}]}"#,
        )
        .example(
            "Shares of a split, and the cash beside them",
            r#"{"accounts": [{"id": "broker", "currency": "USD"}], "securities": [{"id": "EXTM"}],
              "balances": [{"account": "broker", "date": "2026-02-28", "kind": "cash", "amount": "500.00"},
                           {"account": "broker", "date": "2026-03-31", "kind": "cash", "amount": "100.00"}],
              "positions": [{"account": "broker", "date": "2026-02-28", "security": "EXTM", "quantity": "10"},
                            {"account": "broker", "date": "2026-03-31", "security": "EXTM", "quantity": "24"}],
              "transactions": [
                {"id": "1", "account": "broker", "date": "2026-03-09", "amount": "-400.00", "type": "buy", "description": "Bought",
                 "security": "EXTM", "quantity": "2", "price": "200"},
                {"id": "2", "account": "broker", "date": "2026-03-23", "amount": "0", "type": "split", "description": "Split",
                 "security": "EXTM", "splitFrom": "1", "splitTo": "2"}]}"#,
        ),
        Operation::new(
            "ledger.merge",
            "Adds the records of another file to those that there are: nothing twice, and nothing lost.",
            LedgerMergeInput::run,
        )
        .details(MERGE)
        .example(
            "A file that overlaps with the one before",
            r#"{"existing": {"accounts": [{"id": "card"}], "transactions": [
                {"id": "a", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "CORNER CAFE"}]},
              "read": {"accounts": [{"id": "card"}], "transactions": [
                {"id": "a", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "CORNER CAFE"},
                {"id": "b", "account": "card", "date": "2026-03-03", "amount": "-18.25", "type": "purchase", "description": "NORTHSIDE BOOKS"}]}}"#,
        ),
        Operation::new(
            "ledger.household",
            "Makes a household document out of the records of its accounts, as of the end of a day.",
            HouseholdFromLedgerInput::run,
        )
        .details(HOUSEHOLD)
        .example(
            "A bank, a card and a broker",
            r#"{"name": "Example", "asOf": "2026-03-31",
              "accounts": [{"id": "bank", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"},
                           {"id": "broker", "kind": "brokerage"}],
              "securities": [{"id": "EXTM", "symbol": "EXTM"}],
              "balances": [{"account": "bank", "date": "2026-02-28", "kind": "ledger", "amount": "1000.00"},
                           {"account": "card", "date": "2026-03-31", "kind": "ledger", "amount": "-120.40"},
                           {"account": "broker", "date": "2026-03-31", "kind": "cash", "amount": "100.00"}],
              "positions": [{"account": "broker", "date": "2026-03-31", "security": "EXTM", "quantity": "24", "price": "128.00"}],
              "transactions": [
                {"id": "1", "account": "bank", "date": "2026-03-31", "amount": "-250.00", "type": "payment", "description": "RENT"}]}"#,
        ),
    ]
}

const PROVE: &str = "\
The cash of an account is replayed in each currency, and its shares of each security. A balance as of a day includes the \
transactions of the day. Amounts are exact, and so are the ratios of splits: where a split states a quantity, that is \
what changes the shares, else the ratio is. Shares of a day are split before they are traded. Balances of the kinds \
`cash` and `ledger` are of cash; those of the kind `available`, and positions without a date, prove nothing and are \
listed in `unusedFigures`.

A replay starts from zero for the accounts of `completeAccounts` and for those with a transaction called `Opening \
balance` on their first day, else from the first figure: `opening` says which. A security that is missing in a list of \
positions of its account counts as none, unless `positionsIncomplete` is given: on the last such day before anything is \
known of it, on the first one after it was last listed, and on the last of all.

Balances beside transactions (`balance`) are followed row by row, whichever way the file goes: where all rows of a day \
have one, the order in which they lead from one to the next is found, else the rows stand as in the list or the other \
way round, whichever fits more balances. Where the balances of a day form a circle and nothing tells where it starts, it is \
one from which the balances of the following days and the next stated one follow. So the order of the list makes no \
difference to what is proved.

Each figure is compared twice: `difference` is against the replay from the opening, `differenceSinceLast` against the \
figure before. Where the second is within the tolerance, the span between the two figures is proved: its transactions \
make up the difference. Errors of one span that cancel out are not seen.

A span that is not proved is a fault. A difference that stays in all later figures lies in the transactions of the span: \
one is missing, stands twice, has the wrong sign, amount or ratio, or should not be there. One that is gone at a later \
figure (`healedBy`) is a transaction on the wrong side of the figure, or a wrong figure. Before the opening and after the \
last figure nothing tells: so a difference that lasts to the end may be a transaction that belongs beyond the last figure, \
or is dated beyond it and belongs here, and at the last figure also a wrong figure; the first difference may be one from \
before the opening likewise. `confirmingFigures` counts the figures that speak against all of these. Each explanation alone makes \
the span agree; they are in the order of `likelihood`, then of `kind`, then of the transactions, and at most 20. A \
transaction that stands twice has the same amount and description as another one within a week; of two that are equal, \
the later one in the list is named. What is missing before a split is another number of shares than after it, and so is what counts on its other side. Digits that are exchanged and decimal points in the wrong place are weak \
explanations, since other amounts may differ so by chance. Ratios of splits are looked for among some for one and one for \
some, up to 50, and 3 for 2.

A holding with one fault that has an explanation has the status `oneChange`; with several faults, no single change \
explains it, and each fault is narrowed to the days between two figures.";

const MERGE: &str = "\
A transaction that is read is a duplicate if its id is there, and is added otherwise: `counts.read` is `added` plus \
`duplicates` plus `leftOut`. The ids of `formats.read` are fingerprints with a number among equals. So a file that is read \
again adds nothing, an overlapping file adds only what is new, and two equal coffees stay two; of equal transactions of a \
day there are as many as in the file that has more of them. A file that begins in the middle of a day can have the second \
of two as its first; `ledger.prove` finds what is missing then.

A duplicate completes the fields that are absent (`completed`). Where both have a value and it differs, what there was \
stays, and the field is listed in `conflicts`; the place in the source is not compared, nor are the spaces of descriptions. \
Accounts and securities with one id are completed and compared alike. Balances and positions are added where they are not there in every field; of two that \
contradict each other both stay, `ledger.prove` tells which of them the transactions lead to, and where both sides state some \
for one day, the account's `balances` or `positions` are listed in `conflicts` (positions of one day are added up, so \
correct them before they are counted).

An account with another institution, of another kind or with other balances of a day is probably another one with the same \
id, as where two numbers end alike, and what is a duplicate there may be none: keep the two apart by `aliases`. Two accounts \
with one id of which everything is equal cannot be told from one that is read twice. Two records of one account in two \
currencies are refused (`currency.mismatch`). Where only one of them states its currency and the other has amounts without \
one, these are taken to be in it, and the account's `currency` is listed in `conflicts`.

Of two sources of one account, such as a bank's CSV and OFX files, the ids differ because the texts do. What is probably \
there already is listed in `probable`, each with one transaction of those that there were: the account, the amount, the \
currency, the security and the quantity are the same, and the dates are equal, or a day of posting of one is a date of the \
other, or the dates are at most `nearDays` apart and the descriptions differ. Two that have different references of their \
institution are never the same. They are added unless `probableDuplicates` is `leaveOut`, which leaves out those whose \
dates are equal.

`aliases` says which account that is read is which of those that there are, or with `apart` that it is none of them and which \
id it gets; the other ends of transfers (`transferAccount`) are renamed with it, and ids of its transactions that are \
fingerprints of the whole file are made anew with the other account. So an account of another institution whose number ends \
alike, which `conflicts` tells, loses none of its transactions to the first one.

`existing` and `read` have the five lists of records that `formats.read` gives, and none of its other fields.";

const HOUSEHOLD: &str = "\
A balance follows from the last figure that is stated on the day or before and from the transactions after it; without \
one, from the first figure after the day, less the transactions between; without any, from the transactions alone \
(`items`). Figures are taken at their word: `ledger.prove` says whether the transactions lead to them. Amounts of cash are \
rounded half to even to the minor unit of their currency, and numbers of shares to 18 decimal places.

`net_worth.statement` of the document is worth what the ledger holds: cash, shares times their prices rounded to the minor \
unit, less what is owed. A price is the last one on the day or before: of one day, that of `prices`, else that of a \
position, else that of a trade. That of a position is its value by its quantity, if the value is stated and the price does \
not lead to it, since bonds are quoted in percent and options per share; that of a trade is a hundredth or the hundredfold \
of the stated one where the amount says so, but for shares and digital assets. A price from before a split is none.

An account that holds several currencies becomes several accounts of the document, such as `depot` and `depot-EUR`; \
shares are in the currency of their price. An id has a hyphen for each character that a document does not allow. What the \
records do not say and the document needs is listed in `assumed`; short positions, shares without a price and securities of \
a debt are listed in `leftOut`. Money that left one account and has not arrived in another is in neither.";
