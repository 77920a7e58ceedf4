//! The entries of retirement plans.

use wherewithal::retirement;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "retirement.run",
            "Simulates a household's retirement plan on many paths: accounts, incomes, taxes and spending, year by \
                year.",
            retirement::run,
        )
        .details(RETIREMENT)
        .example("Thirty years of constant spending from one account", BENGEN)
        .example("Two people: salaries, a match, Social Security, brackets, minimum distributions, a house", COUPLE),
        Operation::new(
            "retirement.path",
            "Returns the ledger of one path of a retirement plan.",
            retirement::path_under,
        )
        .details(PATH)
        .example(
            "One path, year by year",
            r#"{"path": 3, "plan": {
                "firstYear": 2026,
                "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 90}}],
                "accounts": [
                    {"name": "IRA", "balance": 600000, "treatment": {"kind": "traditional"}},
                    {"name": "Brokerage", "balance": 300000, "treatment": {"kind": "taxable", "basis": 200000, "dividendYield": 0.015}}],
                "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
                "socialSecurity": [{"person": "Ana", "annualBenefit": 24000, "claimAge": 67}],
                "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 52000}}},
                "taxes": {"kind": "rates", "ordinary": 0.15, "longTermGains": 0.1},
                "market": {"kind": "lognormal", "assetClasses": [
                    {"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
                    {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
                    "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
                "years": 5, "paths": 1000, "seed": 7}}"#,
        ),
    ]
}

const BENGEN: &str = r#"{
    "firstYear": 2026,
    "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 94}}],
    "accounts": [{"name": "Portfolio", "balance": 1000000, "treatment": {"kind": "roth"}}],
    "allocation": {"kind": "fixed", "weights": [0.5, 0.5]},
    "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 40000}}},
    "market": {"kind": "lognormal", "assetClasses": [
        {"name": "shares", "expectedReturn": 0.07, "volatility": 0.17},
        {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
        "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
    "paths": 2000, "seed": 7, "percentiles": [10, 50, 90]}"#;

const COUPLE: &str = r#"{
    "firstYear": 2026,
    "people": [
        {"name": "Ana", "birthYear": 1968, "retirementAge": 65, "mortality": {"kind": "table", "sex": "female"}},
        {"name": "Ben", "birthYear": 1966, "retirementAge": 66, "mortality": {"kind": "table", "sex": "male"}}],
    "accounts": [
        {"name": "401k", "owner": "Ana", "balance": 520000, "treatment": {"kind": "traditional"}},
        {"name": "IRA", "owner": "Ben", "balance": 210000, "treatment": {"kind": "traditional"}},
        {"name": "Roth", "owner": "Ana", "balance": 90000, "treatment": {"kind": "roth"}},
        {"name": "Brokerage", "balance": 180000, "treatment": {"kind": "taxable", "basis": 120000, "dividendYield": 0.015}},
        {"name": "Savings", "balance": 40000, "treatment": {"kind": "cash", "interestRate": 0.02}}],
    "allocation": {"kind": "glidePath", "points": [
        {"at": {"kind": "year", "year": 2026}, "weights": [0.7, 0.3]},
        {"at": {"kind": "age", "person": "Ana", "age": 75}, "weights": [0.45, 0.55]}]},
    "contributions": [
        {"account": "401k", "amount": {"kind": "shareOfIncome", "income": "Ana's salary", "share": 0.1}, "limit": {"kind": "unitedStates", "account": "workplacePlan"},
         "employerMatch": {"income": "Ana's salary", "rate": 0.5, "upToShare": 0.06}},
        {"account": "Roth", "amount": {"kind": "fixed", "annualAmount": 5000}}],
    "incomes": [
        {"name": "Ana's salary", "kind": "salary", "owner": "Ana", "annualAmount": 105000, "annualGrowth": 0.01},
        {"name": "Ben's salary", "kind": "salary", "owner": "Ben", "annualAmount": 70000},
        {"name": "Ben's pension", "kind": "pension", "owner": "Ben", "annualAmount": 12000, "inflationLinked": false,
         "survivorShare": 0.5, "start": {"kind": "retirement", "person": "Ben"}}],
    "socialSecurity": [
        {"person": "Ana", "primaryInsuranceAmount": 2650, "claimAge": 67},
        {"person": "Ben", "primaryInsuranceAmount": 2000, "claimAge": 66}],
    "longTermCare": [{"person": "Ana", "annualCost": 60000, "years": 3, "probability": 0.5}],
    "debts": [{"name": "Mortgage", "terms": {"kind": "loan", "loan":
        {"principal": "180000", "annualRate": "0.045", "termMonths": 180, "firstPayment": "2026-01-01"}}}],
    "properties": [{"name": "House", "value": 450000, "sale": {"kind": "age", "person": "Ana", "age": 80}, "sellingCost": 0.06,
        "basis": 250000, "gainExclusion": 250000, "annualCost": 9000, "mortgage": "Mortgage"}],
    "conversions": [{"sourceAccount": "IRA", "targetAccount": "Roth", "annualAmount": 15000,
        "start": {"kind": "retirement", "person": "Ben"}, "until": {"kind": "age", "person": "Ben", "age": 73}}],
    "spending": {"beforeRetirement": 85000, "survivorShare": 0.75,
        "policy": {"rule": {"kind": "constantReal", "annualSpending": 40000}, "essentialSpending": 50000}},
    "withdrawalOrder": {"kind": "bracketFilling", "ordinaryIncome": 60000},
    "requiredDistributions": {"kind": "unitedStates"},
    "taxes": {"kind": "brackets", "state": 0.04,
        "single": {"deduction": 15000, "ordinary": [{"above": 0, "rate": 0.12}, {"above": 48000, "rate": 0.22}],
            "longTermGains": [{"above": 48000, "rate": 0.15}],
            "socialSecurity": {"kind": "provisionalIncome", "lower": 25000, "upper": 34000}},
        "joint": {"deduction": 30000, "ordinary": [{"above": 0, "rate": 0.12}, {"above": 96000, "rate": 0.22}],
            "longTermGains": [{"above": 96000, "rate": 0.15}],
            "socialSecurity": {"kind": "provisionalIncome", "lower": 32000, "upper": 44000}}},
    "bequest": {"amount": 100000},
    "market": {"kind": "lognormal", "assetClasses": [
        {"name": "shares", "expectedReturn": 0.07, "volatility": 0.17},
        {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
        "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
    "paths": 500, "seed": 7, "percentiles": [10, 50, 90]}"#;

const RETIREMENT: &str = "\
A plan runs in calendar years, from its first year to the last death, or for `years`. In each year cash flows occur at the start of the year, at the prices of that time, and then accounts grow:

1. Accounts open. Distributions of taxable and cash accounts (a share of their balance) are taxed and reinvested. Accounts are rebalanced; in a taxable account the gain on sales is taxed.
2. Incomes, Social Security, proceeds of properties and lump sums are received.
3. Expenses, education, care, debts and the costs of properties fall due. Health savings accounts pay for health and care.
4. Contributions are made: those `paidFrom` income up to what it leaves, the others in full. Traditional accounts pay their minimum distributions (balance at the \
start of the year over the divisor of the owner's age). Roth conversions are made.
5. The spending policy decides living expenses; expenses and lump sums that are not essential come on top of them. Its inputs are all balances at the start of the year and, as other \
income, what is left of income after all that is due, contributions, and the taxes on income alone. Money that comes once \
(lump sums, proceeds of properties) is not part of that income, unless the plan says `spend`: it belongs to the \
accounts. Taxes on withdrawals come on top of what it asks for.
6. Amounts not covered by income and minimum distributions are withdrawn in the withdrawal order, together with the taxes of the year, including those on the withdrawal. If something would stay unpaid, contributions from income are given up first, the last of the list before the others. Any surplus is deposited in the surplus account.
7. Accounts grow by the market's return of the year, and prices rise. Withdrawals reduce all classes of an account in proportion; deposits are invested by its allocation. What is paid into an account in a year does not leave it in the same year.

With `firstYearMonths` below 12 the first year is a part of a year: see there what counts by its months.

With monthly steps the year is decided at its start as above (events 1 to 6: what is received, due, contributed, distributed, converted and spent, what must be withdrawn, and the taxes of the year including those on that withdrawal) and settled in twelve equal parts (in a first year with fewer months, in as many), each at the start of a month, before the market of that month moves. In the months, whatever an account holds can leave it:

1. A twelfth of what each health savings account pays, of each minimum distribution and of each conversion leaves its account, but never more than the account holds in that month. Conversions reach their accounts.
2. The month's need is a twelfth of spending, everything due, contributions and taxes less income, less what event 1 paid to the household. It is withdrawn in the withdrawal order from what accounts hold in that month: what one cannot pay, the next one does. When a bracket is filled, a month has a twelfth of the year's room as it was decided. Only if no account that may pay has anything left does the month have a shortfall. A negative need is a surplus, deposited in that month.
3. A twelfth of each contribution is deposited, with the employer's part.
4. Accounts grow by the market's return of the month, cash accounts by the twelfth root of their annual growth.

Money leaves all classes of an account in proportion to what each holds in the month. The gain in a sale from a taxable account is the sale times (1 - basis / balance) of that month. The return of a year is that of its months, each on what the accounts hold after its payments. The taxes computed at the start of the year are withheld in twelfths. The tax on what was really distributed, converted and withdrawn is computed after December; the difference, positive or negative, is due in the first month of the next year in addition to its need (`taxSettlement`), and belongs to the sum to withdraw that is decided for that year, not to spending. After the last year of a path it is settled at once: withdrawn from the closing balances in the withdrawal order with the tax on that withdrawal, or deposited. Rebalancing, price levels and all decisions remain annual.

The level of prices is 1 at the start of the plan. Real amounts are nominal ones over the level of prices of their path: at the start of the year for cash flows, at its end for balances. Gains of taxable accounts are computed by the average cost of what may leave them, without what is paid in during the year; losses are offset against gains of the same year only. Withdrawals from Roth accounts are never taxed. After a death the survivor owns all accounts, and pays tax as a single person.

A shortfall reduces living expenses first, then other payments (an amount is paid in full if at most 10^-9 of the year's payments is missing); the plan continues with the spending that its incomes cover. A path succeeds if everything (or everything essential, by `success`) is paid and the bequest is met. Balances are those of accounts, without properties and debts. After ruin the spending rule decides on as before, from what there is: rules of a share ask for nothing, constant ones go on, and no rule goes on cutting or raising for the reason that the portfolio is empty. An account with `accessibleFrom` pays nothing before that year.

Markets depend only on seed and path, so two plans with the same market, seed and number of years are compared on the same \
markets (common random numbers). Quantiles are exact and of type 7 (Hyndman and Fan, 1996). `success.standardError` measures sampling noise, not the uncertainty of the model itself.

Limits: 1 or 2 people, 1 to 20 accounts, 100 entries in other lists, 120 years, at most 10,000,000 paths, paths times \
years at most 25,000,000, 101 percentiles.";

const PATH: &str = "\
The path has the same numbers, to the bit, as in `retirement.run`, which documents the order of events. Each account balances: opening balance plus inflows less outflows plus growth is the closing balance. In each year inflows equal outflows.";
