//! The entries of `plan`.

use wherewithal::plan::{self, PlanInput};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "plan.build",
            "A financial plan of a household: net worth, debts, its retirement plan with the result, and what to do about it.",
            plan::build,
        )
        .details(BUILD)
        .example(
            "A retiree on savings and Social Security",
            r#"{"household": {"version": 1, "name": "Example", "asOf": "2026-01-01",
                "people": [{"id": "pat", "name": "Pat", "birthDate": "1958-07-01"}],
                "accounts": [{"id": "ira", "name": "IRA", "kind": "traditionalIra", "owner": "pat",
                              "balance": "600000"}],
                "income": [{"id": "benefit", "name": "Social Security", "kind": "socialSecurity", "person": "pat",
                            "amount": "2400", "frequency": "monthly"}],
                "expenses": [{"id": "living", "name": "Living", "kind": "living", "amount": "4600",
                              "frequency": "monthly"}],
                "assumptions": {"expectedReturn": 0.05, "volatility": 0.09, "inflation": 0.025,
                                "effectiveTaxRate": 0.1}},
                "paths": 500, "seed": 7, "percentiles": [10, 50, 90]}"#,
        ),
        Operation::short(
            "plan.retirement_plan",
            "The retirement plan of a household, ready to be run, changed and kept, and what it had to assume.",
            PlanInput::retirement_plan,
        )
        .details(MAPPING)
        .example(
            "A teacher with a mortgage and a pension",
            r#"{"household": {"version": 1, "name": "Example", "asOf": "2026-01-01",
                "people": [{"id": "lee", "name": "Lee", "birthDate": "1975-04-12", "retirementAge": 62, "planToAge": 92}],
                "accounts": [
                    {"id": "savings", "name": "Savings", "kind": "savings", "balance": "30000", "interestRate": "0.03"},
                    {"id": "plan", "name": "403(b)", "kind": "traditional403b", "owner": "lee", "balance": "210000"}],
                "properties": [{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "380000",
                                "propertyTaxAnnual": "4100"}],
                "liabilities": [{"id": "loan", "name": "Mortgage", "kind": "mortgage", "balance": "150000",
                                 "annualRate": "0.045", "remainingMonths": 180, "securedBy": "home"}],
                "income": [
                    {"id": "salary", "name": "Salary", "kind": "salary", "person": "lee", "amount": "6400",
                     "frequency": "monthly"},
                    {"id": "pension", "name": "Pension", "kind": "pension", "person": "lee", "amount": "2100",
                     "frequency": "monthly", "start": "2037-05-01", "annualGrowth": 0}],
                "expenses": [
                    {"id": "living", "name": "Living", "kind": "living", "amount": "2900", "frequency": "monthly"},
                    {"id": "travel", "name": "Travel", "kind": "travel", "amount": "4000", "frequency": "annual"}],
                "contributions": [{"id": "deferral", "name": "Deferral", "account": "plan", "amount": "500",
                                   "frequency": "monthly"}],
                "assumptions": {"expectedReturn": 0.055, "volatility": 0.1, "inflation": 0.025,
                                "taxes": {"kind": "rates", "ordinary": 0.16, "longTermGains": 0.1}}},
                "paths": 1000, "seed": 7}"#,
        ),
    ]
}

const BUILD: &str = "\
`plan.retirement_plan` makes the household's retirement plan, and documents how; `retirement.run` runs it. The answer has \
both: `retirementPlan` and `result`, which is the answer of `retirement.run` to that plan, to the bit. So a plan can be taken \
out, changed and run again, or asked anything that the family `retirement` answers.

`years` are those of `result.yearsReal` with the ages of the people, and `events` the moments that matter. \
`sensitivity` has the six assumptions that move the success probability most (`retirement.tornado` with its own list). \
`answers` asks three questions at `confidence`: how much can be spent (`retirement.maximum_spending`, with all living \
expenses in the rule), how early the first person who still works could retire (`retirement.earliest_retirement_age`), and \
how much more must be saved until then (`retirement.required_saving` with `newMoney`). Each is the answer of its solver, on at most 1,500 paths, \
as `answers.paths` says: a question takes dozens of runs. One that has no answer is null, and `unanswered` says why. With `questions` off they are left out, and a plan is quick.

`assumptions` lists what the document leaves open, with the path of the field, what was assumed, and what to write instead. \
There is no built-in forecast: a household without `assumptions` is refused with `field.missing`.";

const MAPPING: &str = "\
The plan starts on the first day of a month that is nearest to `asOf` (the earlier of two that are as near), with the balances of `asOf`, and runs in calendar years until the last death or for `years`. \
Of the first year it counts the months that are left (`firstYearMonths`): income, benefits, expenses, contributions, taxes and returns alike. Payments on debts are those after `asOf`; the few that are due before the start count as made. \
What is over before the plan starts is left out, and so is what comes or goes once before `asOf`: the balances contain it. What comes or goes once between `asOf` and the start counts at the start. What is not reached by the last year is named.

**People.** The first two people who are not dependents. A third with an income or an account is refused. Each lives to \
`planToAge`, or as the life table draws it by `sex` and `mortalityMultiplier`, or else to `horizonAge`: by default 95, or five years more than the age in the first year if that is later; with `years` \
for all of them; nobody beyond 120. A person retires at \
the start of the year of the birthday at which `retirementAge` is reached; without one, in the year after the last income from work ends, or has retired if there \
is none.

**Accounts.** Cash and deposits are cash at their interest rate; the others follow the market. Taxable accounts have \
their cost basis, or that of their holdings with the cash beside them, where a holding without one cost what it is worth; tax-deferred accounts are traditional, tax-free ones Roth, a health savings account is one. A 529 plan or Coverdell account is tax-free, is closed until the \
first year with a goal (of its own or without an account) or an expense for education, and from then on pays first; without any it is open, and its turn is that of a Roth account. An overdrawn account is settled from cash, then from \
taxable accounts, in the order of the document; if they lack money, it is refused. More than 20 accounts are put together where owner and tax \
treatment are the same. Each account has the weights of its `allocation`, of its holdings' asset classes (cash and holdings without one do not count), or of `assumptions.allocation`; a `glidePath` applies to all.

**Money in and out.** Amounts of other frequencies are those of a year, and amounts of other currencies are converted at the document's rates, which stay. \
An amount rises with prices, or by `annualGrowth` in each calendar year after its first. What starts or ends within a year counts by its months: from \
the whole month of the start to the whole month of the end. Salary, bonus and self-employment without an end end with retirement; pensions, annuities and Social Security with the \
death of the person, but for `survivorShare`; other incomes go on, unless they have a `survivorShare`. An income of the kind `socialSecurity` is the benefit of its person, or of the first adult, claimed in the \
year of its start, if that is between the ages of 62 and 70. It then counts from the 1 January of that year on, and passes to a survivor. One without a start has begun: it is the benefit of a person of 62 or more. A second one of a person, one with an end, a growth or a \
`survivorShare` of its own, and one that is not taxed are incomes; of those that are taxed, 85 % is. A person's `socialSecurity` is a monthly benefit, a primary insurance amount, or the one that follows from a record of earnings; \
without one, that of somebody who works in the United States is estimated from the income from work on `asOf` that lasts longest (all of it, if other work follows), up to the first year without work (`social_security.primary_insurance_amount` with a salary), unless a benefit without a person is listed. \
Increases of the cost of living count up to the start of the plan. What comes or goes once is a lump sum.

**Living expenses.** Expenses that are paid in every month of the plan, and have no growth of their own, are the spending rule, `constantReal` from the first year on: \
essential ones as `essentialSpending`, the others as `annualSpending`. All others, and health care, are listed as expenses, those that are not essential as such: they are a part of the living \
expenses of their years. Premiums do not rise, and end with the surrender of the policy; the death of the insured does not end them.

**Contributions** of the household are paid out of income: at most what the year's income leaves after taxes, debts and expenses, the first of the list first. Savings do not pay for them; what comes or goes once belongs to the savings, so that it lowers them only if otherwise something of the year would stay unpaid. A match follows what is contributed. `assumptions` names the first year in which a contribution is less than asked for, where nothing is uncertain. What is left over goes to the first taxable account, otherwise to the first cash account. What an employer pays is a match of the first contribution of the household to the same account with the same frequency, start, end and growth, if the owner of the account has a wage that has begun and has no end, and if it is at most ten times as much (where a limit reduces that contribution, the match is the employer's amount at first); \
otherwise, as a second one of the same contribution, it is an income that is contributed, without tax. A match counts the months of the income that it depends on. Without an end, contributions to the account of a person end with retirement, or \
with the last day of the last income from work where that decides it; those to a joint account go on until the last death. A limit of the law is shared by the contributions of one person to one kind of account, in the order of the list, and is that of a family for a health savings account where the household has more than one person. Where what a person contributes comes to more than a limit (elective deferrals, 457(b) plans, annual additions with those of employers, individual retirement accounts, health savings accounts), `assumptions` names the limit, the law and the first such year; only contributions without an `annualLimit` are reduced.

**Debts** follow `debt.amortize` in the household's currency. A payment that does not exceed the interest leaves the balance or lets it grow: it is due with the last payment of the term, and \
without a term never; one that exceeds it is paid until the debt is repaid, at most 1,200 times. Without an `annualRate` a debt bears no interest. A debt with a negative balance stays outside the plan. A card, an overdraft, a medical bill or a tax with neither a payment nor a term is repaid at once. In a `deferment`, interest of the whole months before the month of the first \
payment accrues as simple interest and is added once, or is paid at the end of each, or is subsidized.

**Properties** rise with prices or by `annualGrowth`; taxes, insurance and dues are their costs. A sale takes place at the start of the year of its date, repays \
the largest loan that the property secures, and ends rent and costs; other loans on it go on. `debts` of `plan.build` ends the loan with the sale, too, and names what is sold (`repaidBy`). A `replacement` is paid for in the same year, and is a property of the plan from then on. Funds, businesses, policies and other assets \
are part of the plan if they have a `sale`.

**Goals** that are spent are paid in their year, in the money of that year, and those of low priority are not essential; those that are kept take nothing out.

**Taxes** are those of the assumptions; one `effectiveTaxRate` applies to 85 % of Social Security, the most that the law of the United States taxes (26 U.S.C. 86). One adult pays as single where `filingStatus` is `marriedFilingJointly`, and so does a survivor; another status is that of the household until the last death. For a household that lives in the United States, minimum distributions follow its law, withdrawals from tax-deferred accounts before the year of the 60th \
birthday have a penalty of 10 %. Where its currency is the dollar, contributions are limited, the gain on a home has the exclusion of the law, and benefits are estimated. The taxes for Social Security and Medicare on wages and on self-employment are not computed, and the rent of a property is taxed without deductions.

**What is refused**, because it would decide the plan: a loan with neither a payment nor a term; a wage without an end that would go on beyond the age of 75 of its person, or of the youngest adult if it has none; \
asset classes without weights; a third adult with money; more than 100 debts, incomes, expenses, contributions, properties, or goals and amounts that are paid once. Everything else that the document leaves open is assumed and listed in `assumptions`.";
