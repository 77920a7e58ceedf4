// Thirty years of retirement, simulated with progress and a way to stop: press Ctrl-C.
//
//   node examples/node/retirement.mjs
import { simulation, WherewithalError } from "wherewithal";

const controller = new AbortController();
process.once("SIGINT", () => controller.abort());

const question = {
  initialBalance: 1_000_000,
  months: 360,
  expectedReturn: 0.06,
  volatility: 0.12,
  inflation: 0.025,
  flows: [{ amount: -3_500, inflationLinked: true }],
  paths: 100_000,
  seed: 7,
};

try {
  const run = await simulation.run(question, {
    signal: controller.signal,
    onProgress: ({ done, total }) => process.stderr.write(`\r${Math.round((100 * done) / total)} %`),
  });
  process.stderr.write("\r");
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  console.log(`The money lasts in ${percent(run.success.probability)} of the paths (± ${percent(2 * run.success.standardError)}).`);
  for (const { percentile, value } of run.terminalReal.percentiles) {
    console.log(`${String(percentile).padStart(3)} % end below ${Math.round(value).toLocaleString("en-US")} in today's money`);
  }
} catch (error) {
  if (!(error instanceof WherewithalError) || error.name !== "AbortError") throw error;
  console.log("stopped");
}
