"""Schedules of loans, period by period, in exact fractions.

Every rule is the definition of the documentation: a level payment is the one whose present value at the rate in force is
the balance; a period's interest is the exact product of balance and cost of the period, rounded once; the last payment
settles the balance. Rate adjustments: index of the look-back day and margin, rounded, within caps and above the floor
(12 CFR Part 1026, Appendix H, H-14 works this way). Mortgage insurance: 12 U.S.C. 4901-4902. Escrow: aggregate analysis
of 12 CFR Part 1024, Appendix E.
"""

import itertools
from datetime import timedelta
from fractions import Fraction

from day_counts import fraction
from support import PER_YEAR, NotCovered, add_months, add_periods, cents, day, minor_unit, number, places, round_to
from unit_period_rate import rate_of_flows

COMPOUNDING = PER_YEAR | {"daily": 365}


def root_to_18_places(growth, degree):
    """The root of a growth factor less one, rounded half to even to 18 places (an irrational root has no ties)."""
    scale = 10**40
    scaled = growth.numerator * scale**degree // growth.denominator
    low, high = 0, scale * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= scaled else (low, middle)
    return places(Fraction(low, scale) - 1, 18)


class Loan:
    """An agreement, read from the wire."""

    def __init__(self, terms):
        self.terms = terms
        self.currency = terms.get("currency", "USD")
        self.principal = number(terms["principal"])
        self.initial_rate = number(terms["annualRate"])
        self.frequency = terms.get("frequency", "monthly")
        self.month_end = terms.get("monthEnd", "anchorDay")
        self.accrual = {"kind": "periodic"} | terms.get("accrual", {})
        self.daily = self.accrual["kind"] == "daily"
        self.advance = day(terms["advanceDate"])
        per_year = PER_YEAR[self.frequency]
        self.count = terms.get("numberOfPayments") or terms["termMonths"] * per_year // 12
        self.amortization = terms.get("amortizationPayments", self.count)
        self.repayment = terms.get("repayment", {"kind": "level"})
        self.interest_only = terms.get("interestOnlyPayments", 0)
        self.balloon = number(terms.get("balloon", "0"))
        self.draws = [(day(draw["date"]), number(draw["amount"])) for draw in terms.get("draws", [])]
        self.offsets = sorted((day(entry["date"]), number(entry["amount"])) for entry in terms.get("offsets", []))
        self.unpaid = terms.get("unpaidInterest", {"kind": "refuse"})
        self.adjustable = terms.get("adjustableRate")
        self.rate_changes = sorted(
            (day(change["date"]), number(change["annualRate"])) for change in terms.get("rateChanges", [])
        )
        self.breaks = {
            number_: pause
            for pause in terms.get("paymentBreaks", [])
            for number_ in range(pause["firstNumber"], pause["firstNumber"] + pause["payments"])
        }
        self.rounding = terms.get("interestRounding", "halfEven")
        self.flat = self.accrual["kind"] == "flat"
        self.promotion_end = day(terms.get("deferredInterest", {}).get("until"))
        self.extending = [p for p in terms.get("paymentBreaks", []) if p.get("others") == "extendTerm"]
        self.odd_first = terms.get("oddFirstPeriod", "spread")
        self.set_dates()

    def regular(self, anchor, count):
        return add_periods(anchor, count, self.frequency, self.month_end, self.terms.get("semimonthlyDays"))

    def set_dates(self):
        """The due dates, and how many regular periods and odd days the first and the last period have."""
        first, maturity = day(self.terms.get("firstPayment")), day(self.terms.get("maturity"))
        if first is not None and first == self.regular(self.advance, 1):
            first = None  # the default date means the same if it is given
        anchor, shift = (self.advance, 1) if first is None else (first, 0)
        length = max(self.count, self.amortization) + 1 + (2 * self.count + 60 if self.extending else 0)
        self.dates = [self.regular(anchor, number + shift) for number in range(length)]
        # Dates are counted before any is moved to a business day.
        self.regular_first = (self.regular(anchor, shift - 1), self.dates[0])
        self.whole, self.odd = [1] * length, [None] * length
        if first is not None:
            whole = 0
            while self.regular(first, -(whole + 1)) >= self.advance:
                whole += 1
            start = self.regular(first, -whole)
            self.whole[0] = whole
            self.odd[0] = (self.advance, start) if start > self.advance else None
        if maturity is not None:
            last = self.count - 1
            whole = 0
            while self.regular(self.dates[last - 1], whole + 1) <= maturity:
                whole += 1
            start = self.regular(self.dates[last - 1], whole)
            self.whole[last], self.odd[last] = whole, (start, maturity) if start < maturity else None
            self.dates[last] = maturity
        if self.terms.get("convention", "unadjusted") != "unadjusted":
            from calendars import Calendar

            calendar = Calendar(self.terms.get("calendar", {}))
            # The first payment of a lease is made with the advance.
            self.dates = [
                when if when == self.advance else calendar.moved(when, self.terms["convention"]) for when in self.dates
            ]

    def rate_on(self, when, annual_rate):
        """The rate of a day, if interest accrues by the day: the last change on or before it."""
        made = [rate for since, rate in self.rate_changes if since <= when]
        return made[-1] if made else annual_rate

    def is_changed(self, index):
        """Whether a change of the rate covers a whole period for the first time."""
        return index > 0 and any(self.start(index - 1) < since <= self.start(index) for since, _ in self.rate_changes)

    def pause(self, index):
        """What is paid in place of a payment, and what that means for the others."""
        pause = self.breaks.get(index + 1, {})
        return (pause.get("pays", "nothing") if pause else None), pause.get("others", "recomputedAfter")

    def prepaid(self, index):
        """The extra payments between two payments, if interest accrues by the day."""
        start, end = self.start(index), self.dates[index]
        on_date = [extra for extra in self.terms.get("extraPayments", []) if extra.get("timing") == "onDate"]
        days = [(when, number(extra["amount"])) for extra in on_date for when in extra_days(self, extra)]
        return [entry for entry in days if self.daily and start < entry[0] < end]

    def amortization_from(self, index):
        """The number of payments that repay the loan, as seen from a payment: breaks before it have moved the last one."""
        moved = sum(pause["payments"] for pause in self.extending if pause["firstNumber"] <= index)
        return max(self.amortization, self.count) + moved

    def flat_shares(self):
        """Flat interest, P x r x t, rounded once, and what of it falls to each payment: what has fallen to the payments
        so far is rounded, and each takes what those before it have left of that."""
        total = sum(self.cost(index, self.initial_rate) for index in range(self.count)) * self.principal
        total = cents(total, self.currency, self.rounding)
        rule_of_78 = self.accrual.get("allotment") == "ruleOf78"
        weights = [self.count - index if rule_of_78 else 1 for index in range(self.count)]
        exact = [total * weight / sum(weights) for weight in weights]
        sums = [cents(sum_, self.currency, self.rounding) for sum_ in itertools.accumulate(exact)]
        return exact, [after - before for before, after in itertools.pairwise([Fraction(0), *sums])]

    def start(self, index):
        """The day on which a period begins; odd days that are paid at closing are not part of the first."""
        if index:
            return self.dates[index - 1]
        return self.odd[0][1] if self.odd_first == "closing" and self.odd[0] else self.advance

    def periodic_rate(self, annual_rate):
        """What a regular period costs."""
        per_year = PER_YEAR[self.frequency]
        compounding = COMPOUNDING[self.accrual.get("compounding") or self.frequency]
        base = 1 + annual_rate / compounding
        if compounding % per_year == 0:
            return base ** (compounding // per_year) - 1
        common = Fraction(compounding, per_year)
        return root_to_18_places(base**common.numerator, common.denominator)

    def odd_cost(self, span, annual_rate):
        return annual_rate * fraction(*span, self.accrual.get("oddDays", "actual365Fixed")) if span else Fraction(0)

    def cost(self, index, annual_rate, odd=True):
        """What one unit of a constant balance costs over a whole period."""
        if self.daily:
            start, end = (self.start(index), self.dates[index]) if index or odd else self.regular_first
            return annual_rate * fraction(start, end, self.accrual.get("dayCount", "actual365Fixed"))
        if index == 0 and not odd:
            return self.periodic_rate(annual_rate)
        odd_days = self.odd[index] if not (index == 0 and self.odd_first == "closing") else None
        return self.whole[index] * self.periodic_rate(annual_rate) + self.odd_cost(odd_days, annual_rate)

    def balances(self, index, opening):
        """The balances of a period with the days on which they begin and end, and what is set off against each."""
        start, end = self.start(index), self.dates[index]
        prepaid = self.prepaid(index)
        rates = self.rate_changes if self.daily else []
        changes = {when for when, _ in self.draws + self.offsets + prepaid + rates if start < when < end}
        # The first of payments in advance falls on the day of the advance.
        bounds = sorted({start, end} | changes) if start < end else [start, end]
        result = []
        for left, right in itertools.pairwise(bounds):
            drawn = sum(amount for when, amount in self.draws if start <= when <= left)
            offset = [amount for when, amount in self.offsets if when <= left]
            owed = opening + drawn - sum(amount for when, amount in prepaid if when <= left)
            result.append((left, right, owed, min(owed, offset[-1]) if offset else Fraction(0)))
        return result

    def interest(self, index, opening, annual_rate):
        """The interest of a period before it is rounded."""
        spans = self.balances(index, opening)
        if not self.daily:
            if len(spans) > 1:
                raise NotCovered("a balance that changes within a period that is not counted by the day")
            return (spans[0][2] - spans[0][3]) * self.cost(index, annual_rate)
        count = self.accrual.get("dayCount", "actual365Fixed")
        return sum(
            (owed - offset) * self.rate_on(left, annual_rate) * fraction(left, right, count)
            for left, right, owed, offset in spans
        )

    def drawn(self, index):
        start, end = self.start(index), self.dates[index]
        return sum((amount for when, amount in self.draws if start <= when < end), Fraction(0))

    def payment_rounding(self, value):
        policy = self.terms.get("paymentRounding", {})
        return round_to(
            value, number(policy.get("step")) or minor_unit(self.currency), policy.get("rounding", "halfEven")
        )


def annuity(costs, growth=None):
    """The present value of payments of 1 (or of the given amounts) after each period, and of 1 after the last."""
    value, discount = Fraction(0), Fraction(1)
    for index, cost in enumerate(costs):
        discount /= 1 + cost
        value += discount * (growth[index] if growth else 1)
    return value, discount


def level_payment(loan, index, balance, annual_rate, odd=True):
    """The payment, not rounded, that repays `balance` from a period on, but for the agreed balloon."""
    last = loan.amortization_from(index)
    if loan.flat:
        return (balance + sum(loan.flat_shares()[1][index:])) / (loan.count - index)
    costs = [loan.cost(later, annual_rate, odd) for later in range(index, last)]
    planned = [
        pays if level == "levelThroughout" else None
        for pays, level in (loan.pause(later) for later in range(index, last))
    ]
    if any(planned):
        # A holiday pays nothing, and a period of interest alone leaves the balance as it is.
        costs = [0 if pays == "interest" else cost for pays, cost in zip(planned, costs, strict=True)]
        value, discount = annuity(costs, [0 if pays else 1 for pays in planned])
    elif (
        not loan.daily
        and loan.adjustable is None
        and not any(loan.odd[index:last])
        and set(loan.whole[index:last]) == {1}
    ):
        value, discount = plain_annuity(loan.periodic_rate(annual_rate), len(costs))
    else:
        value, discount = annuity(costs)
    if loan.balloon:
        discount = annuity(costs[: loan.count - index])[1]
    return (balance - loan.balloon * discount) / value


def plain_annuity(rate, count):
    discount = 1 / (1 + rate) ** count
    return ((1 - discount) / rate if rate else Fraction(count)), discount


def accelerated_payment(loan):
    """A quarter or a half of the monthly level payment over the same term, which is not rounded before it is divided."""
    months = loan.count * 12 // PER_YEAR[loan.frequency]
    monthly = Loan(loan.terms | {"frequency": "monthly", "numberOfPayments": months, "accelerated": False})
    rate = monthly.periodic_rate(loan.initial_rate)
    return loan.principal / plain_annuity(rate, months)[0] / (4 if loan.frequency == "weekly" else 2)


def graduated_payments(loan, annual_rate):
    """The payment of each period: one amount that rises by a fraction at each step, worth the principal in all."""
    plan = loan.repayment
    rises = [min(index // plan["every"], plan["steps"]) for index in range(loan.count)]
    growth = [(1 + number(plan["increase"])) ** rise for rise in rises]
    costs = [loan.cost(index, annual_rate) for index in range(loan.count)]
    first = loan.principal / annuity(costs, growth)[0]
    return [loan.payment_rounding(first * factor) for factor in growth]


def adjustment(loan, index, rate):
    """The rate from a due date on, and how it came about."""
    rule = loan.adjustable
    when = loan.dates[index - 1]
    limit = when - timedelta(days=rule.get("lookBackDays", 0))
    index_day, value = max(
        (day(entry["date"]), number(entry["rate"])) for entry in rule["index"] if day(entry["date"]) <= limit
    )
    full = value + number(rule["margin"])
    if rule.get("roundTo"):
        full = round_to(full, number(rule["roundTo"]), rule.get("rounding", "halfEven"))
    first = index == rule["firstAdjustmentAfter"]
    cap = number(rule.get("initialCap" if first else "periodicCap"))
    lowest, highest = number(rule.get("floor", "0")), []
    if cap is not None:
        lowest, highest = max(lowest, rate - cap), [rate + cap]
    if rule.get("lifetimeCap"):
        highest.append(loan.initial_rate + number(rule["lifetimeCap"]))
    top = min(highest) if highest else None
    new = max(lowest, full if top is None else min(full, top))
    count = (index - rule["firstAdjustmentAfter"]) // rule["adjustEvery"]
    return {
        "number": index + 1,
        "date": when,
        "indexDate": index_day,
        "index": value,
        "fullyIndexedRate": full,
        "lowestRate": lowest,
        "highestRate": top,
        "annualRate": new,
        "recast": (count + 1) % rule.get("recastEvery", 1) == 0,
    }


def is_adjusted(loan, index):
    rule = loan.adjustable
    after = index - rule["firstAdjustmentAfter"] if rule else -1
    return after >= 0 and after % rule["adjustEvery"] == 0


def extra_days(loan, extra):
    """The days of an extra payment that is repeated by the calendar, or its one day."""
    start, until, repeat = day(extra["date"]), day(extra.get("until")), extra.get("repeat", "once")
    frequency = {"semiannually": "semiannual", "annually": "annual"}.get(repeat, repeat)
    last = loan.dates[-1] if until is None else min(until, loan.dates[-1])
    days, count = [], 0
    while (when := start if repeat == "once" else add_periods(start, count, frequency)) <= last:
        days.append(when)
        count += 1
        if repeat == "once":
            break
    return days


def extra_due(loan, index):
    """The extra payments that are made with a payment."""
    due, before = loan.dates[index], loan.dates[index - 1] if index else loan.advance
    total = Fraction(0)
    for extra in loan.terms.get("extraPayments", []):
        start, until, amount = day(extra["date"]), day(extra.get("until")), number(extra["amount"])
        repeat = extra.get("repeat", "once")
        if loan.daily and extra.get("timing") == "onDate":
            total += amount * sum(when == due for when in extra_days(loan, extra))
        elif repeat == "once":
            total += amount if before < start <= due else 0
        elif repeat == "everyPayment":
            total += amount if start <= due and (until is None or due <= until) else 0
        else:
            total += amount * sum(before < when <= due for when in extra_days(loan, extra))
    return total


def scheduled(loan, state, index, interest):
    """The payment by the agreement, before the last one settles, and the reason for it."""
    kind = loan.repayment["kind"]
    pays, _ = loan.pause(index)
    if pays:
        return (interest, "interestOnly") if pays == "interest" else (Fraction(0), "holiday")
    if kind == "bullet":
        return Fraction(0), "scheduled"
    if kind == "interestOnly" or index < loan.interest_only:
        return interest, "interestOnly"
    if kind == "straightLine":
        return state["level"] + interest, "scheduled"
    if kind == "graduated" and not state["capped"]:
        return state["graduated"][index], "scheduled"
    if kind == "stepped" and not state["capped"]:
        return [number(s["payment"]) for s in loan.repayment["steps"] if s["firstNumber"] <= index + 1][-1], "scheduled"
    if kind == "level" and loan.repayment.get("payment") and not state["capped"]:
        return number(loan.repayment["payment"]), "scheduled"
    if loan.odd_first == "firstPayment" and index == 0 and (loan.odd[0] or loan.whole[0] != 1):
        regular = cents(loan.principal * loan.cost(0, state["rate"], odd=False), loan.currency, loan.rounding)
        return state["level"] + interest - regular, "scheduled"
    return state["level"], "scheduled"


def recast(loan, state, index, balance):
    """Computes the level payment from a period on, within the cap on changes."""
    exact = level_payment(loan, index, balance, state["rate"], odd=loan.odd_first == "spread")
    cap = loan.adjustable and number(loan.adjustable.get("paymentCap"))
    if cap and state["level"] is not None and not state["capped"]:
        exact = min(max(exact, state["level"] * (1 - cap)), state["level"] * (1 + cap))
    state["level"] = loan.payment_rounding(exact)


def extended_end(terms, loan):
    """The number of payments of a loan whose breaks extend its term: as many as repay it without extra payments."""
    plain = {key: value for key, value in terms.items() if key != "extraPayments"}
    rows = run(plain, open_ended=True)[1]
    regular = loan.count + sum(pause["payments"] for pause in loan.extending)
    settles = terms.get("finalPayment") != "additional" and len(rows) > regular
    return len(rows) - (settles and 2 * rows[-1]["payment"] < rows[-1]["scheduled"])


def flat_charge(loan, index, opening, agreed, left):
    """The interest that a payment charges of the flat interest that is left, if no principal was repaid early: its share,
    but once the principal is repaid all that the payment reaches, and with the last payment all."""
    share = loan.flat_shares()[1][index]
    if index == loan.count - 1:
        return left
    return share if agreed < opening + share else min(agreed - opening, left)


def charged(loan, index, opening, exact, deferred):
    """What is charged of a period's interest, the interest that stays deferred, and whether a promotion has failed."""
    if loan.promotion_end is None:
        return exact, Fraction(0), False
    if loan.dates[index] <= loan.promotion_end:
        return Fraction(0), deferred + exact, False
    in_time = sum(amount for when, amount in loan.prepaid(index) if when <= loan.promotion_end)
    if loan.start(index) <= loan.promotion_end and in_time == opening:
        return Fraction(0), Fraction(0), False
    return deferred + exact, Fraction(0), deferred > 0


def run(terms, open_ended=False):
    """All rows of a schedule, the adjustments of its rate, and how each row came about."""
    loan = Loan(terms)
    loan.end = loan.count
    if loan.extending:
        loan.end = len(loan.dates) if open_ended else extended_end(terms, loan)
    flat = loan.flat_shares() if loan.flat else None
    deferred = Fraction(0)
    state = {"rate": loan.initial_rate, "level": None, "capped": False}
    if loan.repayment["kind"] == "graduated":
        state["graduated"] = graduated_payments(loan, loan.initial_rate)
    balance, rows, adjustments, index = loan.principal, [], [], 0
    anew, early = True, False
    while balance > 0 or index < loan.end and loan.draws or flat and not early and interest_left(flat, rows):
        if is_adjusted(loan, index):
            adjustments.append(adjustment(loan, index, state["rate"]))
            state["rate"], anew = adjustments[-1]["annualRate"], anew or adjustments[-1]["recast"]
        if loan.is_changed(index):
            state["rate"], anew = loan.rate_on(loan.start(index), state["rate"]), True
        # The payment that settles what rounding left is not computed.
        anew = (anew or index == loan.interest_only or loan.drawn(index) > 0) and index < loan.end
        drawn = loan.drawn(index)
        accrued = flat[0][index] if flat else loan.interest(index, balance, state["rate"])
        exact, deferred, failed = charged(loan, index, balance, accrued, deferred)
        interest = flat[1][index] if flat else cents(exact, loan.currency, loan.rounding)
        if anew and loan.repayment["kind"] == "straightLine":
            state["level"] = loan.payment_rounding((balance + drawn) / (loan.amortization_from(index) - index))
        if anew and loan.repayment["kind"] == "level" or state["capped"] and anew:
            if terms.get("accelerated"):
                state["level"] = loan.payment_rounding(accelerated_payment(loan))
            elif drawn and index >= loan.interest_only:
                raise NotCovered("a level payment that is recomputed within a period")
            else:
                recast(loan, state, index, balance + drawn)
        if flat and not early:
            agreed, left = scheduled(loan, state, index, interest)[0], interest_left(flat, rows)
            interest = flat_charge(loan, index, balance, agreed, left)
            exact = accrued = exact if interest == flat[1][index] else interest
        row, reason = pay(loan, state, index, balance, drawn, interest)
        early = early or row["extra"] > 0
        if reason == "paidOff" and flat and not early and interest_left(flat, rows) > interest:
            reason = "scheduled"
        rows.append(row | {"reason": reason, "exact": exact, "deferred": exact - accrued, "recast": anew and index > 0})
        balance = row["balance"]
        pays, level = loan.pause(index)
        anew = bool(row["extra"]) and terms.get("afterExtraPayment") == "recast"
        anew = anew or bool(pays) and level == "recomputedAfter" or failed
        if reason == "balanceCap":
            state["capped"], anew = True, True
        index += 1
    return loan, rows, adjustments


def interest_left(flat, rows):
    """The flat interest that no row has charged."""
    return sum(flat[1]) - sum(row["interest"] for row in rows)


def pay(loan, state, index, opening, drawn, interest):
    """One row: the payment of the agreement, the settlement of the last one, and extra payments."""
    prepaid = loan.prepaid(index)
    before = sum(amount for _, amount in prepaid)
    owed = opening + drawn + interest - before
    agreed, reason = scheduled(loan, state, index, interest)
    payment = min(agreed, owed)
    if agreed >= owed and index < loan.end - 1:
        reason = "paidOff"
    cap = number(loan.unpaid.get("cap"))
    if cap and owed - payment > cap * loan.principal and index < loan.end - 1:
        payment, reason = owed - cap * loan.principal, "balanceCap"
    additional = loan.terms.get("finalPayment") == "additional" and not has_balloon(loan)
    if index == loan.end - 1 and not (additional and owed > agreed):
        payment, reason = owed, "final"
    elif index >= loan.end:
        payment, reason = owed, "additional"
    extra = min(extra_due(loan, index), owed - payment) + before
    return {
        "number": index + 1,
        "date": loan.dates[index],
        "opening": opening,
        "drawn": drawn,
        "annualRate": state["rate"],
        "payment": payment + extra,
        "interest": interest,
        "principal": payment + extra - interest,
        "extra": extra,
        "balance": owed + before - payment - extra,
        "prepaid": prepaid,
        "scheduled": agreed,
    }, reason


def fee_of(loan, fee, index, last):
    timing, amount = fee.get("timing", "closing"), number(fee["amount"])
    if timing == "annually":
        before, due = loan.dates[index - 1] if index else loan.advance, loan.dates[index]
        days = [add_months(loan.advance, 12 * year) for year in range(1, due.year - loan.advance.year + 1)]
        return amount * sum(before < when <= due for when in days)
    return amount if timing == "everyPayment" or timing == "lastPayment" and last else Fraction(0)


def insurance(loan, rows):
    """The premium of each payment and the days on which mortgage insurance ends."""
    rule = loan.terms.get("privateMortgageInsurance")
    if rule is None:
        return [Fraction(0)] * len(rows), None
    without = run({key: value for key, value in loan.terms.items() if key != "extraPayments"})[1]
    value = number(rule["originalValue"])

    def reached(table, share):
        if loan.principal <= share * value:
            return None
        return next(row["date"] for row in table if row["balance"] <= share * value)

    ends = {
        "scheduledRequestDate": reached(without, Fraction(4, 5)),
        "requestDate": reached(rows, Fraction(4, 5)),
        "automaticEndDate": reached(without, Fraction(78, 100)),
        "midpointDate": loan.dates[loan.amortization // 2 - 1],
    }
    if rule.get("basis", "originalPrincipal") != "originalPrincipal":
        raise NotCovered("a declining premium")
    stops = [ends["requestDate"]] if rule.get("endOnRequest") else []
    stops += [ends["automaticEndDate"], ends["midpointDate"]] if rule.get("automaticEnd", True) else []
    premium = cents(number(rule["annualRate"]) * loan.principal / PER_YEAR[loan.frequency], loan.currency)
    premiums = [premium if all(stop is None or row["date"] <= stop for stop in stops) else Fraction(0) for row in rows]
    ends["lastPremiumDate"] = next((row["date"] for row, paid in reversed(list(zip(rows, premiums))) if paid), None)
    return premiums, ends


def escrow_account(loan, rows):
    """Aggregate analysis, year by year from the first payment on, with the deposit of each row."""
    rule = loan.terms.get("escrow")
    if rule is None:
        return None
    if any(item.get("growth") for item in rule["items"]):
        raise NotCovered("escrow for bills that grow")
    last = rows[-1]["date"]
    bills = sorted(
        (bill, item["name"], number(item["amount"]))
        for item in rule["items"]
        for bill in bill_days(item, loan.advance, last)
    )
    deposits, entries, balance, initial, year = {}, [], Fraction(0), Fraction(0), 0
    while (start := add_months(rows[0]["date"], 12 * year)) <= last:
        end = add_months(rows[0]["date"], 12 * (year + 1))
        dates = [row["date"] for row in rows if start <= row["date"] < end]
        # A bill on the anniversary is the last of the year that ends with it.
        due = [bill for bill in bills if (bill[0] > start or year == 0) and bill[0] <= end]
        cost = sum(amount for _, _, amount in due)
        deposit = round_to(cost / PER_YEAR[loan.frequency], minor_unit(loan.currency), "up")
        events = sorted([(when, 0, None, deposit) for when in dates] + [(when, 1, n, -a) for when, n, a in due])
        running, lowest, before = Fraction(0), Fraction(0), 0
        for when, _, _, change in events:
            running += change
            if running < lowest:
                lowest, before = running, sum(1 for other in dates if other <= when)
        shortage = max(cost * rule.get("cushionMonths", 0) / 12 - lowest, Fraction(0)) - balance
        paid = {when: deposit for when in dates}
        if year == 0:
            initial, balance = shortage, shortage
            entries.append({"date": loan.advance, "item": None, "deposit": initial, "balance": initial})
        else:
            few = shortage > 0 and len(dates) < PER_YEAR[loan.frequency]
            among = dates[: max(before, 1)] if few else dates
            for when in among:
                paid[when] += round_to(shortage / len(among), minor_unit(loan.currency), "up")
        if last in paid:
            paid[last] += max(cost - balance - sum(paid.values()), Fraction(0))
        for when, _, name, change in events:
            balance += paid[when] if name is None else change
            entries.append({"date": when, "item": name, "balance": balance})
        deposits |= paid
        year += 1
    return {"initialDeposit": initial, "refund": balance, "deposits": deposits, "entries": entries}


def bill_days(item, after, last):
    first, every, days = day(item["firstDue"]), item.get("everyMonths", 12), []
    while (when := add_months(first, every * len(days))) <= last:
        days.append(when)
    return [when for when in days if after <= when]


def has_balloon(loan):
    kind = loan.repayment["kind"]
    agreed = kind in ("interestOnly", "stepped") or loan.repayment.get("payment")
    return agreed or loan.balloon or loan.amortization > loan.count


def balloon_of(loan, last):
    """By how much the last payment exceeds that of a loan without balloon."""
    if not has_balloon(loan) or last["reason"] != "final":
        return Fraction(0)
    return max(last["payment"] - last["scheduled"], Fraction(0))


def schedule(terms):
    """`debt.schedule`."""
    loan, rows, adjustments = run(terms)
    fees = terms.get("fees", [])
    for index, row in enumerate(rows):
        row["fees"] = sum((fee_of(loan, fee, index, index == len(rows) - 1) for fee in fees), Fraction(0))
    premiums, ends = insurance(loan, rows)
    escrow = escrow_account(loan, rows)
    for row, premium in zip(rows, premiums):
        row["mortgageInsurance"] = premium
        row["escrow"] = escrow["deposits"][row["date"]] if escrow else Fraction(0)
        row["totalDue"] = row["payment"] + row["fees"] + row["mortgageInsurance"] + row["escrow"]
    at_closing = closing(loan, terms, escrow)
    interest = sum(row["interest"] for row in rows)
    drawn = loan.principal + sum(row["drawn"] for row in rows)
    charged = [fee for fee in fees if fee.get("financeCharge", True)]
    later = sum(fee_of(loan, fee, index, index == len(rows) - 1) for fee in charged for index in range(len(rows)))
    upfront = sum(number(fee["amount"]) for fee in charged if fee.get("timing", "closing") == "closing")
    prepaid = at_closing["points"] + at_closing["prepaidInterest"] + upfront + at_closing["mortgageInsurance"]
    repaying = next((row for row in rows[:-1] if row["reason"] not in ("interestOnly", "holiday")), rows[0])
    last = rows[-1]
    return {
        "payment": repaying["payment"] - repaying["extra"],
        "periodicRate": places(loan.cost(1 if len(loan.dates) > 1 else 0, loan.initial_rate), 18),
        "numberOfPayments": len(rows),
        "finalPayment": last["payment"],
        "balloon": balloon_of(loan, last),
        "payoffDate": last["date"],
        "totalDrawn": drawn,
        "totalInterest": interest,
        "totalPaid": sum(row["payment"] for row in rows),
        "totalExtra": sum(row["extra"] for row in rows),
        "totalFees": sum(row["fees"] for row in rows),
        "totalEscrow": sum(row["escrow"] for row in rows),
        "totalMortgageInsurance": sum(premiums),
        "financeCharge": interest + prepaid + later + sum(premiums),
        "annualPercentageRate": Later(lambda: percentage_rate(loan, rows, prepaid, charged, premiums)),
        "closing": at_closing,
        "rateAdjustments": adjustments,
        "privateMortgageInsurance": ends,
        "escrow": escrow,
        "schedule": rows,
    }


class Later:
    """A value that is computed when it is compared, because it takes time."""

    def __init__(self, compute):
        self.compute = compute

    def __str__(self):
        return str(Fraction(self.compute()))


def closing(loan, terms, escrow):
    points = cents(loan.principal * number(terms.get("points", "0")) / 100, loan.currency)
    fees = sum(
        (number(fee["amount"]) for fee in terms.get("fees", []) if fee.get("timing", "closing") == "closing"),
        Fraction(0),
    )
    prepaid = Fraction(0)
    if loan.odd_first == "closing" and loan.odd[0]:
        prepaid = cents(loan.principal * loan.odd_cost(loan.odd[0], loan.initial_rate), loan.currency, loan.rounding)
    deposit = escrow["initialDeposit"] if escrow else Fraction(0)
    premium = number(terms.get("privateMortgageInsurance", {}).get("upfrontPremium", "0"))
    total = points + fees + prepaid + deposit + premium
    return {
        "points": points,
        "fees": fees,
        "prepaidInterest": prepaid,
        "escrowDeposit": deposit,
        "mortgageInsurance": premium,
        "total": total,
        "netProceeds": loan.principal - total,
    }


def percentage_rate(loan, rows, prepaid, charged, premiums):
    """The rate of the actuarial method with all finance charges."""
    flows = []
    for index, row in enumerate(rows):
        fees = sum(fee_of(loan, fee, index, index == len(rows) - 1) for fee in charged)
        before = sum(amount for _, amount in row["prepaid"])
        flows += row["prepaid"] + [(row["date"], row["payment"] - before + fees + premiums[index])]
    advances = [(loan.advance, loan.principal - prepaid)] + loan.draws
    return rate_of_flows(advances, flows)


def explain_payment(request):
    """`debt.explain_payment`."""
    loan, rows, adjustments = run(request["loan"])
    index = request["number"] - 1
    row = rows[index]
    capitalized = max(row["interest"] - (row["payment"] - row["extra"]), Fraction(0))
    made = [entry for entry in adjustments if entry["number"] <= request["number"]]
    count = loan.accrual.get("dayCount", "actual365Fixed")
    spans = loan.balances(index, row["opening"])
    return {
        "row": row,
        "periodStart": loan.start(index),
        "periodEnd": row["date"],
        "days": (row["date"] - loan.start(index)).days,
        "regularPeriods": None if loan.daily else loan.whole[index],
        "annualRate": row["annualRate"],
        "rateAdjustment": made[-1] if made else None,
        "balances": [
            {
                "start": left,
                "end": right,
                "balance": owed,
                "offset": offset,
                "annualRate": loan.rate_on(left, row["annualRate"]) if loan.daily else row["annualRate"],
                "days": (right - left).days,
                "dayCount": count,
            }
            for left, right, owed, offset in spans
        ],
        "deferredInterest": row["deferred"],
        "interestBeforeRounding": row["exact"],
        "roundingDifference": row["interest"] - row["exact"],
        "scheduledPayment": row["scheduled"],
        "reason": row["reason"],
        "recast": row["recast"],
        "allocation": {
            "interest": row["interest"] - capitalized,
            "capitalizedInterest": capitalized,
            "principal": max(row["principal"] - row["extra"], Fraction(0)),
            "extra": row["extra"],
        },
    }


OPERATIONS = {"debt.schedule": schedule, "debt.explain_payment": explain_payment}
