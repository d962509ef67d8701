/** What ddlint writes as JSON, as far as the page reads it. */

export interface Position {
  line: number;
  column: number;
}

export interface Edit {
  path: string;
  start: Position;
  end: Position;
  text: string;
}

export interface Fix {
  title: string;
  safety: "safe" | "unsafe";
  edits: Edit[];
}

export interface Document {
  title: string;
  section: string;
  as_of: string;
  url: string;
}

export interface Finding {
  code: string;
  name: string;
  row: string;
  severity: "error" | "warning" | "notice";
  subject: string;
  message: string;
  help: string;
  path: string;
  start: Position;
  end: Position;
  related: { path: string; start: Position; end: Position; message: string }[];
  evidence: Document[];
  fix: Fix | null;
}

export interface Report {
  findings: Finding[];
  suppressed: unknown[];
  summary: Record<"error" | "warning" | "notice" | "suppressed" | "files" | "projects", number>;
}

export interface Change {
  code: string;
  severity: string;
  message: string;
  help: string;
  required: boolean;
  overdue: boolean;
  blocker: boolean;
  edits: Edit[];
  places: { path: string; start: Position; was: string; write: string }[];
  notes: string[];
  evidence: Document[];
}

export interface Plan {
  project: string;
  environment: string;
  target: string;
  verdict: { status: string; text: string; blockers: { subject: string; reason: string; last: string | null }[] };
  changes: Change[];
  commands: { command: string; directory: string }[];
  removed: {
    kind: string;
    name: string;
    version: string | null;
    successor: string | null;
    note: string;
    used: boolean;
  }[];
}

export interface Plans {
  plans: Plan[];
  untraced: string[];
}

/** Returns the offset in UTF-16 units of a column, which counts code points from 1, in a line. */
export function offsetInLine(line: string, column: number): number {
  let offset = 0;
  for (let left = column - 1; left > 0 && offset < line.length; left -= 1) {
    offset += (line.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
