"""`ledger.prove` on random ledgers with one planted fault, against `ledger_proofs.py` and against the fault itself.

A ledger of some weeks is made with the figures that are true. Then one thing is done to it: a transaction is left out, written
twice, given the wrong sign, moved to another day, or its digits are exchanged; a split is left out or turned round; or nothing.

- The answer of the engine is, field by field, what `ledger_proofs.py` computes.
- Where a figure can tell, the planted fault is among the explanations, unless there are more than are listed.
- Each explanation that is listed is carried out, and the program finds no fault there any more.
"""

from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction

import ledger_proofs
from asking import ask, disagreement, draws, failed, text
from support import day, number

BEGIN = date(2026, 1, 1)
TEXTS = ["CORNER CAFE", "RENT", "HILLSIDE POWER", "TRANSFER"]


def failures(engine, seed, places):
    histories = [planted(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("ledger.prove", history[0]) for history in histories])
    found = []
    for (request, fault), answer in zip(histories, answers):
        lines = disagreement(answer, ledger_proofs.prove, request, without_reasons)
        if not lines:
            lines = told(request, answer, fault) + carried_out(request, answer)
        if lines:
            found.append(failed(request, lines))
    return found


def without_reasons(answer):
    """Reasons are words, which the program does not write."""
    return answer | {"unusedFigures": [{**one, "reason": None} for one in answer["unusedFigures"]]}


def ledger(draw):
    """A true ledger: cash with balances of some days, or of each row, or shares with a split."""
    kind = draw.choice(["balances", "balances", "running", "shares"])
    days = sorted(draw.randrange(1, 50) for _ in range(draw.randrange(2, 14)))
    rows = []
    for place, when in enumerate(days):
        cents = draw.choice([-450, -900, -1825, draw.randrange(-20000, 20000) or 1])
        rows.append(row(place, when, cents, draw.choice(TEXTS)))
    stated = sorted({draw.randrange(1, 55) for _ in range(draw.randrange(2, 7))})
    book = {"accounts": [{"id": "a", "currency": "USD"}], "transactions": rows}
    if kind == "shares":
        return shares(draw, book, stated)
    held = Fraction(draw.randrange(0, 500000), 100)
    if kind == "running":
        balance = held
        for one in rows:
            balance += number(one["amount"])
            one["balance"] = text(balance)
        if draw.random() < 0.5:
            rows.reverse()
        return book
    book["balances"] = [balance_of(book, when, held) for when in [0, *stated]]
    return book


def row(place, when, cents, description):
    told = {"id": f"t{place}", "account": "a", "date": str(BEGIN + timedelta(days=when)), "type": "other"}
    return told | {"amount": text(Fraction(cents, 100)), "description": description}


def balance_of(book, when, opening):
    until = BEGIN + timedelta(days=when)
    moved = sum(number(one["amount"]) for one in book["transactions"] if day(one["date"]) <= until)
    return {"account": "a", "date": str(until), "kind": "ledger", "amount": text(opening + moved)}


def shares(draw, book, stated):
    book["securities"] = [{"id": "X"}]
    for one in book["transactions"]:
        one |= {"amount": "0", "type": "buy", "security": "X", "quantity": str(draw.randrange(1, 30))}
    split = row(99, draw.randrange(1, 50), 0, "SPLIT") | {"type": "split", "security": "X"}
    split |= draw.choice([{"splitFrom": "1", "splitTo": "2"}, {"splitFrom": "2", "splitTo": "3"}])
    book["transactions"].insert(draw.randrange(len(book["transactions"]) + 1), split)
    holding = Fraction(draw.randrange(0, 100) * 2)
    positions = []
    for when in [0, *stated]:
        until, held = BEGIN + timedelta(days=when), holding
        dated = [one for one in book["transactions"] if day(one["date"]) <= until]
        for one in sorted(dated, key=lambda one: (one["date"], "quantity" in one)):
            ratio = ledger_proofs.ratio_of(one)
            held = held * ratio if ratio else held + number(one["quantity"])
        positions.append({"account": "a", "date": str(until), "security": "X", "quantity": text(held)})
    book["positions"] = positions
    return book


# The fault -----------------------------------------------------------------------------------------------------------


def planted(draw):
    """A ledger with a fault, and what was done: the kind that explains it, the transaction and what is right."""
    book = ledger(draw)
    rows = book["transactions"]
    place = draw.randrange(len(rows))
    one = rows[place]
    field = "quantity" if "quantity" in one else "amount"
    done = draw.choice(["nothing", "missing", "doubled", "wrongSign", "shifted", "transposed", "splitRatio"])
    if "splitTo" in one:
        done = draw.choice(["missingSplit", "splitRatio"])
        if done == "missingSplit":
            rows.pop(place)
            return book, (done, None, one)
        one["splitFrom"], one["splitTo"] = one["splitTo"], one["splitFrom"]
        return book, (done, one["id"], one)
    if done == "missing":
        rows.pop(place)
        return book, (done, None, one)
    if done == "doubled":
        rows.insert(draw.randrange(len(rows) + 1) if "balance" not in one else place, one | {"id": "copy"})
        return book, (done, {one["id"], "copy"}, one)
    if done == "wrongSign":
        right = one[field]
        one[field] = text(-number(right))
        return book, (done, one["id"], {field: right})
    if done == "shifted" and "balance" not in one:
        right = one["date"]
        one["date"] = str(day(right) + timedelta(days=draw.choice([-9, -3, -1, 1, 2, 7])))
        return book, (done, one["id"], {"date": right})
    if done == "transposed":
        digits = one[field].lstrip("-")
        pairs = [at for at in range(len(digits) - 1) if "." not in digits[at : at + 2]]
        pairs = [at for at in pairs if digits[at] != digits[at + 1] and (at or digits[1] != "0")]
        if pairs:
            at, right = draw.choice(pairs), one[field]
            digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            one[field] = ("-" if right.startswith("-") else "") + digits
            return book, (done, one["id"], {field: right})
    return book, None


def told(request, answer, fault):
    """That the planted fault is among the explanations where a figure can tell."""
    faults = [fault for holding in answer["holdings"] for fault in holding["faults"]]
    if fault is None:
        return [] if not faults else ["a fault in a true ledger"]
    if not faults:
        return [] if is_beyond(request, answer, fault) else ["the fault is not seen"]
    kind, who, right = fault
    if len(faults) > 1 or faults[0]["leftOff"]:
        # A transaction that is moved over a day on which another figure is stated can look like two faults.
        return [] if kind in {"shifted", "splitRatio", "missingSplit"} or faults[0]["leftOff"] else ["several faults"]
    for one in faults[0]["explanations"]:
        if matches(one, kind, who, right):
            return []
    if kind == "missingSplit" or (kind == "transposed" and leads_with_zero(request, who, right)):
        return []
    return [f"{fault} is not among the explanations"]


def is_beyond(request, answer, fault):
    """Whether no figure lies beyond what was changed, or none before it, or none between the days of a shift.

    Beside rows, a figure of the last day may stand before the row that is missing.
    """
    kind, _, right = fault
    if kind == "missing" and "balance" in right and is_last(request, right):
        return True
    first = [holding["figures"][0]["date"] for holding in answer["holdings"] if holding["figures"]]
    last = [holding["figures"][-1]["date"] for holding in answer["holdings"] if holding["figures"]]
    if kind == "shifted":
        return True
    who = fault[1] if isinstance(fault[1], set) else {fault[1]}
    days = [right["date"]] if "date" in right else [one["date"] for one in request["transactions"] if one["id"] in who]
    return not first or all(when > max(last) or when <= min(first) for when in days) or is_still(request, fault)


def is_last(request, missing):
    """Whether the row that is missing led to the balance with which the last day ends: no balance of a later row tells."""
    last = max([*request["transactions"], missing], key=lambda one: int(one["id"].removeprefix("t")))
    return missing["date"] == last["date"] and missing["balance"] == last["balance"]


def is_still(request, fault):
    """Whether what was done changes nothing: a ratio of shares of which none are held."""
    return fault[0] in {"splitRatio", "missingSplit"}


def matches(one, kind, who, right):
    if one["kind"] != kind:
        return False
    if kind == "missing":
        field = "quantity" if "quantity" in right else "amount"
        is_between = one.get("from", "") <= right["date"] <= one["to"]
        return is_between and number(one["amount"]) == number(right[field])
    if kind == "doubled":
        return bool({one["transaction"], one["twin"]} & who)
    if kind in {"wrongSign", "transposed"}:
        return one["transaction"] == who and number(one["amount"]) == number(*right.values())
    if kind == "shifted":
        is_after = "from" not in one or one["from"] <= right["date"]
        return one["transaction"] == who and is_after and ("to" not in one or right["date"] <= one["to"])
    if kind == "splitRatio":
        return one["transaction"] == who
    return True


def leads_with_zero(request, who, right):
    wrong = next(one for one in request["transactions"] if one["id"] == who)
    field = next(iter(right))
    return any(value.lstrip("-").startswith("0") for value in (wrong[field], right[field]))


# Carrying out --------------------------------------------------------------------------------------------------------


def carried_out(request, answer):
    """That each explanation, carried out, leaves no fault where it was."""
    lines = []
    for place, holding in enumerate(answer["holdings"]):
        for fault in holding["faults"]:
            for one in fault["explanations"]:
                changed = with_change(request, holding, fault, one)
                if changed is None:
                    continue
                after = ledger_proofs.prove(changed)["holdings"][place]
                until = fault.get("healedBy", fault["figure"])
                within = [other for other in after["faults"] if fault["figure"] <= other["figure"] <= until]
                if within:
                    lines.append(f"{one} does not explain it")
    return lines


def with_change(request, holding, fault, one):
    """The ledger with an explanation carried out; None where balances beside rows would change their places."""
    book = deepcopy(request)
    rows, kind = book["transactions"], one["kind"]
    figure = holding["figures"][fault["figure"]]
    field = "quantity" if "security" in holding else "amount"
    running = any("balance" in row for row in rows)
    if running and kind not in {"wrongSign", "transposed", "decimalPoint"}:
        return None
    named = next((row for row in rows if row["id"] == one.get("transaction")), None)
    if kind in {"doubled", "surplus"}:
        rows.remove(named)
    elif kind in {"wrongSign", "transposed", "decimalPoint"}:
        named[field] = one["amount"]
    elif kind == "missing":
        added = {"id": "new", "account": holding["account"], "date": one["to"], "type": "other", "description": "new"}
        added |= {"amount": "0", "security": "X"} if field == "quantity" else {}
        rows.append(added | {field: one["amount"]})
    elif kind == "shifted":
        end = max(day(row["date"]) for row in rows) + timedelta(days=1)
        named["date"] = one.get("to") or str(max(end, day(one["from"])))
    elif kind == "misstated":
        listed = book["balances" if figure["source"] == "balance" else "positions"]
        listed[figure["place"]]["amount" if field == "amount" else "quantity"] = one["amount"]
    elif kind == "splitRatio":
        named["splitFrom"], named["splitTo"] = str(one["splitFrom"]), str(one["splitTo"])
    elif kind == "missingSplit":
        added = {"id": "new", "account": holding["account"], "date": one["to"], "type": "split", "description": "new"}
        added |= {"amount": "0", "security": "X"}
        rows.append(added | {"splitFrom": str(one["splitFrom"]), "splitTo": str(one["splitTo"])})
    return book
