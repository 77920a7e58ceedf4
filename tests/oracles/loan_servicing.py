"""The ledger of a loan of level payments, day by day, in exact fractions.

By the day: simple interest on the principal; a payment first pays the interest up to its day; unpaid interest bears none;
a period's interest is rounded once. By the period: Fannie Mae/Freddie Mac Form 3200, section 3(A): an installment is
applied as of its due date, so that a period's interest is that of the balance as if all before had been paid when due.
Late fees: once for an installment, and none where it is short only by earlier late fees (12 CFR 1026.36(c)(2)); partial
payments may be held until they cover an installment (1026.36(c)(1)(ii)).

Flat interest: each period's share of the agreed interest, day by day within a period; when the installments have billed
all principal, the rest of the interest is owed whatever is paid early. A promotion: nothing is charged up to
its end; if anything is owed then, all interest since the advance falls due with the next installment.

Draws, offsets, adjustable rates, fees, escrow, insurance and overdue principal that bears interest are not covered; nor
are, in a remaining schedule, interest by the day and money that is held.
"""

import itertools
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

    def overdue(self):
        """Without late fees."""
        return self.open["interest"] + self.open["principal"]


class Ledger:
    """A loan followed day by day."""

    def __init__(self, terms, payments, policy):
        if any(terms.get(name) for name in NOT_COVERED) or policy.get("overduePrincipal") == "bearsInterest":
            raise NotCovered("more than a plain loan of level payments")
        self.loan = loan_schedule.Loan(terms)
        self.rows = loan_schedule.run(terms)[1]
        self.policy = policy
        self.holds = policy.get("partialPayments") == "hold"
        self.order = [part for part in policy.get("order", ["fees", "interest", "principal"]) if part != "escrow"]
        self.agreed = self.rows[0]["payment"]
        self.principal, self.today = self.loan.principal, self.loan.advance
        self.installments, self.entries = [], []
        self.held, self.held_for_principal = Fraction(0), Fraction(0)
        self.accrued = Fraction(0)  # interest of the current period, exact
        self.charged = Fraction(0)  # what of it was charged, rounded
        self.owed_interest = Fraction(0)  # by the day: charged and not paid
        self.shares = self.loan.flat_shares()[1] if self.loan.flat else []
        self.flat_charged, self.early = Fraction(0), False  # whether principal was repaid that was not due
        self.deferred = Fraction(0)  # by a promotion, exact
        self.owed_at_end = False  # of the promotion
        self.prepaid = Fraction(0)  # by the day: paid of the installment of the current period
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
            interest = self.principal * self.loan.initial_rate * span
            if self.loan.promotion_end and tomorrow <= self.loan.promotion_end:
                self.deferred += interest
            else:
                self.accrued += interest
        if self.today == self.loan.promotion_end:
            self.owed_at_end = self.principal > 0
            if self.loan.daily and self.owed_at_end:
                self.accrued, self.deferred = self.accrued + self.deferred, Fraction(0)
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
            due = self.interest_of(index, self.bearing(), self.principal, fall_due=True)
            interest, spans = due, []
        capitalized = max(due - self.agreed, Fraction(0)) if index < self.loan.count - 1 else Fraction(0)
        if capitalized and self.loan.promotion_end is None:
            raise NotCovered("a payment that does not cover its interest")
        if capitalized and self.loan.repayment.get("payment") is None:
            raise NotCovered("payments that are recomputed")
        due -= capitalized
        if self.loan.daily:
            # Only what is not paid yet can be added to the balance.
            capitalized = min(capitalized, self.owed_interest)
            self.owed_interest -= capitalized
        self.principal += capitalized
        self.flat_charged += due
        last = index >= self.loan.count - 1
        principal = self.bearing() if last else min(self.agreed - due, self.bearing())
        if self.loan.daily:
            principal = self.rest_of_the_debt() - due if last else min(self.agreed, self.rest_of_the_debt()) - due
        self.installments.append(Installment(index, self.today, due, principal))
        entry = {"date": self.today, "kind": "installmentDue", "number": index + 1, "amount": due + principal}
        self.entries.append(entry | {"interestCharged": interest, "accruals": spans})
        held, self.held = self.held, Fraction(0)
        if self.loan.daily:
            self.settle(self.installments[-1], self.prepaid, ["interest", "principal"])
            self.prepaid = Fraction(0)
            self.distribute_by_the_day(held, {})
        else:
            for_principal, self.held_for_principal = self.held_for_principal, Fraction(0)
            self.distribute(held, {})
            self.repay(for_principal)

    def flat_left(self):
        """The flat interest of the term that is not charged, if it cannot be saved any more."""
        if self.early or self.closed_on or self.bearing():
            return Fraction(0)
        return max(sum(self.shares) - self.flat_charged, Fraction(0))

    def rest_of_the_debt(self):
        """By the day: what is owed beyond the installments that have fallen due."""
        return self.principal + self.owed_interest + self.prepaid - sum(one.overdue() for one in self.installments)

    def interest_of(self, index, bearing, balance, fall_due=False):
        """The interest of a whole period: after the agreement has ended, on all that is owed."""
        loan = self.loan
        if index < len(self.shares) and self.early:
            return self.shares[index] if bearing else Fraction(0)
        if index < len(self.shares):
            return loan_schedule.flat_charge(loan, index, bearing, self.agreed, sum(self.shares) - self.flat_charged)
        if index < loan.count:
            exact, due = bearing * loan.cost(index, loan.initial_rate), self.due_date(index)
            deferred = self.deferred
            if loan.promotion_end and due <= loan.promotion_end:
                exact, deferred = Fraction(0), deferred + exact
            elif loan.promotion_end:
                owed = self.owed_at_end if self.today > loan.promotion_end else self.principal > 0
                exact, deferred = exact + deferred if owed else exact, Fraction(0)
            if fall_due:
                self.deferred = deferred
            return cents(exact, loan.currency, loan.rounding)
        return cents(balance * loan.periodic_rate(loan.initial_rate), loan.currency, loan.rounding)

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
            overdue = one.overdue()
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
        elif not self.loan.daily and self.pays_all(amount):
            self.close(amount, parts)
        elif payment.get("applyTo") == "principal" and not self.loan.daily:
            if self.installments and self.installments[-1].due == self.today:
                self.repay(amount)
            else:
                self.held_for_principal += amount
        elif self.loan.daily and payment.get("applyTo") == "principal":
            self.repay(amount)
        elif self.loan.daily:
            self.distribute_by_the_day(amount + self.held, parts, self.held)
        else:
            self.distribute(amount + self.held, parts, self.held)
        entry = {"date": self.today, "kind": "payment", "paymentId": payment.get("id"), "amount": amount}
        self.entries.append(entry | {"interestCharged": interest, "accruals": spans, "allocation": parts})

    def pays_all(self, amount):
        """Whether a payment, with the money that is held, pays everything that is owed today."""
        unpaid = sum(one.unpaid() - one.open["principal"] for one in self.installments)
        return self.held + self.held_for_principal + amount >= self.principal + unpaid + accrued_on(self, self.today)

    def close(self, amount, parts):
        """Pays everything: principal, the interest up to today, and fees."""
        before = self.held + self.held_for_principal
        accrued = accrued_on(self, self.today)
        unpaid = sum(one.open["interest"] for one in self.installments)
        fees = sum(one.open["fees"] for one in self.installments)
        for one in self.installments:
            self.settle(one, one.unpaid(), ["fees", "interest", "principal"])
        self.interest_paid += unpaid + accrued
        self.principal_paid += self.principal
        self.late_fees_paid += fees
        self.held, self.held_for_principal = before + amount - self.principal - unpaid - accrued - fees, Fraction(0)
        parts.update(interest=unpaid + accrued, unapplied=self.held - before)
        self.principal, self.closed_on = Fraction(0), self.today
        del parts["principal"]

    def distribute_by_the_day(self, amount, parts, held_before=Fraction(0)):
        """The oldest installment first, then the coming one, then principal; interest up to the day before principal."""
        if self.order != ["fees", "interest", "principal"]:
            raise NotCovered("another order where interest accrues by the day")
        self.held, left, fees = Fraction(0), amount, Fraction(0)
        for one in self.installments:
            if self.holds and left < one.overdue():
                self.held, left = left, Fraction(0)
                break
            if not self.holds:
                fee = self.settle(one, left, ["fees"])
                fees, left = fees + fee, left - fee
            left -= self.settle(one, left, ["interest", "principal"])
        for one in self.installments if self.holds else []:
            fee = self.settle(one, left, ["fees"])
            fees, left = fees + fee, left - fee
        if not any(one.due == self.today for one in self.installments):
            coming = max(self.agreed - self.prepaid, Fraction(0))
            if self.holds and left < coming:
                self.held, left = self.held + left, Fraction(0)
            self.prepaid += min(left, coming)
        paid = amount - fees - self.held
        interest = min(paid, self.owed_interest)
        principal = min(paid - interest, self.principal)
        self.owed_interest -= interest
        self.principal -= principal
        self.interest_paid += interest
        self.principal_paid += principal
        self.late_fees_paid += fees
        if self.owed_interest == 0:
            self.interest_paid_to = self.today
        self.held += paid - interest - principal
        parts.update(interest=interest, principal=principal, unapplied=self.held - held_before)
        if fees:
            parts["lateFees"] = fees
        if self.principal == 0 and self.owed_interest == 0:
            self.closed_on = self.today

    def settle(self, one, amount, parts):
        """Pays parts of an installment; what of the amount it takes."""
        paid = Fraction(0)
        for part in parts:
            share = min(amount - paid, one.open[part])
            one.open[part] -= share
            paid += share
        if one.unpaid() == 0 and one.paid_on is None:
            one.paid_on = self.today
        return paid

    def distribute(self, amount, parts, held_before=Fraction(0)):
        """By the period: the oldest installment first; what is more waits for the next due date or, on one, repays."""
        self.held = Fraction(0)
        for one in self.installments:
            if self.holds and amount < one.overdue():
                self.held = amount
                return
            for part in [part for part in self.order if not (self.holds and part == "fees")]:
                paid = self.settle(one, amount, [part])
                amount -= paid
                self.book(part, paid)
                parts[part] = parts.get(part, Fraction(0)) + paid
        for one in self.installments if self.holds else []:
            paid = self.settle(one, amount, ["fees"])
            amount -= paid
            self.book("fees", paid)
            parts["fees"] = parts.get("fees", Fraction(0)) + paid
        if self.principal == 0 and all(one.unpaid() == 0 for one in self.installments) and not self.flat_left():
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
            paid_up = itertools.takewhile(lambda one: one.open["interest"] == 0, self.installments)
            self.interest_paid_to = max([one.due for one in paid_up], default=self.loan.advance)
        else:
            self.late_fees_paid += paid

    def repay(self, amount):
        """Principal that is not yet due."""
        paid = min(amount, self.bearing())
        self.early = self.early or paid > 0
        self.book("principal", paid)
        self.held += amount - paid
        if self.principal == 0 and not self.flat_left() and not any(one.open["interest"] for one in self.installments):
            self.closed_on = self.today

    def past_due(self, when):
        return [one for one in self.installments if one.unpaid() and one.due < when]

    def standing(self):
        late = self.past_due(self.today)
        sums = {part: sum((one.open[part] for one in late), Fraction(0)) for part in ("interest", "principal", "fees")}
        installments = [one for one in self.installments if one.interest or one.principal]
        paid = [one.due for one in itertools.takewhile(lambda one: one.unpaid() == 0, installments)]
        if self.loan.daily:
            unpaid = self.owed_interest + cents(self.accrued, self.loan.currency, self.loan.rounding) - self.charged
            overdue = sums["interest"] + sums["principal"]
            sums["interest"] = min(unpaid, overdue)
            sums["principal"] = overdue - sums["interest"]
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
            "interestPaidTo": max(self.interest_paid_to, self.closed_on or self.interest_paid_to),
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
        due = self.due_date(index)
        interest = Fraction(0) if self.loan.daily else self.interest_of(index, self.bearing(), self.principal)
        amount = min(self.agreed, interest + self.bearing())
        if index >= self.loan.count - 1:
            amount = interest + self.bearing()
        if self.loan.daily:
            count = self.loan.accrual.get("dayCount", "actual365Fixed")
            span = fraction(self.since, due, count) - fraction(self.since, self.today, count)
            accrued = self.accrued + self.principal * self.loan.initial_rate * span
            rest = self.rest_of_the_debt() + cents(accrued, self.loan.currency, self.loan.rounding) - self.charged
            amount = (rest if index >= self.loan.count - 1 else min(self.agreed, rest)) - self.prepaid
        return {"nextDueDate": due, "nextDueAmount": amount}

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
        if one.interest or one.principal
    ]
    return {
        "standing": book.standing(),
        "variance": book.variance(),
        "installments": installments,
        "entries": book.entries,
    }


def bearing_by_the_day(book):
    """By the period: the balance whose days are counted before a period has ended; of flat interest, what stands for it."""
    loan, index = book.loan, len(book.installments)
    if index < len(book.shares):
        # The period's share, by the days that have passed of it.
        whole = loan.periodic_rate(loan.initial_rate)
        return book.shares[index] / whole if book.bearing() else Fraction(0)
    return book.bearing()


def accrued_on(book, when):
    """By the period: the interest since the last due date, by the day and at most that of the period."""
    loan = book.loan
    if book.flat_left():
        return book.flat_left()
    if loan.promotion_end and when <= loan.promotion_end:
        return Fraction(0)
    last = book.installments[-1].due if book.installments else loan.advance
    days = fraction(last, when, loan.accrual.get("oddDays", "actual365Fixed"))
    cost = min(loan.initial_rate * days, loan.periodic_rate(loan.initial_rate))
    deferred = book.deferred if book.owed_at_end else Fraction(0)
    return cents(bearing_by_the_day(book) * cost + deferred, loan.currency, loan.rounding)


def payoff_on(request, when):
    """What pays the loan off on a day."""
    book = ledger(request, when)
    loan, standing = book.loan, book.standing()
    due = [one.due for one in book.installments]
    if loan.daily:
        received = [p for p in [day(e["date"]) for e in request.get("payments", [])] if p <= when]
        last, count = max([loan.advance] + received + due), loan.accrual.get("dayCount", "actual365Fixed")
        unpaid, accrued = book.owed_interest, standing["unpaidInterest"] - book.owed_interest
    else:
        last, count = (due[-1] if due else loan.advance), loan.accrual.get("oddDays", "actual365Fixed")
        accrued, bearing = accrued_on(book, when), bearing_by_the_day(book)
        unpaid = standing["unpaidInterest"]
    daily = loan.initial_rate * fraction(when, when + timedelta(days=1), count)
    if loan.promotion_end and when < loan.promotion_end:
        daily = Fraction(0)
    penalty = prepayment_penalty(request.get("prepaymentPenalty"), loan, book.principal, when)
    total = book.principal + unpaid + accrued + penalty + standing["unpaidFees"] - standing["unapplied"]
    return {
        "date": when,
        "principal": book.principal,
        "unpaidInterest": unpaid,
        "accruedInterest": accrued,
        "accruedFrom": last,
        "accruedDays": (when - last).days,
        "perDiem": places((book.principal if loan.daily else bearing) * daily, 12),
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


def pay_oldest_first(open_parts, amount):
    """Pays the parts of the installments that are open, the oldest first; what it pays of either part."""
    paid = {"interest": Fraction(0), "principal": Fraction(0)}
    for entry in open_parts:
        taken = min(entry[1], amount - sum(paid.values()))
        entry[1] -= taken
        paid[entry[0]] += taken
    return paid


def remaining_schedule(request):
    """`debt.remaining_schedule`, where interest accrues by the period."""
    book = ledger(request, day(request["asOf"]))
    loan = book.loan
    if loan.daily:
        raise NotCovered("a remaining schedule by the day")
    standing = book.standing()
    if standing["unapplied"]:
        raise NotCovered("a remaining schedule with money that is held")
    spread = request.get("catchUp", {"kind": "nextPayment"})
    parts = spread["payments"] if spread["kind"] == "spread" else 1
    owed = [[part, one.open[part]] for one in book.installments for part in ("interest", "principal")]
    arrears = sum(amount for _, amount in owed)
    share = round_to(arrears / parts, minor_unit(loan.currency), "up")
    rows, bearing, balance, index = [], book.bearing(), book.principal, len(book.installments)
    unsaved = 0 if book.early or book.closed_on else sum(book.shares)  # flat interest that is charged in any case
    while balance > 0 or arrears > 0 or unsaved > book.flat_charged:
        interest = book.interest_of(index, bearing, balance)
        book.flat_charged += interest
        regular = bearing if index >= loan.count - 1 else min(book.agreed - interest, bearing)
        bearing -= regular
        caught_up = min(share, arrears) if bearing > 0 else arrears
        arrears -= caught_up
        owed += [["interest", interest], ["principal", regular]]
        paid = pay_oldest_first(owed, interest + regular + caught_up)
        rows.append(
            {
                "number": index + 1,
                "date": book.due_date(index),
                "opening": balance,
                "payment": interest + regular + caught_up,
                "interest": paid["interest"],
                "principal": paid["principal"],
                "balance": balance - paid["principal"],
            }
        )
        balance -= paid["principal"]
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
