/** The messages between the page and the worker that runs ddlint. */

export interface Job {
  id: number;
  /** Files that have changed since the last job; `null` for one that is gone. */
  files: [string, Uint8Array | null][];
  words: string[];
  /** Whether files that the command has changed are sent back. */
  isWriting: boolean;
}

export interface Result {
  code: number;
  out: string;
  err: string;
  changed: [string, Uint8Array][];
}

export type FromWorker =
  | { kind: "progress"; text: string }
  | { kind: "ready"; series: string[] }
  | { kind: "failed"; text: string }
  | { kind: "result"; id: number; result: Result }
  | { kind: "broken"; id: number; text: string };
