// A couple's retirement plan, and the effect of changes on the same markets.
//
//   node examples/node/retirement-plan.mjs [plan.json]
import { readFile } from "node:fs/promises";

import { retirement } from "wherewithal";

const file = process.argv[2] ?? new URL("../plans/couple.json", import.meta.url);
const plan = JSON.parse(await readFile(file, "utf8"));
const percent = (share) => `${(100 * share).toFixed(1)} %`;

const result = await retirement.run(plan);
console.log(`The plan holds in ${percent(result.success.probability)} of the paths (± ${percent(2 * result.success.standardError)}).`);

const { scenarios } = await retirement.whatIf({
  plan,
  scenarios: [
    { name: "work a year longer", changes: [{ kind: "retirementAge", years: 1 }] },
    { name: "spend a tenth less", changes: [{ kind: "spending", relative: -0.1 }] },
    { name: "markets return 1 % less a year", changes: [{ kind: "expectedReturn", shift: -0.01 }] },
  ],
});
for (const { name, outcome, difference } of scenarios) {
  const sign = difference.successProbability < 0 ? "" : "+";
  console.log(`${name}: ${percent(outcome.success.probability)} (${sign}${percent(difference.successProbability)})`);
}
