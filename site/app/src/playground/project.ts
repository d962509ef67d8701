/** The files of the project: bytes as they came, texts where they can be edited. Nothing here touches the page. */

export interface ProjectFile {
  path: string;
  /** As it came, or as it was written last. */
  bytes: Uint8Array;
  /** The text, with `\n` at line ends; `null` for what is not text. */
  text: string | null;
  /** What is kept of the file when its text changes. */
  lineEnd: string;
  hasMark: boolean;
}

/** More than this is not taken from a folder that is dropped. */
export const MOST_FILES = 3000;
export const MOST_BYTES = 20_000_000;

/** Folders that ddlint never reads, so that they need not be read here. */
const SKIPPED = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "site-packages",
  "__pycache__",
  ".venv",
  ".tox",
  ".nox",
]);

/** Returns a relative path in its plain form, or `null` for one that no file of a project can have. */
export function cleanPath(given: string): string | null {
  const parts = given.split("/").filter((part) => part !== "" && part !== ".");
  const isBad = (part: string): boolean =>
    part === ".." || part.includes("\0") || new TextEncoder().encode(part).length > 255;
  return parts.length === 0 || parts.length > 40 || parts.some(isBad) ? null : parts.join("/");
}

/** Whether a path leads through a folder that ddlint never reads. */
export function isSkipped(path: string): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((part) => SKIPPED.has(part));
}

/** Returns a file of bytes: UTF-8 without NUL is text. */
export function fromBytes(path: string, bytes: Uint8Array): ProjectFile {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let raw: string;
  try {
    raw = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { path, bytes, text: null, lineEnd: "\n", hasMark };
  }
  if (raw.includes("\0")) {
    return { path, bytes, text: null, lineEnd: "\n", hasMark };
  }
  const windows = raw.split("\r\n").length - 1;
  const all = raw.split("\n").length - 1;
  return { path, bytes, text: raw.replaceAll(/\r\n?/g, "\n"), lineEnd: windows * 2 > all ? "\r\n" : "\n", hasMark };
}

/** Returns a file of text. */
export function fromText(path: string, text: string): ProjectFile {
  return fromBytes(path, new TextEncoder().encode(text));
}

/** The files by path, in the order of the tabs, and which of them the engine has not seen. */
export class Project {
  readonly files = new Map<string, ProjectFile>();
  /** Counts changes, so that an answer can be recognized as late. */
  version = 0;
  #unsent = new Set<string>();

  /** Puts a file in; `null` or why it cannot be. */
  put(file: ProjectFile): string | null {
    const conflict = [...this.files.keys()].find(
      (other) => other.startsWith(`${file.path}/`) || file.path.startsWith(`${other}/`),
    );
    if (conflict !== undefined) {
      return `“${conflict}” and “${file.path}” cannot both exist`;
    }
    this.files.set(file.path, file);
    this.#changed(file.path);
    return null;
  }

  /** Changes the text of a file; its byte order mark and its line ends stay. */
  write(path: string, text: string): void {
    const file = this.files.get(path);
    if (file === undefined || file.text === null || file.text === text) {
      return;
    }
    const whole = (file.hasMark ? "\ufeff" : "") + text.replaceAll("\n", file.lineEnd);
    this.files.set(path, { ...file, text, bytes: new TextEncoder().encode(whole) });
    this.#changed(path);
  }

  remove(path: string): void {
    if (this.files.delete(path)) {
      this.#changed(path);
    }
  }

  /** Renames a file and keeps its place; `null` or why it cannot be. */
  rename(from: string, to: string): string | null {
    const file = this.files.get(from);
    if (file === undefined || from === to) {
      return null;
    }
    if (this.files.has(to)) {
      return `“${to}” exists already`;
    }
    const before = [...this.files];
    this.files.delete(from);
    const refused = this.put({ ...file, path: to });
    this.files.clear();
    for (const [path, each] of before) {
      const isIt = path === from && refused === null;
      this.files.set(isIt ? to : path, isIt ? { ...file, path: to } : each);
    }
    if (refused === null) {
      this.#changed(from);
    }
    return refused;
  }

  /** Replaces all files. */
  replace(files: Iterable<ProjectFile>): void {
    for (const path of [...this.files.keys()]) {
      this.remove(path);
    }
    for (const file of files) {
      this.put(file);
    }
  }

  /** Returns what has changed since the last call: bytes, or `null` for a file that is gone. */
  takeUnsent(): [string, Uint8Array | null][] {
    const found = [...this.#unsent].map((path): [string, Uint8Array | null] => [
      path,
      this.files.get(path)?.bytes ?? null,
    ]);
    this.#unsent.clear();
    return found;
  }

  #changed(path: string): void {
    this.version += 1;
    this.#unsent.add(path);
  }
}

/** Returns paths without the folder that all of them are in, as a dropped folder brings it. */
export function withoutCommonFolder(paths: string[]): string[] {
  const first = paths[0]?.split("/")[0] ?? "";
  const isCommon = paths.every((path) => path.startsWith(`${first}/`));
  return isCommon && first !== "" ? paths.map((path) => path.slice(first.length + 1)) : paths;
}
