// Rows for the array functions of either package, and what the typed operations say of each row.

/** Pseudo-random numbers between two bounds: the same in every run. */
function uniform(count, lower, upper, seed) {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return lower + (upper - lower) * (state / 2 ** 32);
  });
}

/** For each array function, its answer for many rows and the operation's for a few of them. */
export function compareArrays({ arrays, timeValue }) {
  const rows = 10_000;
  const rate = uniform(rows, 0.001, 0.01, 1);
  const nper = uniform(rows, 12, 480, 2).map(Math.round);
  const pv = uniform(rows, 1e4, 1e6, 3);
  const pmt = arrays.pmt(rate, nper, pv);
  const answers = {
    pmt,
    pv: arrays.pv(rate, nper, pmt),
    fv: arrays.fv(rate, nper, pmt, pv, "begin"),
    nper: arrays.nper(rate, pmt, pv, 0),
    rate: arrays.rate(nper, pmt, pv),
  };
  const some = [0, 1, 4_095, 4_096, 9_999];
  const expected = {
    pmt: some.map((row) => timeValue.pmt({ rate: rate[row], nper: nper[row], pv: pv[row] }).value),
    pv: some.map((row) => timeValue.pv({ rate: rate[row], nper: nper[row], pmt: pmt[row] }).value),
    fv: some.map((row) => timeValue.fv({ rate: rate[row], nper: nper[row], pmt: pmt[row], pv: pv[row], when: "begin" }).value),
    nper: some.map((row) => timeValue.nper({ rate: rate[row], pmt: pmt[row], pv: pv[row] }).value),
    rate: some.map((row) => timeValue.rate({ nper: nper[row], pmt: pmt[row], pv: pv[row] }).rate),
  };
  const found = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, some.map((row) => answer[row])]));
  return { found, expected };
}
