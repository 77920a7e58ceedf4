//! The entries of `cash_flow`.

use wherewithal::cash_flow;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    let mut entries = from_a_ledger();
    entries.extend([
        Operation::new(
            "cash_flow.occurrences",
            "The dates of something that recurs: a salary, a rent, a subscription.",
            cash_flow::occurrences,
        )
        .details(OCCURRENCES)
        .example(
            "A rent on the last day of each month, from the 31st of January",
            r#"{"start": "2026-01-31", "rule": {"frequency": "monthly"}, "monthEnd": "clamp", "limit": 4}"#,
        )
        .example(
            "The same by the rule of RFC 5545, which skips short months",
            r#"{"start": "2026-01-31", "rrule": "FREQ=MONTHLY", "to": "2026-06-30"}"#,
        )
        .example(
            "A salary on the 28th, before a weekend",
            r#"{"start": "2026-01-28", "rule": {"frequency": "monthly"}, "convention": "preceding", "to": "2026-03-31"}"#,
        )
        .example(
            "The last Friday of each month without the one of Christmas",
            r#"{"start": "2026-01-30", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "exceptions": ["2026-12-25"],
                "from": "2026-10-01", "limit": 3}"#,
        ),
        Operation::new(
            "cash_flow.property",
            "The cash flow of a rental property, before and after tax, with its ratios and the return of the whole hold.",
            cash_flow::property,
        )
        .details(PROPERTY)
        .example("A duplex with a loan, held for ten years", DUPLEX)
        .example(
            "A house without a loan, before tax",
            r#"{"years": 5, "purchase": {"price": "180000"},
                "rents": [{"name": "house", "monthlyRent": "1600", "annualGrowth": "0.03"}],
                "vacancyRate": "0.05",
                "operatingExpenses": [{"kind": "fixed", "name": "tax and insurance", "annualAmount": "4200"}],
                "sale": {"appreciation": "0.03", "costRate": "0.06"}}"#,
        ),
        Operation::short(
            "cash_flow.depreciation",
            "The depreciation of a rental building by tax year: straight line, mid-month convention.",
            cash_flow::depreciation,
        )
        .details(DEPRECIATION)
        .example(
            "A house placed in service in July and sold in March of the third year",
            r#"{"basis": "275000", "placedInService": "2026-07-15", "disposed": "2028-03-10"}"#,
        )
        .example(
            "An office by the tables of the IRS",
            r#"{"basis": "1000000", "recovery": "nonresidential", "method": "irsTables",
                "placedInService": "2026-02-01", "disposed": "2030-02-01"}"#,
        ),
        Operation::short(
            "cash_flow.runway",
            "How many months an amount lasts at a monthly outflow, with interest and growth.",
            cash_flow::runway,
        )
        .details(
            "At the start of each month its outflow is paid, as long as what is left suffices. At the end of the month \
             interest is added: what is left, times the rate, divided by 12, rounded half to even to the minor unit. After every twelve months \
             the outflow grows and is rounded likewise. An amount that pays 1,200 outflows lasts: `months` is null.",
        )
        .example(
            "Twenty thousand in a savings account",
            r#"{"balance": "20000", "monthlyOutflow": "3100", "annualRate": "0.04"}"#,
        )
        .example(
            "An amount whose interest pays for everything",
            r#"{"balance": "1200000", "monthlyOutflow": "3000", "annualGrowth": "0.02", "annualRate": "0.06"}"#,
        ),
        Operation::short(
            "cash_flow.savings_rate",
            "What share of an income is saved, with what it is a share of.",
            cash_flow::savings_rate,
        )
        .details(
            "What is saved is income less taxes and expenses. A refund lowers the expenses and is no income. Money moved between own accounts \
             is neither, so what is put into savings is saved because it was not spent. The rate is what is saved, divided by all income, or by income after \
             taxes (`base`), rounded half to even to six decimal places. Without income there is no rate, and the reason is given.",
        )
        .example(
            "A month with a refund and a transfer into savings",
            r#"{"flows": [{"kind": "income", "amount": "4000"}, {"kind": "expense", "amount": "2500"},
                {"kind": "refund", "amount": "400"}, {"kind": "transfer", "amount": "600"}]}"#,
        )
        .example(
            "After tax",
            r#"{"base": "incomeAfterTax", "flows": [{"kind": "income", "amount": "6000"}, {"kind": "tax", "amount": "1400"},
                {"kind": "expense", "amount": "3200"}]}"#,
        ),
    ]);
    entries
}

/// The operations that read a ledger.
fn from_a_ledger() -> Vec<Operation> {
    vec![
        Operation::new(
            "cash_flow.statement",
            "What came in and went out by period, from a ledger: income, expenses by category, debt service, saving.",
            cash_flow::statement,
        )
        .details(STATEMENT)
        .example("A month with a refund and a purchase by card", A_MONTH)
        .example(
            "The same on the cash basis, quarter by quarter and in euros",
            r#"{"basis": "cash", "periods": "quarters", "entries": false, "reportCurrency": "EUR",
                "exchangeRates": [{"from": "USD", "to": "EUR", "rate": "0.85", "date": "2026-01-01"}],
                "ledger": {"accounts": [{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}],
                    "transactions": [
                        {"id": "1", "account": "card", "date": "2026-03-20", "amount": "-120", "type": "purchase",
                         "description": "MARKET", "category": "Groceries"},
                        {"id": "2", "account": "checking", "date": "2026-04-10", "amount": "-120", "type": "payment",
                         "description": "CARD PAYMENT", "transferAccount": "card"},
                        {"id": "3", "account": "card", "date": "2026-04-10", "amount": "120", "type": "payment",
                         "description": "PAYMENT RECEIVED", "transferAccount": "checking"}]}}"#,
        ),
        Operation::new(
            "cash_flow.recurring",
            "Payments that recur in a ledger: how often, how surely, the next day, price changes and double charges.",
            cash_flow::recurring,
        )
        .details(RECURRING)
        .example("A subscription on the last day of the month that became dearer", A_SUBSCRIPTION),
        Operation::new(
            "cash_flow.budget",
            "A budget by category: what is assigned, what was spent, what is left, and what is safe to spend.",
            cash_flow::budget,
        )
        .details(BUDGET)
        .example("Two months of envelopes, and what is safe to spend", ENVELOPES)
        .example(
            "A zero-based budget that is not balanced yet",
            r#"{"from": "2026-03-01", "method": "zeroBased", "plannedIncome": "4000",
                "categories": [{"category": "Housing", "amount": "1500"}, {"category": "Food", "amount": "600"}],
                "ledger": {"accounts": [], "transactions": []}}"#,
        ),
        Operation::new(
            "cash_flow.forecast",
            "What will be in accounts, day by day, with bands and the day on which one falls below zero.",
            cash_flow::forecast,
        )
        .details(FORECAST)
        .example(
            "A salary and a rent that are planned",
            r#"{"asOf": "2026-03-31", "days": 60, "balances": [{"account": "checking", "balance": "900"}],
                "planned": [
                    {"name": "salary", "account": "checking", "amount": "2600", "start": "2026-04-30",
                     "rule": {"frequency": "monthly", "byMonthDay": [-1]}, "convention": "preceding"},
                    {"name": "rent", "account": "checking", "amount": "-1500", "start": "2026-04-01",
                     "rrule": "FREQ=MONTHLY"}],
                "ledger": {"accounts": [{"id": "checking", "kind": "checking"}], "transactions": []}}"#,
        ),
        Operation::new(
            "cash_flow.spending",
            "Trends and outliers of spending by category and month, by medians.",
            cash_flow::spending,
        )
        .details(SPENDING)
        .example("A month in which the car broke down", A_REPAIR),
    ]
}

const A_MONTH: &str = r#"{"ledger": {
    "accounts": [{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}],
    "transactions": [
        {"id": "1", "account": "checking", "date": "2026-03-02", "amount": "4000", "type": "deposit",
         "description": "PAYROLL"},
        {"id": "2", "account": "card", "date": "2026-03-05", "amount": "-2500", "type": "purchase",
         "description": "FURNITURE", "category": "Household"},
        {"id": "3", "account": "card", "date": "2026-03-31", "amount": "400", "type": "refund",
         "description": "FURNITURE", "category": "Household"}]}}"#;

const STATEMENT: &str = "\
**Lines.** Income, interest and dividends come in. Expenses less refunds, fees, taxes (paid and withheld) and \
interest on debts go out. What is saved is the difference. The savings rate is what is saved, divided by all \
income or by income after taxes, as in `cash_flow.savings_rate`. Transfers between own accounts, principal of \
debts, loans, external flows and trades are movements: neither income nor spending. What is saved and the \
movements add up to `change`, which is the sum of all flows.

**An income statement** is what `periods` are down to `saved`: revenue by kind and category, expenses by category, and what \
is left of them, on the accrual or the cash basis, by period, and with `comparison` beside an earlier one. Its totals are sums of \
its lines, and its periods add up to the whole. Gains and losses are not in it, realized or not: what prices, exchange rates and \
valuations did is in `net_worth.attribution`, and what a sale realized for tax in `lots.book`. Nor are principal, loans, transfers and \
contributions, which change what is owned or owed and are neither earned nor spent.

**Which line a flow belongs to** is decided by `classification.classify` alone, with the rules and corrections \
in `ledger`.

**Periods** include both their ends, and a flow on the last day of a month belongs to that month. They leave no \
gap, and add up to `total` in every figure that is an amount. `from` and `to` cut off the first and the last.

**Basis.** On the accrual basis a flow counts on the day that its source has written: of a trade the trade date, \
of a purchase by card that of the purchase, of interest the day on which the loan charges it (as IRS Publication \
538 says of an accrual method: when an expense is incurred). On the cash basis it counts when cash moves: on the \
settlement date, where one is stated. A purchase by card then counts when the card is paid. What comes in on a \
card (payments, refunds, rewards) pays its oldest charges first, and a charge may count in several parts; within \
a day charges come before payments. A refund counts on its own day. What is paid ahead pays later charges on \
their day. Cash advances and balances that were moved take their turn, and count as the movements that they are, \
on their own day. Interest that another loan charges counts when the parts of payments that are interest cover \
it, the oldest first. What is not paid by the end of the ledger is in `unpaid`. `owedBefore` says what was owed \
on a card before the first transaction: it is the oldest charge, without a category. (For the tax of the United \
States a purchase by card counts on the day of the purchase on both bases, as IRS Publications 502 and 526 say; \
take the accrual basis for that.)

**Debt service** is the interest on debts, and the principal that accounts other than cards and loans paid.

**Essential** are expenses in the categories of `essentialCategories`. The default has the necessary expenses of \
the IRS Collection Financial Standards under usual names: food, clothing, housekeeping, personal care, housing, \
utilities, transportation, health care, child care, insurance and court-ordered payments. A category is covered \
by its own name or by one above it, where `:`, `/` and `>` part the levels; `Expenses:` of a journal in front of it \
does not count.

**Currencies.** Each currency has a table of its own. With a `reportCurrency` there is one of all: each entry is \
converted at the latest rate that is not after its day and rounded half to even to the minor unit; sums of \
converted entries are exact. A missing rate is an error. Rates are not inverted.

`entries` lists what each figure is made of: the entries of a period and a line add up to it.";

const A_SUBSCRIPTION: &str = r#"{"ledger": {
    "accounts": [{"id": "card", "liabilityKind": "creditCard"}],
    "transactions": [
        {"id": "1", "account": "card", "date": "2025-12-31", "amount": "-9.99", "type": "purchase", "description": "FILMS"},
        {"id": "2", "account": "card", "date": "2026-01-31", "amount": "-9.99", "type": "purchase", "description": "FILMS"},
        {"id": "3", "account": "card", "date": "2026-02-28", "amount": "-9.99", "type": "purchase", "description": "FILMS"},
        {"id": "4", "account": "card", "date": "2026-03-31", "amount": "-11.99", "type": "purchase", "description": "FILMS"},
        {"id": "5", "account": "card", "date": "2026-04-01", "amount": "-11.99", "type": "purchase", "description": "FILMS"}]}}"#;

const RECURRING: &str = "\
**Payments.** A transaction is one payment of its whole amount. Trades, events of companies and amounts of zero \
are none. Payments are grouped by merchant (or by payee or description, where the classification has no \
merchant; upper and lower case are alike), direction and currency.

**Double charges.** A payment of the same amount from the same account as an earlier one of its group, at most \
`doubleDays` days before, is a double charge, and no payment of a series. It is listed if the earlier one is in \
a series.

**Cadences** are these, with the days that a payment may be off its expected day: weekly 2, every two weeks 3, \
twice a month 3, every four weeks 4, monthly 5, every two months 7, quarterly 10, every six months 15, annual \
20. A cadence is fitted to a group. In days: the expected days are those whose number (counted from any fixed \
day) leaves, divided by 7, 14 or 28, the rest that occurs most often among the payments; of several, that of the \
latest payment. In months: first the day of the month which most payments meet, where the last day of a month \
meets every day that the month does not have; of several, those that the latest payment meets, and of these the \
smallest. Each payment then belongs to the month in which that day (or the last of a shorter month) is nearest \
to it, the earlier of two; the months are those whose number leaves the rest that occurs most often, as before. \
Twice a month: that day, and the one found in the same way among the payments that are more than 5 days off it; \
they lie 10 to 20 days apart, or there is no such cadence.

**Expected days** are numbered. A payment belongs to the nearest, the earlier of two. It meets it if it is \
within the tolerance, and if the day is later than those met before. All other payments are unexpected; expected \
days between the first and the last that were met, without a payment, are missed.

**Confidence** is the rule of succession of Laplace: met / (met + missed + unexpected + 1). Three payments in \
time give 3/4, eleven 11/12. A group recurs by the cadence with the highest confidence; of several, by the one \
from whose expected days the payments that met them are fewest days off together; then by the first in the list \
above. It needs `minPayments` payments that meet and `minConfidence`.

**Amounts** vary if more than half of the payments differ from the one before. If a group does not recur, or its \
amounts vary, its payments are also parted by amount: sorted by size, a new part begins where an amount is above \
the one before by more than `amountGap` of it. If all payments together recur, the parts take their place only \
if there are two or more and each of them recurs; otherwise the parts that recur are series of their own.

**Next.** The rule is that of `cash_flow.occurrences`, from the expected day of the last payment on. The next \
amount is the last one, or the median of the last twelve where amounts vary (half to even to the minor unit \
between two). A series is late when the next payment is overdue by more than the tolerance, and has ended when \
the one after it is too. Where amounts do not vary, each change is listed.";

const ENVELOPES: &str = r#"{"from": "2026-03-01", "periods": 2, "asOf": "2026-04-10",
    "categories": [
        {"category": "Food", "amount": "600", "rollOver": "both"},
        {"category": "Car", "amount": "100", "rollOver": "left", "changes": [{"from": "2026-04-01", "amount": "120"}]}],
    "spending": {"balances": [{"account": "checking", "balance": "2400"}, {"account": "card", "balance": "-150"}],
        "nextIncome": "2026-05-01",
        "bills": [{"date": "2026-04-15", "amount": "90", "category": "Utilities"}, {"date": "2026-04-20", "amount": "300", "category": "Car"}]},
    "ledger": {"accounts": [{"id": "checking", "kind": "checking"}, {"id": "card", "liabilityKind": "creditCard"}],
        "transactions": [
            {"id": "1", "account": "checking", "date": "2026-03-02", "amount": "3000", "type": "deposit", "description": "PAYROLL"},
            {"id": "2", "account": "card", "date": "2026-03-31", "amount": "-640", "type": "purchase", "description": "MARKET",
             "category": "Food:Groceries"},
            {"id": "3", "account": "card", "date": "2026-04-02", "amount": "-150", "type": "purchase", "description": "MARKET",
             "category": "Food"}]}}"#;

const BUDGET: &str = "\
**A category** starts a period with what rolled over, gets its amount, and is spent from: `available` is what is \
left. `variance` is what was spent less what was assigned, so budget plus variance is actual; it is above zero \
if more was spent. At the end, what is left or overspent rolls over or goes back to `unassigned`, as `rollOver` \
says. Spending is expenses less refunds, fees, taxes and interest on debts, on the day that the source has \
written, in whichever account, cards included. It belongs to the category of its own name, or to the nearest \
above it, where `:`, `/` and `>` part the levels; what belongs to none is `unbudgeted`.

**Nothing is lost.** `unassigned` and all that categories carry, at the end of a period, are what they were at \
its start, plus income, less spending. So `unassigned` is what envelopes can still be filled from. With the \
method `zeroBased` all of `plannedIncome` is to be assigned: `unplanned` is what is not, and `balanced` says \
whether it is zero.

**Safe to spend** is the cash in the given accounts, less what is set aside. For each category that is the \
larger of what its envelope holds and of its bills, because the envelope pays the bills; bills of other \
categories are set aside too. Bills count that are due after the last day that counts and before the next \
income. What is owed on a card is a negative balance. The envelopes are those of the period that holds the last \
day that counts.";

const A_REPAIR: &str = r#"{"ledger": {
    "accounts": [{"id": "card", "liabilityKind": "creditCard"}],
    "transactions": [
        {"id": "1", "account": "card", "date": "2026-01-10", "amount": "-120", "type": "purchase", "description": "FUEL", "category": "Car"},
        {"id": "2", "account": "card", "date": "2026-02-10", "amount": "-110", "type": "purchase", "description": "FUEL", "category": "Car"},
        {"id": "3", "account": "card", "date": "2026-03-10", "amount": "-131", "type": "purchase", "description": "FUEL", "category": "Car"},
        {"id": "4", "account": "card", "date": "2026-04-10", "amount": "-980", "type": "purchase", "description": "GARAGE", "category": "Car"},
        {"id": "5", "account": "card", "date": "2026-05-10", "amount": "-125", "type": "purchase", "description": "FUEL", "category": "Car"}]}}"#;

const SPENDING: &str = "\
Spending is expenses less refunds, fees, taxes and interest on debts, on the day that the source has written. It \
is added up by category, as the classification has it, and by calendar month, whole months from that of `from` \
to that of `to`; a month without spending counts as 0.

**Outliers** are months whose modified z-score (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993) \
is above `threshold` in size: 0.6745 times the distance from the median of the months, divided by the median of \
those distances. Both medians are exact, and rounded where they are shown. Where that divisor is zero, because \
more than half of the months are alike, no score is defined, and no month is an outlier.

**The trend** is the median of the slopes between all pairs of months (Theil 1950, Sen 1968), which a few \
outliers do not move.";

const FORECAST: &str = "\
The expected balance of a day is the balance, plus all payments expected until then, plus the mean of all other \
flows.

**Payments** are those that are planned, and those that `cash_flow.recurring` finds and that have not ended: on \
their expected days, with the amount of the next one, in the account of the last one. What is overdue is \
expected on the next day. Payments of the `merchant` of a planned one are not looked for. Transfers between own \
accounts recur in both.

**Other flows** are all flows of the account in its currency that belong to no series and to no `merchant` of a \
planned payment. Money that was moved just once within the weeks to or from another own account, neither of \
the two a debt, or converted within the account, is not among them where both ends are found: nothing says that \
it will be again. They are added up by week, for the whole weeks that end on the last day that is known, as many \
as `weeks` says and as the account has a past, from the day of its first flow on. Within some days their mean is \
expected: their sum, times the days, divided by the days of those weeks, rounded half to even to the minor unit. \
With fewer than four weeks there are no other flows and no band.

**Bands.** Weeks are taken to be independent and alike, and their sum to be normal: after d days half the width \
is z s sqrt(d / 7), rounded half to even, where s is the standard deviation of the weeks (divisor n - 1) and z \
the normal quantile at (1 + `confidenceLevel`) / 2. A week is the unit so that the rhythm within it is no \
uncertainty. The band holds what is uncertain of other flows alone: not whether payments come as they are \
expected.

`belowZero` is the first day on which the expected balance is negative, `mayFallBelowZero` the first on which \
the lower end of the band is.";

const OCCURRENCES: &str = "\
The rule is that of RFC 5545, section 3.3.10, for dates without times: as a record (`rule`) or in the notation of the \
RFC (`rrule`), which is read strictly. Parts that concern times of the day are refused, and so is an `UNTIL` with a \
time: the day of an instant depends on the time zone. Where the RFC leaves something open, `start` (its DTSTART) counts \
as a date only if the rule says so, and `count` counts the dates of the rule alone.

A date must meet every field of the rule. `quarterly` is `monthly` with three times the interval, and so on. In an annual \
rule, `byDay` with an ordinal counts within the month if `byMonth` is given, and within the year otherwise.

A day that a month does not have is skipped, as in the RFC, and listed in `skipped`; with the `monthEnd` `clamp` the last day \
of the month takes its place (SKIP=BACKWARD in RFC 7529). Either way every date is counted from the start, so a rule for the \
31st returns to the 31st. A fifth Friday or a 53rd week that does not exist is always skipped. To mean the last day of \
every month, write -1 in `byMonthDay`.

Dates are counted first, then exceptions are taken out, then the rest is moved to business days; `from` and `to` \
compare with the dates as they are then. The next date after a given one is the answer `from` the day after it with \
the `limit` 1.

A rule that falls on no date, such as one for 31 February, is refused at once (`recurrence.never_falls`): the calendar \
repeats every 400 years, so what does not fall within one cycle never does. An end (`until`) before the first date is no \
error: the answer is empty.";

const DUPLEX: &str = r#"{"years": 10,
    "purchase": {"price": "400000", "closingCosts": "8000", "improvements": "12000"},
    "loans": [{"principal": "300000", "annualRate": "0.065", "termMonths": 360}],
    "rents": [{"name": "two flats", "units": 2, "monthlyRent": "1900", "annualGrowth": "0.03"}],
    "otherIncome": [{"name": "laundry", "annualAmount": "600"}],
    "vacancyRate": "0.05", "creditLossRate": "0.01",
    "operatingExpenses": [
        {"kind": "fixed", "name": "property tax", "annualAmount": "4800", "annualGrowth": "0.02"},
        {"kind": "fixed", "name": "insurance", "annualAmount": "1700", "annualGrowth": "0.04"},
        {"kind": "fixed", "name": "repairs", "annualAmount": "3000", "annualGrowth": "0.03"},
        {"kind": "shareOfIncome", "name": "management", "share": "0.08"}],
    "reserves": [{"kind": "fixed", "name": "roof", "annualAmount": "1500"}],
    "sale": {"appreciation": "0.03", "costRate": "0.06"},
    "taxes": {"landShare": "0.2", "ordinaryRate": "0.24", "capitalGainsRate": "0.15"},
    "discountRate": 0.08}"#;

const PROPERTY: &str = "\
**A year.** Gross potential income is all rents and other income as if no unit stood empty. Less vacancy and credit loss, \
which are shares of it, that is the effective gross income; less operating expenses, the net operating income (NOI). Reserves \
for capital items are below that line: they lower the cash flow, and neither the NOI nor the ratios made of it. Cash flow before tax is NOI less \
reserves and debt service. The debt service is that of `debt.amortize`.

**Growth.** The rent or the amount of a year is that of the year before, times one plus its growth, rounded half to even to the \
minor unit. So is each line of a year; sums are exact.

**Ratios** are those of the first year. Cap rate: NOI / price. Cash on cash: cash flow before tax / cash invested. Debt service \
coverage: NOI / debt service. Gross rent multiplier: price / gross potential rent of the year. Operating expense ratio: operating \
expenses / effective gross income. Break-even occupancy: (operating expenses + debt service) / gross potential income. Debt yield: NOI / \
loans. Loan to value: loans / market value after the purchase. A ratio with nothing to divide by is null, and `undefinedRatios` has the reason.

**Taxes** are those of the United States at the rates that are given. The building (price and closing costs without the share of \
the land, and improvements) is depreciated as in `cash_flow.depreciation`. A year of ownership counts as a tax year: the first has half a month less, and so has the \
last, at whose end the property is sold. Taxable income is NOI less interest and depreciation. A loss saves tax at the ordinary rate \
at once (`allowed`), or waits for later income of the property and is released by the sale (`suspended`, IRC 469). The \
gain on the sale is the price less its costs and the adjusted basis. Up to the depreciation it is unrecaptured section 1250 gain, taxed at most \
at 25 % (IRC 1(h)(1)(E)); the rest is a long-term gain, whatever the length of the hold; a loss is deducted from ordinary income (IRC 1231).

Not modelled: the costs of obtaining a loan, which are deducted over its term; the net investment income tax and the \
taxes of states, unless the rates include them; the deduction for qualified business income; the limits of the allowance for active \
participation; reserves as additions to the basis.

**Returns.** Cash flows are one year apart: the cash invested now, then each year's at its end, the last with the proceeds of the \
sale. The internal rate is that of `time_value.irr`: the one nearest to 10 %, with all others listed. Where there is none, it is null \
with the reason. The net present value has the cash invested at its full amount. The equity multiple is what comes back, divided by the cash invested.";

const DEPRECIATION: &str = "\
Residential rental property is recovered over 27.5 years and nonresidential real property over 39 (IRC 168(c)), in equal parts, \
from the middle of the month in which the building is placed in service to the middle of the month of its sale (IRC 168(d)(2), (d)(4)(B)).

With `straightLine` a deduction is the basis times the half-months in service, divided by the half-months of the recovery period \
(660 or 936), rounded half to even to the minor unit. With `irsTables` it is the basis times the percentage of Table A-6 or A-7a of IRS \
Publication 946; in the year of the sale, times the half-months in service divided by those of the full year. The last year of the recovery \
period takes what is left, so the deductions add up to the basis. A building that is placed in service and sold in one month is not depreciated.

Only buildings in the general depreciation system are covered: no alternative system (30 or 40 years), no bonus depreciation, no components with shorter \
lives.";
