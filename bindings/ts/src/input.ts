import { WherewithalError } from "./error.js";
import type { ErrorCode } from "./generated/errors.js";

/** No valid input has this depth of nesting; a deeper one contains itself. */
const MAX_DEPTH = 100;

/**
 * An input as JSON.
 *
 * Unlike `JSON.stringify` it does not drop values silently: a number that is not finite, a hole in a list, a function
 * or a symbol is an error with its path. A property that is `undefined` is absent.
 */
export function encode(input: unknown): string {
  return JSON.stringify(plain(input, []));
}

/** The path of a value: names of fields and indexes of lists. */
type Path = (string | number)[];

function plain(value: unknown, path: Path): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw refused("number.not_finite", `${value} is not a finite number`, path);
      return value;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case "object":
      return value === null ? null : plainObject(value, path);
    default:
      throw refused("input.invalid", `${typeof value} is not a value of JSON`, path);
  }
}

function plainObject(value: object, path: Path): unknown {
  if (path.length >= MAX_DEPTH) {
    throw refused("input.invalid", `the input is nested more than ${MAX_DEPTH} levels deep`, path.slice(0, 3));
  }
  if (Array.isArray(value) || isTypedArray(value)) return plainList(value, path);
  if (value instanceof Date) return civilDate(value, path);
  if (isDecimalObject(value)) return plain(decimalText(value, path), path);
  if ("toJSON" in value && typeof value.toJSON === "function") return plain(value.toJSON(), path);
  if (value instanceof Map) return plainFields(value as Map<string, unknown>, path);
  return plainFields(Object.entries(value), path);
}

function plainList(list: ArrayLike<unknown>, path: Path): unknown[] {
  return Array.from(list, (element, index) => {
    path.push(index);
    const item = plain(element, path);
    path.pop();
    return item;
  });
}

function plainFields(fields: Iterable<[string, unknown]>, path: Path): unknown {
  const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, field] of fields) {
    if (field === undefined) continue;
    path.push(name);
    record[name] = plain(field, path);
    path.pop();
  }
  return record;
}

function isTypedArray(value: object): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isDecimalObject(value: object): value is { toFixed(): string } {
  return "toFixed" in value && typeof value.toFixed === "function";
}

function decimalText(value: { toFixed(): string }, path: Path): string {
  const text = value.toFixed();
  if (text === "NaN" || text.endsWith("Infinity")) {
    throw refused("number.not_finite", `${text} is not a finite number`, path);
  }
  return text;
}

/** The civil date of a `Date` at midnight in UTC or local time. */
export function civilDate(date: Date, path: Path): string {
  if (Number.isNaN(date.getTime())) throw refused("date.malformed", "the Date is invalid", path);
  if (date.getTime() % 86_400_000 === 0) return iso(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), path);
  const sinceMidnight = date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds();
  if (sinceMidnight === 0) return iso(date.getFullYear(), date.getMonth(), date.getDate(), path);
  throw refused(
    "date.malformed",
    `${date.toISOString()} has a time of day; write the date like "2026-01-31", or use a Date at midnight`,
    path,
  );
}

function iso(year: number, month: number, day: number, path: Path): string {
  if (year < 1 || year > 9999) {
    throw refused("date.out_of_range", `the year ${year} is outside the years 0001 to 9999`, path);
  }
  const digits = (value: number, count: number) => String(value).padStart(count, "0");
  return `${digits(year, 4)}-${digits(month + 1, 2)}-${digits(day, 2)}`;
}

/** The error of a value at a path. */
export function refused(code: ErrorCode, message: string, path: Path): WherewithalError {
  const text = path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    return index === 0 ? part : `.${part}`;
  });
  return new WherewithalError({ code, message, path: text.join("") });
}
