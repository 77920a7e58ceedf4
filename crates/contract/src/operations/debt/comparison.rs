//! The entries of refinancing, comparisons and ratios.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![refinance(), compare_loans(), rent_or_buy(), prepay_or_invest(), debt_to_income(), loan_to_value()]
}

fn refinance() -> Operation {
    Operation::short(
        "debt.refinance",
        "The savings and costs of refinancing a loan, month by month, and the months in which it breaks even.",
        debt::refinance,
    )
    .details(
        "Both loans are exact schedules. A positive number favours the new loan.\n\n\
         There are three break-evens. `cash`: when lower payments have returned the costs paid in cash. `presentValue`: the same with each saving discounted at `discountRate`. `interest`: when the interest saved has reached all costs, rolled in or not, so that repaying the new loan would not lose money. Only the last one remains meaningful with a longer term or with financed costs.\n\n\
         Points are a percentage of the new principal. If costs are rolled in, the principal includes its own points: `(balance + cash out + fees - credit) / (1 - points / 100)`, rounded once; the points are the \
         difference.\n\n\
         The gain at a month is the interest saved until then less all costs. It equals the difference of the two loans in payments, remaining balance and cash paid out, which `atHorizon` shows.",
    )
    .example(
        "A point lower, costs in cash",
        r#"{"currentLoan": {"balance": "250000", "annualRate": "0.068", "remainingMonths": 300},
            "newLoan": {"annualRate": "0.058", "termMonths": 300, "fees": "5000"}}"#,
    )
    .example(
        "A new thirty years, points and costs rolled in, sold after seven years",
        r#"{"currentLoan": {"balance": "310000", "annualRate": "0.0725", "payment": "2300"},
            "newLoan": {"annualRate": "0.06", "termMonths": 360, "points": "1.25", "fees": "4200",
                "closingCosts": "rolledIn"},
            "horizonMonths": 84, "discountRate": 0.05}"#,
    )
}

fn compare_loans() -> Operation {
    Operation::short(
        "debt.compare_loans",
        "The costs of several offers for a loan, and the cheapest offer by how long the loan is kept.",
        debt::compare_loans,
    )
    .details(
        "The cost until a month is the costs at closing and the interest until then: the total cost if the loan is repaid in that month. `best` lists the cheapest offer for each range of months. `breakEvens` lists when an offer with higher costs at closing has recovered them compared with another: by cash, from lower payments, as in the usual rule for points, and by interest, which also takes the remaining balance into account.\n\n\
         Nothing is discounted: offers with different terms are compared by the amounts paid, without the time value of money.",
    )
    .example(
        "Points, no points, a credit",
        r#"{"principal": "300000", "offers": [
            {"name": "two points", "annualRate": "0.06", "termMonths": 360, "points": "2", "fees": "3000"},
            {"name": "no points", "annualRate": "0.065", "termMonths": 360, "fees": "3000"},
            {"name": "lender credit", "annualRate": "0.06875", "termMonths": 360, "fees": "3000", "lenderCredit": "3000"}]}"#,
    )
}

fn rent_or_buy() -> Operation {
    Operation::short(
        "debt.rent_or_buy",
        "The wealth after buying a home and after renting one, year by year, and the rent at which both are equal.",
        debt::rent_or_buy,
    )
    .details(
        "Both households start with the same money and spend the same each month: the one with the lower housing costs invests the difference at the end of the month, and the tenant invests the buyer's down payment and closing costs. Wealth at the end of a year assumes that the home is sold then.\n\n\
         Prices, rents and costs rise once a year. Property tax and maintenance are shares of the value at the \
         beginning of the year. With `mortgageInsuranceRate`, private mortgage insurance is paid in each month that starts with more owed than 80 % of the price. Deductions save the marginal rate on their excess over the standard deduction, compared with the deductions of a tenant; the saving is received with the last month of the year. The interest \
         on a mortgage above its limit counts in proportion, by the mean of the balances at both ends of the year. \
         The gain on the sale is the value less the costs of selling and the purchase price; the gain above the exclusion is taxed.\n\n\
         Limits, deductions and tax rates are inputs: the library does not contain the law's figures of a year.\n\n\
         Every amount is rounded to the minor unit when it is posted, so the table adds up. `equalRent` is the \
         lowest rent of the first month, exact to the minor unit, at which the buyer has at least as much at the end.",
    )
    .example(
        "A house or a flat for ten years",
        r#"{"years": 10,
            "purchase": {"price": "400000", "downPayment": "80000", "closingCosts": "12000",
                "mortgage": {"annualRate": "0.065", "termMonths": 360},
                "propertyTaxRate": "0.011", "insurance": "1800", "maintenanceRate": "0.01",
                "appreciation": "0.03", "sellingCostRate": "0.06"},
            "rental": {"rent": "2400", "rentGrowth": "0.03", "insurance": "240"},
            "costGrowth": "0.025", "investmentReturn": 0.05,
            "taxes": {"marginalRate": "0.24", "standardDeduction": "30000", "propertyTaxLimit": "10000",
                "mortgageLimit": "750000", "capitalGainsRate": "0.15", "capitalGainsExclusion": "500000"}}"#,
    )
}

fn prepay_or_invest() -> Operation {
    Operation::short(
        "debt.prepay_or_invest",
        "The wealth after repaying a loan early and after investing the money instead, and the return at which both are \
            equal.",
        debt::prepay_or_invest,
    )
    .details(
        "Both ways use the same money every month. Prepaying puts all of it into the loan until it is repaid and invests it from then on; investing pays the loan as agreed and invests the extra money. Wealth at the horizon is the investments less the remaining balance.\n\n\
         `interestTaxRate` is the share of the loan's interest that is saved in tax; the saving is invested when it is received. Returns are taxed as they arise: a return of `r` grows by `r (1 - investmentTaxRate)` after tax. \
         An employer's match is added to monthly investments, not to a lump sum.\n\n\
         `prepaymentReturn` is certain, the investment's return is not. The fair comparison is with a riskless investment after tax, for which there is `riskFreeReturn`.",
    )
    .example(
        "500 a month beside a mortgage",
        r#"{"loan": {"balance": "200000", "annualRate": "0.06", "remainingMonths": 240}, "extraMonthly": "500",
            "investmentReturn": 0.07, "investmentTaxRate": 0.15, "riskFreeReturn": 0.045}"#,
    )
    .example(
        "An inheritance, and an employer's match",
        r#"{"loan": {"balance": "30000", "annualRate": "0.085", "payment": "620"}, "extraOnce": "5000",
            "extraMonthly": "200", "investmentReturn": 0.06, "employerMatch": {"rate": "0.5", "monthlyLimit": "200"},
            "horizonMonths": 120}"#,
    )
}

fn debt_to_income() -> Operation {
    Operation::short(
        "debt.debt_to_income",
        "The front-end and the back-end ratio of debt to gross income, and the largest loan within limits.",
        debt::debt_to_income,
    )
    .details(
        "The front-end ratio is the monthly housing cost (principal, interest, taxes, insurance, association fees) divided by gross income; the back-end ratio adds the payments of all other debts.\n\n\
         Limits are inputs, because they differ by lender and program. They are checked with exact amounts, not with the rounded ratios. `largestPayment` is the largest payment of interest and principal within them; with a `loan`, `largestLoan` is the largest principal whose level payment does not exceed it.",
    )
    .example(
        "A home of 1,800 and debts of 500 on an income of 6,000",
        r#"{"grossMonthlyIncome": "6000",
            "housing": {"principalAndInterest": "1450", "propertyTax": "250", "insurance": "100"},
            "debts": [{"name": "car", "payment": "300"}, {"name": "student loan", "payment": "150"},
                {"name": "card", "payment": "50"}]}"#,
    )
    .example(
        "The largest mortgage",
        r#"{"grossMonthlyIncome": "9000", "housing": {"propertyTax": "400", "insurance": "150"},
            "debts": [{"name": "car", "payment": "450"}], "frontEndLimit": "0.28", "backEndLimit": "0.36",
            "loan": {"annualRate": "0.065", "termMonths": 360}}"#,
    )
}

fn loan_to_value() -> Operation {
    Operation::short(
        "debt.loan_to_value",
        "The ratios of a property's loans to its value, and the largest mortgage and the down payment within limits.",
        debt::loan_to_value,
    )
    .details(
        "LTV divides the first mortgage by the value, CLTV adds the balances of all other liens, HCLTV counts credit lines in full. In a purchase the value is the lower of the price and the appraised value. The definitions and the rounding of a ratio to whole percent are those of Fannie Mae's Selling Guide (B2-1.2-01 to B2-1.2-03).\n\n\
         Limits are inputs and are checked with exact amounts. `largestFirstMortgage` is within all of them with the other liens unchanged, and `downPaymentNeeded` is the rest of the price.",
    )
    .example(
        "A purchase with a second mortgage",
        r#"{"appraisedValue": "410000", "purchasePrice": "400000", "firstMortgage": "330000",
            "subordinateLiens": [{"name": "second", "balance": "30000"}],
            "loanToValueLimit": "0.8", "combinedLimit": "0.9"}"#,
    )
    .example(
        "A home with a credit line",
        r#"{"appraisedValue": "400000", "firstMortgage": "280000",
            "subordinateLiens": [{"name": "credit line", "balance": "20000", "creditLimit": "60000"}]}"#,
    )
}
