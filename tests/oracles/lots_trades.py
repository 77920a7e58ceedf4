"""What a trade would do: `lots.preview_trade`, as the difference that the trade makes to the book of `lots.py`.

The tax is each gain at the rate of its term. The days are those of IRC 1091(a): a loss is disallowed by what is bought on one of the
30 days before or after the sale. The first day on which a trade disallows nothing is found by trying every day.
"""

from datetime import timedelta
from fractions import Fraction

import lots
from lots_reports import first_long_day
from support import NotCovered, day, number, places

ZERO = Fraction(0)
# The trade comes after all events of its day.
LAST = 10**7


def preview(request):
    """`lots.preview_trade`."""
    book, trade = request["book"], request["trade"]
    if trade["kind"] not in ("sell", "buy", "reinvest"):
        raise NotCovered("what is no trade")
    today = day(trade["date"])
    kept, event, washed = traded(book, trade)
    answer = kept.book()
    sold = [row for row in kept.disposals if row["event"] is event]
    rates = request.get("rates") or book.get("rules", {}).get("taxRates")
    told = {"sale": None, "purchase": None, "washSales": [wash_sale(*entry) for entry in washed]}
    open_window = kept.washes and kept.kinds.get(event.security) != "digitalAsset"
    if trade["kind"] == "sell":
        told["sale"] = sale(kept, sold, answer, rates)
        told["sale"]["waiting"] = waiting(kept, sold, today, request.get("horizonDays", 0), rates)
        open_window = open_window and told["sale"]["lossAtRisk"] > 0
    else:
        mine = {parcel.id for parcel in kept.parcels if parcel.purchase is event}
        told["purchase"] = {"lots": [row for row in answer["lots"] if row["id"] in mine]}
    if open_window:
        told["window"] = {"from": today - lots.WINDOW, "to": today + lots.WINDOW}
    if washed:
        later = today + timedelta(days=1)
        while traded(book, trade | {"date": str(later)})[2]:
            later += timedelta(days=1)
        told["clearFrom"] = later
    others = [name for group in kept.probable if event.security in group["securities"] for name in group["securities"]]
    told["identicalSecurities"] = [event.security, *sorted(kept.identical(event.security) - {event.security})]
    told["probablyIdenticalSecurities"] = [name for name in others if name != event.security]
    return told


def traded(book, trade):
    """The book with the trade at its end, the trade, and the wash sales in which it has a part."""
    place = len(book["events"])
    kept = lots.Book(book | {"events": [*book["events"], trade | {"sequence": LAST}]})
    event = next(event for event in kept.events if event.index == place)
    kept.run()
    return kept, event, [entry for entry in kept.wash_sales if event in (entry[0]["event"], entry[1].purchase)]


def sale(kept, sold, answer, rates):
    taxable = all(kept.taxable(row["account"]) for row in sold)
    gains = {"short": ZERO, "long": ZERO}
    for row in sold:
        gains[row["term"]] += row["proceeds"] - row["cost"] + row["disallowed"]
    proceeds = sum((row["proceeds"] for row in sold), ZERO)
    told = {"disposals": [answer["disposals"][row["index"]] for row in sold], "proceeds": proceeds}
    told |= {"shortTermGain": gains["short"], "longTermGain": gains["long"]}
    told |= {"sharesAtRisk": ZERO, "lossAtRisk": ZERO}
    washable = kept.washes and taxable
    for row in sold:
        loss = row["cost"] - row["proceeds"]
        if washable and loss > 0 and kept.kinds.get(row["security"]) != "digitalAsset":
            replaced = sum((quantity for other, _, quantity, _, _ in kept.wash_sales if other is row), ZERO)
            told["sharesAtRisk"] += row["quantity"] - replaced
            told["lossAtRisk"] += loss - row["disallowed"]
    told["sharesAtRisk"] = places(told["sharesAtRisk"], 18)
    if rates:
        tax = gains["short"] * number(rates["shortTerm"]) + gains["long"] * number(rates["longTerm"])
        told["tax"] = kept.rounded(tax) if taxable else ZERO
        told["proceedsAfterTax"] = proceeds - told["tax"]
    return told


def waiting(kept, sold, today, horizon, rates):
    rows = []
    for row in sold:
        gain = row["proceeds"] - row["cost"]
        first = first_long_day(kept, row["parcel"], row["since"])
        if gain > 0 and today < first <= today + timedelta(days=horizon):
            told = {"lot": row["parcel"].id, "longTermFrom": first, "days": (first - today).days}
            if rates and kept.taxable(row["account"]):
                told["taxSaved"] = kept.rounded(gain * (number(rates["shortTerm"]) - number(rates["longTerm"])))
            rows.append(told)
    return rows


def wash_sale(row, parcel, quantity, loss, for_good):
    told = {"soldLot": row["parcel"].id, "saleDate": row["event"].date, "replacement": parcel.id}
    told |= {"purchaseDate": parcel.purchase.date, "disallowedLoss": loss, "permanent": for_good}
    if parcel.account is not None:
        told["replacementAccount"] = parcel.account
    return told | lots.shares(quantity)


OPERATIONS = {"lots.preview_trade": preview}
