"""Recomputes the golden vectors with the programs of this folder and compares.

    python tests/oracles/run.py [--fast] [--list] [FAMILY | OPERATION | FAMILY.OPERATION ...]

A vector whose `source` names a program of this folder (`tests/oracles/NAME.py`) is recomputed by it, and each value
that the vector expects is compared within the vector's tolerance. The run fails on a difference, on a program that is
missing, and on a source that speaks of a program without naming one. Every other vector of an operation that a program
computes is recomputed as well, so that publications check the programs too; where the program does not cover the input
of such a vector, that is counted and nothing more.

`disputed.json` lists the vectors with which a program disagrees on purpose, each with the rule that speaks for the
program. They are counted and do not fail; a listed vector that agrees again does, so that the list stays true.

A program is a file with a table `OPERATIONS`, from the name of an operation to the function that computes its output
from its input. `SLOW` names the operations that `--fast` leaves out.
"""

import argparse
import importlib
import json
import re
import sys
import time
from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache
from multiprocessing import Pool
from pathlib import Path

from histories import PROGRAMS
from support import QUOTED, NotCovered

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parent / "vectors"
NAMED = re.compile(r"tests/oracles/([a-z_]+)\.py")
PERCENTAGE = re.compile(r"([+-]?\d+(?:\.\d+)?) ?%")
UNNAMED = re.compile(r"independent (Python |NumPy |)|mpmath|numpy \d|scipy|exact fractions", re.IGNORECASE)
NOT_PROGRAMS = {
    "run",
    "support",
    "asking",
    "histories",
    "fingerprints",
    "lots_actions",
    "lots_probable",
    "risk_peers",
    "workbook_files",
    *PROGRAMS,
}
FAULTS = ("unnamed", "missing", "different", "settled")


@cache
def programs():
    """The program of each operation, and the operations that are slow."""
    table, slow = {}, set()
    for path in sorted(HERE.glob("*.py")):
        if path.stem in NOT_PROGRAMS:
            continue
        module = importlib.import_module(path.stem)
        for operation, compute in getattr(module, "OPERATIONS", {}).items():
            if operation in table:
                sys.exit(f"{operation} is computed by two programs: {table[operation][0]} and {path.stem}")
            table[operation] = (path.stem, compute)
        slow |= getattr(module, "SLOW", set())
    return table, slow


def listed(name):
    """The vectors of a list of exceptions."""
    entries = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return {(entry["operation"], entry["vector"]) for entry in entries}


def vectors(wanted):
    """Each vector that expects values, with the name of its operation."""
    for path in sorted(VECTORS.glob("*/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        family, _, name = document["operation"].partition(".")
        if wanted and not {family, name, document["operation"]} & set(wanted):
            continue
        for vector in document["vectors"]:
            if "expected" in vector:
                yield document["operation"], vector | {"input": in_fractions(vector["input"])}


def in_fractions(value):
    """An input with the fractions of percentages: "6.5 %" on the wire is 0.065."""
    if isinstance(value, dict):
        return {name: in_fractions(field) for name, field in value.items()}
    if isinstance(value, list):
        return [in_fractions(item) for item in value]
    percentage = PERCENTAGE.fullmatch(value) if isinstance(value, str) else None
    return float(Fraction(percentage[1]) / 100) if percentage else value


def differences(expected, actual, tolerance, path=""):
    """Where `actual` lacks or contradicts what is expected, as lines for people."""
    if actual is QUOTED:
        return
    if isinstance(expected, dict):
        for key, value in expected.items():
            place = f"{path}.{key}" if path else key
            if not isinstance(actual, dict):
                yield f"{path}: {value} expected as {key}, {actual} computed"
            elif key not in actual:
                yield f"{place}: not computed"
            else:
                yield from differences(value, actual[key], tolerance, place)
    elif isinstance(expected, list):
        if not isinstance(actual, (list, tuple)) or len(actual) != len(expected):
            size = len(actual) if isinstance(actual, (list, tuple)) else actual
            yield f"{path}: {len(expected)} entries expected, {size} computed"
        else:
            for index, (one, other) in enumerate(zip(expected, actual)):
                yield from differences(one, other, tolerance, f"{path}[{index}]")
    elif not same(expected, actual, tolerance):
        yield f"{path}: {expected} expected, {shown(actual)} computed"


def same(expected, actual, tolerance):
    if expected is None or isinstance(expected, bool):
        return actual is expected
    if isinstance(actual, date):
        return expected == actual.isoformat()
    if isinstance(actual, str) or actual is None or isinstance(actual, bool):
        return expected == actual
    try:
        wanted = Fraction(expected) if isinstance(expected, (str, int)) else Fraction(float(expected))
    except ValueError:
        return False
    got = Fraction(str(actual)) if not isinstance(actual, (int, float, Fraction)) else Fraction(actual)
    if tolerance in (None, "exact"):
        return got == wanted or (isinstance(expected, float) and float(got) == expected)
    allowed = Fraction(tolerance.get("absolute", 0)) + Fraction(tolerance.get("relative", 0)) * abs(wanted)
    return abs(got - wanted) <= allowed


def shown(value):
    return f"{float(value):.17g}" if isinstance(value, Fraction) and value.denominator > 10**6 else str(value)


def check(operation, vector, table):
    """The state of one vector, and what is wrong with it."""
    named = NAMED.findall(vector["source"])
    program, compute = table.get(operation, (None, None))
    if named and program not in named:
        return "missing", [f"no program {', '.join(named)} computes {operation}"]
    lines, covered = [], compute is not None
    if covered:
        try:
            lines = list(differences(vector["expected"], compute(vector["input"]), vector.get("tolerance")))
        except NotCovered as reason:
            lines, covered = [str(reason)], False
        else:
            covered = not lines or not all(line.endswith("not computed") for line in lines)
    if named:
        return ("recomputed" if not lines else "different" if covered else "missing"), lines
    if covered and lines:
        return "different", lines
    if UNNAMED.search(vector["source"]):
        return "unnamed", [f"the source speaks of a program and does not name it: {vector['source']}"]
    return ("confirmed" if covered else "publication"), []


def timed_check(entry):
    """The state of a vector with the processor's time that it took. Runs in a process of its own."""
    begun = time.process_time()
    state, lines = check(*entry, programs()[0])
    return state, lines, time.process_time() - begun


def main():
    parser = argparse.ArgumentParser(description="Recomputes the golden vectors and compares.")
    parser.add_argument("wanted", nargs="*", help="families or operations; all of them by default")
    parser.add_argument("--fast", action="store_true", help="leave out the operations whose programs are slow")
    parser.add_argument("--list", action="store_true", help="name each vector that no program recomputes")
    parser.add_argument(
        "--quiet", action="store_true", help="count the vectors without a named program, and do not list them"
    )
    parser.add_argument("--lines", type=int, default=5, help="how many differences of a vector are shown")
    choice = parser.parse_args()

    table, slow = programs()
    disputed = listed("disputed")
    states, times, faults = {}, Counter(), 0
    chosen = [entry for entry in vectors(choice.wanted) if not (choice.fast and entry[0] in slow)]
    with Pool() as workers:
        checked = workers.map(timed_check, chosen, chunksize=1)
    for (operation, vector), (state, lines, seconds) in zip(chosen, checked):
        if (operation, vector["name"]) in disputed:
            state = "disputed" if state == "different" else "settled"
        times[operation] += seconds
        states.setdefault(operation, Counter())[state] += 1
        if state in FAULTS:
            faults += 1
        if state in FAULTS and not (choice.quiet and state == "unnamed"):
            print(f"{operation}: {vector['name']}: {state}")
            for line in lines[: choice.lines]:
                print(f"    {line}")
            if len(lines) > choice.lines:
                print(f"    and {len(lines) - choice.lines} more")
        elif choice.list and state == "publication":
            print(f"{operation}: {vector['name']}: {vector['source']}")

    report(states, times, table)
    return 1 if faults or not states else 0


def report(states, times, table):
    columns = ("recomputed", "confirmed", "publication", "disputed", *FAULTS)
    print(f"{'operation':50}{'program':24}" + "".join(f"{name:>12}" for name in columns) + f"{'seconds':>9}")
    total = Counter()
    for operation, counts in states.items():
        program = table.get(operation, ("", None))[0]
        cells = "".join(f"{counts[name] or '':>12}" for name in columns)
        print(f"{operation:50}{program:24}{cells}{times[operation]:9.2f}")
        total.update(counts)
    print(f"{'all':74}" + "".join(f"{total[name]:>12}" for name in columns) + f"{sum(times.values()):9.2f}")


if __name__ == "__main__":
    sys.exit(main())
