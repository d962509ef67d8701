/** The answers of the engine, as `tools/site/explorer_data.py` writes them, and the questions that are asked of them. */

import { parseVersion, partsOf, type Version } from "./versions.ts";

export interface Series {
  name: string;
  release: string;
  released: string;
  level: string;
  until: string;
  /** Whether the level has ended on the day of the rules. */
  ended: boolean;
  pythons: string[];
  /** For each Python the numbers of the platforms with a wheel; `null` where none is needed. */
  wheels: (number[] | null)[];
}

export interface Run {
  first: number;
  last: number;
  ranges: string[];
  basis: string;
  tested: string[];
  removed: [] | [string, string];
  on: string[];
  switches: string[];
  /** A letter for each part of the versions; see `STATUS`. */
  status: string;
  because: number[];
}

export interface BadPair {
  hits: string;
  absent: boolean;
  releases: [string, string][];
  python: string;
  severity: string;
  problem: string;
  help: string;
  because: number;
}

export interface Library {
  name: string;
  integrations: string[];
  points: string[];
  runs: Run[];
  bad: BadPair[];
}

export interface Answers {
  tool: string;
  pack: string;
  subject: string;
  pythons: string[];
  platforms: string[];
  releases: string[];
  series: Series[];
  libraries: Library[];
}

export interface Evidence {
  /** Heading, words, row, and the numbers of the documents. */
  statements: [string, string, string, number[]][];
  /** Title, section, day and address. */
  documents: [string, string, string, string][];
}

export interface Status {
  mark: string;
  word: string;
  tone: "good" | "fair" | "bad" | "none";
}

/** What a letter means; `m` is for versions of which some are supported. */
export const STATUS: Record<string, Status> = {
  s: { mark: "✓", word: "supported", tone: "good" },
  m: { mark: "◐", word: "some versions supported", tone: "fair" },
  p: { mark: "◐", word: "supported by one of its integrations", tone: "fair" },
  t: { mark: "?", word: "not tested", tone: "fair" },
  a: { mark: "?", word: "above the documented range", tone: "fair" },
  w: { mark: "?", word: "outside the supported range, seen to work", tone: "fair" },
  u: { mark: "✗", word: "not supported, patched anyway", tone: "bad" },
  r: { mark: "✗", word: "not supported, not instrumented", tone: "bad" },
  b: { mark: "✗", word: "breaks", tone: "bad" },
  x: { mark: "✗", word: "integration removed", tone: "bad" },
  "-": { mark: "", word: "nothing is known", tone: "none" },
};

/** Returns what a letter means. */
export function statusOf(letter: string): Status {
  return STATUS[letter] ?? { mark: "", word: "nothing is known", tone: "none" };
}

const POINTS = new WeakMap<Library, Version[]>();

function pointsOf(library: Library): Version[] {
  let points = POINTS.get(library);
  if (points === undefined) {
    points = library.points.map((text) => parseVersion(text)).filter((each) => each !== null);
    POINTS.set(library, points);
  }
  return points;
}

/** Returns the run that holds a series; nothing where the pack is silent. */
export function runAt(library: Library, series: number): Run | undefined {
  return library.runs.find((run) => run.first <= series && series <= run.last);
}

/** Returns the letter for a version of a library in a run: the common one, else `m` or the one of the newest version. */
export function letterOf(library: Library, run: Run | undefined, version: Version): string {
  if (run === undefined) {
    return "-";
  }
  const [first, last] = partsOf(pointsOf(library), version);
  const letters = run.status.slice(first, last + 1);
  const newest = letters.at(-1) ?? "-";
  if ([...letters].every((letter) => letter === newest)) {
    return newest;
  }
  // Where some of the versions were tested, the others count as supported, as in a check.
  if ([...letters].every((letter) => letter === "s" || letter === "t")) {
    return "s";
  }
  return letters.includes("s") ? "m" : newest;
}

/** Returns the bad pairs that a version of a library meets in the newest release of a series. */
export function badPairs(answers: Answers, library: Library, series: number, version: Version | null): BadPair[] {
  const release = answers.releases.indexOf(answers.series[series]?.release ?? "");
  const [first, last] = version === null ? [0, Number.POSITIVE_INFINITY] : partsOf(pointsOf(library), version);
  return library.bad.filter(
    (pair) =>
      pair.hits.slice(first, last + 1).includes("1") &&
      pair.releases.some(
        ([from, to]) => answers.releases.indexOf(from) <= release && release <= answers.releases.indexOf(to),
      ),
  );
}

/** What is asked for. Empty texts and `null` ask for nothing. */
export interface Query {
  text: string;
  python: string;
  platform: string;
  from: string;
  to: string;
}

export interface Parsed {
  /** The library that is named, where one is. */
  library: Library | null;
  /** The text that names of libraries have to hold where none is named. */
  part: string;
  version: Version | null;
  /** The version as it was typed. */
  written: string;
  python: string;
  /** The series of the subject that is named. */
  series: string;
}

/** Returns a name as PEP 503 normalizes it. */
export function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/** Returns the part of an address that names the page of an integration. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** Reads what was typed: `flask 2.3`, `flask==2.3.1 python 3.13`, `redis ddtrace 3.2`. */
export function parse(text: string, answers: Answers): Parsed {
  const words = text
    .toLowerCase()
    .replaceAll(/[=<>~!,;@^]+/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  const found: Parsed = { library: null, part: "", version: null, written: "", python: "", series: "" };
  const names: string[] = [];
  let expects: "version" | "python" | "series" = "version";
  for (const word of words) {
    const glued = /^(?:python|py)(\d[\d.]*)$/.exec(word);
    if (glued !== null) {
      found.python = glued[1] ?? "";
    } else if (word === "python" || word === "py") {
      expects = "python";
    } else if (word === normalized(answers.subject)) {
      expects = "series";
    } else if (parseVersion(word) !== null && /^v?\d/.test(word)) {
      if (expects === "python") {
        found.python = word;
      } else if (expects === "series") {
        found.series = word.replace(/^v/, "").split(".").slice(0, 2).join(".");
      } else {
        [found.version, found.written] = [parseVersion(word), word.replace(/^v/, "")];
      }
      expects = "version";
    } else {
      names.push(word.replace(/\[.*\]$/, ""));
      expects = "version";
    }
  }
  const name = normalized(names.join("-"));
  found.part = name;
  found.library =
    answers.libraries.find((library) => normalized(library.name) === name) ??
    answers.libraries.find(
      (library) => name !== "" && library.integrations.some((each) => normalized(each) === name),
    ) ??
    null;
  return found;
}

/** Returns the libraries to show: the one that is named, else those whose names hold the text. */
export function shownLibraries(answers: Answers, parsed: Parsed): Library[] {
  if (parsed.library !== null) {
    return [parsed.library];
  }
  return answers.libraries.filter(
    (library) =>
      normalized(library.name).includes(parsed.part) ||
      library.integrations.some((each) => normalized(each).includes(parsed.part)),
  );
}

/** Returns the numbers of the series to show. */
export function shownSeries(answers: Answers, query: Query, parsed: Parsed): number[] {
  const names = answers.series.map((series) => series.name);
  const first = query.from === "" ? 0 : Math.max(0, names.indexOf(query.from));
  const last = query.to === "" || !names.includes(query.to) ? names.length - 1 : names.indexOf(query.to);
  const python = query.python || parsed.python;
  // A series that is named is shown whatever the range is.
  const isMeant = (name: string, number: number): boolean =>
    parsed.series === ""
      ? first <= number && number <= last
      : parsed.series === name || parsed.series === name.split(".")[0];
  return [...names.entries()]
    .filter(([number, name]) => isMeant(name, number) && installs(answers, number, python, query.platform))
    .map(([number]) => number);
}

/** Whether the newest release of a series supports a Python, and has a wheel for a platform; empty texts ask nothing. */
export function installs(answers: Answers, series: number, python: string, platform: string): boolean {
  const found = answers.series[series];
  if (found === undefined) {
    return false;
  }
  const minor = python.split(".").slice(0, 2).join(".");
  const wanted = answers.platforms.indexOf(platform);
  return found.pythons.some((each, number) => {
    const wheels = found.wheels[number];
    const hasWheel = platform === "" || wheels === null || (wheels ?? []).includes(wanted);
    return (minor === "" || minor === each) && hasWheel;
  });
}

/** Returns runs of neighbouring numbers that are meant: `[[0, 3], [5, 5]]`; what is not listed ends a run. */
export function runsOf(listed: number[], isMeant: (number: number) => boolean): [number, number][] {
  const runs: [number, number][] = [];
  for (const number of listed.filter(isMeant)) {
    const open = runs.at(-1);
    if (open !== undefined && open[1] === number - 1) {
      open[1] = number;
    } else {
      runs.push([number, number]);
    }
  }
  return runs;
}

/** Writes runs of series: `2.2 to 4.16`, `0.7 and 2.2 to 4.16`. */
export function writeRuns(answers: Answers, runs: [number, number][]): string {
  const name = (number: number): string => answers.series[number]?.name ?? "";
  return joined(
    runs.map(([first, last]) => (first === last ? name(first) : `${name(first)} to ${name(last)}`)),
    "and",
  );
}

/** Joins words: `a`, `a and b`, `a, b and c`. */
export function joined(words: string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** What a statement rests on, in words. */
export const BASIS: Record<string, string> = {
  declared: "checked by the release itself when it runs",
  observed: "seen when it ran",
  published: "stated by a compatibility page of its time",
  documented: "stated by its documentation",
  tested: "only what its test suite runs with is known",
};

/** What is answered to `flask 2.3`. */
export interface Answer {
  /** One sentence. */
  headline: string;
  tone: Status["tone"];
  /** What it rests on, with the series. */
  bases: [string, string][];
  /** Each other status with its series. */
  others: [Status, string][];
  /** The support levels of the series that support it. */
  levels: [string, string][];
  bad: { pair: BadPair; series: string }[];
}

/** Answers for one library, over the series that are listed. */
export function answer(answers: Answers, library: Library, parsed: Parsed, listed: number[]): Answer {
  const { version } = parsed;
  const letter = (number: number): string => {
    const run = runAt(library, number);
    if (version !== null || run === undefined) {
      return version === null ? "-" : letterOf(library, run, version);
    }
    return run.removed.length > 0 ? "x" : run.ranges.length > 0 ? "s" : "t";
  };
  const letters = new Map(listed.map((number) => [number, letter(number)]));
  const supported = listed.filter((number) => letters.get(number) === "s");
  const where = (isMeant: (number: number) => boolean, of = listed): string => writeRuns(answers, runsOf(of, isMeant));
  const grouped = (of: number[], key: (number: number) => string): [string, string][] =>
    [...new Set(of.map(key))].map((each) => [each, where((number) => key(number) === each, of)]);
  const label = version === null ? library.name : `${library.name} ${parsed.written}`;
  const verb = version === null ? "is instrumented by" : "is supported by";
  const bad = version === null ? [] : library.bad;
  return {
    headline:
      supported.length > 0
        ? `${label} ${verb} ${answers.subject} ${where(() => true, supported)}`
        : `No series shown supports ${label}`,
    tone: supported.length > 0 ? "good" : "bad",
    bases: grouped(supported, (number) => runAt(library, number)?.basis ?? ""),
    others: grouped(
      listed.filter((number) => !["s", "-"].includes(letters.get(number) ?? "-")),
      (number) => letters.get(number) ?? "-",
    ).map(([each, series]) => [statusOf(each), series]),
    levels: grouped(supported, (number) => levelOf(answers.series[number])),
    bad: bad
      .map((pair) => ({
        pair,
        series: where((number) => badPairs(answers, library, number, version).includes(pair)),
      }))
      .filter(({ series }) => series !== ""),
  };
}

/** Returns the support level of a series in words. */
export function levelOf(series: Series | undefined): string {
  const level = (series?.level ?? "").replaceAll("-", " ");
  if (series === undefined || series.until === "") {
    return level;
  }
  return series.ended ? `${level}, ended on ${series.until}` : `${level} until ${series.until}`;
}
