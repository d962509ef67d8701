// What the theme leaves out for screen readers and keyboards: names of navigations beside code, and tables that scroll.
const name = (root) => {
  root.querySelectorAll(".md-code__nav").forEach((nav, index) => nav.setAttribute("aria-label", `Code ${index + 1}`));
  for (const box of root.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) box.tabIndex = 0;
};
let waiting = 0;
const later = () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => name(document));
};
new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
later();
