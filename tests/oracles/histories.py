"""Compares the engine with the programs of random histories, all of them in one run.

    python tests/oracles/histories.py --engine PATH [--full] [--seed N] [--count N] [PROGRAM ...]

PATH is the program `wherewithal-codegen`, whose task `answer` takes one request a line. Each program makes its histories
from a seed, asks the engine for many at a time, and returns what differs: `failures(engine, seed, places)`, where
`places` are the numbers of the histories. Without a count, each makes as many as fit into a test run; with `--full`,
as many as a night or a release is worth. The exit status is 1 if anything differs, and the first differences are printed.
"""

import argparse
import importlib
import sys
import time
from multiprocessing import Pool

# How many histories each program makes in a test run, and with `--full`.
PROGRAMS = {
    "file_writing": (60, 5_000),
    "lots_random": (300, 20_000),
    "lots_events": (400, 20_000),
    "lots_report_histories": (150, 10_000),
    "lots_correction_histories": (80, 10_000),
    "lots_previews": (200, 10_000),
    "lots_short_sales": (200, 20_000),
    "lots_closings": (200, 20_000),
    "lots_deliveries": (600, 20_000),
    "lots_contracts": (200, 20_000),
    "lots_selection": (150, 10_000),
    "lots_brokers": (100, 10_000),
    "lots_plans": (100, 10_000),
    "lots_peer": (100, 5_000),
    "lots_canada": (150, 20_000),
    "lots_united_kingdom": (100, 20_000),
    "lots_parts": (130, 13_000),
    "net_worth_random": (300, 20_000),
    "payoff_random": (200, 20_000),
    "cash_flow_random": (200, 20_000),
    "property_random": (40, 10_000),
    "recurrence_random": (400, 50_000),
    "ledger_faults": (200, 20_000),
    "classification_random": (300, 20_000),
    "returns_random": (200, 20_000),
    "risk_random": (300, 20_000),
}
CHUNK = 20
SHOWN = 3


def failures(task):
    """What differs in a chunk of a program's histories, and the processor's time that it took."""
    program, engine, seed, places = task
    begun = time.process_time()
    found = importlib.import_module(program).failures(engine, seed, places)
    return program, found, time.process_time() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help=f"of {', '.join(PROGRAMS)}; all by default")
    parser.add_argument("--engine", required=True, help="the program wherewithal-codegen")
    parser.add_argument("--full", action="store_true", help="as many histories as a release is worth")
    parser.add_argument("--count", type=int, help="this many histories of each program")
    parser.add_argument("--seed", type=int, default=1)
    choice = parser.parse_args()
    if set(choice.programs) - set(PROGRAMS):
        parser.error(f"the programs are {', '.join(PROGRAMS)}")
    counts = {
        name: choice.count or usual[choice.full]
        for name, usual in PROGRAMS.items()
        if name in choice.programs or not choice.programs
    }
    tasks = [
        (name, choice.engine, choice.seed, range(begin, min(begin + CHUNK, count)))
        for name, count in counts.items()
        for begin in range(0, count, CHUNK)
    ]
    found, seconds = {name: [] for name in counts}, dict.fromkeys(counts, 0)
    with Pool() as workers:
        for name, lines, taken in workers.imap(failures, tasks):
            for line in lines[: max(0, SHOWN - len(found[name]))]:
                print(f"{name}: {line}", flush=True)
            found[name] += lines
            seconds[name] += taken
    for name, count in counts.items():
        print(f"{name:24}{count:8} histories{len(found[name]):8} differ{seconds[name]:10.2f} seconds")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
