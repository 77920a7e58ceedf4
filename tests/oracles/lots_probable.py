"""Losses that securities replace which are only probably substantially identical: `probableWashSales` of `lots.book`.

Written from the reference page. After all that is certain has been matched, what is left of each loss is matched with what was
bought within 30 days of a security that shares a group with the one sold: losses in the order of the sales and, in a sale, of
acquisition (Reg. 1.1091-1(b)), purchases in theirs (Reg. 1.1091-1(c)), each share once (Reg. 1.1091-1(e)). Shares that replace
something for certain, and shares that were sold with the loss or before it, replace nothing. Shares are counted as they are on the later
of the two days.

The program counts the shares of a purchase that are free from its beginning each time that it needs them.
"""

from datetime import timedelta
from fractions import Fraction

from lots_currency import in_book
from support import NotCovered, places, round_to

WINDOW = timedelta(days=30)
COVERED = {"buy", "reinvest", "dividend", "sell", "split", "bonusShares", "returnOfCapital"}


def rows(book, acquisitions):
    """The rows of a book that has run."""
    if not book.probable or not book.washes:
        return []
    if {event.kind for event in book.events} - COVERED:
        raise NotCovered("securities that are probably identical beside events that are no trades")
    matched, told = [], []
    for sale in sorted({row["event"].position for row in book.disposals}):
        own = [row for row in book.disposals if row["event"].position == sale]
        for row in sorted(own, key=lambda row: row["parcel"].place):
            told += of_loss(book, row, matched, acquisitions)
    return told


def of_loss(book, row, matched, acquisitions):
    loss = in_book(row["cost"]) - in_book(row["proceeds"])
    exempt = not book.taxable(row["account"]) or book.kinds.get(row["security"]) == "digitalAsset"
    if exempt or loss <= in_book(row["disallowed"]):
        return []
    sale, given, told = row["event"], in_book(row["disallowed"]), []
    done = sum(
        (
            quantity / later(book, row["security"], sale, parcel.purchase)
            for washed, parcel, quantity, _, _ in book.wash_sales
            if washed is row
        ),
        Fraction(0),
    )
    for purchase in book.events:
        if purchase.kind not in acquisitions or not may_replace(book, purchase, row):
            continue
        ratio = later(book, row["security"], sale, purchase)
        part = min((row["quantity"] - done) * ratio, free(book, purchase, sale, matched))
        if part <= 0:
            continue
        matched.append((purchase, part, max(purchase, sale, key=lambda event: event.position)))
        done += part / ratio
        amount = round_to(loss * done / row["quantity"], book.unit) - given
        given += amount
        line = {"reason": "probablyIdentical", "disposal": row["index"], "lot": purchase.id}
        line |= book.in_account(purchase.account) | {"security": purchase.security, "date": purchase.date}
        line |= {"quantity": places(part, 18), "loss": amount, "permanent": not book.taxable(purchase.account)}
        told.append(line)
    return told


def may_replace(book, purchase, row):
    """Whether a purchase is near a loss and of a security that shares a group with what was sold, but is not the same."""
    near = abs(purchase.date - row["event"].date) <= WINDOW
    same = book.identical(row["security"])
    other = book.root(purchase.security)
    # Securities that are certainly the same stand and fall together.
    groups = [{name for member in group["securities"] for name in book.identical(member)} for group in book.probable]
    shared = any(book.root(row["security"]) in group and other in group for group in groups)
    return near and shared and other not in same and book.kinds.get(purchase.security) != "digitalAsset"


def later(book, security, one, other):
    """What a share of a security after `one` is after `other`, where that comes later; what a split pays for comes after it."""
    if other.position <= one.position:
        return Fraction(1)
    ratio = book.ratio(security, one, other)
    if other.kind in ("split", "bonusShares") and book.root(other.security) == book.root(security):
        ratio *= Fraction(other.document["to"], other.document["from"])
    return ratio


def free(book, purchase, sale, matched):
    """The shares of a purchase that can stand against a loss, as they are on the later of the two days."""
    now = max(purchase, sale, key=lambda event: event.position)

    def counted(quantity, event):
        """Shares counted at an event, as they were at the purchase."""
        return quantity / later(book, purchase.security, purchase, event)

    left = purchase.quantity
    for row, parcel, quantity, _, _ in book.wash_sales:
        if parcel.purchase is purchase:
            left -= counted(quantity, row["event"])
    for other, quantity, event in matched:
        if other is purchase:
            left -= counted(quantity, event)
    if purchase.position < sale.position:
        for row in book.disposals:
            gone = row["parcel"].purchase is purchase and not row["parcel"].replaces
            if gone and row["event"].position <= sale.position:
                left -= counted(row["quantity"], row["event"])
    return max(left, Fraction(0)) * later(book, purchase.security, purchase, now)
