// A plan from a household document, in CommonJS.
//
//   node examples/node/plan.cjs examples/households/rivera.json
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { netWorth, plan } = require("wherewithal");

const file = process.argv[2] ?? join(__dirname, "../households/rivera.json");
const household = JSON.parse(readFileSync(file, "utf8"));

async function main() {
  const statement = netWorth.statement({ household });
  console.log(`${household.name}: net worth ${statement.netWorth} ${statement.currency}`);
  for (const { category, total } of statement.categories) console.log(`  ${category.padEnd(24)} ${total.padStart(16)}`);

  const { result } = await plan.build({ household, paths: 5_000, seed: 1, questions: false });
  console.log(`the plan holds in ${(100 * result.success.probability).toFixed(1)} % of the paths`);
}

main();
