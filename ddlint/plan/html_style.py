"""How the page of a plan looks: one sheet, light and dark, for narrow and wide screens."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --panel: #f6f8fa; --link: #0550ae;
  --supported: #d3f0db; --on-supported: #0b4a21;
  --partly: #fdeeb8; --on-partly: #5c4300;
  --unsupported: #fcd7d3; --on-unsupported: #82071e;
  --removed: #efd9f7; --on-removed: #5b1a73;
  --untested: #d9e9fc; --on-untested: #0a3069;
  --off: #e1e5ea; --on-off: #3b4249;
  --first: 13rem; --column: 3.5rem;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --text: #e6eaef; --quiet: #a3adb8; --line: #39424d; --panel: #181e25; --link: #8cc2ff;
    --supported: #12391f; --on-supported: #9be8b0;
    --partly: #443503; --on-partly: #f6d874;
    --unsupported: #561b1e; --on-unsupported: #ffb9b3;
    --removed: #41204f; --on-removed: #e9bdf8;
    --untested: #12304f; --on-untested: #a9d1ff;
    --off: #2b3138; --on-off: #c5ccd4;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 100rem; padding: 1rem clamp(.75rem, 2vw, 2rem) 3rem;
  background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; text-wrap: balance; }
h1 { font-size: 1.6rem; margin-top: .4em; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.1rem; }
h4 { font-size: 1rem; }
section + section { border-top: 2px solid var(--line); margin-top: 3rem; }
a { color: var(--link); }
code { font: .875em/1.4 ui-monospace, monospace; background: var(--panel); padding: .1em .3em; border-radius: 4px; }
code { overflow-wrap: anywhere; }
ins, del { text-decoration: none; }
del code { text-decoration: line-through; }
.quiet, small { color: var(--quiet); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; grid-column: 2; }
.verdict { border-radius: 10px; padding: 1rem 1.25rem; margin: .5rem 0 1.25rem; }
.verdict h1, .verdict h2 { margin: .2rem 0 0; font-size: 1.5rem; }
.verdict small, .verdict code { color: inherit; background: none; padding: 0; }
.verdict.done, .dot.done, .sums .done { background: var(--supported); color: var(--on-supported); }
.verdict.changes, .dot.changes, .sums .changes { background: var(--partly); color: var(--on-partly); }
.verdict.blocked, .dot.blocked, .sums .blocked { background: var(--unsupported); color: var(--on-unsupported); }
.dot { display: inline-block; width: .75em; height: .75em; border-radius: 50%; border: 2px solid currentcolor; }
.sums { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; padding: 0; }
.sums li { border: 1px solid var(--line); border-radius: 8px; padding: .35rem .9rem; }
.sums b { font-size: 1.3rem; margin-right: .25rem; }
.steps { list-style: none; padding: 0; display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
.steps > li { border: 1px solid var(--line); border-left: .35rem solid var(--edge, var(--line)); border-radius: 6px; }
.steps > li {
  padding: .7rem 1rem; display: grid; gap: .2rem 1.5rem; align-items: start;
  grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
}
.steps h2, .steps h3, .steps h4 { margin: 0; grid-column: 1 / -1; font-size: 1.05rem; }
.steps input { width: 1.05rem; height: 1.05rem; margin: 0 .5rem 0 0; }
.steps input { vertical-align: -.15em; accent-color: var(--link); }
.steps li:has(input:checked) { opacity: .6; }
.steps li:has(input:checked) label { text-decoration: line-through; }
.steps p { margin: .3rem 0; max-width: 75ch; }
.steps ul { margin: .3rem 0; padding-left: 1.2rem; }
.sources { font-size: .8rem; color: var(--quiet); }
.file { font-size: .875rem; }
.diff { margin: 0 0 .5rem; padding: .4rem .6rem; background: var(--panel); border-radius: 6px; }
.diff { font: .8125rem/1.5 ui-monospace, monospace; }
.diff del, .diff ins {
  display: inline-block; width: 100%; text-decoration: none; white-space: pre-wrap; overflow-wrap: anywhere;
  padding-left: 7ch; text-indent: -7ch;
}
.diff del { background: var(--unsupported); color: var(--on-unsupported); }
.diff ins { background: var(--supported); color: var(--on-supported); }
.commands { list-style: none; padding: 0; }
.commands code { font-size: 1rem; padding: .25em .6em; line-height: 2.2; }
.notices { padding-left: 1.2rem; }
.notices li { margin: .25rem 0; max-width: 110ch; }
.removed-names summary { cursor: pointer; }
.removed-names li { font-size: .875rem; }
.error { --edge: var(--on-unsupported); }
.warning { --edge: var(--on-partly); }
.notice { --edge: var(--on-untested); }
.move { --edge: var(--link); }
.flag { border: 1px solid var(--line); border-radius: 1em; padding: 0 .55em; font-size: .8rem; font-weight: 400; }
.flag { color: var(--quiet); white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.2rem; list-style: none; padding: 0; font-size: .875rem; }
.legend b { display: inline-block; min-width: 1.7em; text-align: center; border-radius: 4px; font-weight: 400; }
.scroll { position: relative; overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; font-size: .875rem; }
.plain { width: 100%; min-width: 40rem; }
.plain th, .plain td { text-align: left; vertical-align: top; padding: .4rem .7rem; }
.plain th, .plain td { border-bottom: 1px solid var(--line); }
.matrix { table-layout: fixed; width: 0; line-height: 1.3; }
.matrix col.names { width: var(--first); }
.matrix col.slim { width: var(--column); }
.matrix col.wide { width: calc(var(--column) * 2); }
.matrix th { font-weight: 400; background: var(--page); text-align: left; padding: .3rem .5rem; }
.matrix thead { position: sticky; top: 0; z-index: 3; }
.matrix thead th { text-align: center; vertical-align: bottom; border-bottom: 1px solid var(--line); }
.matrix thead th { padding: .25rem .1rem; }
.matrix thead th + th { border-left: 1px solid var(--line); }
.matrix thead b { display: block; font-size: .7rem; text-transform: uppercase; }
.matrix .major { text-align: left; padding-left: .4rem; white-space: nowrap; overflow: clip; }
.matrix thead .mine { background: var(--panel); }
.matrix .name { position: sticky; left: 0; z-index: 2; border-right: 1px solid var(--line); text-align: left; }
.matrix thead .name { z-index: 4; padding-left: .5rem; }
.matrix td { padding: 1px; height: 2.1rem; }
.matrix .group th, .matrix .group td { background: var(--panel); border-block: 1px solid var(--line); height: 0; }
.matrix .group th { color: var(--quiet); padding-block: .2rem; }
.bar, .who {
  display: block; width: 100%; min-height: 2rem; border: 0; border-radius: 4px; padding: 0 .3rem; margin: 0;
  background: none; color: inherit; font: inherit; text-align: left; cursor: pointer;
}
.bar { overflow: clip; white-space: nowrap; text-overflow: ellipsis; }
.who { padding: 0; min-height: 0; overflow-wrap: anywhere; }
.who small { display: block; overflow: hidden; max-height: 2.6em; }
.label { position: sticky; left: calc(var(--first) + .4rem); }
.lone { text-align: center; padding: 0; }
.bar:hover, .who:hover b { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
.supported { background: var(--supported); color: var(--on-supported); }
.partly { background: var(--partly); color: var(--on-partly); }
.unsupported { background: var(--unsupported); color: var(--on-unsupported); }
.removed { background: var(--removed); color: var(--on-removed); }
.untested { background: var(--untested); color: var(--on-untested); }
.off, .unknown { background: var(--off); color: var(--on-off); }
.none { color: var(--quiet); }
.tip {
  position: fixed; inset: auto 0 0 0; margin: 0 auto; width: auto; max-width: 46rem; max-height: 45vh; overflow: auto;
  z-index: 9; padding: .7rem 1rem; border: 1px solid var(--quiet); border-radius: 8px 8px 0 0; white-space: normal;
  background: var(--page); color: var(--text); box-shadow: 0 0 2rem rgb(0 0 0 / .3); font-size: .875rem;
}
.tip p { margin: 0 0 .3rem; }
.tip ul { margin: 0; padding-left: 1.1rem; }
.tip:not(:popover-open) { display: none; pointer-events: none; }
@media (hover: hover) {
  .bar:hover + .tip, .who:hover + .tip { display: block; animation: appear .1s .2s backwards; }
}
@keyframes appear { from { opacity: 0; } }
@supports not selector(:popover-open) {
  .tip { display: none; }
  .bar:focus + .tip, .who:focus + .tip { display: block; }
}
@media (max-width: 40rem) {
  :root { --first: 8.5rem; --column: 3.8rem; }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dt { margin-top: .5rem; }
  dl.facts dd { grid-column: 1; }
  .steps > li { padding: .6rem .7rem; grid-template-columns: minmax(0, 1fr); }
  .verdict h1, .verdict h2 { font-size: 1.2rem; }
  .matrix col.wide { width: var(--column); }
  .matrix .major { white-space: normal; vertical-align: top; }
  .plain { min-width: 0; }
  .plain thead { display: none; }
  .plain tr { display: block; padding: .4rem .5rem; border-bottom: 1px solid var(--line); }
  .plain th, .plain td, .plain td:last-child { display: inline; border: 0; padding: 0; }
  .plain th, .plain td:last-child { display: block; }
  .plain td + td:not(:last-child)::before { content: " → "; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .verdict, .diff del, .diff ins, .bar, .sums li, .dot { print-color-adjust: exact; }
  .steps > li, tr, .verdict { break-inside: avoid; }
  h2, h3, h4, .legend { break-after: avoid; }
  .legend { break-inside: avoid; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  .support.many { page: matrix; }
  .support .help { display: none; }
  .matrix { width: 100%; font-size: 8pt; }
  .many .matrix { font-size: 6.5pt; }
  .matrix col.names { width: 20%; }
  .matrix col.slim, .matrix col.wide { width: auto; }
  .matrix thead, .matrix .name, .label { position: static; }
  .matrix th { padding: 1pt 2pt; }
  .matrix td { height: 0; }
  .matrix small { font-size: 6pt; }
  .matrix .major .label { display: block; overflow: hidden; text-overflow: clip; }
  .many tr + tr th:not(.name) { writing-mode: vertical-rl; text-align: left; padding: 1pt 0; white-space: nowrap; }
  .many td.lone { font-size: 5.5pt; white-space: nowrap; }
  .many .mine b { display: inline; font-size: 6pt; }
  .many .mine b::after { content: " "; }
  .bar, .who { min-height: 0; padding: 1pt 0; border-radius: 2pt; text-align: center; }
  .who { text-align: left; }
  .bar .label { display: block; overflow: hidden; }
}
@page { margin: 12mm; }
@page matrix { size: landscape; margin: 10mm; }
"""
