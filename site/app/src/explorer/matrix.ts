/** The matrix: a row for each library, a column for each series, one cell for neighbouring series with one answer. */

import { h } from "../shared/dom.ts";
import { type Answers, type Library, letterOf, type Run, runAt, statusOf } from "./model.ts";
import type { Version } from "./versions.ts";

export interface Matrix {
  answers: Answers;
  libraries: Library[];
  /** The numbers of the series that are shown, the newest first. */
  listed: number[];
  version: Version | null;
  open: (library: Library, series: number) => void;
}

interface Cell {
  /** What rules in the newest of its series. */
  run: Run | undefined;
  /** The oldest and the newest series, by number. */
  first: number;
  last: number;
  width: number;
}

/** Returns the cells of a row: neighbouring columns with the same answer are one. */
export function cellsOf(library: Library, listed: number[], version: Version | null): Cell[] {
  const cells: (Cell & { key: string })[] = [];
  for (const number of listed) {
    const run = runAt(library, number);
    const key = keyOf(library, run, version);
    const open = cells.at(-1);
    if (open !== undefined && open.key === key) {
      open.first = Math.min(open.first, number);
      open.last = Math.max(open.last, number);
      open.width += 1;
    } else {
      cells.push({ run, first: number, last: number, width: 1, key });
    }
  }
  return cells;
}

function keyOf(library: Library, run: Run | undefined, version: Version | null): string {
  return version === null ? shown(library, run, version).join(" ") : letterOf(library, run, version);
}

/** Returns what a cell shows: a mark, words, and a tone. */
export function shown(library: Library, run: Run | undefined, version: Version | null): [string, string, string] {
  if (version !== null) {
    const status = statusOf(letterOf(library, run, version));
    return [status.mark, status.word, status.tone];
  }
  if (run === undefined) {
    return ["", "", "none"];
  }
  if (run.removed.length > 0) {
    return ["✗", `removed in ${run.removed[0]}`, "bad"];
  }
  const isOff = run.on.length === 1 && run.on[0] === "no";
  const ranges = run.ranges.map((range) => (range === "*" ? "every version" : range)).join(" or ");
  const words = ranges === "" ? "only tested" : ranges;
  return ["", isOff ? `${words} (off)` : words, isOff || ranges === "" ? "fair" : "good"];
}

/** Draws the matrix. One cell takes part in the order of Tab; arrow keys move between cells. */
export function drawMatrix(place: HTMLElement, matrix: Matrix): void {
  const { answers, libraries, listed } = matrix;
  if (libraries.length === 0 || listed.length === 0) {
    place.replaceChildren(h("p", { class: "aside" }, "Nothing is left by these filters."));
    return;
  }
  const head = h(
    "tr",
    {},
    h("th", { scope: "col", class: "name" }, "library"),
    ...listed.map((number) => h("th", { scope: "col" }, answers.series[number]?.name ?? "")),
  );
  const rows = libraries.map((library) => row(library, matrix));
  const table = h(
    "table",
    { role: "grid", "aria-label": `support of libraries by series of ${answers.subject}` },
    h("thead", {}, head),
    h("tbody", {}, ...rows),
  );
  table.addEventListener("keydown", (event) => {
    move(table, event);
  });
  table.querySelector<HTMLElement>("tbody button")?.setAttribute("tabindex", "0");
  table.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLButtonElement) {
      table.querySelector('button[tabindex="0"]')?.setAttribute("tabindex", "-1");
      event.target.setAttribute("tabindex", "0");
    }
  });
  place.replaceChildren(table);
}

function row(library: Library, { answers, listed, version, open }: Matrix): HTMLTableRowElement {
  const cells = cellsOf(library, listed, version).map((cell) => {
    const [mark, words, tone] = shown(library, cell.run, version);
    const [first, last] = [answers.series[cell.first]?.name ?? "", answers.series[cell.last]?.name ?? ""];
    const where = first === last ? first : `${first} to ${last}`;
    if (cell.run === undefined) {
      return h("td", { colspan: cell.width, class: "none" });
    }
    const label = `${library.name}, ${answers.subject} ${where}: ${words}`;
    const button = h(
      "button",
      {
        type: "button",
        tabindex: -1,
        title: `${where}: ${words}`,
        "aria-label": label,
        "data-first": cell.first,
        "data-last": cell.last,
        onclick: () => {
          open(library, cell.last);
        },
      },
      mark === "" ? null : h("span", { class: "mark", "aria-hidden": "true" }, mark),
      mark === "" ? words : ` ${words}`,
    );
    return h("td", { colspan: cell.width, class: tone }, button);
  });
  return h("tr", {}, h("th", { scope: "row", class: "name" }, library.name), ...cells);
}

/** Moves the focus between cells by the arrow keys, Home, End, PageUp and PageDown. */
function move(table: HTMLTableElement, event: KeyboardEvent): void {
  const here = document.activeElement;
  if (!(here instanceof HTMLButtonElement) || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((each) => [...each.querySelectorAll("button")]);
  const at = rows.findIndex((each) => each.includes(here));
  const own = rows[at] ?? [];
  const place = own.indexOf(here);
  const series = Number(here.dataset.first);
  const inRow = (number: number): HTMLButtonElement | undefined => {
    const found = rows[number];
    return found?.find((each) => Number(each.dataset.first) <= series) ?? found?.at(-1);
  };
  const vertical = (step: number): HTMLButtonElement | undefined => {
    const end = step > 0 ? rows.length - 1 : 0;
    for (let number = at + step; step > 0 ? number < end : number > end; number += Math.sign(step)) {
      if ((rows[number]?.length ?? 0) > 0) {
        return inRow(number);
      }
    }
    return inRow(end);
  };
  const goals: Record<string, () => HTMLButtonElement | undefined> = {
    ArrowLeft: () => own[place - 1],
    ArrowRight: () => own[place + 1],
    ArrowUp: () => vertical(-1),
    ArrowDown: () => vertical(1),
    PageUp: () => vertical(-10),
    PageDown: () => vertical(10),
    Home: () => own[0],
    End: () => own.at(-1),
  };
  const goal = goals[event.key];
  if (goal !== undefined) {
    event.preventDefault();
    goal()?.focus();
  }
}
