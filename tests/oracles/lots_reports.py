"""Form 8949, Schedule D and unrealized gains of a book: `lots.form_8949`, `lots.schedule_d`, `lots.unrealized`.

The book is that of `lots.py`. The rules:

- rows, boxes and code W: Form 8949 and its instructions (2024; boxes G to L: 2025), Reg. 1.6045-1(a)(15) for what brokers
  report: stock acquired from 2011 on, funds and reinvested dividends from 2012 on, digital assets from 2026 on, of which the
  proceeds are reported from 2025 on;
- a distribution above the basis is a gain that no broker reports: Publication 550, nondividend distributions;
- netting: Schedule D (Form 1040), lines 1b to 16; up to 3,000 of a loss, or 1,500, are deducted: IRC 1211(b), line 21; what is
  left, by the lines of the Capital Loss Carryover Worksheet: IRC 1212(b);
- the net capital gain: IRC 1222(11); long-term from the day of Rev. Rul. 66-7 on.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

import lots
from support import QUOTED, NotCovered, day, number, round_to

BOXES = {
    ("short", "basis"): "a",
    ("short", "proceedsOnly"): "b",
    ("short", "nothing"): "c",
    ("long", "basis"): "d",
    ("long", "proceedsOnly"): "e",
    ("long", "nothing"): "f",
}
DIGITAL = dict(zip("abcdef", "ghijkl"))
LINES = {"1b": "ag", "2": "bh", "3": "ci", "8b": "dj", "9": "ek", "10": "fl"}
INHERITED = "INHERITED"
COLUMNS = ("proceeds", "cost", "adjustment", "gain")


class Sales:
    """The rows of all years of a book."""

    def __init__(self, request):
        book = request["book"]
        if book.get("rules", {}).get("jurisdiction", "unitedStates") != "unitedStates":
            raise NotCovered("a book by no rules of the United States")
        self.kept, self.reporting = lots.Book(book).run(), request.get("reporting", [])
        self.answer = self.kept.book()

    def rows(self, year, by_sale=False):
        """The rows of a year by box and day, in the order of the book otherwise."""
        made = [
            self.row(place, entry, told)
            for place, (entry, told) in enumerate(zip(self.kept.disposals, self.answer["disposals"]))
            if told["taxable"] and told["saleDate"].year == year
        ]
        if by_sale:
            made = self.together(made)
        made += [self.distribution(*entry[:4]) for entry in self.kept.gains if entry[0].date.year == year]
        return sorted(made, key=lambda row: (row["formBox"], row["dateSold"]))

    def probable(self, year):
        """The losses of a year that may not count; absent if there are none."""
        told = self.answer["disposals"]
        rows = [
            row for row in self.answer.get("probableWashSales", []) if told[row["disposal"]]["saleDate"].year == year
        ]
        return {"probableWashSales": rows} if rows else {}

    def row(self, place, entry, told):
        reported = self.reported(entry["parcel"], told)
        box = BOXES[told["term"], reported]
        digital = self.kept.kinds.get(told["security"]) == "digitalAsset"
        if digital and told["saleDate"].year >= 2025:
            box = DIGITAL[box]
        return {
            "sale": (told["event"], told.get("account"), told["security"]),
            "shares": entry["quantity"],
            "unit": "" if digital else "sh. ",
            "security": told["security"],
            "formBox": box,
            "dateAcquired": acquired(entry["parcel"], told),
            "dateSold": told["saleDate"],
            "proceeds": told["proceeds"],
            "cost": told["cost"],
            "codes": "W" if told["disallowedLoss"] else "",
            "adjustment": told["disallowedLoss"],
            "gain": told["gain"],
            "disposals": [place],
        }

    def reported(self, parcel, told):
        """What the broker reports: the last entry that fits, or what the day of acquisition says."""
        for entry in reversed(self.reporting):
            fits = entry.get("account") in (None, told.get("account"))
            fits = fits and entry.get("security") in (None, told["security"])
            if fits and entry.get("lot") in (None, parcel.id, parcel.purchase.id):
                return entry["reported"]
        kind, acquired, sold = self.kept.kinds.get(told["security"], "stock"), told["acquisitionDate"], told["saleDate"]
        if kind == "digitalAsset":
            if sold.year < 2025:
                return "nothing"
            return "basis" if acquired.year >= 2026 else "proceedsOnly"
        fund = kind in ("mutualFund", "exchangeTradedFund") or parcel.purchase.kind == "reinvest"
        return "basis" if acquired.year >= (2012 if fund else 2011) else "proceedsOnly"

    def together(self, rows):
        """A row for the lots of a sale that share a box."""
        kept = []
        for sale in [list(group) for _, group in groupby(rows, key=lambda row: row["sale"])]:
            boxes = []
            for row in sale:
                if row["formBox"] not in boxes:
                    boxes.append(row["formBox"])
            for box in boxes:
                parts = [row for row in sale if row["formBox"] == box]
                row = dict(parts[0])
                row["shares"] = sum(part["shares"] for part in parts)
                for column in COLUMNS:
                    row[column] = sum(part[column] for part in parts)
                row["codes"] = "W" if row["adjustment"] else ""
                row["disposals"] = [place for part in parts for place in part["disposals"]]
                if len({part["dateAcquired"] for part in parts}) > 1:
                    row["dateAcquired"] = None
                kept.append(row)
        return kept

    def distribution(self, event, parcel, gain, term):
        box = BOXES[term, "nothing"]
        if self.kept.kinds.get(parcel.security) == "digitalAsset" and event.date.year >= 2025:
            box = DIGITAL[box]
        return {
            "formBox": box,
            "description": QUOTED,
            "dateAcquired": acquired(parcel, {"acquisitionDate": parcel.acquired}),
            "dateSold": event.date,
            "proceeds": gain,
            "cost": Fraction(0),
            "codes": "",
            "adjustment": Fraction(0),
            "gain": gain,
            "disposals": [],
        }

    def totals(self, year):
        sums = {}
        for row in self.rows(year):
            total = sums.setdefault(row["formBox"], dict.fromkeys(COLUMNS, Fraction(0)))
            for column in COLUMNS:
                total[column] += row[column]
        return {box: sums[box] for box in sorted(sums)}


def shown(row):
    """A row as it is filed. What a distribution is called is free."""
    kept = {name: value for name, value in row.items() if name not in ("sale", "shares", "unit", "security")}
    if "shares" in row and 10**200 % row["shares"].denominator == 0:
        kept["description"] = f"{plain(row['shares'])} {row['unit']}{row['security']}"
    return kept | column_b(row["dateAcquired"])


def acquired(parcel, told):
    """What stands in column (b): the day, or INHERITED."""
    return INHERITED if parcel.inherited else told["acquisitionDate"]


def column_b(content):
    """Column (b) in fields; without content there are several."""
    return {"dateAcquired": None if content == INHERITED else content, "inherited": content == INHERITED}


def plain(value):
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def form_8949(request):
    """`lots.form_8949`."""
    sales, year = Sales(request), request["year"]
    rows = [shown(row) for row in sales.rows(year, request.get("rowsBySale", False))]
    totals = [{"formBox": box} | total for box, total in sales.totals(year).items()]
    if request.get("wholeDollarTotals"):
        for total in totals:
            for column in COLUMNS:
                total[column] = round_to(total[column], 1, "halfUp")
    return {
        "shortTerm": [row for row in rows if row["formBox"] in "abcghi"],
        "longTerm": [row for row in rows if row["formBox"] in "defjkl"],
        "totals": totals,
    } | sales.probable(year)


def schedule_d(request):
    """`lots.schedule_d`."""
    sales, carried, years = Sales(request), request.get("carryover"), []
    carried = {name: number((carried or {}).get(name, "0")) for name in ("shortTerm", "longTerm")}
    for given in request["years"]:
        year = schedule(given, sales.totals(given["year"]), carried)
        carried = year["carryover"]
        years.append(year)
    return {"years": years}


def schedule(given, totals, carried):
    """Schedule D of a year, line by line."""
    amount = lambda name: number(given.get(name, "0"))
    lines = {}
    for line, boxes in LINES.items():
        parts = [totals[box] for box in boxes if box in totals]
        if parts:
            lines[line] = {column: sum(part[column] for part in parts) for column in COLUMNS}
    singles = {
        "4": amount("otherShortTerm"),
        "5": amount("passThroughShortTerm"),
        "6": -carried["shortTerm"],
        "11": amount("otherLongTerm"),
        "12": amount("passThroughLongTerm"),
        "13": amount("capitalGainDistributions"),
        "14": -carried["longTerm"],
    }
    lines |= {line: {"gain": value} for line, value in singles.items() if value}
    part = lambda names: sum((lines[line]["gain"] for line in names if line in lines), Fraction(0))
    short, long = part(("1b", "2", "3", "4", "5", "6")), part(("8b", "9", "10", "11", "12", "13", "14"))
    lines |= {"7": {"gain": short}, "15": {"gain": long}, "16": {"gain": short + long}}
    limit = 1500 if given["filingStatus"] == "marriedFilingSeparately" else 3000
    deducted = min(max(-(short + long), Fraction(0)), Fraction(limit))
    order = ("1b", "2", "3", "4", "5", "6", "7", "8b", "9", "10", "11", "12", "13", "14", "15", "16")
    return {
        "year": given["year"],
        "lines": [{"line": line} | lines[line] for line in order if line in lines],
        "netShortTerm": short,
        "netLongTerm": long,
        "netGain": short + long,
        "netCapitalGain": max(long - max(-short, Fraction(0)), Fraction(0)),
        "deductedLoss": deducted,
        "carryover": worksheet(short, long, deducted, number(given.get("taxableIncome"))),
    }


def worksheet(line_7, line_15, line_21, income):
    """The Capital Loss Carryover Worksheet; its lines have the names of the form. Nothing to carry without line 21."""
    zero = Fraction(0)
    if not line_21:
        return {"shortTerm": zero, "longTerm": zero}
    line_3 = line_21 if income is None else max(income + line_21, zero)
    line_4 = min(line_21, line_3)
    line_5 = max(-line_7, zero)
    line_6 = max(line_15, zero)
    line_8 = max(line_5 - (line_4 + line_6), zero)
    line_9 = max(-line_15, zero)
    line_10 = max(line_7, zero)
    line_11 = max(line_4 - line_5, zero)
    line_13 = max(line_9 - (line_10 + line_11), zero)
    return {"shortTerm": line_8, "longTerm": line_13}


def worth_of(kept, told, value, today):
    """What shares are worth on a day, and the parts of their gain if they are in another currency."""
    security = told["security"]
    if security not in kept.currencies.of:
        return kept.rounded(value), {}
    value = kept.currencies.exchanged(security, round_to(value, kept.unit_of(security)), today, kept.unit)
    cost = next(cost for lot, cost in kept.costs if lot == told["id"])
    return value.book, kept.foreign(security, cost, value)


def unrealized(request):
    """`lots.unrealized`."""
    today, prices = day(request["asOf"]), {entry["security"]: number(entry["price"]) for entry in request["prices"]}
    book = request["book"] | {"events": [event for event in request["book"]["events"] if day(event["date"]) <= today]}
    kept = lots.Book(book).run()
    rows = []
    for told in kept.open_lots():
        quantity = Fraction(told.get("quantityFraction") or told["quantity"])
        worth, abroad = worth_of(kept, told, quantity * prices[told["security"]], today)
        parcel = next(p for p in kept.parcels if p.id == told["id"] and p.account == told.get("account") and p.quantity)
        cost, since = basis(kept, parcel, worth, told["totalCost"])
        first = first_long_day(kept, parcel, since)
        row = {name: told[name] for name in ("security", "acquisitionDate", "quantity")}
        row |= {name: told[name] for name in ("account", "quantityFraction") if name in told}
        row |= {"lot": told["id"], "cost": cost, "marketValue": worth, "gain": worth - cost}
        row |= {"term": "long" if today >= first else "short", "longTermFrom": first}
        row |= {"daysToLongTerm": max((first - today).days, 0), "taxable": kept.taxable(parcel.account)}
        rows.append(row | abroad)
    of_term = lambda term: [row for row in rows if row["taxable"] and row["term"] == term]
    accounts = [name for name in kept.known_accounts() if name is not None]
    groups = lambda names, field: [
        {"id": name, "totals": total([row for row in rows if row.get(field) == name])}
        for name in names
        if any(row.get(field) == name for row in rows)
    ]
    return {
        "lots": rows,
        "total": total(rows),
        "shortTerm": total(of_term("short")),
        "longTerm": total(of_term("long")),
        "accounts": groups(sorted(accounts), "account"),
        "securities": groups(sorted({row["security"] for row in rows}), "security"),
    }


def basis(kept, parcel, worth, cost):
    """The basis of a sale, and since when: of a gift worth less than the donor's basis it depends on what the sale brings."""
    if parcel.loss is None or worth >= cost:
        return cost, parcel.held_since
    lower = kept.loss_left(parcel)
    return (lower, parcel.acquired) if worth < lower else (worth, parcel.held_since)


def first_long_day(kept, parcel, since):
    """The first day on which a sale is long-term."""
    if parcel.inherited:
        return parcel.acquired
    if kept.long_term_days is not None:
        return since + timedelta(days=kept.long_term_days + 1)
    begins = since + timedelta(days=1)
    if begins.year == date.max.year:
        raise NotCovered("a holding period that is long after the last day of the calendar")
    leap = (begins.month, begins.day) == (2, 29)
    return date(begins.year + 1, 3, 1) if leap else begins.replace(year=begins.year + 1)


def total(rows):
    return {name: sum((row[name] for row in rows), Fraction(0)) for name in ("cost", "marketValue", "gain")}


OPERATIONS = {
    "lots.form_8949": form_8949,
    "lots.schedule_d": schedule_d,
    "lots.unrealized": unrealized,
}
