"""A household document out of a ledger as of a day, from the reference page of `ledger.household`.

Each balance is computed by itself: from the last figure up to the day, else from the first after it, else from nothing.
"""

from fractions import Fraction

from ledger_proofs import Book, Holding, ratio_of, shown
from support import QUOTED, cents, day, number


def household(inputs):
    book = Book(inputs)
    today, main = day(inputs["asOf"]), inputs.get("currency", "USD")
    securities = {one["id"]: one for one in inputs.get("securities", [])}
    owners = {one["account"]: one for one in inputs.get("owners", [])}
    document = {"version": 1, "name": inputs["name"], "currency": main, "asOf": inputs["asOf"]}
    for field in ("people", "residence"):
        if inputs.get(field):
            document[field] = inputs[field]
    if inputs.get("exchangeRates"):
        document["exchangeRates"] = nearest_rates(inputs["exchangeRates"], today)
    accounts, liabilities, items, left_out = [], [], [], []
    for account in inputs["accounts"]:
        keys = [key for key in sorted(book.keys, key=book.rank) if key[0] == account["id"]]
        cash = {key[2] for key in keys if key[1] == "cash" and key[2]}
        own = account.get("currency") or (cash.pop() if len(cash) == 1 else main)
        parts = {own: ([], [])}
        for key in keys:
            held = as_of(book, key, today)
            if key[1] == "cash":
                parts.setdefault(key[2] or own, ([], []))[0].append(held)
                continue
            quantity = shown(held["amount"])
            if quantity == 0:
                continue
            price = price_of(inputs, key[2], today)
            if "liabilityKind" in account or quantity < 0 or price is None:
                left = {"account": account["id"], "security": key[2], "amount": quantity, "reason": QUOTED}
                left_out.append(left)
                continue
            currency = price["currency"] or securities[key[2]].get("currency") or own
            parts.setdefault(currency, ([], []))[1].append((key[2], quantity, price, held))
        for currency in sorted(parts):
            balances, positions = parts[currency]
            if currency != own and not positions and not any(held["amount"] for held in balances):
                continue
            name = account["id"] if currency == own else f"{account['id']}-{currency}"
            amounts = [cents(held["amount"], currency) for held in balances]
            for held, amount in zip(balances, amounts):
                items.append(item(name, account, None, currency, amount, held))
            for security, quantity, price, held in positions:
                told = item(name, account, security, currency, quantity, held)
                items.append(told | {"priceDate": price["date"]})
            owner = owners.get(account["id"], {})
            common = {"id": name, "name": QUOTED, "owner": owner.get("owner")}
            common |= {"ownershipShare": number(owner.get("ownershipShare"))}
            common |= {"currency": currency if currency != main else None}
            if "liabilityKind" in account:
                kind = account["liabilityKind"]
                lender = account.get("institution")
                liabilities.append(common | {"kind": kind, "balance": -sum(amounts, Fraction(0)), "lender": lender})
            else:
                holdings = [holding(securities[one[0]], *one[:3], today) for one in positions]
                kind = account.get("kind", QUOTED)
                made = {"kind": kind, "cash": sum(amounts, Fraction(0)), "holdings": holdings}
                accounts.append(common | made | {"institution": account.get("institution")})
    for field, rows in (("accounts", accounts), ("liabilities", liabilities)):
        if rows:
            document[field] = rows
    return {"household": document, "items": items, "assumed": QUOTED, "leftOut": left_out}


def nearest_rates(rates, today):
    """Of each two currencies the last rate on the day or before, else the first one after it."""

    def rank(rate):
        days = (today - day(rate["date"])).days
        return days < 0, abs(days)

    def pair(rate):
        return rate["from"], rate["to"]

    return [one for one in rates if rank(one) == min(rank(other) for other in rates if pair(other) == pair(one))]


def item(name, account, security, currency, amount, held):
    told = {"id": name, "account": account["id"], "security": security, "currency": currency, "amount": amount}
    return told | {"basis": held["basis"], "figureDate": held["date"], "transactions": held["transactions"]}


def holding(security, name, quantity, price, today):
    told = {"symbol": security.get("symbol", name)[:20], "name": security.get("name")}
    told |= {"quantity": quantity, "price": shown(price["price"])}
    return told | {"priceDate": None if price["date"] == today else price["date"]}


def as_of(book, key, today):
    """What is held at the end of a day, and what it follows from."""
    replay = Holding(book, key)
    figures = [(figure, rows) for figure, rows, *_ in replay.points]
    before = [one for one in figures if one[0].day <= today]
    rows = [row for row in replay.rows if row.day <= today]
    if before:
        figure, place = before[-1]
        later = rows[place:]
        return told("lastFigure", figure.day, replay.replayed(later, figure.stated), later)
    if replay.zero:
        return told("complete", None, replay.replayed(rows, Fraction(0)), rows)
    for figure, place in figures:
        between = replay.rows[len(rows) : place]
        if figure.source == "absent" and not between:
            break
        held = figure.stated
        for row in reversed(between):
            held = held - row.add if row.add is not None else held / row.ratio
        return told("nextFigure", figure.day, held, between)
    return told("transactionsAlone", None, replay.replayed(rows, Fraction(0)), rows)


def told(basis, when, amount, rows):
    return {"basis": basis, "date": when, "amount": amount, "transactions": len(rows)}


def price_of(inputs, security, today):
    """The last price on the day or before; of one day, the caller's, then a position's, then a trade's."""
    currencies = {one["id"]: one.get("currency") for one in inputs["accounts"]}
    kinds = {one["id"]: one.get("kind") for one in inputs.get("securities", [])}
    of_security = {one["id"]: one.get("currency") for one in inputs.get("securities", [])}.get(security)
    found, splits = [], []
    for one in inputs.get("transactions", []):
        if one.get("security") != security:
            continue
        if one["type"] == "split" or ratio_of(one) is not None:
            splits.append(day(one["date"]))
        if one["type"] in {"buy", "sell", "sellShort", "cover", "reinvestment"} and one.get("price"):
            unit = price_of_trade(one, kinds.get(security))
            found.append((day(one["date"]), 0, unit, one.get("currency") or currencies[one["account"]]))
    for one in inputs.get("positions", []):
        when = one.get("date") or inputs.get("positionsAsOf")
        unit = price_of_position(one)
        if one["security"] == security and unit is not None and when:
            found.append((day(when), 1, unit, of_security or currencies[one["account"]]))
    for one in inputs.get("prices", []):
        if one["security"] == security:
            found.append((day(one["date"]), 2, number(one["price"]), one.get("currency")))
    found = [one for one in found if one[0] <= today]
    if not found:
        return None
    # Of prices that are equally good, the later one of its list.
    when, _, price, currency = max(reversed(found), key=lambda one: one[:2])
    if any(when < split <= today for split in splits):
        return None
    return {"date": when, "price": price, "currency": currency}


def price_of_position(one):
    """What a unit is worth: the price if it leads to the value that is stated, else the value by the quantity."""
    quantity, price, value = (number(one.get(name)) for name in ("quantity", "price", "value"))
    if value is None or not quantity:
        return price
    places = 10 ** len(one["value"].partition(".")[2])
    if price is not None and Fraction(round(price * quantity * places), places) == value:
        return price
    return price if value / quantity < 0 else value / quantity


def price_of_trade(one, kind):
    """The stated price, or a hundredth or the hundredfold of it where the amount says so."""
    price, quantity = number(one["price"]), number(one.get("quantity") or "0")
    if not quantity or kind not in {None, "bond", "option", "other"}:
        return price
    paid = abs((number(one["amount"]) + number(one.get("fees") or "0")) / quantity)
    likely = [unit for unit in (price, price / 100, price * 100) if paid <= 2 * unit and unit <= 2 * paid]
    return likely[0] if likely else price


OPERATIONS = {"ledger.household": household}
