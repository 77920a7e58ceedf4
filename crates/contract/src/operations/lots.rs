//! The entries of `lots`.

use wherewithal::lots::{
    BrokerReconciliationInput, Form8949Input, LotAppendInput, LotBookInput, LotCorrectionsInput,
    LotExplanationInput, SalesPlanInput, ScheduleDInput, TradePreviewInput, UnrealizedGainsInput,
};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "lots.append",
            "Adds events to a book that is kept as a state: what they change, and the new state.",
            LotAppendInput::run,
        )
        .details(APPEND)
        .example(
            "A book begins with a purchase",
            r#"{"events": [
                {"kind": "buy", "date": "2025-01-10", "security": "X", "quantity": "10", "price": "50"}]}"#,
        )
        .example(
            "A sale of some of its shares",
            r#"{"state": {"version": 1, "events": 1, "disposals": 0,
                "last": {"date": "2025-01-10", "sequence": 0, "rank": 3},
                "families": [{"security": "X", "recent": [0]}],
                "positions": [{"security": "X", "lots": 1, "units": "10", "cost": "500.00"}],
                "lots": [{"event": 0, "date": "2025-01-10", "position": 0, "units": "10", "cost": "500.00"}]},
              "events": [
                {"kind": "sell", "date": "2025-03-20", "security": "X", "quantity": "4", "price": "55"}]}"#,
        ),
        Operation::new(
            "lots.book",
            "The tax lots of a history of trades: what is left, what was sold from which lot, and wash sales.",
            LotBookInput::run,
        )
        .details(BOOK)
        .example(
            "A loss that is deferred because shares are bought back within 30 days",
            r#"{"events": [
                {"kind": "buy", "date": "2024-02-01", "security": "X", "quantity": "50", "price": "40"},
                {"kind": "buy", "date": "2024-03-01", "security": "X", "quantity": "50", "price": "44"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "50", "price": "36"},
                {"kind": "sell", "date": "2025-04-08", "security": "X", "quantity": "50", "price": "35"},
                {"kind": "buy", "date": "2025-04-15", "security": "X", "quantity": "25", "price": "37"}]}"#,
        )
        .example(
            "A reverse split of 1 for 7 with cash for the fraction of a share",
            r#"{"events": [
                {"kind": "buy", "date": "2023-05-01", "security": "Y", "quantity": "50", "amount": "400"},
                {"kind": "buy", "date": "2024-11-01", "security": "Y", "quantity": "30", "amount": "270"},
                {"kind": "split", "date": "2025-06-02", "security": "Y", "from": 7, "to": 1,
                 "cashInLieu": [{"amount": "30"}]}]}"#,
        )
        .example(
            "A merger for a share and 5.00 in cash: a lot with a gain and one with a loss",
            r#"{"events": [
                {"kind": "buy", "date": "2023-05-01", "security": "OLD", "quantity": "100", "price": "10"},
                {"kind": "buy", "date": "2024-11-01", "security": "OLD", "quantity": "100", "price": "30"},
                {"kind": "merger", "date": "2025-06-02", "security": "OLD", "into": "NEW", "from": 1, "to": 1,
                 "cashPerShare": "5", "price": "20"}]}"#,
        )
        .example(
            "Shares in euros: the gain in a price, a currency and a cross part",
            r#"{"securities": [{"id": "Z", "currency": "EUR"}],
              "rules": {"exchangeRates": [
                {"currency": "EUR", "date": "2024-01-10", "rate": "1.10"},
                {"currency": "EUR", "date": "2025-03-03", "rate": "1.20"}]},
              "events": [
                {"kind": "buy", "date": "2024-01-10", "security": "Z", "quantity": "100", "price": "10"},
                {"kind": "sell", "date": "2025-03-03", "security": "Z", "quantity": "100", "price": "12"}]}"#,
        ),
        Operation::new(
            "lots.correct",
            "Corrects a history of trades, and names every tax year whose figures changed.",
            LotCorrectionsInput::run,
        )
        .details(CORRECT)
        .example(
            "A return of capital that is reported only in the next year",
            r#"{"book": {"events": [
                {"kind": "buy", "date": "2024-02-01", "security": "X", "quantity": "100", "price": "10"},
                {"kind": "sell", "date": "2025-03-03", "security": "X", "quantity": "50", "price": "12"}]},
              "corrections": [{"kind": "add", "event":
                {"kind": "returnOfCapital", "date": "2024-12-16", "security": "X", "amount": "100"}}]}"#,
        ),
        Operation::new(
            "lots.explain",
            "How a lot came to its cost: each event that changed it, and the rule.",
            LotExplanationInput::run,
        )
        .details(EXPLAIN)
        .example(
            "A lot that takes over the loss of the shares that it replaces",
            r##"{"lot": "#2", "book": {"events": [
                {"kind": "buy", "date": "2025-01-06", "security": "X", "quantity": "100", "price": "40"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "100", "price": "36"},
                {"kind": "buy", "date": "2025-04-15", "security": "X", "quantity": "100", "price": "37"}]}}"##,
        ),
        Operation::new(
            "lots.form_8949",
            "Form 8949 of a year: each sale as a row, with its box, codes and adjustment.",
            Form8949Input::run,
        )
        .details(FORM_8949)
        .example(
            "A loss that is disallowed in part",
            r#"{"year": 2025, "book": {"events": [
                {"kind": "buy", "date": "2024-02-01", "security": "X", "quantity": "50", "price": "40"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "50", "price": "36"},
                {"kind": "buy", "date": "2025-04-15", "security": "X", "quantity": "25", "price": "37"}]}}"#,
        ),
        Operation::new(
            "lots.plan_sales",
            "The lots to sell for a target at the least tax, with a proof of how near to the least it is.",
            SalesPlanInput::run,
        )
        .details(PLAN_SALES)
        .example(
            "3,000 in cash from two securities",
            r#"{"asOf": "2025-11-03", "rates": {"shortTerm": 0.35, "longTerm": 0.15},
                "target": {"kind": "cash", "amount": "3000"},
                "prices": [{"security": "X", "price": "50"}, {"security": "Y", "price": "20"}],
                "book": {"events": [
                    {"kind": "buy", "date": "2023-02-01", "security": "X", "quantity": "40", "price": "30"},
                    {"kind": "buy", "date": "2025-03-03", "security": "X", "quantity": "40", "price": "48"},
                    {"kind": "buy", "date": "2024-05-01", "security": "Y", "quantity": "50", "price": "26"}]}}"#,
        )
        .example(
            "Losses of up to 500 before the end of the year",
            r#"{"asOf": "2025-12-15", "rates": {"shortTerm": 0.35, "longTerm": 0.15},
                "target": {"kind": "loss", "amount": "500"},
                "prices": [{"security": "Y", "price": "20"}],
                "book": {"events": [
                    {"kind": "buy", "date": "2024-05-01", "security": "Y", "quantity": "50", "price": "26"},
                    {"kind": "buy", "date": "2025-06-02", "security": "Y", "quantity": "50", "price": "24"}]}}"#,
        ),
        Operation::new(
            "lots.preview_trade",
            "What a sale or a purchase would do: lots, gains, tax, and wash sales in both directions.",
            TradePreviewInput::run,
        )
        .details(PREVIEW_TRADE)
        .example(
            "A sale at a loss after a purchase",
            r#"{"rates": {"shortTerm": "0.35", "longTerm": "0.15"},
              "trade": {"kind": "sell", "date": "2025-03-20", "security": "X", "quantity": "10", "price": "45"},
              "book": {"events": [
                {"kind": "buy", "date": "2024-01-10", "security": "X", "quantity": "10", "price": "50"},
                {"kind": "buy", "date": "2025-03-03", "security": "X", "quantity": "4", "price": "46"}]}}"#,
        ),
        Operation::new(
            "lots.reconcile",
            "Matches Forms 1099-B with the book, tells why figures differ, and gives the Form 8949 to file.",
            BrokerReconciliationInput::run,
        )
        .details(RECONCILE)
        .example(
            "A return of capital that the broker does not know",
            r#"{"year": 2025, "book": {"events": [
                {"kind": "buy", "date": "2025-01-06", "security": "X", "quantity": "100", "price": "10"},
                {"kind": "returnOfCapital", "date": "2025-03-03", "security": "X", "amount": "100"},
                {"kind": "sell", "date": "2025-05-01", "security": "X", "quantity": "100", "price": "12"}]},
              "rows": [{"security": "X", "quantity": "100", "dateAcquired": "2025-01-06", "dateSold": "2025-05-01",
                "proceeds": "1200", "cost": "1000", "term": "short", "basisReported": true}]}"#,
        ),
        Operation::new(
            "lots.schedule_d",
            "Schedule D of one year after the other: netting, the loss that is deducted, and the carry-over.",
            ScheduleDInput::run,
        )
        .details(SCHEDULE_D)
        .example(
            "A loss that is used up in three years",
            r#"{"book": {"events": [
                {"kind": "buy", "date": "2023-02-01", "security": "X", "quantity": "100", "price": "100"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "100", "price": "30"}]},
              "years": [{"year": 2025, "filingStatus": "single"}, {"year": 2026, "filingStatus": "single"},
                {"year": 2027, "filingStatus": "single"}]}"#,
        ),
        Operation::new(
            "lots.unrealized",
            "What each open lot is worth on a day, what it would gain, and when it becomes long-term.",
            UnrealizedGainsInput::run,
        )
        .details(UNREALIZED)
        .example(
            "A lot that is long-term tomorrow",
            r#"{"asOf": "2025-02-28", "prices": [{"security": "X", "price": "60"}], "book": {"events": [
                {"kind": "buy", "date": "2024-02-28", "security": "X", "quantity": "10", "price": "50"}]}}"#,
        ),
    ]
}

const APPEND: &str = "\
For a program that keeps a household's lots and gets one trade, or a few, at a time: it stores the `state` of each answer and \
sends it with the next events, and the history is never replayed. The first call has `rules`, `accounts` and `securities` in \
place of a state. The rows of `changes` are those of `lots.book` that are new or other than before.

However a history is cut, the lots, the disposals, their ids, places and figures are those of one `lots.book` of all of it, as \
long as its parts follow one another. Events are numbered on: the first one of a call gets the number of all before it, and a lot \
that is given no id is called by it, such as `#17`. Within a call, events take effect in the order of `lots.book`. Between calls, \
none may come before the last event of the state: one of an earlier day changes what was told, so it needs `lots.correct`, or \
`lots.book` of the whole history. Of two events of one day, the one that comes with a later call needs a `sequence`, or a kind, \
that puts it later; a program that sends each trade as it is made can give the seconds of the day. A dividend may come at any \
time of the day. A sale that takes shares of purchases later on its day comes in one call with them.

A call that is refused changes nothing, since the caller still has the state. In the United Kingdom and in Canada, what waits for \
later events comes with the events that decide it: a sale, when its day is over; a superficial loss, when its 30 days are.

A state holds the lots that are left and what of the last 30 days can still change, so its size does not grow with the history. \
A lot takes about 80 bytes, and an input may have 16 MiB, so a state may have about 150,000 lots; in Rust, `Book` has no such \
limit. What is finished is not in it: ids of lots of which nothing is left may be given again. It is plain data, and everything in \
it is checked against the rest, so one that was cut or changed is `state.inconsistent` wherever that can be seen; it carries no \
signature, so keep it where your other books are.";

const BOOK: &str = "\
Events take effect by date, whatever their order in the list; on one day by `sequence`, then corporate actions before \
purchases and purchases before sales. A sale that stands before the purchases of its day sells what is held first, \
whatever the method, and takes from them, in their order, only what it lacks. Quantities are exact fractions, so a split and \
its reverse change nothing.

Amounts are kept to the minor unit of the currency, or to `amountPlaces`. What is left of a lot costs its share of the lot's \
cost, rounded half to even, and what was sold of it the rest; so a sale in two parts costs what it would cost in one. Where \
several lots share an amount, all of them up to a lot get together their share of it, rounded half to even; so the parts \
add up to it.

The cost of a lot is its price and the fees; proceeds are net of fees. A return of capital reduces the cost of each lot, and \
what is above it is a gain of that lot. A sale is long-term if the shares were held for more than one year by the calendar \
(Rev. Rul. 66-7).

In the United States a loss is disallowed as far as the same security, or one that is certainly substantially identical, is \
bought within 30 days before or after the sale, in any account of the book (IRC 1091). The loss is added to the cost of \
the shares bought, and the holding period to theirs; in an account whose gains are not taxed it is lost (Rev. Rul. \
2008-5). Sales are matched in their order, the lots of one sale in the order of acquisition whatever the method, and with them \
purchases in theirs; a share replaces one share only (Reg. 1.1091-1(b) to (e)). Shares that are sold with, or before, the \
loss replace nothing, nor does what is left of a purchase replace what was sold of it (Rev. Rul. 56-602). Shares bought \
after the sale replace it even if they are sold again. Digital assets have no wash sales and replace nothing.

All accounts belong to one household. Shares that go from one to another by `transfer`, also between spouses, keep basis, \
dates and ids (IRC 1041, 1223(2)). Shares that come as a gift keep the donor's basis and dates; if they were worth less than \
that basis, a loss is counted from the value and from the day of the gift, and between the two there is neither gain nor \
loss (IRC 1015(a)). Inherited shares have the value at the death, or the alternate valuation, and are long-term (IRC 1014, \
1223(9), 2032). Neither gifts nor inheritances replace shares sold at a loss, and nor do shares that come of a merger or a \
spin-off without tax, since they are not purchased (IRC 1091(a)). In a merger for shares and cash the gain of each lot is \
recognised up to its cash, and no loss (IRC 356); a spin-off divides the basis of each lot (IRC 358). Cash in place of a \
fraction of a share is the price of that fraction. What a merger takes from several accounts leaves at once, in the order of \
the accounts.

What is sold short is a lot that is owed; its gain counts when it is closed by a purchase, and is short-term, except that a \
loss is long-term as far as the same shares were held for more than one year at the short sale, in any taxable account of \
the book (IRC 1233(d)). The holding period of shares held for less, or bought before the closing, begins at the closing (IRC \
1233(b)(2)), in the order of acquisition. A loss is disallowed as far as the same shares are sold short again within 30 days before \
or after the closing, and reduces what that short sale brought (IRC 1091(e)(2)). `deliverToCover` closes a short sale with shares that \
are held: the gain is of their term (Reg. 1.1233-1(a)(3)), and short-term as far as the same shares wait for the closing (IRC \
1233(b)(1)); a loss on shares that were held at the short sale counts for wash sales as of its day (Reg. 1.1091-1(g)), and is \
replaced by what was bought around that day and is held at the closing. Constructive sales (IRC 1259) are not recognised, and \
puts do not count as short sales (IRC 1233(b)).

`probableWashSales` lists losses that may not count although the figures let them, so that someone looks at them: those that \
securities replace which are only probably substantially identical (`probable` in `substantiallyIdentical`), after all that is \
certain, in the order of the sales and of the purchases, share for share; and those of short sales that a purchase closed, within 30 days of which the \
same shares were sold that were held. The law disallows the latter (IRC 1091(e)(1)), but neither it nor Publication 550 says where \
the loss goes: IRC 1091(d) speaks of shares that are acquired, and here none are. Added to what was sold, it leaves the totals of a \
year as they are in which both fall. And those of shares that closed a short sale at which they were held, as far as others that \
were bought around its day left before the closing: they were acquired within the window, but nothing is left whose basis could \
rise.

The quantity of an option is one of contracts, and its price that of one share; a contract costs the price times the \
multiplier. Exercise and assignment move the premium into the cost or the proceeds of the shares (Rev. Rul. 78-182). A call \
replaces shares sold at a loss as the shares of its contracts would, and the shares that it buys keep the days of those (IRC \
1223(3)); an option sold at a loss is replaced by the same option only. A split leaves the contracts as they are; one of the option's own id adjusts them. Of section 1256 contracts 60 % of a \
gain is long-term, and they have no wash sales; `markToMarket` at the end of each year is an event of the list. Bonds are \
refused. With the pools of the United Kingdom and Canada, a book takes trades, splits, bonus shares and returns of capital \
only.

A security may be in another currency than the book (`currency` of `securities`). Its amounts, rounded to the minor unit of that \
currency, are then converted, rounded half to even, when their event comes: cost at the rate of the purchase and proceeds at that \
of the sale, fees with the trade, a distribution at the rate of its payment. The rate is the event's `exchangeRate`, or that of the day \
in `exchangeRates` of the rules; where there is none, the event is refused, and the rate of another day is never taken. For \
stock traded on an established market, a cash-basis taxpayer of the United States translates at the rate of the settlement \
(Reg. 1.988-2(a)(2)(iv)): give that rate with the event. Gains, terms, wash sales and methods follow from the amounts in the \
currency of the book. Each lot keeps its cost in both currencies, and what changes one changes the other: a loss that is \
disallowed takes the result in the other currency along, and a distribution that uses the cost in the book's currency up uses \
up both. So each sale, distribution and unrealized gain appears as a price part, a currency part and a cross part that add up \
to it; of a sale they add up to proceeds less cost, before a disallowed loss. Securities that turn into one another, are \
certainly identical, or are an option and its underlying have one currency. A gift is converted at the rate of the day from \
which the donor held it, and is refused in another currency if it has two bases or bears gift tax.";

const EXPLAIN: &str = "\
Builds the book as `lots.book` does and tells what happened to one lot. The changes of the cost add up to the cost of what is \
left of it. A lot that replaces shares sold at a loss is set apart from the rest of its purchase, and both are listed.";

const CORRECT: &str = "\
The corrected history is either the history with events added, removed and replaced, or a whole list of events. The book is \
built anew, so it is the one that `lots.book` gives for the corrected events. A year is named if one of its totals or one of its sales in \
taxable accounts changed; its sales are compared by event and lot, wherever those stand in the new list.";

const FORM_8949: &str = "\
A row for each lot that a sale in a taxable account took from, or, with `rowsBySale`, for all its lots of one box. The date \
acquired is the day of the purchase, even where a wash sale makes the holding period longer; of a short sale, that of the \
purchase that closes it or of the shares that are delivered; what is inherited has `INHERITED` in its place. A loss that is disallowed has \
code W and the disallowed amount as its adjustment, on the row of its sale. A distribution above the basis is a gain with the \
boxes for what no broker reports (Publication 550).

The box follows from the term and from what the broker reports. The basis is reported of stock acquired from 2011 on, and of \
shares of funds and of dividend reinvestment plans acquired from 2012 on (Reg. 1.6045-1(a)(15)); of sales of digital assets \
the proceeds from 2025 on, and the basis of those acquired from 2026 on. `reporting` says where it is otherwise: securities \
that were transferred in without a basis, a wallet of one's own, a broker abroad. From 2025 on, digital assets have boxes G to \
L.

The rows take it that a broker that reports a basis reports the book's. Where it reports another one, `lots.reconcile` gives \
the rows to file, with codes B and others.

Losses of the rows that may not count although the form lets them are listed as in `lots.book` (`probableWashSales`).

Cents are kept; `wholeDollarTotals` rounds the totals alone, half up, each for itself: the instructions of the form want all \
figures rounded or none, and rounded rows can make a gain out of a loss that is wholly disallowed.";

const PREVIEW_TRADE: &str = "\
The trade is applied after all events of the book and changes nothing in it. The tax is each gain times the rate of its term; \
a loss counts as a saving at the same rate, as if it offset gains of its own term.

In the United States a sale at a loss is matched with purchases of the 30 days before it, reinvested dividends and those in \
other accounts included; `window` says when not to buy after it. A purchase is matched with losses of the 30 days before it; \
`window` then says when other shares of the same should not be sold at a loss. `clearFrom` is the first day on which the trade \
would disallow nothing (IRC 1091).";

const RECONCILE: &str = "\
Rows are matched with sales in taxable accounts in rounds, the strictest first: the lot and every figure agree; the account, \
the security, both days and the quantity agree (the day of acquisition may be the one from which a wash sale counts); the \
account, the security, the day of the sale, the quantity and the term agree, then without the term; all that is left of an \
account, a security, a day and a term has the same quantity in sum, then without the term; all that is left of an account, a \
security that was split, and a day has the same proceeds in sum. Quantities of a group may differ by 0.0005 a lot and row if the \
proceeds agree. In a round, rows take sales in the order of the list, and each row and each share is matched once. Of a group, \
rows in the order of acquisition take the lots in theirs.

A difference of the cost is explained by the other lot if the day of acquisition differs; by the wash sales and returns of \
capital of the lot if they make up the difference; then by a lot that is not covered, a split, or a wrong basis.

Of a row whose basis was reported, the form shows the broker's proceeds and cost, and the adjustment leads to the book's gain: \
code B for the cost, E for fees that the proceeds do not take into account, O for other proceeds, T for the term (on the part of \
the right term), W with the right disallowed loss, D for market discount. Of a row whose basis was not reported, the form shows \
the book's cost, with code B and no adjustment if the broker showed another one. Differences up to `rounding` for each lot are \
left as they are. Rows without a sale are filed with the broker's figures, since those were reported; sales without a row with \
the boxes for what no broker reports.";

const SCHEDULE_D: &str = "\
Lines 1b to 3 and 8b to 10 are the totals of Form 8949; lines 1a and 8a, for sales that need no Form 8949, are not used. Short-term \
and long-term gains and losses are netted, each with the losses carried over. A net loss is deducted up to 3,000 a year, 1,500 \
for a married person who files separately (IRC 1211(b)). What is deducted uses up the short-term loss first, and what is left \
keeps its character (IRC 1212(b); Capital Loss Carryover Worksheet). If taxable income is below zero, the deduction uses up \
less; without `taxableIncome`, it uses up all that is deducted.";

const UNREALIZED: &str = "\
The book is built from the events up to the day. The term is that of a sale on the day, by the calendar, and the days of what a \
lot replaces count (IRC 1223(3)). A security that is held and has no price is an error. The totals by term are those of \
taxable accounts. A price is in the currency of the security; the value is converted at the rate of the day in `exchangeRates` \
of the rules, and a gain on a security in another currency appears in parts as in `lots.book`.";

const PLAN_SALES: &str = "\
Chooses among the lots of taxable accounts that the day finds, in whole shares unless `wholeShares` is false. Gains and losses \
are taxed at the rates of their terms, and a loss saves as much. Cash and a weight are reached and not passed by more than a \
share of one lot; a loss and a gain are not passed, and missed by less than a share of one lot. Where the tax is the same, the \
choice sells as little as possible.

`lowerBound` is a proof: with fractions of shares, the lots in the order of their tax for each unit of the target are the best \
choice (a fractional knapsack), and no choice of whole shares has a lower tax that raises the cash and at most a share of one \
lot more, or that realizes no less of the loss or gain than the plan. `gap` is what a better choice could save at most. Often it \
is the tax of a part of a share; it can be more where the least sale is larger than a share, where lots with a loss save tax on \
what is sold beyond the target, and where several lots are sold in part. Taxes are compared before amounts are rounded. A price in another currency is \
converted at the rate of the day without rounding.

Lots whose loss a purchase within the last 30 days would disallow are left out, unless `washSales` is `ignore`. After the \
sales, no purchase of `soldAtLoss` should be made until `doNotBuyUntil`, in any account of the household. The plan does not \
see the tax of other accounts, nor how gains and losses of the year net; `lots.preview_trade` and `lots.schedule_d` do.";
