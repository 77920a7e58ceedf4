"""A retirement plan in monthly steps, month by month, as the documentation of `retirement.run` defines it.

The year is decided at its start by `retirement_plan.py`. Then, in each of twelve months: a twelfth of what was decided leaves
its account, a twelfth of the year's need is withdrawn from what the accounts hold, a twelfth of each contribution is
deposited, and the market moves. After December the tax on what really happened is compared with the tax withheld.
"""

from retirement_taxes import tax
from support import NotCovered


class Months:
    """How a `Run` of `retirement_plan.py` passes its years in monthly steps."""

    parts_of_room = 1

    def open_accounts(self, index):
        super().open_accounts(index)
        self.opened = [(list(account.parts), account.basis) for account in self.accounts]

    def room(self, ordinary_income):
        return super().room(ordinary_income) / self.parts_of_room

    def pass_year(self, index, moved, need, taxes):
        for account, (parts, basis) in zip(self.accounts, self.opened, strict=True):
            account.parts, account.basis, account.deciding = parts, basis, False
        self.happened, self.penalty = dict(self.earned), 0.0
        self.moved = {
            "withdrawals": [0.0] * len(self.accounts),
            "shortfall": 0.0,
            "surplus": 0.0,
            "settlement": self.settlement,
        }
        if self.part < 1:
            raise NotCovered("months of a part of a year")
        level, growth, self.parts_of_room = 1.0, 1.0, 12
        for number, (factors, rise) in enumerate(self.market(index)):
            self.month(need, self.settlement if number == 0 else 0.0)
            invested = sum(account.balance() for account in self.accounts)
            for account in self.accounts:
                self.grow(account, factors)
            if invested:
                growth *= sum(account.balance() for account in self.accounts) / invested
            level *= 1 + rise
        self.parts_of_room = 1
        self.settle_taxes(taxes, index == self.plan.years - 1)
        self.last_return, self.last_inflation = growth - 1, level - 1
        self.level *= level
        return self.moved

    def month(self, need, settlement):
        brought = 0.0
        for account in self.accounts:
            for what in ("health", "required"):
                amount = min(account.planned[what] / 12, account.free())
                account.take(amount)
                brought += amount
                self.happened["ordinary"] += amount if what == "required" else 0.0
        for source, target, planned in self.converted:
            amount = min(planned / 12, source.free())
            source.take(amount)
            target.put(amount, self.plan.weights(target, self.now))
            self.happened["ordinary"] += amount
        need += settlement - brought
        if need > 0:
            paid = sum(self.take(self.split(need)))
            self.moved["shortfall"] += need - paid
        else:
            self.moved["surplus"] -= need
            self.deposit(-need)
        for account in self.accounts:
            account.put(account.planned["contribution"] / 12, self.plan.weights(account, self.now))

    def take(self, parts):
        """Withdraws, and remembers what is taxed of it."""
        rule = self.plan.document.get("earlyWithdrawalPenalty")
        for place, (account, amount) in enumerate(zip(self.accounts, parts, strict=True)):
            if account.kind in ("traditional", "healthSavings"):
                self.happened["ordinary"] += amount
                if rule and self.now - self.holder(account)["birthYear"] < rule["untilAge"]:
                    self.penalty += rule["rate"] * amount
            elif account.kind == "taxable":
                self.happened["gains"] += amount * account.gain_share()
            account.take(amount)
            self.moved["withdrawals"][place] += amount
        return parts

    def grow(self, account, factors):
        if account.kind == "cash":
            factors = [(1 + account.treatment.get("interestRate", 0)) ** (1 / 12)]
        account.parts = [part * factor for part, factor in zip(account.parts, factors, strict=True)]

    def settle_taxes(self, withheld, is_last):
        joint = len(self.plan.living(self.now)) == 2
        self.settlement = tax(self.plan.taxes, self.happened, self.level, joint) + self.penalty - withheld
        if not is_last:
            return
        if self.settlement <= 0:
            self.moved["settlement"] += self.settlement
            self.moved["surplus"] -= self.settlement
            self.deposit(-self.settlement)
            return
        # Everything is taxed in the same year, so that the income of the year is where the withdrawal begins.
        self.income = self.happened
        before = self.penalty
        parts, taxes = self.withdraw(before - withheld)
        self.moved["settlement"] += taxes + before - withheld
        self.moved["shortfall"] += max(taxes + before - withheld - sum(parts), 0.0)
        for place, amount in enumerate(parts):
            self.moved["withdrawals"][place] += amount


def months(model, number):
    """The growth of each class and the rise of prices in each month of a path that was made elsewhere."""
    if model["kind"] != "paths" or model.get("periodsPerYear") != 12 or model.get("annualFees"):
        raise NotCovered("months that are not given")
    path = model["paths"][number]
    rises = path.get("inflation") or [0.0] * len(path["returns"])
    return [([1 + one for one in row], rise) for row, rise in zip(path["returns"], rises, strict=True)]
