"""The ledger of a loan of level payments, day by day, in exact fractions.

By the day: simple interest on the principal; a payment first pays the interest up to its day; unpaid interest bears none;
a period's interest is rounded once. By the period: Fannie Mae/Freddie Mac Form 3200, section 3(A): an installment is
applied as of its due date, so that a period's interest is that of the balance as if all before had been paid when due.
Late fees: once for an installment, and none where it is short only by earlier late fees (12 CFR 1026.36(c)(2)); partial
payments may be held until they cover an installment (1026.36(c)(1)(ii)).

Draws, offsets, adjustable rates, fees, escrow, insurance and overdue principal that bears interest are not covered.
"""

from datetime import timedelta
from fractions import Fraction

import loan_schedule
from day_counts import fraction
from support import NotCovered, cents, day, minor_unit, number, places, round_to

NOT_COVERED = (
    "draws",
    "offsets",
    "adjustableRate",
    "fees",
    "escrow",
    "mortgageInsurance",
    "interestOnlyPayments",
    "balloon",
)


class Installment:
    """An installment that has fallen due, and what of it is not paid."""

    def __init__(self, index, due, interest, principal):
        self.number, self.due = index + 1, due
        self.interest, self.principal = interest, principal
        self.open = {"fees": Fraction(0), "interest": interest, "principal": principal}
        self.late_fee, self.paid_on = Fraction(0), None

    def unpaid(self):
        return sum(self.open.values())


class Ledger:
    """A loan followed day by day."""

    def __init__(self, terms, payments, policy):
        if any(terms.get(name) for name in NOT_COVERED) or policy.get("overduePrincipal") == "bearsInterest":
            raise NotCovered("more than a plain loan of level payments")
        self.loan = loan_schedule.Loan(terms)
        self.rows = loan_schedule.run(terms)[1]
        self.policy = policy
        self.order = [part for part in policy.get("order", ["fees", "interest", "principal"]) if part != "escrow"]
        self.agreed = self.rows[0]["payment"]
        self.principal, self.today = self.loan.principal, self.loan.advance
        self.installments, self.entries = [], []
        self.held, self.held_for_principal = Fraction(0), Fraction(0)
        self.accrued = Fraction(0)  # interest of the current period, exact
        self.charged = Fraction(0)  # what of it was charged, rounded
        self.owed_interest = Fraction(0)  # by the day: charged and not paid
        self.interest_paid = self.principal_paid = self.received = self.late_fees = self.late_fees_paid = Fraction(0)
        self.interest_paid_to = self.loan.advance
        self.since, self.spans = self.loan.advance, []
        self.closed_on = None
        self.entries.append({"date": self.today, "kind": "advance", "amount": self.principal})
        self.payments = sorted(
            payments,
            key=lambda p: (day(p["date"]), p.get("applyTo", "installment") != "installment", -number(p["amount"])),
        )

    def follow(self, last):
        """Every day up to the last, that day included."""
        queue = list(self.payments)
        while True:
            self.fall_due()
            self.charge_late_fees()
            while queue and day(queue[0]["date"]) == self.today:
                self.receive(queue.pop(0))
            if self.today == last:
                return self
            self.pass_a_day()

    def pass_a_day(self):
        tomorrow = self.today + timedelta(days=1)
        if self.loan.daily:
            count = self.loan.accrual.get("dayCount", "actual365Fixed")
            span = fraction(self.since, tomorrow, count) - fraction(self.since, self.today, count)
            self.accrued += self.principal * self.loan.initial_rate * span
        self.today = tomorrow

    def charge(self):
        """By the day: charges what has accrued of the current period and was not charged."""
        total = cents(self.accrued, self.loan.currency, self.loan.rounding)
        charged, self.charged = total - self.charged, total
        self.owed_interest += charged
        span = {
            "start": self.since,
            "end": self.today,
            "days": (self.today - self.since).days,
            "balance": self.principal,
        }
        spans = [span | {"annualRate": self.loan.initial_rate}] if self.today > self.since else []
        self.since = self.today
        return charged, spans

    def fall_due(self):
        index = len(self.installments)
        if self.closed_on or self.due_date(index) != self.today:
            return
        if self.loan.daily:
            interest, spans = self.charge()
            due = self.charged
            self.accrued = self.charged = Fraction(0)
        else:
            after = index >= self.loan.count
            rate = (
                self.loan.periodic_rate(self.loan.initial_rate)
                if after
                else self.loan.cost(index, self.loan.initial_rate)
            )
            bearing = self.principal if after else self.bearing()
            due = cents(bearing * rate, self.loan.currency, self.loan.rounding)
            interest, spans = due, []
        last = index >= self.loan.count - 1
        principal = self.bearing() if last else min(self.agreed - due, self.bearing())
        self.installments.append(Installment(index, self.today, due, principal))
        entry = {"date": self.today, "kind": "installmentDue", "number": index + 1, "amount": due + principal}
        self.entries.append(entry | {"interestCharged": interest, "accruals": spans})
        if not self.loan.daily:
            held, self.held = self.held, Fraction(0)
            for_principal, self.held_for_principal = self.held_for_principal, Fraction(0)
            self.distribute(held, {})
            self.repay(for_principal)

    def due_date(self, index):
        """The due date of an installment; after the last one of the agreement the periods go on."""
        dates, last = self.loan.dates, self.loan.count - 1
        return dates[index] if index <= last else self.loan.regular(dates[last], index - last)

    def bearing(self):
        """The principal that is not yet due."""
        return self.principal - sum(one.open["principal"] for one in self.installments)

    def charge_late_fees(self):
        rule = self.policy.get("lateFee")
        for one in self.installments if rule else []:
            if one.late_fee or self.today != one.due + timedelta(days=rule.get("graceDays", 0) + 1):
                continue
            overdue = one.open["interest"] + one.open["principal"]
            if overdue <= self.late_fees_paid:
                continue
            fee = cents(number(rule.get("fraction", "0")) * overdue, self.loan.currency) + number(rule.get("flat", "0"))
            fee = min([fee] + ([number(rule["maximum"])] if rule.get("maximum") else []))
            one.late_fee = fee
            one.open["fees"] += fee
            self.late_fees += fee

    def receive(self, payment):
        amount = number(payment["amount"])
        self.received += amount
        interest, spans = self.charge() if self.loan.daily and not self.closed_on else (Fraction(0), [])
        parts = {"interest": Fraction(0), "principal": Fraction(0), "unapplied": Fraction(0)}
        if self.closed_on:
            self.held += amount
        elif payment.get("applyTo") == "principal" and not self.loan.daily:
            if self.installments and self.installments[-1].due == self.today:
                self.repay(amount)
            else:
                self.held_for_principal += amount
        elif self.loan.daily:
            self.distribute_by_the_day(amount, parts)
        else:
            self.distribute(amount + self.held, parts, self.held)
        entry = {"date": self.today, "kind": "payment", "paymentId": payment.get("id"), "amount": amount}
        self.entries.append(entry | {"interestCharged": interest, "accruals": spans, "allocation": parts})

    def distribute_by_the_day(self, amount, parts):
        """Interest up to the day, then principal; what is paid settles the oldest installments first."""
        interest = min(amount, self.owed_interest)
        principal = min(amount - interest, self.principal)
        self.owed_interest -= interest
        self.principal -= principal
        self.interest_paid += interest
        self.principal_paid += principal
        if self.owed_interest == 0:
            self.interest_paid_to = self.today
        self.held += amount - interest - principal
        parts.update(interest=interest, principal=principal, unapplied=amount - interest - principal)
        for one in self.installments:
            for part in ("interest", "principal"):
                paid = min(amount, one.open[part])
                one.open[part] -= paid
                amount -= paid
            if one.unpaid() == 0 and one.paid_on is None:
                one.paid_on = self.today
        if self.principal == 0:
            self.closed_on = self.today

    def distribute(self, amount, parts, held_before=Fraction(0)):
        """By the period: the oldest installment first; what is more waits for the next due date or, on one, repays."""
        self.held = Fraction(0)
        for one in self.installments:
            needed = one.open["interest"] + one.open["principal"]
            if self.policy.get("partialPayments") == "hold" and amount < needed:
                self.held = amount
                return
            for part in self.order:
                paid = min(amount, one.open[part])
                one.open[part] -= paid
                amount -= paid
                self.book(part, paid)
                parts[part] = parts.get(part, Fraction(0)) + paid
            if one.unpaid() == 0 and one.paid_on is None:
                one.paid_on = self.today
        if self.principal == 0 and all(one.unpaid() == 0 for one in self.installments):
            self.closed_on = self.closed_on or self.today
        on_due_date = self.installments and self.installments[-1].due == self.today
        if amount and on_due_date:
            self.repay(amount)
        else:
            self.held += amount
        parts["unapplied"] = self.held - held_before

    def book(self, part, paid):
        if part == "principal":
            self.principal -= paid
            self.principal_paid += paid
        elif part == "interest":
            self.interest_paid += paid
            if paid and all(one.open["interest"] == 0 for one in self.installments):
                self.interest_paid_to = self.installments[-1].due
        else:
            self.late_fees_paid += paid

    def repay(self, amount):
        """Principal that is not yet due."""
        paid = min(amount, self.bearing())
        self.book("principal", paid)
        self.held += amount - paid
        if self.principal == 0:
            self.closed_on = self.today

    def past_due(self, when):
        return [one for one in self.installments if one.unpaid() and one.due < when]

    def standing(self):
        late = self.past_due(self.today)
        sums = {part: sum((one.open[part] for one in late), Fraction(0)) for part in ("interest", "principal", "fees")}
        paid = [one.due for one in self.installments if one.unpaid() == 0]
        if self.loan.daily:
            unpaid = self.owed_interest + cents(self.accrued, self.loan.currency, self.loan.rounding) - self.charged
        else:
            unpaid = sum((one.open["interest"] for one in self.installments), Fraction(0))
        return {
            "asOf": self.today,
            "principal": self.principal,
            "unpaidInterest": unpaid,
            "unpaidFees": sum((one.open["fees"] for one in self.installments), Fraction(0)),
            "unapplied": self.held + self.held_for_principal,
            "pastDue": {
                "interest": sums["interest"],
                "principal": sums["principal"],
                "lateFees": sums["fees"],
                "total": sum(sums.values()),
            },
            "daysPastDue": (self.today - late[0].due).days if late else 0,
            "installmentsPastDue": len(late),
            "paidTo": paid[-1] if paid else None,
            "interestPaidTo": self.interest_paid_to,
            "closedOn": self.closed_on,
            "totalReceived": self.received,
            "totalPrincipalPaid": self.principal_paid,
            "totalInterestPaid": self.interest_paid,
            "totalLateFees": self.late_fees,
        } | self.next_due()

    def next_due(self):
        if self.closed_on:
            return {"nextDueDate": None, "nextDueAmount": None}
        today = [one for one in self.installments if one.due == self.today and one.unpaid()]
        if today:
            return {"nextDueDate": self.today, "nextDueAmount": today[0].unpaid()}
        index = len(self.installments)
        return {"nextDueDate": self.due_date(index), "nextDueAmount": self.agreed}

    def variance(self):
        done = [row for row in self.rows if row["date"] <= self.today]
        scheduled = done[-1]["balance"] if done else self.loan.principal
        interest = sum((row["interest"] for row in done), Fraction(0))
        charged = sum((one.interest for one in self.installments), Fraction(0))
        ahead = "ahead" if self.principal < scheduled else "onSchedule"
        return {
            "position": "behind" if self.past_due(self.today) else ahead,
            "scheduledPrincipal": scheduled,
            "principal": self.principal - scheduled,
            "scheduledInterest": interest,
            "interest": charged - interest,
        }


def ledger(request, last):
    return Ledger(request["loan"], request.get("payments", []), request.get("policy", {})).follow(last)


def post_payments(request):
    """`debt.post_payments`."""
    book = ledger(request, day(request["asOf"]))
    installments = [
        {
            "number": one.number,
            "dueDate": one.due,
            "interest": one.interest,
            "principal": one.principal,
            "lateFee": one.late_fee,
            "unpaid": one.unpaid(),
            "paidOn": one.paid_on,
        }
        for one in book.installments
    ]
    return {
        "standing": book.standing(),
        "variance": book.variance(),
        "installments": installments,
        "entries": book.entries,
    }


def payoff_on(request, when):
    """What pays the loan off on a day."""
    book = ledger(request, when)
    loan, standing = book.loan, book.standing()
    due = [one.due for one in book.installments]
    if loan.daily:
        last = max(
            [book.interest_paid_to] + [p for p in [day(e["date"]) for e in request.get("payments", [])] if p <= when]
        )
        count, unpaid = loan.accrual.get("dayCount", "actual365Fixed"), Fraction(0)
        accrued = standing["unpaidInterest"]
    else:
        last, count = (due[-1] if due else loan.advance), loan.accrual.get("oddDays", "actual365Fixed")
        whole = loan.periodic_rate(loan.initial_rate)
        cost = min(loan.initial_rate * fraction(last, when, count), whole)
        accrued = cents(book.bearing() * cost, loan.currency, loan.rounding)
        unpaid = standing["unpaidInterest"]
    daily = loan.initial_rate * fraction(when, when + timedelta(days=1), count)
    penalty = prepayment_penalty(request.get("prepaymentPenalty"), loan, book.principal, when)
    total = book.principal + unpaid + accrued + penalty + standing["unpaidFees"] - standing["unapplied"]
    return {
        "date": when,
        "principal": book.principal,
        "unpaidInterest": unpaid,
        "accruedInterest": accrued,
        "accruedFrom": last,
        "accruedDays": (when - last).days,
        "perDiem": places(book.principal * daily, 12),
        "lateFees": standing["unpaidFees"],
        "prepaymentPenalty": penalty,
        "total": max(total, Fraction(0)),
    }


def prepayment_penalty(rule, loan, principal, when):
    if rule is None or when > day(rule["until"]):
        return Fraction(0)
    amount = rule["amount"]
    share = number(amount["fraction"]) if amount["kind"] == "balance" else amount["months"] * loan.initial_rate / 12
    return cents(principal * share, loan.currency)


def payoff_quote(request):
    """`debt.payoff_quote`."""
    first, last = day(request["date"]), day(request.get("goodThrough") or request["date"])
    quotes = [payoff_on(request, first + timedelta(days=offset)) for offset in range((last - first).days + 1)]
    totals = [
        {"date": q["date"], "interest": q["unpaidInterest"] + q["accruedInterest"], "total": q["total"]} for q in quotes
    ]
    return quotes[0] | {"dailyTotals": totals}


def remaining_schedule(request):
    """`debt.remaining_schedule`, where interest accrues by the period."""
    book = ledger(request, day(request["asOf"]))
    loan = book.loan
    if loan.daily:
        raise NotCovered("a remaining schedule by the day")
    standing = book.standing()
    spread = request.get("catchUp", {"kind": "nextPayment"})
    parts = spread["payments"] if spread["kind"] == "spread" else 1
    share = round_to(standing["pastDue"]["total"] / parts, minor_unit(loan.currency), "up")
    owed = {"interest": standing["pastDue"]["interest"], "principal": standing["pastDue"]["principal"]}
    rows, bearing, index = [], book.bearing(), len(book.installments)
    while bearing > 0 or sum(owed.values()) > 0:
        interest = cents(bearing * loan.cost(index, loan.initial_rate), loan.currency, loan.rounding)
        regular = bearing if index == loan.count - 1 else min(book.agreed - interest, bearing)
        extra = min(share, sum(owed.values())) if index < loan.count - 1 and bearing > regular else sum(owed.values())
        late_interest = min(extra, owed["interest"])
        owed["interest"] -= late_interest
        owed["principal"] -= extra - late_interest
        opening = bearing + owed["principal"] + extra - late_interest
        bearing -= regular
        rows.append(
            {
                "number": index + 1,
                "date": loan.dates[index],
                "opening": opening,
                "payment": interest + regular + extra,
                "interest": interest + late_interest,
                "principal": regular + extra - late_interest,
                "balance": bearing + owed["principal"],
            }
        )
        index += 1
    remaining = sum(row["interest"] for row in rows)
    contract, payoff = book.rows, rows[-1]["date"]
    last = contract[-1]["date"]
    return {
        "standing": standing,
        "schedule": rows,
        "payoffDate": payoff,
        "remainingInterest": remaining,
        "remainingTotal": sum(row["payment"] for row in rows),
        "totalInterest": remaining + standing["totalInterestPaid"],
        "comparison": {
            "contractPayoffDate": last,
            "contractInterest": sum(row["interest"] for row in contract),
            "interestSaved": sum(row["interest"] for row in contract) - remaining - standing["totalInterestPaid"],
            "monthsSaved": 12 * (last.year - payoff.year) + last.month - payoff.month - (last.day < payoff.day),
            "paymentsSaved": len(contract) - (index),
        },
    }


OPERATIONS = {
    "debt.post_payments": post_payments,
    "debt.payoff_quote": payoff_quote,
    "debt.remaining_schedule": remaining_schedule,
}
