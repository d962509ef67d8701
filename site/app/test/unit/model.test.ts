import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Answers,
  answer,
  installs,
  type Library,
  letterOf,
  parse,
  type Run,
  runAt,
  runsOf,
  shownLibraries,
  shownSeries,
  slug,
  writeRuns,
} from "../../src/explorer/model.ts";

function run(first: number, last: number, status: string, more: Partial<Run> = {}): Run {
  return {
    first,
    last,
    status,
    ranges: [">=1.1"],
    basis: "declared",
    tested: [],
    removed: [],
    on: ["yes"],
    switches: [],
    because: [],
    ...more,
  };
}

const FLASK: Library = {
  name: "flask",
  integrations: ["flask"],
  points: ["1.1", "3.0"],
  runs: [run(0, 1, "uuuss", { basis: "documented" }), run(3, 4, "bsstt")],
  bad: [],
};
const REDIS: Library = {
  name: "redis",
  integrations: ["redis"],
  points: [],
  runs: [run(0, 2, "s"), run(3, 4, "x", { removed: ["3.0.0", "valkey"], ranges: [] })],
  bad: [
    {
      hits: "1",
      absent: false,
      releases: [["1.0.0", "2.0.0"]],
      python: "",
      severity: "error",
      problem: "p",
      help: "h",
      because: 0,
    },
  ],
};
const ANSWERS: Answers = {
  tool: "0",
  pack: "2026.01.01",
  subject: "ddtrace",
  pythons: ["3.9", "3.13"],
  platforms: ["linux", "win"],
  releases: ["0.1.0", "1.0.0", "2.0.0", "3.0.0", "3.1.0"],
  series: [0, 1, 2, 3, 4].map((number) => ({
    name: ["0.1", "1.0", "2.0", "3.0", "3.1"][number] ?? "",
    release: ["0.1.0", "1.0.0", "2.0.0", "3.0.0", "3.1.0"][number] ?? "",
    released: "",
    level: number < 3 ? "end-of-life" : "general-availability",
    until: "",
    ended: number < 3,
    pythons: number < 3 ? ["3.9"] : ["3.9", "3.13"],
    wheels: number === 0 ? [null] : number < 3 ? [[0]] : [[0, 1], [0]],
  })),
  libraries: [FLASK, REDIS, { name: "stdlib:http.client", integrations: ["httplib"], points: [], runs: [], bad: [] }],
};

test("what is typed", () => {
  for (const [text, library, written, python, series] of [
    ["flask 2.3", "flask", "2.3", "", ""],
    ["Flask==2.3.1", "flask", "2.3.1", "", ""],
    ["flask python 3.13", "flask", "", "3.13", ""],
    ["flask 2.3 py3.13 ddtrace 3.1.4", "flask", "2.3", "3.13", "3.1"],
    ["flask[async]>=2", "flask", "2", "", ""],
    ["ddtrace 3.0", null, "", "", "3.0"],
    ["http.client", null, "", "", ""],
    ["httplib", "stdlib:http.client", "", "", ""],
    ["stdlib:http.client", "stdlib:http.client", "", "", ""],
    ["", null, "", "", ""],
  ] as const) {
    const found = parse(text, ANSWERS);
    assert.deepEqual(
      [found.library?.name ?? null, found.written, found.python, found.series],
      [library, written, python, series],
      text,
    );
  }
});

test("libraries whose name holds a text", () => {
  const names = (text: string): string[] => shownLibraries(ANSWERS, parse(text, ANSWERS)).map((each) => each.name);
  assert.deepEqual(
    [names(""), names("s"), names("redis"), names("x")],
    [["flask", "redis", "stdlib:http.client"], ["flask", "redis", "stdlib:http.client"], ["redis"], []],
  );
});

test("the series of a query", () => {
  for (const [text, python, platform, from, to, expected] of [
    ["", "", "", "", "", [0, 1, 2, 3, 4]],
    ["", "", "", "1.0", "3.0", [1, 2, 3]],
    ["", "3.13", "", "", "", [3, 4]],
    ["", "3.13", "win", "", "", []],
    ["", "", "win", "", "", [0, 3, 4]],
    ["ddtrace 3", "", "", "1.0", "1.0", [3, 4]],
    ["ddtrace 2.0", "", "", "", "", [2]],
    ["flask python 3.13.1", "", "", "", "", [3, 4]],
  ] as const) {
    assert.deepEqual(
      shownSeries(ANSWERS, { text, python, platform, from, to }, parse(text, ANSWERS)),
      expected,
      `${text} ${python} ${platform}`,
    );
  }
  assert.equal(installs(ANSWERS, 9, "", ""), false);
});

test("the letter of a version", () => {
  for (const [text, series, letter] of [
    ["1.0", 0, "u"],
    ["1.1.0", 3, "s"],
    ["1.0.9", 3, "b"],
    ["1", 3, "m"],
    ["3", 3, "t"],
    ["2", 3, "s"],
    ["2.9.9", 0, "u"],
    ["2", 2, "-"],
  ] as const) {
    const { version } = parse(`flask ${text}`, ANSWERS);
    assert(version !== null);
    assert.equal(letterOf(FLASK, runAt(FLASK, series), version), letter, `${text} at ${series}`);
  }
});

test("runs of series end where one is not meant or not listed", () => {
  assert.deepEqual(
    runsOf([0, 1, 2, 3, 4], (number) => number !== 2),
    [
      [0, 1],
      [3, 4],
    ],
  );
  assert.deepEqual(
    runsOf([0, 1, 3, 4], () => true),
    [
      [0, 1],
      [3, 4],
    ],
  );
  assert.equal(
    writeRuns(ANSWERS, [
      [0, 1],
      [2, 2],
      [3, 4],
    ]),
    "0.1 to 1.0, 2.0 and 3.0 to 3.1",
  );
});

test("a question is answered", () => {
  const all = [0, 1, 2, 3, 4];
  const asked = (text: string) => {
    const parsed = parse(text, ANSWERS);
    assert(parsed.library !== null);
    return answer(ANSWERS, parsed.library, parsed, all);
  };
  const flask = asked("flask 2.3");
  assert.equal(flask.headline, "flask 2.3 is supported by ddtrace 3.0 to 3.1");
  assert.deepEqual(
    flask.others.map(([status, series]) => [status.word, series]),
    [["not supported, patched anyway", "0.1 to 1.0"]],
  );
  assert.deepEqual(flask.levels, [["general availability", "3.0 to 3.1"]]);
  assert.equal(asked("flask 1.0").headline, "No series shown supports flask 1.0");
  assert.equal(asked("redis").headline, "redis is instrumented by ddtrace 0.1 to 2.0");
  assert.deepEqual(
    asked("redis 5").bad.map(({ series }) => series),
    ["1.0 to 2.0"],
  );
});

test("the page of an integration", () => {
  assert.deepEqual(["flask", "aiohttp (server)", "aws_lambda"].map(slug), ["flask", "aiohttp-server", "aws-lambda"]);
});
