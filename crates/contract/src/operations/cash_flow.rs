//! The entries of `cash_flow`.

use wherewithal::cash_flow;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
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
    ]
}

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
