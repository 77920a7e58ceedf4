"""What becomes of the records of a file that are added to those that there are, from the reference page of `ledger.merge`."""

from collections import Counter
from copy import deepcopy

import fingerprints
from support import NotCovered, day, number

NUMBERS = {"amount", "quantity", "price", "fees", "splitFrom", "splitTo", "balance", "value", "costBasis"}
OF_AN_AMOUNT = {"splits", "fees", "quantity", "price", "balance"}
LISTS = ("accounts", "securities", "transactions", "balances", "positions")


def merge(inputs):
    existing = {name: deepcopy(inputs["existing"].get(name, [])) for name in LISTS}
    read = {name: deepcopy(inputs["read"].get(name, [])) for name in LISTS}
    rename(read, inputs.get("aliases", []))
    conflicts = []
    counts = {"existing": len(existing["transactions"]), "read": len(read["transactions"])}
    for name, kind in (("accounts", "account"), ("securities", "security")):
        known = {one["id"]: one for one in existing[name]}
        new = [one for one in read[name] if one["id"] not in known]
        for one in read[name]:
            if one["id"] in known:
                taken_over = kind == "account" and takes_over(known[one["id"]], one, existing, read)
                _, differing = completed(known[one["id"]], one)
                differing += ["currency"] if taken_over else []
                conflicts += [{"record": kind, "id": one["id"], "field": field} for field in differing]
        existing[name] += new
        counts[f"{name}Added"] = len(new)
    known = {one["id"]: one for one in existing["transactions"]}
    new, duplicates = [], []
    for place, one in enumerate(read["transactions"]):
        if one["id"] not in known:
            new.append(one)
            continue
        of_account = next(it.get("currency") for it in existing["accounts"] if it["id"] == one["account"])
        added, differing = completed(known[one["id"]], one, of_account)
        duplicates.append({"place": place, "id": one["id"], "completed": added})
        conflicts += [{"record": "transaction", "id": one["id"], "field": field} for field in differing]
    again = {one["id"] for one in duplicates}
    others = [one for one in existing["transactions"] if one["id"] not in again]
    found = probable(existing["accounts"], others, new, inputs.get("nearDays", 3))
    leave_out = inputs.get("probableDuplicates", "keep") == "leaveOut"
    for one in found:
        one["leftOut"] = leave_out and one["basis"] != "nearDay"
    left = {one["transaction"] for one in found if one["leftOut"]}
    places = {one["id"]: place for place, one in enumerate(new)}
    found.sort(key=lambda one: places[one["transaction"]])
    existing["transactions"] += [one for one in new if one["id"] not in left]
    counts |= {"added": len(new) - len(left), "duplicates": len(duplicates), "leftOut": len(left)}
    own = {one["id"]: one.get("currency") for one in existing["accounts"]}

    def same(one):
        # That of an account in its own currency need not name it.
        return frozen({name: said for name, said in one.items() if name != "currency" or said != own[one["account"]]})

    for name in ("balances", "positions"):
        there = Counter(same(one) for one in existing[name])
        known = {moment(one, own) for one in existing[name]}
        new_ones, others = [], set()
        for one in read[name]:
            if there[same(one)]:
                there[same(one)] -= 1
            else:
                new_ones.append(one)
                if moment(one, own) in known and one.get("kind") != "available":
                    others.add(one["account"])
        existing[name] += new_ones
        counts[f"{name}Added"] = len(new_ones)
        conflicts += [{"record": "account", "id": account, "field": name} for account in sorted(others)]
    return {
        "records": {name: rows for name, rows in existing.items() if rows},
        "counts": counts,
        "duplicates": duplicates,
        "probable": found,
        "conflicts": conflicts,
    }


def takes_over(known, one, existing, read):
    """Whether amounts that state no currency get that of the other record of their account."""
    currencies = known.get("currency"), one.get("currency")
    if None not in currencies:
        if currencies[0] != currencies[1]:
            raise NotCovered("two records of an account in two currencies are refused")
        return False
    if currencies == (None, None):
        return False
    side = existing if currencies[0] is None else read
    amounts = side["transactions"] + [row for row in side["balances"] if row["kind"] != "shares"]
    amounts += [row for row in side["positions"] if {"price", "value", "costBasis"} & set(row)]
    return any(row["account"] == one["id"] and row.get("currency") is None for row in amounts)


def moment(one, own):
    """What is stated, and of which day, without what is stated of it."""
    currency = one.get("currency") if one.get("currency") != own[one["account"]] else None
    return one["account"], one.get("date"), one.get("kind"), one.get("security"), currency


def value(name, field):
    if name == "splits":
        return [{key: value(key, part) for key, part in split.items()} for split in field]
    if name == "description":
        return field.split()
    return number(field) if name in NUMBERS and field is not None else field


def frozen(record):
    return tuple(sorted((name, str(value(name, field))) for name, field in record.items()))


def rename(read, aliases):
    names = {alias["read"]: alias["existing"] for alias in aliases}
    before = fingerprints.ids(read["transactions"])
    moved = [one["account"] in names for one in read["transactions"]]
    for one in read["accounts"]:
        one["id"] = names.get(one["id"], one["id"])
    for name in ("transactions", "balances", "positions"):
        for one in read[name]:
            one["account"] = names.get(one["account"], one["account"])
    for one in read["transactions"]:
        for part in (one, *one.get("splits", [])):
            if "transferAccount" in part:
                part["transferAccount"] = names.get(part["transferAccount"], part["transferAccount"])
    after = fingerprints.ids(read["transactions"])
    for one, old, new, is_moved in zip(read["transactions"], before, after, moved):
        if is_moved and one["id"] == old:
            one["id"] = new


# In which order a record has its fields, so that lists of them are comparable.
ORDER = (
    ("name", "institution", "number", "currency", "kind", "liabilityKind", "taxTreatment"),
    ("symbol", "cusip", "isin", "name", "kind", "currency"),
    (
        "account",
        "date",
        "settlementDate",
        "amount",
        "currency",
        "type",
        "description",
        "payee",
        "memo",
        "checkNumber",
        "category",
        "merchantCategoryCode",
        "security",
        "quantity",
        "price",
        "fees",
        "splitFrom",
        "splitTo",
        "splits",
        "transferAccount",
        "balance",
        "reference",
        "tags",
    ),
)


def completed(known, one, of_account=None):
    """Completes a record, and gives the fields that were absent and those that differ.

    Of a transaction, what states no currency is in that of the account.
    """
    currencies = {one.get("currency") or of_account, known.get("currency") or of_account} - {None}
    one_amount = number(one.get("amount")) == number(known.get("amount")) and len(currencies) < 2
    fields = next(order for order in ORDER if set(one) | set(known) <= {*order, "id", "source"})
    added, differing = [], []
    for name in fields:
        if name == "currency" and of_account is not None:
            differing += [name] if len(currencies) == 2 else []
            continue
        if one.get(name) is None:
            continue
        if known.get(name) is None:
            other = {"kind": "liabilityKind", "liabilityKind": "kind"}.get(name) if fields is ORDER[0] else None
            if other and known.get(other) is not None or name in OF_AN_AMOUNT and not one_amount:
                differing.append(name)
            else:
                known[name] = one[name]
                added.append(name)
        elif value(name, known[name]) != value(name, one[name]):
            differing.append(name)
    return added, differing


# Probable duplicates ------------------------------------------------------------------------------------------------


def probable(accounts, existing, new, near):
    currencies = {account["id"]: account.get("currency") for account in accounts}

    def key(one):
        currency = one.get("currency") or currencies[one["account"]]
        return one["account"], number(one["amount"]), currency, one.get("security"), number(one.get("quantity"))

    def date_of(one):
        return day(one["date"])

    def posted(one):
        return day(one.get("settlementDate") or one["date"])

    found = []
    rounds = (
        ("sameDay", date_of, date_of, 0),
        ("otherDate", posted, date_of, 0),
        ("otherDate", date_of, posted, 0),
        ("otherDate", posted, posted, 0),
        ("nearDay", date_of, date_of, near),
    )
    for common in {key(one) for one in new}:
        ours = [one for one in existing if key(one) == common]
        theirs = [one for one in new if key(one) == common]
        for basis, of_ours, of_theirs, most in rounds:
            ours.sort(key=lambda one: (of_ours(one), one["id"]))
            theirs.sort(key=lambda one: (of_theirs(one), one["id"]))
            pairs = in_order(ours, theirs, of_ours, of_theirs, most, basis)
            for one, other in pairs:
                ours.remove(one)
                theirs.remove(other)
                days = (date_of(other) - date_of(one)).days
                found.append({"transaction": other["id"], "existing": one["id"], "basis": basis, "days": days})
    return found


def in_order(ours, theirs, of_ours, of_theirs, most, basis):
    """Pairs of neighbours, the earliest first."""
    pairs, here, there = [], 0, 0
    while here < len(ours) and there < len(theirs):
        one, other = ours[here], theirs[there]
        days = (of_theirs(other) - of_ours(one)).days
        if abs(days) <= most and may_be_same(one, other, basis):
            pairs.append((one, other))
            here, there = here + 1, there + 1
        elif days < 0:
            there += 1
        else:
            here += 1
    return pairs


def may_be_same(one, other, basis):
    references = one.get("reference"), other.get("reference")
    if None not in references and references[0] != references[1]:
        return False
    return basis != "nearDay" or one["description"] != other["description"]


OPERATIONS = {"ledger.merge": merge}
