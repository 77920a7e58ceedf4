"""The flows of a ledger whose user says of each transaction what it is. How a classifier would tell is not asked here.

A correction of a transaction, or of one of its parts, gives the class, the category and the merchant. The parts of a
transaction are its splits, or the whole.
"""

from fractions import Fraction

from support import NotCovered, day, number

DEBTS = "liabilityKind"


class Flow:
    """A part of a transaction."""

    def __init__(self, transaction, part, amount, account, said, currency):
        self.transaction, self.part = transaction["id"], part
        self.amount, self.account = amount, account["id"]
        self.date = day(transaction["date"])
        self.settled = day(transaction.get("settlementDate")) or self.date
        self.currency = transaction.get("currency") or account.get("currency") or currency
        self.kind = said["class"]
        self.category, self.merchant = said.get("category"), said.get("merchant")
        self.name = self.merchant.strip()
        self.debt = account.get(DEBTS)
        self.account_currency = account.get("currency") or currency
        self.other_account = None


def flows_of(ledger):
    """All flows, in the order of the ledger."""
    currency = ledger.get("currency", "USD")
    accounts = {account["id"]: account for account in ledger["accounts"]}
    if any(ledger.get(field) for field in ("rules", "model", "scope")):
        raise NotCovered("a ledger that is classified by more than corrections")
    said = {}
    for correction in ledger.get("corrections", []):
        said[correction["transaction"], correction.get("part")] = correction
    # The two ends of a transfer that the user states.
    ends, of_account = {}, {one["id"]: one["account"] for one in ledger["transactions"]}
    for correction in ledger.get("corrections", []):
        if correction.get("transferOf"):
            one, other = correction["transaction"], correction["transferOf"]
            ends |= {one: of_account[other], other: of_account[one]}
    flows = []
    for transaction in ledger["transactions"]:
        parts = [split["amount"] for split in transaction.get("splits", [])] or [transaction["amount"]]
        if transaction.get("fees") or transaction.get("transferAccount"):
            raise NotCovered("a transaction of which the classifier takes out a part")
        for part, amount in enumerate(parts):
            correction = said.get((transaction["id"], part)) or said.get((transaction["id"], None))
            if transaction["id"] in ends:
                correction = {"class": "transfer", "merchant": transaction["description"]}
            if not correction or not {"class", "merchant"} <= set(correction) or transaction.get("category"):
                raise NotCovered(f"transaction {transaction['id']}, of which the user does not say what it is")
            account = accounts[transaction["account"]]
            flows.append(Flow(transaction, part, number(amount), account, correction, currency))
            flows[-1].other_account = accounts.get(ends.get(transaction["id"]))
    return flows


def total(amounts):
    """The sum of amounts, a fraction even if there is none."""
    return sum(amounts, Fraction(0))


def levels(category):
    """A category without regard to case, and those above it, from the whole to the first part."""
    text = category.strip().lower()
    ends = [place for place, sign in enumerate(text) if sign in ":/>"]
    return [text[:end].strip() for end in [len(text), *reversed(ends)]]
