"""The statement of net worth: sums of exact amounts, by category.

Rounding is half to even at two events only: the valuation of a holding or of a share (of a business, or of what is owned or
owed with others), and the conversion into the household's currency.
"""

from fractions import Fraction

from support import cents, number, places

CATEGORIES = {
    "realEstate": "Real Estate",
    "investments": "Investments",
    "cashAndBanking": "Cash & Banking",
    "retirementAccounts": "Retirement Accounts",
    "alternativeInvestments": "Alternative Investments",
    "businessInterests": "Business Interests",
    "insurance": "Insurance",
    "otherAssets": "Other Assets",
}
BANKING = {"checking", "savings", "moneyMarket", "certificateOfDeposit", "cash"}
INVESTMENTS = {"brokerage", "custodial", "trust", "plan529", "coverdell", "hsa"}
LIQUID = BANKING | {"brokerage", "cryptocurrency"}


def account_category(kind):
    if kind in BANKING:
        return "cashAndBanking"
    if kind in INVESTMENTS:
        return "investments"
    return "alternativeInvestments" if kind == "cryptocurrency" else "retirementAccounts"


def account_value(account, currency):
    if account.get("balance") is not None:
        return number(account["balance"])
    holdings, cash = account.get("holdings", []), number(account.get("cash") or "0")
    return sum((cents(number(h["quantity"]) * number(h["price"]), currency) for h in holdings), cash)


class Household:
    """The items of a household's document, in its currency."""

    def __init__(self, document):
        self.document, self.currency = document, document.get("currency", "USD")
        self.rates = {rate["from"]: number(rate["rate"]) for rate in document.get("exchangeRates", [])}
        self.assets = []  # (id, category, liquid, value)
        for account in document.get("accounts", []):
            value = account_value(account, account.get("currency") or self.currency)
            self.add(account, account_category(account["kind"]), account["kind"] in LIQUID, self.part(account, value))
        for item in document.get("properties", []):
            self.add(item, "realEstate", False, self.part(item, number(item["value"])))
        for item in document.get("privateFunds", []):
            self.add(item, "alternativeInvestments", False, self.part(item, number(item["netAssetValue"])))
        for item in document.get("businesses", []):
            self.add(item, "businessInterests", False, self.part(item, number(item["valuation"])))
        for item in document.get("insurance", []):
            self.add(item, "insurance", False, number(item.get("cashValue", "0")))
        for item in document.get("otherAssets", []):
            metal = item["kind"] == "preciousMetals"
            value = self.part(item, number(item["value"]))
            self.add(item, "alternativeInvestments" if metal else "otherAssets", False, value)

    def part(self, item, amount):
        """What belongs to the household of something that it shares."""
        share = number(item.get("ownershipShare"))
        return amount if share is None else cents(amount * share, item.get("currency") or self.currency)

    def convert(self, item, amount):
        currency = item.get("currency") or self.currency
        return amount if currency == self.currency else cents(amount * self.rates[currency], self.currency)

    def add(self, item, category, liquid, amount):
        self.assets.append((item["id"], category, liquid, self.convert(item, amount)))


def share_of(amount, total):
    return places(amount / total, 4) if total else None


def statement(request):
    """`net_worth.statement`."""
    home = Household(request["household"])
    debts = [(d, home.convert(d, home.part(d, number(d["balance"])))) for d in home.document.get("liabilities", [])]
    # What is owed on an account is a debt, and what a lender owes is cash.
    overdrawn = [asset for asset in home.assets if asset[-1] < 0]
    credits = [(debt["id"], "cashAndBanking", True, -amount) for debt, amount in debts if amount < 0]
    home.assets = [asset for asset in home.assets if asset[-1] >= 0] + credits
    debts = [(d, amount) for d, amount in debts if amount >= 0] + [({}, -asset[-1]) for asset in overdrawn]
    total = sum((value for *_, value in home.assets), Fraction(0))
    owed = sum((amount for _, amount in debts), Fraction(0))
    liquid = sum((value for _, _, is_liquid, value in home.assets if is_liquid), Fraction(0))
    illiquid = {name for name, _, is_liquid, _ in home.assets if not is_liquid}
    unsecured = sum((amount for debt, amount in debts if debt.get("securedBy") not in illiquid), Fraction(0))
    categories = []
    for category, name in CATEGORIES.items():
        values = [value for _, own, _, value in home.assets if own == category]
        subtotal = sum(values, Fraction(0))
        shown = {"category": category, "name": name, "count": len(values), "total": subtotal}
        categories.append(shown | {"share": share_of(subtotal, total)})
    funds = home.document.get("privateFunds", [])
    return {
        "totalAssets": total,
        "totalLiabilities": owed,
        "netWorth": total - owed,
        "liquidAssets": liquid,
        "liquidNetWorth": liquid - unsecured,
        "debtToAssetRatio": share_of(owed, total),
        "unfundedCommitments": sum(
            (home.convert(fund, home.part(fund, number(fund.get("unfundedCommitment", "0")))) for fund in funds),
            Fraction(0),
        ),
        "categories": categories,
    }


OPERATIONS = {"net_worth.statement": statement}
