"""A household's net worth and plan from its document, with a fan chart of the projection."""

import sys
import tempfile
from pathlib import Path

import wherewithal as ww

document = Path(__file__).resolve().parents[1] / "households" / "rivera.json"
household = ww.Household.from_file(document)

statement = ww.net_worth.statement(household)
print(f"{household.name}: {statement.net_worth} {statement.currency} on {statement.as_of}")
print(statement.categories)


def progress(done: int, total: int) -> None:
    print(f"\r{done / total:4.0%}", end="", file=sys.stderr)


plan = ww.plan.build(household, paths=2_000, seed=7, on_progress=progress)
print(file=sys.stderr)
success = plan.result.success
print(
    f"the money lasts with probability {success.probability:.3f} ({success.wilson_lower:.3f} to {success.wilson_upper:.3f})"
)
for assumption in plan.assumptions:
    print(f"{assumption.field}: {assumption.assumed}")

chart = Path(tempfile.gettempdir()) / "plan.png"
axes = plan.result.fan.plot("real", x="year")
axes.set_title(household.name)
axes.figure.savefig(chart)
print("chart in", chart)
