"""The cash flow of a rental property from the definitions, in exact fractions, and the depreciation of a building.

Income, ratios and returns: the definitions of the reference page, each amount of a year rounded half to even to the minor unit. Loans by
`amortization.py`. Depreciation: the straight line over 27.5 or 39 years with the mid-month convention (IRC 168(b)(3), (c),
(d)(2), (d)(4)(B)) month by month, and the tables A-6 and A-7a of IRS Publication 946, read row by row. Taxes: IRC 1(h)(1)(E) (unrecaptured
section 1250 gain), 469(b) and (g)(1) (passive losses), 1231 (losses). Internal rates by `internal_rate.py`, with 60 digits.
"""

from fractions import Fraction

from amortization import level_payment, rows
from internal_rate import internal_rate
from support import QUOTED, cents, day, number, places

TABLES = {
    # Table A-6: the years of each row, and its columns by month.
    "residential": [
        ([1], "3.485 3.182 2.879 2.576 2.273 1.970 1.667 1.364 1.061 0.758 0.455 0.152"),
        (range(2, 10), "3.636 " * 12),
        (range(10, 28, 2), "3.637 " * 6 + "3.636 " * 6),
        (range(11, 28, 2), "3.636 " * 6 + "3.637 " * 6),
        ([28], "1.970 2.273 2.576 2.879 3.182 3.485 " + "3.636 " * 6),
        ([29], "0 0 0 0 0 0 0.152 0.455 0.758 1.061 1.364 1.667"),
    ],
    # Table A-7a.
    "nonresidential": [
        ([1], "2.461 2.247 2.033 1.819 1.605 1.391 1.177 0.963 0.749 0.535 0.321 0.107"),
        (range(2, 40), "2.564 " * 12),
        ([40], "0.107 0.321 0.535 0.749 0.963 1.177 1.391 1.605 1.819 2.033 2.247 2.461"),
    ],
}
MONTHS = {"residential": 330, "nonresidential": 468}
HALF = Fraction(1, 2)


def table_share(recovery, month, year):
    """The percentage of the tables as a fraction, for a month from 1 and a tax year from 1."""
    for years, columns in TABLES[recovery]:
        if year in years:
            return Fraction(columns.split()[month - 1]) / 100
    return Fraction(0)


def months_of(year, month, sold, recovery):
    """The months in service in a tax year, half of them for the first and the last month."""
    left, months = Fraction(MONTHS[recovery]), Fraction(0)
    for number_of_year in range(1, year + 1):
        months = Fraction(0)
        for when in range(month if number_of_year == 1 else 1, 13):
            if sold and number_of_year == year and when > sold:
                break
            part = HALF if number_of_year == 1 and when == month else Fraction(1)
            part -= HALF if sold and number_of_year == year and when == sold else 0
            part = min(part, left)
            left -= part
            months += part
    return months


def deductions(basis, recovery, method, month, sold, currency="USD"):
    """(share, deduction) of each tax year, counted from 1; `sold` is the year and the month of the sale, if any."""
    result, taken, year = [], Fraction(0), 1
    while months_of(year, month, None, recovery) > 0:
        whole = months_of(year, month, None, recovery)
        of_sale = sold[1] if sold and sold[0] == year else None
        months = months_of(year, month, of_sale, recovery)
        if method == "straightLine":
            share = months / MONTHS[recovery]
        else:
            share = table_share(recovery, month, year) * months / whole
        is_last = months == whole and months_of(year + 1, month, None, recovery) == 0
        deduction = basis - taken if is_last else min(cents(basis * share, currency), basis - taken)
        taken += deduction
        result.append((share, deduction))
        if of_sale:
            break
        year += 1
    return result


def depreciation(request):
    """`cash_flow.depreciation`."""
    basis, begun, sold = number(request["basis"]), day(request["placedInService"]), day(request.get("disposed"))
    sale = (sold.year - begun.year + 1, sold.month) if sold else None
    recovery, method = request.get("recovery", "residential"), request.get("method", "straightLine")
    years, accumulated = [], Fraction(0)
    for index, (share, deduction) in enumerate(
        deductions(basis, recovery, method, begun.month, sale, request.get("currency", "USD"))
    ):
        accumulated += deduction
        years.append(
            {
                "year": begun.year + index,
                "percentage": places(share, 5),
                "deduction": deduction,
                "accumulated": accumulated,
            }
        )
    return {"years": years, "total": accumulated, "remainingBasis": basis - accumulated}


def grown(first, growth, years, currency):
    """The amount of each year, that of the year before times one plus the growth, rounded."""
    amounts = [first]
    for _ in range(years - 1):
        amounts.append(cents(amounts[-1] * (1 + growth), currency))
    return amounts


def listed(items, years, income, currency):
    """The amounts of expenses by year."""
    table = []
    for item in items:
        if item["kind"] == "fixed":
            growth = number(item.get("annualGrowth", "0"))
            table.append(grown(number(item["annualAmount"]), growth, years, currency))
        else:
            table.append([cents(of_year * number(item["share"]), currency) for of_year in income])
    return table


def loan_table(loans, years, currency):
    """(interest, principal, balance) of each year, all loans together."""
    table = [[Fraction(0)] * 3 for _ in range(years)]
    for loan in loans:
        principal, rate, months = number(loan["principal"]), number(loan["annualRate"]), loan["termMonths"]
        agreed = number(loan.get("payment"))
        payment = agreed if agreed is not None else cents(level_payment(principal, rate / 12, months), currency)
        for index, (interest, repaid, balance) in enumerate(rows(principal, rate, months, payment, 0, currency)):
            if index < 12 * years:
                year = table[index // 12]
                year[0] += interest
                year[1] += repaid
                if index % 12 == 11:
                    year[2] += balance
    return table


def ratio(part, whole):
    return places(part / whole, 6) if whole > 0 else None


def returns(flows, rate, currency):
    """What the flows one year apart come to."""
    answer = {"cashFlows": flows, "profit": sum(flows), "internalRate": None}
    answer["equityMultiple"] = ratio(sum(flows[1:]), -flows[0])
    answer["netPresentValue"] = None
    if rate is not None:
        discount = 1 / (1 + number(rate))
        answer["netPresentValue"] = cents(sum(flow * discount**year for year, flow in enumerate(flows)), currency)
    signs = {flow > 0 for flow in flows if flow}
    if len(signs) == 2:
        asked = {"amounts": [float(flow) for flow in flows], "allRoots": {"lower": -0.99, "upper": 10.0}}
        found = internal_rate(asked)
        answer["internalRate"] = {"rate": found["rate"], "allRoots": found["allRoots"]}
    answer["noRateReason"] = None if answer["internalRate"] else QUOTED
    return answer


def cash_flow(request):
    """`cash_flow.property`."""
    currency, count = request.get("currency", "USD"), request["years"]
    purchase, taxes, plan = request["purchase"], request.get("taxes"), request.get("sale", {})
    price = number(purchase["price"])
    closing, improvements = number(purchase.get("closingCosts", "0")), number(purchase.get("improvements", "0"))
    borrowed = sum((number(loan["principal"]) for loan in request.get("loans", [])), Fraction(0))
    invested = price + closing + improvements - borrowed

    rents = [
        [
            12 * rent.get("units", 1) * amount
            for amount in grown(number(rent["monthlyRent"]), number(rent.get("annualGrowth", "0")), count, currency)
        ]
        for rent in request["rents"]
    ]
    others = [
        grown(number(item["annualAmount"]), number(item.get("annualGrowth", "0")), count, currency)
        for item in request.get("otherIncome", [])
    ]
    rent = [sum(column) for column in zip(*rents)]
    gross = [sum(column) for column in zip(*rents, *others)]
    vacancy = [cents(amount * number(request.get("vacancyRate", "0")), currency) for amount in gross]
    unpaid = [cents(amount * number(request.get("creditLossRate", "0")), currency) for amount in gross]
    effective = [amount - empty - bad for amount, empty, bad in zip(gross, vacancy, unpaid)]
    expense_lines = listed(request.get("operatingExpenses", []), count, effective, currency)
    reserve_lines = listed(request.get("reserves", []), count, effective, currency)
    expenses = [sum((line[year] for line in expense_lines), Fraction(0)) for year in range(count)]
    reserves = [sum((line[year] for line in reserve_lines), Fraction(0)) for year in range(count)]
    income = [gained - spent for gained, spent in zip(effective, expenses)]
    loans = loan_table(request.get("loans", []), count, currency)
    before = [income[year] - reserves[year] - loans[year][0] - loans[year][1] for year in range(count)]
    start = number(purchase.get("value", purchase["price"]))
    values = grown(start, number(plan.get("appreciation", "0")), count + 1, currency)[1:]

    taxed = tax_table(taxes, price + closing, improvements, income, loans, currency) if taxes else [None] * count
    years = []
    for year in range(count):
        interest, repaid, balance = loans[year]
        of_tax = taxed[year] or dict.fromkeys(("depreciation", "taxableIncome", "suspendedLosses", "tax"))
        years.append(
            {
                "year": year + 1,
                "grossPotentialIncome": gross[year],
                "vacancyAndCreditLoss": vacancy[year] + unpaid[year],
                "effectiveGrossIncome": effective[year],
                "operatingExpenses": expenses[year],
                "netOperatingIncome": income[year],
                "reserves": reserves[year],
                "interest": interest,
                "principal": repaid,
                "cashFlowBeforeTax": before[year],
                **of_tax,
                "cashFlowAfterTax": before[year] - of_tax["tax"] if taxes else None,
                "loanBalance": balance,
                "value": values[year],
                "equity": values[year] - balance,
            }
        )

    costs = cents(values[-1] * number(plan.get("costRate", "0")), currency)
    proceeds = values[-1] - costs - loans[-1][2]
    of_sale = None
    if taxes:
        of_sale = sale_tax(taxes, values[-1] - costs, price + closing + improvements, years, currency)
    after = proceeds - of_sale["tax"] if taxes else None
    service = loans[0][0] + loans[0][1]
    ratios = {
        "capRate": ratio(income[0], price),
        "cashOnCash": ratio(before[0], invested),
        "debtServiceCoverage": ratio(income[0], service),
        "grossRentMultiplier": ratio(price, rent[0]),
        "operatingExpenseRatio": ratio(expenses[0], effective[0]),
        "breakEvenOccupancy": ratio(expenses[0] + service, gross[0]),
        "debtYield": ratio(income[0], borrowed),
        "loanToValue": ratio(borrowed, start),
    }
    return {
        "cashInvested": invested,
        "loanAmount": borrowed,
        "firstYear": {
            "grossPotentialRent": rent[0],
            "grossPotentialIncome": gross[0],
            "vacancyLoss": vacancy[0],
            "creditLoss": unpaid[0],
            "effectiveGrossIncome": effective[0],
            "expenses": [
                {"name": item["name"], "amount": line[0]}
                for item, line in zip(request.get("operatingExpenses", []), expense_lines)
            ],
            "income": [
                {"name": item["name"], "amount": line[0]}
                for item, line in zip(request["rents"] + request.get("otherIncome", []), rents + others)
            ],
            "operatingExpenses": expenses[0],
            "netOperatingIncome": income[0],
            "reserves": reserves[0],
            "debtService": service,
            "cashFlowBeforeTax": before[0],
        },
        "ratios": ratios,
        "undefinedRatios": [{"ratio": name, "reason": QUOTED} for name, value in ratios.items() if value is None]
        + ([{"ratio": "equityMultiple", "reason": QUOTED}] if invested <= 0 else []),
        "years": years,
        "totals": {
            name: None if years[0][name] is None else sum(row[name] for row in years)
            for name in (
                "effectiveGrossIncome",
                "operatingExpenses",
                "netOperatingIncome",
                "reserves",
                "interest",
                "principal",
                "cashFlowBeforeTax",
                "depreciation",
                "tax",
                "cashFlowAfterTax",
            )
        },
        "sale": {
            "price": values[-1],
            "sellingCosts": costs,
            "loanPayoff": loans[-1][2],
            "proceedsBeforeTax": proceeds,
            "taxes": of_sale,
            "proceedsAfterTax": after,
        },
        "beforeTax": returns([-invested, *before[:-1], before[-1] + proceeds], request.get("discountRate"), currency),
        "afterTax": returns(
            [-invested, *(row["cashFlowAfterTax"] for row in years[:-1]), years[-1]["cashFlowAfterTax"] + after],
            request.get("discountRate"),
            currency,
        )
        if taxes
        else None,
    }


def tax_table(taxes, bought, improvements, income, loans, currency):
    """Depreciation, taxable income, waiting losses and tax of each year of ownership."""
    land = cents(bought * number(taxes["landShare"]), currency)
    shares = deductions(
        bought - land + improvements,
        taxes.get("recovery", "residential"),
        taxes.get("method", "straightLine"),
        1,
        (len(income), 12),
        currency,
    )
    waiting, table = Fraction(0), []
    for year, earned in enumerate(income):
        deducted = shares[year][1] if year < len(shares) else Fraction(0)
        taxable = earned - loans[year][0] - deducted
        due = taxable
        if taxes.get("passiveLosses", "suspended") == "suspended":
            waiting, due = max(waiting - taxable, Fraction(0)), max(taxable - waiting, Fraction(0))
        table.append(
            {
                "depreciation": deducted,
                "taxableIncome": taxable,
                "suspendedLosses": waiting,
                "tax": cents(due * number(taxes["ordinaryRate"]), currency),
            }
        )
    return table


def sale_tax(taxes, received, cost, years, currency):
    taken, released = sum(row["depreciation"] for row in years), years[-1]["suspendedLosses"]
    ordinary = number(taxes["ordinaryRate"])
    recapture = number(taxes.get("recaptureRate")) if "recaptureRate" in taxes else min(ordinary, Fraction(1, 4))
    gain = received - (cost - taken)
    recaptured = min(max(gain, 0), taken)
    rest, loss = max(gain - recaptured, Fraction(0)), max(-gain, Fraction(0))
    parts = {
        "recaptureTax": cents(recaptured * recapture, currency),
        "capitalGainsTax": cents(rest * number(taxes["capitalGainsRate"]), currency),
        "taxSaved": cents((loss + released) * ordinary, currency),
    }
    return parts | {
        "adjustedBasis": cost - taken,
        "gain": gain,
        "recapturedDepreciation": Fraction(recaptured),
        "capitalGain": rest,
        "loss": loss,
        "releasedLosses": released,
        "tax": parts["recaptureTax"] + parts["capitalGainsTax"] - parts["taxSaved"],
    }


OPERATIONS = {"cash_flow.depreciation": depreciation, "cash_flow.property": cash_flow}
