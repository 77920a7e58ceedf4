"""Forms 1099-B beside random histories: what `lots.reconcile` must come to, whatever the broker got wrong.

- A broker that reports what the book has is matched row by row, without a difference, and the form is that of `lots_reports.py`.
- Where a broker reports another cost, no wash sale, another term or no basis at all, where it leaves rows out, and where it sums up
  the lots of a sale, the gains of the form to file are those of the book, in each part of the form, since the adjustments lead to
  them (instructions for Form 8949, columns (f) to (h)); a sale that the book does not have is filed with the broker's figures.
- Every field of the answer is that of `lots_reconciliation.py`, where it covers the rows.
- In each row that is filed the gain is the proceeds less the cost plus the adjustment, and codes stand in alphabetical order.
"""

import json
from fractions import Fraction

import lots_reconciliation
import lots_reports
from asking import ask, differences, draws, text
from lots_random import History
from support import NotCovered

FIELDS = ("proceeds", "cost", "disallowedLoss")


def rows_of(book, year):
    """The sales of a year as a broker that is never wrong reports them, with the basis of all of them."""
    sales = lots_reports.Sales({"book": book})
    rows = []
    for entry, told in zip(sales.kept.disposals, sales.answer["disposals"]):
        digital = sales.kept.kinds.get(told["security"]) == "digitalAsset"
        if (
            told["taxable"]
            and told["saleDate"].year == year
            and 10**9 % entry["quantity"].denominator == 0
            and not digital
        ):
            row = {"security": told["security"], "quantity": text(entry["quantity"]), "basisReported": True}
            row |= {
                "dateAcquired": str(told["acquisitionDate"]),
                "dateSold": str(told["saleDate"]),
                "term": told["term"],
            }
            row |= {name: text(told[name]) for name in FIELDS}
            rows.append(row | ({"account": told["account"]} if "account" in told else {}))
    return rows


def question(draw):
    book = History(draw).made()
    while {"currency", "amountPlaces"} & set(book["rules"]):
        book = History(draw).made()
    book["rules"].pop("jurisdiction", None)
    year = int(draw.choice(book["events"])["date"][:4])
    rows = rows_of(book, year)
    right = draw.random() < 0.3
    if not right:
        rows = [row for row in rows if draw.random() < 0.85]
        for row in rows:
            make_invalid(draw, row)
    return {"book": book, "year": year, "rows": rows}, right


def make_invalid(draw, row):
    """What brokers get wrong."""
    fault = draw.choice(["nothing", "nothing", "cost", "wash", "term", "basis", "day", "proceeds"])
    if fault == "cost":
        row["cost"] = text(Fraction(draw.randrange(0, 500_000), 100))
    elif fault == "wash":
        row["disallowedLoss"] = draw.choice(["0", "12.34"])
    elif fault == "term":
        row["term"] = draw.choice(["short", "long"])
    elif fault == "basis":
        row["basisReported"] = False
        if draw.random() < 0.5:
            row.pop("cost")
    elif fault == "day":
        row.pop("dateAcquired")
    elif fault == "proceeds":
        row["proceeds"] = text(max(Fraction(row["proceeds"]) + draw.choice([-5, -2, -1, 1, 2, 5]), Fraction(0)))


def broken(request, right, answer):
    form = answer["form"]
    filed = form["shortTerm"] + form["longTerm"]
    for row in filed:
        if Fraction(row["gain"]) != Fraction(row["proceeds"]) - Fraction(row["cost"]) + Fraction(row["adjustment"]):
            yield f"a gain that is not its columns: {row}"
        if list(row["codes"]) != sorted(set(row["codes"])):
            yield f"codes in no order: {row}"
    sales = lots_reports.Sales({"book": request["book"]})
    wanted = {"shortTerm": Fraction(0), "longTerm": Fraction(0)}
    for row in sales.rows(request["year"]):
        wanted["shortTerm" if row["formBox"] in "abcghi" else "longTerm"] += row["gain"]
    known = any("missingInBook" in json.dumps(row["differences"]) for row in answer["rows"])
    for part, gain in wanted.items():
        got = sum((Fraction(row["gain"]) for row in form[part]), Fraction(0))
        # A difference of a cent for each lot is left as it is.
        if abs(got - gain) > Fraction(len(filed), 100) and not known:
            yield f"{part}: a gain of {float(got)} is filed, and the book has {float(gain)}"
    for place, row in enumerate(answer["rows"] if right else []):
        if row["matchedBy"] != "exact" or row["differences"]:
            yield f"row {place} is right: {row['matchedBy']}, {row['differences']}"
    covered = len(request["rows"]) == len([row for row in sales.rows(request["year"]) if row["disposals"]])
    if right and covered:
        reporting = [{"reported": "basis"}]
        model = lots_reports.form_8949({"book": request["book"], "year": request["year"], "reporting": reporting})
        for line in differences(totals(form), totals(model)):
            yield f"the form{line}"


def other(request, answer):
    """The fields that are not those of the program."""
    try:
        model = lots_reconciliation.reconcile(request)
    except NotCovered:
        return []
    return list(differences(in_order(answer), in_order(model)))


def in_order(answer):
    """An answer with the rows of one box and day by what they stand for."""
    place = lambda row: (row["formBox"], str(row["dateSold"]), row["disposals"], Fraction(row["gain"]))
    parts = {part: sorted(answer["form"][part], key=place) for part in ("shortTerm", "longTerm")}
    return answer | {"form": answer["form"] | parts}


def totals(form):
    """The totals of the boxes, without those of distributions, which brokers do not report."""
    return {total["formBox"]: [Fraction(total[name]) for name in lots_reports.COLUMNS] for total in form["totals"]}


def failures(engine, seed, places):
    asked = [question(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.reconcile", request) for request, _ in asked])
    found = []
    for (request, right), answer in zip(asked, answers):
        lines = [str(answer)] if "code" in answer else list(broken(request, right, answer)) + other(request, answer)
        if lines:
            found.append("\n    ".join([json.dumps(request), *lines[:6]]))
    return found
