"""Random histories of purchases and sales through the engine and through the booking of beancount, lot by lot.

beancount books what leaves an account by FIFO, LIFO or HIFO, or from the lots that are named (STRICT); its AVERAGE is
switched off in the release that is pinned. It knows neither fees nor corporate actions nor wash sales, so the histories have
none. What it keeps is the cost of a share: a history has whole shares and prices in cents, so that no amount is rounded.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from beancount import loader

from asking import ask, draws

METHODS = {"fifo": "FIFO", "lifo": "LIFO", "hifo": "HIFO", "named": "STRICT"}


def history(draw):
    """Purchases and sales, each purchase on a day of its own so that beancount can tell them apart."""
    method, today = draw.choice(list(METHODS)), date(2022, 1, 3)
    held, events = {}, []
    for _ in range(draw.randrange(4, 25)):
        today += timedelta(days=draw.randrange(1, 60))
        total = sum(quantity for quantity, _, _ in held.values())
        made = {"date": str(today), "security": "X", "price": f"{draw.randrange(100, 9999) / 100:.2f}"}
        if not total or draw.random() < 0.5:
            quantity = draw.randrange(1, 100)
            held[f"L{len(events)}"] = (quantity, str(today), made["price"])
            events.append({"kind": "buy", "quantity": str(quantity), "lot": f"L{len(events)}"} | made)
        elif method == "named":
            lot = draw.choice(list(held))
            quantity, bought, price = held[lot]
            sold = draw.randrange(1, quantity + 1)
            picks = [{"lot": lot, "quantity": str(sold)}]
            events.append({"kind": "sell", "quantity": str(sold), "lots": picks, "of": (bought, price)} | made)
            held[lot] = (quantity - sold, bought, price)
            held = {name: entry for name, entry in held.items() if entry[0]}
        else:
            sold = draw.randrange(1, total + 1)
            events.append({"kind": "sell", "quantity": str(sold)} | made)
            held = {"all": (total - sold, "", "")} if total > sold else {}
    return method, events


def request(method, events):
    rules = {"jurisdiction": "none"} | ({} if method == "named" else {"method": method})
    return {"rules": rules, "events": [{k: v for k, v in event.items() if k != "of"} for event in events]}


def ledger(method, events):
    """The history as a ledger."""
    lines = [
        '2000-01-01 open Assets:Shares X "' + METHODS[method] + '"',
        "2000-01-01 open Assets:Cash USD",
        "2000-01-01 open Income:Gains USD",
    ]
    for event in events:
        quantity, price = event["quantity"], event["price"]
        lines.append(f'{event["date"]} * "{event["kind"]}"')
        if event["kind"] == "buy":
            lines.append(f"  Assets:Shares  {quantity} X {{{price} USD}}")
            lines.append("  Assets:Cash")
        else:
            bought, cost = event.get("of", ("", ""))
            lot = f"{cost} USD, {bought}" if bought else ""
            lines.append(f"  Assets:Shares  -{quantity} X {{{lot}}} @ {price} USD")
            lines.append(f"  Assets:Cash  {Decimal(quantity) * Decimal(price)} USD")
            lines.append("  Income:Gains")
    return "\n".join(lines) + "\n"


def booked(method, events):
    """What beancount sold of each purchase on each day, and what is left: dates, shares and cost."""
    entries, errors, _ = loader.load_string(ledger(method, events), dedent=False)
    if errors:
        raise ValueError(errors[0].message)
    sold, left = [], {}
    for entry in entries:
        for posting in getattr(entry, "postings", []):
            if posting.account == "Assets:Shares":
                quantity, cost = Fraction(posting.units.number), Fraction(posting.cost.number)
                left[posting.cost.date, cost] = left.get((posting.cost.date, cost), 0) + quantity
                if quantity < 0:
                    sold.append((str(entry.date), str(posting.cost.date), -quantity, -quantity * cost))
    return sorted(sold), sorted((str(day_), n, n * cost) for (day_, cost), n in left.items() if n)


def told(answer):
    """The same of the engine's answer."""
    sold = [
        (row["saleDate"], row["acquisitionDate"], Fraction(row["quantity"]), Fraction(row["cost"]))
        for row in answer["disposals"]
    ]
    left = [(row["acquisitionDate"], Fraction(row["quantity"]), Fraction(row["totalCost"])) for row in answer["lots"]]
    return sorted(sold), sorted(left)


def failures(engine, seed, places):
    """The histories that beancount books in another way."""
    histories = [history(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", request(*entry)) for entry in histories])
    return [
        f"{json.dumps(request(*entry))}\n    the engine: {answer if 'code' in answer else told(answer)}"
        f"\n    beancount: {booked(*entry)}"
        for entry, answer in zip(histories, answers)
        if "code" in answer or booked(*entry) != told(answer)
    ]
