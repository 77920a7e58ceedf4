// Replays the golden vectors through the array functions of either package: the answer of each row must be the
// operation's, to the bit, alone and among many.

const camelCase = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase());

/** What a row of a schedule needs no argument for: its dates, which are not part of the columns. */
const NOT_IN_COLUMNS = ["firstPayment"];
/** What is left out of an input or of another type, which TypeScript does not let through. */
const OF_THE_WIRE = ["input.invalid", "input.missing_field", "input.unknown_field"];
/** More rows than a thread takes at a time. */
const MANY = 5_000;

/**
 * Calls every function of the table with the vectors of its operation.
 *
 * @returns what differs, and for each function how many answers were compared
 */
export function replayArrays({ arrays, call }, table, vectors) {
  const problems = [];
  const compared = {};
  for (const declared of table) {
    const apply = arrays[camelCase(declared.name)];
    if (typeof apply !== "function") {
      problems.push(`${declared.name} is missing`);
      continue;
    }
    const differs = (name, found, expected) => {
      const [one, other] = [found, expected].map((value) => JSON.stringify(value, bits));
      const shown = (text) => text.slice(0, 200);
      if (one !== other) problems.push(`${declared.name}, ${name}: ${shown(one)} where the operation says ${shown(other)}`);
      compared[declared.name] = (compared[declared.name] ?? 0) + 1;
    };
    const inputs = vectors.filter(({ operation, input }) => operation === declared.operation && fits(declared, input));
    const answered = [];
    for (const { name, input } of inputs) {
      const expected = outcome(() => answerOf(declared, call(declared.operation, input)));
      if (OF_THE_WIRE.includes(expected.code) || (declared.result === null && expected.code?.startsWith("date."))) {
        continue;
      }
      const found = outcome(() => rowsOf(declared, run(apply, declared, [input]))[0]);
      differs(name, withoutRow(declared, found), expected);
      if ("answer" in expected) answered.push({ input, answer: expected.answer });
    }
    for (const [key, rows] of groups(declared, answered)) {
      if (!declared.arguments.some(({ name, kind }) => HAS_ROWS.includes(kind) && rows[0].input[name] !== undefined)) {
        continue;
      }
      const many = Array.from({ length: Math.max(rows.length, 2) }, (_, row) => rows[row % rows.length]);
      const isCheap = declared.arguments.every(({ kind }) => ["column", "rates", "choice"].includes(kind));
      while (isCheap && many.length < MANY) many.push(...many);
      const found = rowsOf(declared, run(apply, declared, many.map(({ input }) => input)));
      differs(`${many.length} rows of ${key.slice(0, 100)}`, found, many.map(({ answer }) => answer));
    }
  }
  return { problems, compared };
}

function fits({ arguments: declared }, input) {
  const names = [...declared.map(({ name }) => name), ...NOT_IN_COLUMNS];
  return Object.keys(input).every((name) => names.includes(name));
}

function outcome(run) {
  try {
    return { answer: run() };
  } catch ({ code, path, message }) {
    return code === undefined ? { message } : { code, path };
  }
}

/** An error of the only series, or of the only loan, as the operation names it. */
function withoutRow({ result, arguments: declared }, outcome) {
  if (outcome.path === undefined) return outcome;
  if (result === null) return { ...outcome, path: outcome.path.replace(/^loans\[0\]\./, "") };
  const isList = declared.some(({ kind }) => kind === "manySeries");
  return isList ? { ...outcome, path: outcome.path.replace(/^(\w+)\[0\]/, "$1") } : outcome;
}

/** The answer of an operation in the form of a row. */
function answerOf({ result }, output) {
  if (result !== null) return output[result];
  const { payment, totalInterest, schedule } = output;
  const rows = schedule.map(({ interest, principal, balance }) => [interest, principal, balance].map(units));
  return { payment: units(payment), totalInterest: units(totalInterest), rows };
}

/** An amount in the smallest unit of its currency, as text. */
function units(amount) {
  return String(BigInt(amount.replace(".", "")));
}

/** The answers of all rows. */
function rowsOf({ result }, answer) {
  if (result !== null) return typeof answer === "number" ? [answer] : Array.from(answer);
  const { interest, principal, balance, ends, payment, totalInterest } = answer;
  return Array.from(ends, (end, loan) => {
    const start = loan === 0 ? 0 : ends[loan - 1];
    const rows = Array.from({ length: end - start }, (_, row) =>
      [interest, principal, balance].map((column) => String(column[start + row])),
    );
    return { payment: String(payment[loan]), totalInterest: String(totalInterest[loan]), rows };
  });
}

/** What differs from row to row. */
const HAS_ROWS = ["column", "rates", "decimals", "decimalRates", "manyDates", "manySeries"];

/** Calls a function with a row for each input; what all rows share is that of the first. */
function run(apply, { arguments: declared, options }, inputs) {
  const value = ({ name, kind }) => {
    const values = inputs.map((input) => input[name]);
    const [first] = values;
    if (first === undefined || !HAS_ROWS.includes(kind)) return first;
    const isList = kind === "manyDates" || kind === "manySeries";
    return inputs.length === 1 && !isList ? first : values;
  };
  const byPlace = declared.filter(({ name }) => !options.includes(name)).map(value);
  const byName = declared.filter(({ name }) => options.includes(name)).map((argument) => [argument.name, value(argument)]);
  return apply(...byPlace, Object.fromEntries(byName.filter(([, value]) => value !== undefined)));
}

/** Rows that can stand in one call: they share what all rows must share, and leave out the same arguments. */
function groups({ arguments: declared }, answered) {
  const all = new Map();
  for (const row of answered) {
    const key = JSON.stringify(
      declared.map(({ name, kind }) => {
        const given = row.input[name];
        return HAS_ROWS.includes(kind) ? given === undefined : (given ?? null);
      }),
    );
    all.set(key, [...(all.get(key) ?? []), row]);
  }
  return all;
}

/** Keeps what JSON does not say of numbers. */
function bits(_, value) {
  return typeof value === "number" && (Object.is(value, -0) || !Number.isFinite(value)) ? `number ${1 / value}` : value;
}
