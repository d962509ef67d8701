/** The page of the explorer: reads the address, asks the answers, and draws the result. */

import { byId, h } from "../shared/dom.ts";
import { followTheme } from "../shared/theme.ts";
import { openEvidence } from "./evidence.ts";
import { drawMatrix } from "./matrix.ts";
import {
  type Answers,
  answer,
  BASIS,
  installs,
  type Library,
  levelOf,
  parse,
  type Query,
  runAt,
  shownLibraries,
  shownSeries,
  slug,
  statusOf,
} from "./model.ts";

const FIELDS = ["text", "python", "platform", "from", "to"] as const;
const KEYS: Record<(typeof FIELDS)[number], string> = {
  text: "q",
  python: "python",
  platform: "platform",
  from: "from",
  to: "to",
};

const response = await fetch("explorer.json");
const answers = (await response.json()) as Answers;
const newest = answers.series.at(-1)?.name ?? "";
/** Without a choice, the last two majors are shown. */
const defaultFrom =
  answers.series.find((series) => Number.parseInt(series.name, 10) >= Number.parseInt(newest, 10) - 1)?.name ?? "";

const inputs = {
  text: byId<HTMLInputElement>("text"),
  python: byId<HTMLSelectElement>("python"),
  platform: byId<HTMLSelectElement>("platform"),
  from: byId<HTMLSelectElement>("from"),
  to: byId<HTMLSelectElement>("to"),
};

function fill(select: HTMLSelectElement, values: string[], any: string): void {
  const options = any === "" ? [] : [h("option", { value: "" }, any)];
  select.replaceChildren(...options, ...values.map((value) => h("option", { value }, value)));
}

function query(): Query {
  return {
    text: inputs.text.value.trim(),
    python: inputs.python.value,
    platform: inputs.platform.value,
    from: inputs.from.value,
    to: inputs.to.value,
  };
}

function read(): URLSearchParams {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const field of FIELDS) {
    const fallback = field === "from" ? defaultFrom : field === "to" ? newest : "";
    const value = given.get(KEYS[field]) ?? fallback;
    const input = inputs[field];
    input.value = value;
    if (input instanceof HTMLSelectElement && input.selectedIndex < 0) {
      input.value = fallback;
    }
  }
  return given;
}

function write(cell: string): void {
  const found = query();
  const given = new URLSearchParams();
  for (const field of FIELDS) {
    const fallback = field === "from" ? defaultFrom : field === "to" ? newest : "";
    if (found[field] !== fallback) {
      given.set(KEYS[field], found[field]);
    }
  }
  if (cell !== "") {
    given.set("cell", cell);
  }
  history.replaceState(null, "", given.size > 0 ? `#${given}` : location.pathname);
}

function open(library: Library, series: number): void {
  write(`${library.name} ${answers.series[series]?.name ?? ""}`);
  openEvidence(answers, library, series, parse(query().text, answers), () => {
    write("");
  });
}

function draw(): void {
  const asked = query();
  const parsed = parse(asked.text, answers);
  const listed = shownSeries(answers, asked, parsed);
  const named = shownLibraries(answers, parsed);
  // A library of which nothing is known in any of these series has an empty row, which says nothing.
  const libraries = named.filter((library) => listed.some((number) => runAt(library, number) !== undefined));
  drawAnswer(asked, parsed.library, named.length);
  drawMatrix(byId("matrix"), { answers, libraries, listed: listed.toReversed(), version: parsed.version, open });
  byId("count").textContent =
    `${libraries.length} of ${answers.libraries.length} libraries, ${listed.length} of ${answers.series.length} series of ${answers.subject}`;
}

/** Answers in words: over all series, or those that support the Python and the platform that were chosen. */
function drawAnswer(asked: Query, library: Library | null, shown: number): void {
  const place = byId("answer");
  const parsed = parse(asked.text, answers);
  if (library === null) {
    const isUnknown = asked.text !== "" && shown === 0;
    place.replaceChildren(
      ...(isUnknown
        ? [h("p", {}, `No library of the rules has “${parsed.part}” in its name.`)]
        : [seriesAnswer(parsed.series)]),
    );
    return;
  }
  const everywhere = { ...asked, from: "", to: "" };
  const listed = shownSeries(answers, everywhere, parsed);
  const found = answer(answers, library, parsed, listed);
  const python = asked.python || parsed.python;
  const only = [python === "" ? "" : `Python ${python}`, asked.platform].filter((word) => word !== "").join(" and ");
  const line = (mark: string, tone: string, words: string, series: string): HTMLLIElement =>
    h("li", {}, h("span", { class: `mark ${tone}`, "aria-hidden": "true" }, mark), ` ${words}: ${series}`);
  place.replaceChildren(
    h("p", { class: `headline ${found.tone}` }, found.headline),
    only === ""
      ? ""
      : h(
          "p",
          { class: "aside" },
          `Counted are the series whose newest release supports ${only}, by its metadata and its wheels.`,
        ),
    h(
      "ul",
      { class: "statuses" },
      ...found.bases.map(([basis, series]) => line("✓", "good", BASIS[basis] ?? basis, series)),
      ...found.others.map(([status, series]) => line(status.mark, status.tone, status.word, series)),
      ...found.bad.map(({ pair, series }) =>
        line("✗", "bad", `${pair.severity}, ${pair.problem}; ${pair.help}`, series),
      ),
    ),
    found.levels.length === 0
      ? ""
      : h(
          "p",
          { class: "aside" },
          `Support levels: ${found.levels.map(([level, series]) => `${level} (${series})`).join(", ")}.`,
        ),
    h(
      "p",
      {},
      "Pages: ",
      ...library.integrations.flatMap((name, number) => [
        number > 0 ? ", " : "",
        h("a", { href: `../integrations/${slug(name)}/` }, name),
      ]),
    ),
  );
}

function seriesAnswer(name: string): Node {
  const found = answers.series.find((series) => series.name === name);
  if (found === undefined) {
    return h(
      "p",
      { class: "aside" },
      "Ask for a library and a version: ",
      h("a", { href: "#q=flask+2.3" }, "flask 2.3"),
      ", ",
      h("a", { href: "#q=celery+5.4+python+3.13" }, "celery 5.4 python 3.13"),
      ", ",
      h("a", { href: "#q=redis+ddtrace+3.19" }, "redis ddtrace 3.19"),
      ".",
    );
  }
  return h(
    "p",
    { class: "headline" },
    `${answers.subject} ${name}: ${levelOf(found)}, newest release ${found.release} of ${found.released}, Python ${found.pythons.join(", ")}`,
  );
}

fill(
  inputs.python,
  answers.pythons
    .filter((python) => answers.series.some((_, number) => installs(answers, number, python, "")))
    .reverse(),
  "any Python",
);
fill(inputs.platform, answers.platforms, "any platform");
fill(inputs.from, answers.series.map((series) => series.name).reverse(), "");
fill(inputs.to, answers.series.map((series) => series.name).reverse(), "");
byId("pack").textContent = `rules of ${answers.pack}`;
byId("legend").replaceChildren(
  ...["s", "t", "u", "x"].map((letter) => {
    const status = statusOf(letter);
    return h("li", {}, h("span", { class: `mark ${status.tone}` }, status.mark), ` ${status.word}`);
  }),
);

followTheme();

function start(): void {
  const given = read();
  draw();
  const cell = /^(\S+) (\S+)$/.exec(given.get("cell") ?? "");
  const library = answers.libraries.find((each) => each.name === cell?.[1]);
  const series = answers.series.findIndex((each) => each.name === cell?.[2]);
  if (library !== undefined && series >= 0) {
    open(library, series);
  }
}

for (const input of Object.values(inputs)) {
  input.addEventListener("input", () => {
    write("");
    draw();
  });
}
byId("reset").addEventListener("click", () => {
  history.replaceState(null, "", location.pathname);
  start();
  inputs.text.focus();
});
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
});
window.addEventListener("hashchange", start);
start();
document.documentElement.dataset.ready = "yes";
