"""A corrected history beside the one that it was: `lots.correct`.

Both books are those of `lots.py`. A sale is the same where its event and the purchase of its lot are, whatever their places in the
list: an event that stays or is replaced is the same, and in a whole new list one that is equal in every field. A tax year is named
if one of its totals, of its sales in taxable accounts or of its gains on distributions changed.
"""

from fractions import Fraction

import lots
from support import NotCovered

NAMES = ("proceeds", "cost", "disallowedLoss", "gain")


def corrected(request):
    """The corrected events, each with the place that it had, or nothing."""
    events = request["book"]["events"]
    if request.get("correctedEvents"):
        free, kept = list(enumerate(events)), []
        for event in request["correctedEvents"]:
            place = next((place for place, other in free if other == event), None)
            free = [entry for entry in free if entry[0] != place]
            kept.append((place, event))
        return kept
    kept, added = list(enumerate(events)), []
    for correction in request["corrections"]:
        if correction["kind"] == "add":
            added.append((None, correction["event"]))
            continue
        new = correction.get("event")
        kept = [(place, new if place == correction["index"] else event) for place, event in kept]
    return [entry for entry in kept if entry[1] is not None] + added


class Side:
    """A book, with its rows by what they are of."""

    def __init__(self, document, places):
        kept = lots.Book(document).run()
        self.answer, self.rows, self.gains = kept.book(), {}, {}
        self.years = {year["year"]: year for year in self.answer["years"]}
        same = lambda index: ("new", index) if places[index] is None else places[index]
        for row, told in zip(kept.disposals, self.answer["disposals"]):
            parcel = row["parcel"]
            key = (same(row["event"].index), same(parcel.purchase.index), parcel.part, told["rule"])
            if told["taxable"]:
                self.rows[key] = told
        for (event, parcel, *_), told in zip(kept.gains, self.answer["distributionGains"]):
            self.gains[same(event.index), same(parcel.purchase.index), parcel.part] = told

    def year(self, number):
        zero = dict.fromkeys(NAMES, Fraction(0))
        return self.years.get(number, {"year": number, "shortTerm": zero, "longTerm": zero, "dividends": Fraction(0)})


def changes(before, after):
    """The pairs of rows that differ, those that were first in their order, then those that came."""
    content = lambda row: row and {name: value for name, value in row.items() if name not in ("event", "lot")}
    pairs = [(row, after.get(key)) for key, row in before.items()]
    pairs += [(None, row) for key, row in after.items() if key not in before]
    return [pair for pair in pairs if content(pair[0]) != content(pair[1])]


def of_year(pairs, number, field):
    return [
        {"before": before, "after": after}
        for before, after in pairs
        if any(row and row[field].year == number for row in (before, after))
    ]


def correct(request):
    """`lots.correct`."""
    events = corrected(request)
    places = [place for place, _ in events]
    if len({place for place in places if place is not None}) != len([p for p in places if p is not None]):
        raise NotCovered("an event that is corrected twice")
    old = Side(request["book"], list(range(len(request["book"]["events"]))))
    new = Side(request["book"] | {"events": [event for _, event in events]}, places)
    rows, gains = changes(old.rows, new.rows), changes(old.gains, new.gains)
    numbers = set(old.years) | set(new.years)
    years = []
    for number in sorted(numbers):
        told = {"before": old.year(number), "after": new.year(number)}
        told |= {"disposals": of_year(rows, number, "saleDate"), "distributionGains": of_year(gains, number, "date")}
        if told["before"] != told["after"] or told["disposals"] or told["distributionGains"]:
            years.append(told)
    return {"book": new.answer, "years": years}


OPERATIONS = {"lots.correct": correct}
