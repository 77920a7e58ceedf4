/** A message from the page to a worker: one run. */
export interface Request {
  operation: string;
  input: string;
  /** Whether to report progress. */
  observed: boolean;
}

/** A message from a worker to the page. */
export type Reply =
  | { kind: "ready" }
  | { kind: "progress"; done: number; total: number }
  | { kind: "output"; output: string }
  | { kind: "error"; message: string };
