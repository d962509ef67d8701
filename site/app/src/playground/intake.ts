/** Takes files from the file dialog and from what is dropped, folders with all that they hold. */

import {
  cleanPath,
  fromBytes,
  isSkipped,
  MOST_BYTES,
  MOST_FILES,
  type ProjectFile,
  withoutCommonFolder,
} from "./project.ts";

export interface Intake {
  files: ProjectFile[];
  /** What was left out, in words; empty where nothing was. */
  leftOut: string;
}

/** Reads files of a file dialog; of a folder, `webkitRelativePath` begins with its name. */
export function fromInput(list: FileList): Promise<Intake> {
  return read([...list].map((file) => [file.webkitRelativePath || file.name, file]));
}

/** Reads what was dropped. */
export async function fromDrop(transfer: DataTransfer): Promise<Intake> {
  // What an item holds can be asked for only before the first wait.
  const items = [...transfer.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: [string, File][] = [];
  for (const { entry, file } of items) {
    if (entry !== null) {
      await walk(entry, found);
    } else if (file !== null) {
      found.push([file.name, file]);
    }
  }
  return read(found);
}

async function walk(entry: FileSystemEntry, found: [string, File][]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (found.length > MOST_FILES || isSkipped(`${path}/x`)) {
    return;
  }
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push([path, file]);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) {
      return;
    }
    for (const each of some) {
      await walk(each, found);
    }
  }
}

async function read(given: [string, File][]): Promise<Intake> {
  const wanted = given.filter(([path]) => !isSkipped(path));
  const paths = withoutCommonFolder(wanted.map(([path]) => path));
  const files: ProjectFile[] = [];
  let bytes = 0;
  let refused = 0;
  for (const [number, [, file]] of wanted.entries()) {
    const path = cleanPath(paths[number] ?? "");
    if (path === null || files.length >= MOST_FILES || bytes + file.size > MOST_BYTES) {
      refused += 1;
      continue;
    }
    bytes += file.size;
    files.push(fromBytes(path, new Uint8Array(await file.arrayBuffer())));
  }
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  const limit = `more than ${MOST_FILES} files or ${MOST_BYTES / 1_000_000} MB, or a name that no file can have`;
  return { files, leftOut: refused === 0 ? "" : `${refused} files were left out: ${limit}` };
}
