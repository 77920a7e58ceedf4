"""A couple's retirement plan: success probability, possible spending, sensitivities, and the effect of a change."""

from pathlib import Path

import wherewithal as ww

plan = ww.types.RetirementPlan.from_file(Path(__file__).resolve().parents[1] / "plans" / "couple.json")

result = ww.retirement.run(plan)
print(f"the plan holds in {result.success.probability:.1%} of {result.paths} paths", end=" ")
print(f"({result.success.wilson_lower:.1%} to {result.success.wilson_upper:.1%})")
for row in result.terminal_real.percentiles:
    print(f"  {row.percentile:3.0f} % end below {row.value:12,.0f} in today's money")

# One path year by year: the one with the worst end.
worst = result.worst_path
ledger = ww.retirement.path(plan, path=worst.path)
print(f"\npath {worst.path} is the worst; it runs out in {worst.depletion_year} (in today's money):")
for row in ledger.rows:
    if worst.depletion_year and abs(row.year - worst.depletion_year) <= 1:
        short, left = row.shortfall / row.price_level, row.real_closing
        print(f"  {row.year}: {row.real_spending:9,.0f} asked for, {short:9,.0f} short, {left:9,.0f} left")

solution = ww.retirement.maximum_spending(plan, confidence=0.9, precision=100.0).solution
print(f"\n{solution.value:,.0f} a year can be spent beside what is essential, at a confidence of 90 %")

tornado = ww.retirement.tornado(plan)
print("\nwhat the answer depends on most:")
for bar in tornado.bars[:4]:
    low, high = bar.low.outcome.success.probability, bar.high.outcome.success.probability
    print(f"  {bar.assumption:20} {low:6.1%} {high:6.1%}")

changes = ww.retirement.what_if(
    plan,
    scenarios=[
        {"name": "work a year longer", "changes": [{"kind": "retirement_age", "years": 1}]},
        {"name": "spend a tenth less", "changes": [{"kind": "spending", "relative": -0.1}]},
        {"name": "claim at 70", "changes": [{"kind": "claim_age", "person": "Ana", "claim_age": 70}]},
    ],
)
print("\nwhat a change would do, on the same markets:")
for scenario in changes.scenarios:
    difference = scenario.difference
    print(
        f"  {scenario.name:20} {difference.success_probability:+6.1%} ± {2 * difference.standard_error:.1%}"
    )
