//! Refinancing, comparisons and ratios.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![refinance(), compare_loans(), rent_or_buy(), prepay_or_invest(), debt_to_income(), loan_to_value()]
}

fn refinance() -> Operation {
    Operation::new(
        "debt.refinance",
        "What a new loan in place of an old one saves and costs, month by month, and when it has earned back its costs.",
        debt::refinance,
    )
    .details(
        "Both loans are exact schedules. A positive number speaks for the new loan.\n\n\
         Three break-evens answer three questions. `cash`: when have lower payments returned what was paid in cash? \
         `presentValue`: the same with each saving discounted at `discountRate`. `interest`: when has the interest \
         saved reached all costs, rolled in or not, so that both loans could be repaid without a loss? Only the last \
         one is not fooled by a longer term or by costs that are borrowed.\n\n\
         Points are a percentage of the new principal. Where costs are rolled in, the principal contains its own \
         points: `(balance + cash out + fees - credit) / (1 - points / 100)`, rounded once; the points are the \
         difference.\n\n\
         The gain at a month is the interest saved until then less all costs. It equals what both loans take in \
         payments and remaining balance, compared, with the cash paid out counted for the new loan: `atHorizon` shows \
         that side of it.",
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
    Operation::new(
        "debt.compare_loans",
        "What each of several offers for one loan costs, and which is the cheapest for how long the loan is kept.",
        debt::compare_loans,
    )
    .details(
        "The cost until a month is the costs at closing and the interest until then: what the loan costs if it is \
         repaid in that month. `best` names the cheapest offer for each stretch of months. `breakEvens` says when an \
         offer with higher costs at closing has earned them back against another: by cash, from lower payments, as \
         the usual rule for points has it, and by interest, which counts what is still owed as well.\n\n\
         Nothing is discounted, so offers of different terms compare by what is paid, not by what money is worth over \
         time.",
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
    Operation::new(
        "debt.rent_or_buy",
        "Whether buying a home or renting one leaves more, year by year, and the rent at which both are equal.",
        debt::rent_or_buy,
    )
    .details(
        "Both households begin with the same money and spend the same each month: whoever's home costs less invests \
         the difference at the end of the month, and the tenant invests what the buyer pays down and at closing. \
         Wealth at the end of a year is what is left if the home is sold then.\n\n\
         Prices, rents and costs rise once a year. Property tax and maintenance are shares of the value at the \
         beginning of the year. Deductions save the marginal rate on what they have over the standard deduction, \
         against the deductions a tenant has; the saving is received with the last month of the year. The interest \
         on a mortgage above its limit counts in proportion, by the mean of the balances at both ends of the year. \
         The gain on the sale is the value less the costs of selling and the price; what exceeds the exclusion is \
         taxed.\n\n\
         Limits, deductions and rates of tax are inputs: the law's numbers of the year are not kept here.\n\n\
         Every amount is rounded to the minor unit where it is posted, so the table adds up. `equalRent` is the \
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
    Operation::new(
        "debt.prepay_or_invest",
        "Whether extra money is better used to repay a loan early or to invest, and the return at which both are equal.",
        debt::prepay_or_invest,
    )
    .details(
        "Either way the same is spent every month. Prepaying puts all of it into the loan until that is repaid and \
         invests it from then on; investing pays the loan as agreed and invests the extra money. Wealth at the \
         horizon is the investments less what is still owed.\n\n\
         `interestTaxRate` is what comes back of the loan's interest as lower tax; it is invested when it is \
         received. Returns are taxed as they arise: a return of `r` grows by `r (1 - investmentTaxRate)` after tax. \
         An employer's match is added to money that is invested monthly, not to what is invested at once.\n\n\
         `prepaymentReturn` is certain, the investment's return is not: hold it against a riskless investment after \
         tax, which `riskFreeReturn` does.",
    )
    .example(
        "500 a month beside a mortgage",
        r#"{"loan": {"balance": "200000", "annualRate": "0.06", "remainingMonths": 240}, "extraMonthly": "500",
            "investmentReturn": 0.07, "investmentTaxRate": 0.15, "riskFreeReturn": 0.045}"#,
    )
    .example(
        "An inheritance, and a match for what goes into the pension",
        r#"{"loan": {"balance": "30000", "annualRate": "0.085", "payment": "620"}, "extraOnce": "5000",
            "extraMonthly": "200", "investmentReturn": 0.06, "employerMatch": {"rate": "0.5", "monthlyLimit": "200"},
            "horizonMonths": 120}"#,
    )
}

fn debt_to_income() -> Operation {
    Operation::new(
        "debt.debt_to_income",
        "The front-end and the back-end ratio of debt to gross income, and the largest loan within limits.",
        debt::debt_to_income,
    )
    .details(
        "The front-end ratio is the home's cost of a month (principal, interest, taxes, insurance, association fees) \
         divided by the gross income; the back-end ratio adds the payments of all other debts.\n\n\
         Limits are inputs, because they differ by lender and programme. They are decided by exact amounts, not by \
         the rounded ratios. `largestPayment` is what they leave to interest and principal; with a `loan`, \
         `largestLoan` is the largest principal whose level payment is within it.",
    )
    .example(
        "A home of 1,800 and debts of 500 on an income of 6,000",
        r#"{"grossMonthlyIncome": "6000",
            "housing": {"principalAndInterest": "1450", "propertyTax": "250", "insurance": "100"},
            "debts": [{"name": "car", "payment": "300"}, {"name": "student loan", "payment": "150"},
                {"name": "card", "payment": "50"}]}"#,
    )
    .example(
        "How large a mortgage",
        r#"{"grossMonthlyIncome": "9000", "housing": {"propertyTax": "400", "insurance": "150"},
            "debts": [{"name": "car", "payment": "450"}], "frontEndLimit": "0.28", "backEndLimit": "0.36",
            "loan": {"annualRate": "0.065", "termMonths": 360}}"#,
    )
}

fn loan_to_value() -> Operation {
    Operation::new(
        "debt.loan_to_value",
        "The ratios of a property's loans to its value, and the largest mortgage and the down payment within limits.",
        debt::loan_to_value,
    )
    .details(
        "LTV divides the first mortgage by the value, CLTV adds what is owed on all other liens, HCLTV counts credit \
         lines in full. In a purchase the value is the lower of the price and the appraised value. The definitions, \
         and the rule by which a ratio becomes whole percent, are those of Fannie Mae's Selling Guide (B2-1.2-01 to \
         B2-1.2-03).\n\n\
         Limits are inputs and are decided by exact amounts. `largestFirstMortgage` keeps all of them with the other \
         liens as they are, and `downPaymentNeeded` is what that leaves of the price.",
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
