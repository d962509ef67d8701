import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cleanPath,
  fromBytes,
  fromText,
  isSkipped,
  Project,
  withoutCommonFolder,
} from "../../src/playground/project.ts";
import { offsetInLine } from "../../src/playground/report.ts";

test("paths that a file may have", () => {
  for (const [given, path] of [
    ["a.txt", "a.txt"],
    ["/etc/passwd", "etc/passwd"],
    ["./a//b", "a/b"],
    ["../a", null],
    ["a/../b", null],
    ["", null],
    ["/", null],
    ["a\0b", null],
    ["x".repeat(256), null],
    ["ü".repeat(128), null],
    ["a/".repeat(41), null],
    ["<b>.txt", "<b>.txt"],
  ] as const) {
    assert.equal(cleanPath(given), path, given);
  }
});

test("folders that are not read", () => {
  assert.deepEqual(
    [".git/config", "a/node_modules/b/package.json", ".gitignore", "venv.txt", "node_modules"].map(isSkipped),
    [true, true, false, false, false],
  );
});

test("the folder that was dropped is left out of the paths", () => {
  assert.deepEqual(withoutCommonFolder(["shop/a", "shop/b/c"]), ["a", "b/c"]);
  assert.deepEqual(withoutCommonFolder(["shop/a", "other/b"]), ["shop/a", "other/b"]);
  assert.deepEqual(withoutCommonFolder(["a"]), ["a"]);
});

test("what is not text has none", () => {
  assert.equal(fromBytes("a", new Uint8Array([0xff, 0xfe, 0x41])).text, null);
  assert.equal(fromBytes("a", new Uint8Array([0x41, 0])).text, null);
  assert.equal(fromText("a", "ü\r\n").text, "ü\n");
});

test("a change keeps the byte order mark and the line ends", () => {
  for (const [before, text, after] of [
    ["\ufeffa\r\nb\r\n", "a\nb\nc\n", "\ufeffa\r\nb\r\nc\r\n"],
    ["a\nb\n", "a\n", "a\n"],
    ["", "x\n", "x\n"],
  ] as const) {
    const project = new Project();
    project.put(fromText("f", before));
    project.write("f", text);
    assert.equal(new TextDecoder("utf-8", { ignoreBOM: true }).decode(project.files.get("f")?.bytes), after);
  }
});

test("a file that is not touched keeps its bytes", () => {
  const bytes = new TextEncoder().encode("a\r\nb\nc\rd");
  const project = new Project();
  project.put(fromBytes("f", bytes));
  project.write("f", "a\nb\nc\nd");
  assert.equal(project.files.get("f")?.bytes, bytes);
});

test("what the engine has not seen", () => {
  const project = new Project();
  project.put(fromText("a", "1"));
  project.put(fromText("b", "2"));
  assert.deepEqual(
    project.takeUnsent().map(([path]) => path),
    ["a", "b"],
  );
  assert.deepEqual(project.takeUnsent(), []);
  project.rename("a", "c");
  project.remove("b");
  assert.deepEqual(
    project.takeUnsent().map(([path, bytes]) => [path, bytes === null]),
    [
      ["c", false],
      ["a", true],
      ["b", true],
    ],
  );
});

test("a file keeps its place when it is renamed", () => {
  const project = new Project();
  for (const path of ["a", "b", "c"]) {
    project.put(fromText(path, path));
  }
  assert.equal(project.rename("b", "x/y"), null);
  assert.deepEqual([...project.files.keys()], ["a", "x/y", "c"]);
});

test("names that cannot be", () => {
  const project = new Project();
  project.put(fromText("a", ""));
  project.put(fromText("d/e", ""));
  for (const refused of [
    project.put(fromText("a/b", "")),
    project.put(fromText("d", "")),
    project.rename("a", "d/e"),
    project.rename("a", "d"),
  ]) {
    assert.equal(typeof refused, "string");
  }
  assert.deepEqual([...project.files.keys()], ["a", "d/e"]);
});

test("columns count code points", () => {
  for (const [line, column, offset] of [
    ["abc", 1, 0],
    ["abc", 3, 2],
    ["🦆b", 2, 2],
    ["a🦆🦆b", 4, 5],
    ["a", 9, 1],
  ] as const) {
    assert.equal(offsetInLine(line, column), offset, line);
  }
});
