// Thirty years of monthly saving over 10,000 paths, in Node and in a browser: a simple loop, or this package.

const [PATHS, MONTHS, TARGET] = [10_000, 360, 1_500_000];

// As in rust/portfolios.rs, from 4,000,000 paths by numpy.
const EXPECTED = [726_796.0, 1_611_687.0, 3_813_802.0, 0.54404];

/** A function that runs the work with `wherewithal` (its module, or null for a simple loop); the largest relative error. */
export function accumulation(wherewithal) {
  return { run: wherewithal ? () => ours(wherewithal) : plainLoop, error };
}

const error = (found) => Math.max(...found.map((value, index) => Math.abs(value / EXPECTED[index] - 1)));

function plainLoop() {
  const [drift, deviation] = [0.07 / 12 - 0.15 ** 2 / 24, 0.15 / Math.sqrt(12)];
  const normal = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return radius * Math.cos(2 * Math.PI * Math.random());
  };
  const balances = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    let balance = 100_000;
    for (let month = 0; month < MONTHS; month++) {
      balance = balance * Math.exp(drift + deviation * normal()) + 1000;
    }
    balances[path] = balance;
  }
  balances.sort();
  const percentile = (probability) => {
    const place = (PATHS - 1) * probability;
    const lower = Math.floor(place);
    const upper = Math.min(lower + 1, PATHS - 1);
    return balances[lower] + (place - lower) * (balances[upper] - balances[lower]);
  };
  const reached = balances.reduce((count, balance) => count + (balance >= TARGET), 0);
  return [percentile(0.1), percentile(0.5), percentile(0.9), reached / PATHS];
}

async function ours(wherewithal) {
  const result = await wherewithal.simulation.run({
    initialBalance: 100_000,
    months: MONTHS,
    expectedReturn: 0.07 - 0.15 ** 2 / 2,
    returnConvention: "logarithmic",
    volatility: 0.15,
    flows: [{ amount: 1000 }],
    paths: PATHS,
    seed: 1,
    percentiles: [10, 50, 90],
    fan: false,
    target: TARGET,
  });
  return [...result.terminalNominal.percentiles.map(({ value }) => value), result.targetProbability];
}
