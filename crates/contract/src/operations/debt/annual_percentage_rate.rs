//! The entries of annual percentage rates and the finance charge.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![
        regulation_z(),
        finance_charge(),
        construction_loan_estimate(),
        eu_annual_percentage_rate(),
        uk_annual_percentage_rate(),
    ]
}

fn regulation_z() -> Operation {
    Operation::short(
        "debt.annual_percentage_rate",
        "The annual percentage rate of closed-end credit by Regulation Z, from dated advances and payments.",
        debt::annual_percentage_rate,
    )
    .details(
        "The actuarial method of 12 CFR 1026, Appendix J. The **unit-period** is the interval (a day, a week, a \
         semimonth, a month or a multiple, at most a year) that occurs most often between payments or advances, the \
         first period included; of two equally frequent ones the shorter. With no common interval it is the average of \
         all, rounded to the nearest standard interval; with one advance and one payment it is the term, at most a year. \
         A common interval that is not a standard one, such as 10 days, is rounded to the nearest, because (b)(5) counts \
         no others: payments every 30 days have a unit-period of one month, not of 30 days, since a month by (b)(3) runs \
         from one date to the same date of the next month.\n\n\
         The time of each flow is `t` full unit-periods, measured back from the flow to the first advance, and a \
         fraction `f`: days over 30 for months, over 15 for semimonths, over 30 times their number for several months, \
         over 365 (or months over 12) for years. Semimonths and months count 30 days a month. The periodic rate `i` \
         solves\n\n\
         `sum of payments / ((1 + f i)(1 + i)^t) = sum of advances / ((1 + f i)(1 + i)^t)`\n\n\
         and the annual percentage rate is `i` times the number of unit-periods a year. If several rates solve it, the positive one nearest to zero is returned or, if none is positive, the negative one nearest to zero: the rate is negative if less is paid than was advanced. The search covers all rates, so that no root is missed.\n\n\
         `stated` is checked against the tolerance of 12 CFR 1026.22(a): 1/8 of a percentage point for regular transactions, 1/4 for irregular ones: several advances, payments at unequal periods (other than the first) or of unequal amounts (other than the first and the last). Payments every 10 or 30 days are regular. The additional tolerances for mortgages depend on the finance charge and are not covered, nor is the United States Rule method.\n\n\
         All amounts are positive. Give the scheduled dates, before any adjustment to business days, which a creditor may disregard (12 CFR 1026.17(c)(3)).",
    )
    .example(
        "Appendix J, example (c)(1)(ii): a long first period",
        r#"{"advances": [{"date": "1978-02-10", "amount": "6000"}],
            "payments": [{"date": "1978-04-01", "amount": "200", "count": 36}]}"#,
    )
    .example(
        "A mortgage with points, and its stated rate",
        r#"{"advances": [{"date": "2026-01-01", "amount": "400000"}],
            "payments": [{"date": "2026-02-01", "amount": "2528.27", "count": 360}],
            "prepaidFinanceCharge": "8000", "stated": "6.75"}"#,
    )
}

fn finance_charge() -> Operation {
    Operation::short(
        "debt.finance_charge",
        "The finance charge, the amount financed and the total of payments by Regulation Z.",
        debt::finance_charge,
    )
    .details(
        "The amount financed (12 CFR 1026.18(b)) is the principal and other financed amounts, less every finance charge that is paid at the start, withheld or added to the loan. The finance charge is the total of payments less the amount financed.\n\n\
         A finance charge that is added to the loan raises the debt, but not the amount financed; any other charge that is added raises both.\n\n\
         The total interest percentage (12 CFR 1026.37(l)(3)) is the interest in the payments and the interest \
         collected at the start over the loan amount; `mortgageInsurance` is the part of the payments to exclude. The caller decides which charges are finance charges (12 CFR 1026.4).",
    )
    .example(
        "Two points withheld, an appraisal paid in cash, 15 days of interest",
        r#"{"principal": "162000", "payments": [{"date": "2026-06-01", "amount": "761.78", "count": 360}],
            "charges": [{"amount": "3240", "category": "financeCharge", "treatment": "withheldFromProceeds"},
                        {"amount": "405", "category": "other"},
                        {"amount": "261.60", "category": "interest"}]}"#,
    )
}

fn construction_loan_estimate() -> Operation {
    Operation::short(
        "debt.construction_loan_estimate",
        "The estimated interest and annual percentage rate of a construction loan with unknown advances.",
        debt::construction_loan_estimate,
    )
    .details(
        "12 CFR 1026, Appendix D. During construction, half of the commitment is assumed to be outstanding at the contract rate; all of it if interest is payable on the whole commitment regardless of advances.\n\n\
         **Part I**, without `permanent`: a single payment at the end of construction, whose finance charge is the \
         estimated interest and the prepaid finance charge, on half of the commitment less the prepaid finance \
         charge.\n\n\
         **Part II**, with `permanent`: the estimated interest counts as a prepaid finance charge, payments of interest \
         only are left out, and the first period is half of the construction period and the time from its end to the \
         first payment. The rate solves the equation of Appendix J. The Bureau's tables have steps of a quarter of a percentage point and only approximate a long first period, so their rates can differ.\n\n\
         An `interestReserve` from which the creditor deducts the interest adds interest on half of the interest \
         (comment app. D-5.ii).",
    )
    .example(
        "Five months, two points",
        r#"{"commitment": "50000", "annualRate": "0.105", "constructionMonths": 5, "prepaidFinanceCharge": "1000"}"#,
    )
    .example(
        "With permanent financing",
        r#"{"commitment": "50000", "annualRate": "0.105", "constructionMonths": 5, "interestBasis": "commitment",
            "prepaidFinanceCharge": "1000", "permanent": {"payment": "457.37", "payments": 360}}"#,
    )
}

fn eu_annual_percentage_rate() -> Operation {
    Operation::short(
        "debt.eu_annual_percentage_rate",
        "The annual percentage rate of charge of the European Union, from dated drawdowns and payments.",
        debt::eu_annual_percentage_rate,
    )
    .details(
        "Directive 2008/48/EC, Annex I, and its successor (EU) 2023/2225, Annex III; the same equation holds for \
         mortgages (Directive 2014/17/EU, Annex I). The rate `X` solves\n\n\
         `sum of drawdowns / (1 + X)^t = sum of payments and charges / (1 + X)^s`\n\n\
         with times in years from the first drawdown. A year has 12 equal months or 52 weeks. If an interval is not a whole number of them, whole periods are counted backward from the flow, and the remaining days are divided by the days (365 or 366) of the year that ends with the last of them. The percentage has one decimal place unless the request asks for more, and 5 rounds up.\n\n\
         If several rates solve the equation, the positive one nearest to zero is returned or, if none is positive, the negative one nearest to zero.\n\n\
         The caller has to apply the directives' assumptions to the flows, such as credit drawn down at once and in full if the consumer is free to choose, rates that stay at their initial level, or equal monthly repayments over a year if there is no agreed end.",
    )
    .example(
        "Sixty monthly payments",
        r#"{"advances": [{"date": "2026-01-15", "amount": "10000"}],
            "payments": [{"date": "2026-02-15", "amount": "222.44", "count": 60}]}"#,
    )
    .example(
        "A charge at the start, and an odd first period",
        r#"{"advances": [{"date": "2026-01-10", "amount": "6000"}],
            "payments": [{"date": "2026-01-10", "amount": "60"},
                         {"date": "2026-03-01", "amount": "270.25", "count": 24}]}"#,
    )
}

fn uk_annual_percentage_rate() -> Operation {
    Operation::short(
        "debt.uk_annual_percentage_rate",
        "The annual percentage rate of charge of the United Kingdom, from dated advances and payments.",
        debt::uk_annual_percentage_rate,
    )
    .details(
        "The equation is that of the European directives. `consumerCredit` (FCA Handbook, CONC App 1) counts whole \
         months of 1/12 year or weeks of 1/52 year forward from the first advance; each remaining day is 1/365 of a year, or 1/366 in a leap year. `mortgage` (MCOB 10A.2.3) counts backward from each flow, as in \
         the European Union.\n\n\
         Of several rates, the positive one nearest to zero is returned or, if none is positive, the negative one nearest to zero (MCOB 10.3.1B). The percentage has one decimal place unless the request asks for more, and 5 rounds up. The caller has to apply the rules' assumptions about unknown amounts and dates.",
    )
    .example(
        "A personal loan",
        r#"{"advances": [{"date": "2026-01-15", "amount": "10000"}],
            "payments": [{"date": "2026-02-15", "amount": "222.44", "count": 60}]}"#,
    )
}
