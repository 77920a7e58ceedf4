/** What the page tells a worker: one run. */
export interface Request {
  operation: string;
  input: string;
  /** Whether the page wants to hear of progress. */
  observed: boolean;
}

/** What a worker tells the page. */
export type Reply =
  | { kind: "ready" }
  | { kind: "progress"; done: number; total: number }
  | { kind: "output"; output: string }
  | { kind: "error"; message: string };
