"""How the programs of random histories ask the engine, and how they compare. Nothing here computes an answer."""

import json
import subprocess
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from support import QUOTED, NotCovered


def draws(seed, places):
    """A source of random numbers for each history, whichever others are made."""
    return [Random(seed * 1_000_003 + place) for place in places]


def ask(engine, requests):
    """The answers of the engine, in order: results, or errors as dictionaries with a code."""
    lines = [
        json.dumps({"key": str(place), "operation": operation, "input": json.dumps(request)})
        for place, (operation, request) in enumerate(requests)
    ]
    if not lines:
        return []
    told = subprocess.run(
        [engine, "answer"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    ).stdout
    answers = [json.loads(line) for line in told.splitlines()]
    return [json.loads(answer["raw"]) for answer in sorted(answers, key=lambda answer: int(answer["key"]))]


def disagreement(answer, compute, request, as_compared=lambda answer: answer):
    """Where an answer differs from what a program computes; a program that refuses is one with an engine that does."""
    try:
        model = compute(request)
    except NotCovered as reason:
        return [] if "code" in answer else [f"the engine answers, and the program does not: {reason}"]
    return [str(answer)] if "code" in answer else list(differences(as_compared(answer), as_compared(model)))


def failed(request, lines):
    """A history and the first of its differences."""
    return "\n    ".join([json.dumps(request), *lines[:8]])


def text(value):
    """A decimal of the wire."""
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def differences(engine, model, path=""):
    """Where two answers differ, fields that only one of them has included."""
    if model is QUOTED:
        return
    if isinstance(model, dict) and isinstance(engine, dict):
        for key in sorted(set(engine) | set(model)):
            if engine.get(key) is not None or model.get(key) is not None:
                yield from differences(engine.get(key), model.get(key), f"{path}.{key}")
    elif isinstance(model, (list, tuple)) and isinstance(engine, list):
        if len(model) != len(engine):
            yield f"{path}: {len(engine)} rows of the engine, {len(model)} of the program"
        for place, (one, other) in enumerate(zip(engine, model)):
            yield from differences(one, other, f"{path}[{place}]")
    elif isinstance(model, Fraction):
        if engine is None or Fraction(engine) != model:
            yield f"{path}: {engine} of the engine, {float(model)} of the program"
    elif (str(model) if isinstance(model, date) else model) != engine:
        yield f"{path}: {engine} of the engine, {model} of the program"
