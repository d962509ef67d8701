/** Runs ddlint in Pyodide. It loads from its own folder alone, and can open no connection once that is done. */

import type { loadPyodide as load, PyodideAPI } from "pyodide";
import driver from "./driver.py";
import type { FromWorker, Job, Result } from "./protocol.ts";

const FOLDER = "/project";
const known = new Map<string, Uint8Array>();

function send(message: FromWorker): void {
  self.postMessage(message);
}

async function start(): Promise<PyodideAPI> {
  send({ kind: "progress", text: "Loading Python (6.3 MB) …" });
  const home = new URL("pyodide/", self.location.href).href;
  const modules = fetch(new URL("modules.zip", self.location.href));
  const { loadPyodide } = (await import(`${home}pyodide.mjs`)) as { loadPyodide: typeof load };
  const python = await loadPyodide({ indexURL: home });
  send({ kind: "progress", text: "Loading ddlint (0.9 MB) …" });
  const response = await modules;
  if (!response.ok) {
    throw new Error(`modules.zip: ${response.status}`);
  }
  python.unpackArchive(await response.arrayBuffer(), "zip", { extractDir: "/modules" });
  python.runPython(driver);
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "Worker"]) {
    Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
  }
  return python;
}

function isFolder(python: PyodideAPI, path: string): boolean {
  const found = python.FS.analyzePath(path);
  return found.exists && python.FS.isDir(found.object.mode);
}

function write(python: PyodideAPI, path: string, bytes: Uint8Array | null): void {
  const target = `${FOLDER}/${path}`;
  if (bytes !== null) {
    python.FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    python.FS.writeFile(target, bytes);
    known.set(path, bytes);
    return;
  }
  if (!known.delete(path)) {
    return;
  }
  python.FS.unlink(target);
  // A folder that became empty goes too: an empty one is not what the page shows.
  let folder = target.slice(0, target.lastIndexOf("/"));
  while (folder !== FOLDER && isFolder(python, folder) && python.FS.readdir(folder).length === 2) {
    python.FS.rmdir(folder);
    folder = folder.slice(0, folder.lastIndexOf("/"));
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function run(python: PyodideAPI, job: Job): Result {
  // What is gone goes first: a file may take the name of a folder that was there.
  for (const [path, bytes] of job.files.toSorted((one, other) => Number(one[1] !== null) - Number(other[1] !== null))) {
    write(python, path, bytes);
  }
  const command = python.globals.get("command") as (words: string[]) => {
    toJs(): [number, string, string];
    destroy(): void;
  };
  const answer = command(job.words);
  const [code, out, err] = answer.toJs();
  answer.destroy();
  const changed: [string, Uint8Array][] = [];
  for (const [path, before] of job.isWriting ? [...known] : []) {
    const after = python.FS.readFile(`${FOLDER}/${path}`) as Uint8Array;
    if (!isSame(before, after)) {
      known.set(path, after);
      changed.push([path, after]);
    }
  }
  return { code, out, err, changed };
}

const started = start();
started.then(
  (python) => {
    const series = python.runPython("series()") as { toJs(): string[]; destroy(): void };
    send({ kind: "ready", series: series.toJs() });
    series.destroy();
  },
  (error: unknown) => {
    send({ kind: "failed", text: String(error) });
  },
);

self.onmessage = (event: MessageEvent<Job>): void => {
  void started.then((python) => {
    try {
      send({ kind: "result", id: event.data.id, result: run(python, event.data) });
    } catch (error) {
      send({ kind: "broken", id: event.data.id, text: error instanceof Error ? error.message : String(error) });
    }
  });
};
