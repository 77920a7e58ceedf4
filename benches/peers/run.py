"""Runs every program in turn and in several rounds, and prints the speedup of this library over each.

`run.py RUST_PROGRAM NODE_FOLDER [ROUNDS] [WORKLOAD ...]`, in an environment with `requirements.txt` and the package
`wherewithal`; `cargo xtask bench` prepares all of it. A time is the shortest of all rounds. Fails if a result of this
library is wrong or takes more memory than allowed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent


class Program(NamedTuple):
    language: str
    peer: str
    threads: int = 1
    repetitions: int = 5

    @property
    def name(self) -> str:
        threads = f", {self.threads} threads" if self.threads > 1 else ""
        return f"{self.language}: {self.peer}{threads}"

    @property
    def is_ours(self) -> bool:
        return self.peer.startswith("wherewithal")


def level_payments(slow: int) -> list[Program]:
    return [
        Program("Python", "numpy-financial", 1, slow),
        Program("Python", "pyxirr", 1, slow),
        Program("Rust", "plain loop", 1, slow),
        Program("Rust", "wherewithal", 1, 15),
        Program("Python", "wherewithal", 1, 15),
        Program("Python", "wherewithal", 2, 15),
    ]


def retirement(peers: list[Program]) -> list[Program]:
    return [
        Program("Rust", "plain loop", 1, 3),
        Program("Rust", "plain loop", 2, 3),
        *peers,
        Program("Python", "numpy", 1, 3),
        Program("Rust", "wherewithal", 1, 10),
        Program("Rust", "wherewithal", 2, 10),
        Program("Rust", "wherewithal, with progress", 2, 10),
        Program("Python", "wherewithal", 1, 10),
        Program("Python", "wherewithal", 2, 10),
    ]


def tax_lots(extra: list[Program]) -> list[Program]:
    return [
        Program("Python", "decimal", 1, 3),
        Program("Python", "integers", 1, 3),
        *extra,
        Program("Rust", "wherewithal, columns", 1, 40),
        Program("Rust", "wherewithal, event by event", 1, 10),
        Program("Python", "wherewithal, columns", 1, 40),
    ]


class Workload(NamedTuple):
    title: str
    # The largest error of a result of this library: absolute for rates and cents, relative otherwise.
    tolerance: float
    programs: list[Program]
    # The memory limit of this library's process in Rust, in bytes, if there is one.
    memory: float = float("inf")


class Measured(NamedTuple):
    seconds: float
    error: float
    # The peak memory of the process in bytes, if it is known.
    memory: float | None


WORKLOADS = {
    "w1": Workload(
        "10,000 paths of 360 months",
        0.05,
        [
            Program("Rust", "plain loop", 1, 5),
            Program("Rust", "plain loop", 2, 5),
            Program("Python", "numpy", 1, 5),
            Program("Python", "numba", 1, 5),
            Program("Python", "numba", 2, 5),
            Program("Node", "plain loop", 1, 5),
            Program("Browser", "plain loop", 1, 5),
            Program("Rust", "wherewithal", 1, 40),
            Program("Rust", "wherewithal", 2, 40),
            Program("Rust", "wherewithal, with progress", 2, 40),
            Program("Python", "wherewithal", 1, 40),
            Program("Python", "wherewithal", 2, 40),
            Program("Node", "wherewithal", 2, 40),
            Program("Browser", "wherewithal", 1, 40),
        ],
    ),
    "w1-million": Workload(
        "1,000,000 paths of 480 months, for the memory they take",
        0.0,
        [Program("Rust", "wherewithal", 2, 1)],
        2**30,
    ),
    "w2": Workload(
        "100,000 paths of 40 years, five correlated asset classes and inflation",
        0.02,
        retirement([Program("Python", "numba", 1, 3), Program("Python", "numba", 2, 3)]),
        64e6,
    ),
    "w3": Workload(
        "100,000 paths of 40 years from a history",
        0.02,
        retirement(
            [
                Program("Rust", "plain loop, years multiplied beforehand", 1, 3),
                Program("Rust", "plain loop, years multiplied beforehand", 2, 3),
                Program("Python", "numba", 1, 3),
                Program("Python", "numba", 2, 3),
            ]
        ),
        64e6,
    ),
    "w4-many": Workload(
        "10,000 internal rates of 50 dated flows",
        1e-9,
        [
            Program("Python", "pyxirr, lists"),
            Program("Python", "pyxirr, arrays"),
            Program("Node", "xirr", 1, 2),
            Program("Node", "@webcarrot/xirr", 1, 2),
            Program("Rust", "Newton's method", 1, 3),
            Program("Rust", "wherewithal", 1, 20),
            Program("Rust", "wherewithal, batch", 1, 20),
            Program("Rust", "wherewithal, batch", 2, 20),
            Program("Python", "wherewithal, lists", 1, 10),
            Program("Python", "wherewithal, arrays", 1, 10),
            Program("Python", "wherewithal, 2-D arrays", 1, 20),
            Program("Python", "wherewithal, 2-D arrays", 2, 20),
        ],
    ),
    "w4-long": Workload(
        "one internal rate of 1,000 dated flows",
        1e-9,
        [
            Program("Python", "pyxirr, lists", 1, 300),
            Program("Python", "pyxirr, arrays", 1, 300),
            Program("Node", "xirr", 1, 100),
            Program("Node", "@webcarrot/xirr", 1, 100),
            Program("Rust", "Newton's method", 1, 100),
            Program("Rust", "wherewithal", 1, 2000),
            Program("Python", "wherewithal, lists", 1, 1000),
            Program("Python", "wherewithal, arrays", 1, 1000),
        ],
    ),
    "w5-pmt": Workload("pmt of 1,000,000 rows", 1e-12, level_payments(10)),
    "w5-pv": Workload("pv of 1,000,000 rows", 1e-12, level_payments(10)),
    "w5-rate": Workload("rate of 1,000,000 rows", 1e-9, level_payments(1)),
    "w6": Workload(
        "10,000 schedules of 360 rows (the error in cents of interest)",
        0.0,
        [
            Program("Python", "decimal", 1, 1),
            Program("Python", "integers", 1, 1),
            Program("Python", "numpy-financial", 1, 1),
            Program("Python", "amortization", 1, 1),
            Program("Node", "loanjs", 1, 3),
            Program("Rust", "rust_decimal", 1, 1),
            Program("Rust", "64-bit integers", 1, 3),
            Program("Rust", "doubles, not rounded", 1, 5),
            Program("Rust", "wherewithal, schedule by schedule", 1, 20),
            Program("Rust", "wherewithal, schedule by schedule", 2, 20),
            Program("Rust", "wherewithal, columns", 1, 10),
            Program("Rust", "wherewithal, columns", 2, 10),
            Program("Python", "wherewithal", 1, 10),
            Program("Python", "wherewithal", 2, 10),
            Program("Python", "wherewithal, arrays used again", 1, 20),
            Program("Python", "wherewithal, arrays used again", 2, 20),
            Program("Python", "wherewithal, blocks of 80 loans", 1, 40),
            Program("Python", "wherewithal, blocks of 250 loans", 2, 40),
        ],
    ),
    "csv": Workload(
        "1,000,000 rows of CSV, to transactions with dates and exact decimals (the error is 1 if the sum is wrong)",
        0.0,
        [Program("Python", "pandas", 1, 3), Program("Rust", "wherewithal", 1, 5)],
    ),
    "w7-fifo": Workload(
        "150,000 trades in one security, first in, first out (the error is 1 if a total is wrong)",
        0.0,
        tax_lots([Program("Rust", "64-bit integers, without records", 1, 20)]),
    ),
    "w7-hifo": Workload(
        "150,000 trades in one security, the highest cost first (the error is 1 if a total is wrong)",
        0.0,
        tax_lots([]),
    ),
    "w7-large": Workload(
        "10,000,000 trades in one security, first in, first out, for how time and memory grow",
        0.0,
        [
            Program("Rust", "64-bit integers, without records", 1, 1),
            Program("Rust", "wherewithal, columns", 1, 2),
        ],
        2**30,
    ),
}


# Also limits libraries that start threads of their own.
THREADS = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


def measure(program: Program, workload: str, rust: str, node: str) -> Measured:
    commands = {
        "Python": ([sys.executable, str(HERE / "program.py")], None),
        "Node": (["node", str(HERE / "program.mjs")], node),
        "Browser": (["node", str(HERE / "browser.mjs")], None),
        "Rust": ([rust], None),
    }
    command, folder = commands[program.language]
    arguments = [*command, workload, program.peer, str(program.repetitions)]
    threads = {name: str(program.threads) for name in THREADS}
    done = subprocess.run(
        arguments, cwd=folder, env=os.environ | threads, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{program.name} failed:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Measured(found["seconds"], found["error"], found.get("memory"))


def shown(seconds: float) -> str:
    return f"{seconds * 1e3:,.3f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:,.1f} µs"


def best(measurements: list[Measured]) -> Measured:
    return Measured(
        min(one.seconds for one in measurements),
        max(one.error for one in measurements),
        max((one.memory for one in measurements if one.memory is not None), default=None),
    )


def compare(name: str, workload: Workload, rounds: int, rust: str, node: str) -> bool:
    turns = [[measure(program, name, rust, node) for program in workload.programs] for _ in range(rounds)]
    found = dict(zip(workload.programs, map(best, map(list, zip(*turns)))))
    ours = [program for program in workload.programs if program.is_ours]
    print(f"\n### {workload.title}\n")
    heads = [program.name.replace(": wherewithal", "") for program in ours]
    print("| program | time | error | memory | ours is faster by: " + " | ".join(heads) + " |")
    print("|---|--:|--:|--:|" + "--:|" * len(ours))
    for program, measured in found.items():
        faster = [f"{measured.seconds / found[one].seconds:.1f} ×" for one in ours]
        memory = "" if measured.memory is None else f"{measured.memory / 1e6:,.0f} MB"
        ratios = [""] * len(ours) if program.is_ours else faster
        cells = [program.name, shown(measured.seconds), f"{measured.error:.1e}", memory, *ratios]
        print("| " + " | ".join(cells) + " |", flush=True)
    wrong = [program.name for program in ours if not found[program].error <= workload.tolerance]
    large = [
        program.name
        for program in ours
        if program.language == "Rust" and (found[program].memory or 0) > workload.memory
    ]
    for program_name in wrong:
        print(f"WRONG: {program_name}")
    for program_name in large:
        print(f"TOO LARGE: {program_name}")
    return not wrong and not large


def main() -> None:
    rust, node, *rest = sys.argv[1:]
    rounds = int(rest[0]) if rest else 3
    names = rest[1:] or list(WORKLOADS)
    right = [compare(name, WORKLOADS[name], rounds, rust, node) for name in names]
    if not all(right):
        raise SystemExit("an answer is wrong, or takes too much memory")


main()
