// Replays a vector through a JavaScript package, in Node and in the browser alike.

/** What the raw and the typed function of `wherewithal` answer: one line of a runner's output. */
export async function replay(wherewithal, { file, operation, name, input }) {
  return JSON.stringify({
    file,
    name,
    raw: raw(wherewithal, operation, JSON.stringify(input)),
    bits: bits(await typed(wherewithal, operation, input)),
  });
}

/** The text that the raw function of `wherewithal` answers: an output, or an error in its wire form. */
export function raw(wherewithal, operation, input) {
  try {
    return wherewithal.callJson(operation, input);
  } catch (error) {
    return JSON.stringify(wireError(wherewithal, error));
  }
}

async function typed(wherewithal, operation, input) {
  const [family, functionName] = operation.split(".").map(camelCase);
  try {
    return await wherewithal[family][functionName](input);
  } catch (error) {
    return wireError(wherewithal, error);
  }
}

function wireError(wherewithal, error) {
  if (!(error instanceof wherewithal.WherewithalError)) throw error;
  return { code: error.code, message: error.reason, path: error.path };
}

/** A name of the wire as JavaScript spells it. */
export function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

/** JSON in which every number is the sixteen hexadecimal digits of its double. */
function bits(value) {
  if (typeof value === "number") return `"${hex(value)}"`;
  if (Array.isArray(value)) return `[${value.map(bits).join(",")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${bits(field)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

function hex(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}
