import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions, parseVersion, partOf, partsOf, type Version } from "../../src/explorer/versions.ts";

function version(text: string): Version {
  const found = parseVersion(text);
  assert(found !== null, text);
  return found;
}

test("versions in the order of PEP 440", () => {
  const ascending = [
    "1.0.dev1",
    "1.0a1.dev2",
    "1.0a1",
    "1.0b2",
    "1.0rc1",
    "1.0",
    "1.0.post1",
    "1.0.0.1",
    "1.1",
    "1.10",
    "2",
  ];
  for (const [place, text] of ascending.entries()) {
    for (const [other, against] of ascending.entries()) {
      assert.equal(
        Math.sign(compareVersions(version(text), version(against))),
        Math.sign(place - other),
        `${text} ${against}`,
      );
    }
  }
});

test("the same version written in other ways", () => {
  for (const [one, other] of [
    ["1", "1.0.0"],
    ["1.0-rc.1", "1.0c1"],
    ["v1.2", "1.2"],
    ["1.0-1", "1.0.post1"],
    ["1.0ALPHA", "1.0a0"],
  ] as const) {
    assert.equal(compareVersions(version(one), version(other)), 0, `${one} ${other}`);
  }
});

test("text that is no version", () => {
  for (const text of ["", "flask", "1.x", "1..2", "1.0+local+", "==1", "🦆"]) {
    assert.equal(parseVersion(text), null, text);
  }
});

const points = ["1", "1.1.4", "2.0"].map(version);

test("the part in which a version lies", () => {
  for (const [text, part] of [
    ["0.9", 0],
    ["1.0", 1],
    ["1.1", 2],
    ["1.1.4", 3],
    ["1.9.9", 4],
    ["2", 5],
    ["2.0.post1", 6],
    ["30", 6],
  ] as const) {
    assert.equal(partOf(points, version(text)), part, text);
  }
});

test("two numbers mean all of their releases, three mean one", () => {
  for (const [text, first, last] of [
    ["1.1", 2, 4],
    ["1.1.4", 3, 3],
    ["0", 0, 0],
    ["1", 1, 4],
    ["2", 5, 6],
    ["1.9", 4, 4],
    ["1.1rc1", 2, 2],
  ] as const) {
    assert.deepEqual(partsOf(points, version(text)), [first, last], text);
  }
});
