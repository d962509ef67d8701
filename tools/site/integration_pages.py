"""Write the page of every integration: what is supported since when, by which evidence, and what is known to break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.pack import describe
from ddlint.pack.explain import anchor, page_of
from ddlint.pack.install_rows import BadPair, RangeOnPython
from ddlint.pack.support_rows import Observation
from ddlint.pack.topics import slug
from tools.site import facts
from tools.site.documents import put
from tools.site.evidence import Citations
from tools.site.facts import NEWEST, NEWEST_RELEASE, PACK, SUBJECT, span
from tools.site.markdown import code, page, plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.report import Evidence


def write() -> None:
    """Write the page of every integration, and the list of them."""
    put("integrations/index.md", _index())
    for name in facts.integrations():
        put(f"integrations/{slug(name)}.md", _page(name))


def shown(distribution: str) -> str:
    """Return a distribution as a reader knows it: what is no distribution is said so."""
    kind, _, name = distribution.rpartition(":")
    return {"": code(name), "stdlib": f"{code(name)} of the standard library"}.get(kind, f"the {code(name)} interface")


def _index() -> str:
    rows = []
    for integration, names in facts.integrations().items():
        for name in names:
            versions, basis = facts.supported(name, NEWEST)
            rows.append(
                (
                    f"[{plain(integration)}]({slug(integration)}.md)",
                    f"[{plain(name)}]({slug(integration)}.md#{anchor(name)})",
                    _versions(versions, basis) or "not listed",
                    basis,
                    facts.default_words(integration, NEWEST) if basis else "",
                )
            )
    return page(
        f"Integrations of {SUBJECT}",
        f"Which versions of which libraries {SUBJECT} {NEWEST_RELEASE} supports, by which evidence.",
        f"# Integrations of {SUBJECT}\n",
        f"{SUBJECT} {NEWEST_RELEASE} supports these versions of the libraries that its {len(facts.integrations())} "
        "integrations, removed ones included, are about. The page of an integration has every earlier series.\n",
        table(("integration", "library", f"supported by {NEWEST}", "basis", "by default"), rows),
        facts.read_on(),
    )


def _versions(words: str, basis: str) -> str:
    """Return supported versions, as code where they are a specifier."""
    is_specifier = basis and words not in {"", "every version"}
    return " or ".join(map(code, words.split(" or "))) if is_specifier else words


def _page(integration: str) -> str:
    names = facts.integrations()[integration]
    citations = Citations()
    return page(
        f"{SUBJECT} and {integration}: supported versions",
        f"Which versions of {', '.join(names)} each series of Datadog's Python tracer {SUBJECT} supports.",
        f"# {SUBJECT} and {plain(integration)}\n",
        " ".join(_summary(integration, name) for name in names) + "\n",
        *(part for name in names for part in _distribution(name, citations)),
        _switches(integration),
        citations.documents(),
    )


def _summary(integration: str, name: str) -> str:
    """Answer the question of the page for the newest release."""
    versions, basis = facts.supported(name, NEWEST)
    what = shown(name)
    if versions.startswith("removed"):
        return f"{SUBJECT} {NEWEST_RELEASE} no longer instruments {what}: the integration was {versions}."
    if not basis:
        last = next((last for _, last, listed in facts.runs(lambda each: facts.is_listed(name, each)) if listed), "")
        return f"{SUBJECT} {NEWEST_RELEASE} lists no versions of {what}; {SUBJECT} {last} is the last series that does."
    if basis == "tested only":
        return f"{SUBJECT} {NEWEST_RELEASE} is tested with {what} {code(facts.tested(name, NEWEST))}."
    default = facts.default_words(integration, NEWEST)
    aside = f"; the integration is {default} by default" if default else ""
    return f"{SUBJECT} {NEWEST_RELEASE} supports {what} {_versions(versions, basis)} ({basis}){aside}."


def _switches(integration: str) -> str:
    """Return since when an integration is on by default, and its switch."""
    rows = []
    for first, last, found in facts.runs(lambda each: facts.default(integration, each)):
        if found is not None:
            switch = found.switch.partition("=")[0]
            target = _markdown(page_of(f"{PACK.name}/{switch}", PACK))
            linked = f"[{code(found.switch)}](../{target})" if switch else ""
            rows.append((span(first, last), facts.DEFAULTS.get(found.is_on, ""), linked, code(found.command)))
    if not rows:
        return ""
    has_command = any(row[3] for row in rows)
    heads = ("series", "by default", "switch", "switched on by")
    return "## Switch { #switch }\n\n" + table(
        heads if has_command else heads[:3], (row if has_command else row[:3] for row in rows)
    )


def _markdown(address: str) -> str:
    """Return the Markdown file of a page, as Zensical wants links."""
    path, _, fragment = address.partition("#")
    return f"{path.rstrip('/')}.md#{fragment}"


def _distribution(name: str, citations: Citations) -> Iterator[str]:
    """Yield the section of a distribution."""
    yield f"## {plain(name)} {{ #{anchor(name)} }}\n"
    rows = [
        (span(first, last), _versions(versions, basis), basis, citations.cite(documents))
        for first, last, (versions, basis, documents) in facts.runs(lambda each: _decided(name, each))
        if versions or basis
    ]
    yield table(("series", "supported versions", "basis", "by"), rows)
    tests = [(span(a, z), code(words)) for a, z, words in facts.runs(lambda each: facts.tested(name, each)) if words]
    if tests:
        yield f"### Tested versions of {plain(name)}\n"
        yield table(("series", "tested with"), tests)
    if by_python := _by_python(name):
        yield f"### Tested versions of {plain(name)} by Python\n"
        yield by_python
    yield from _incidents(name)
    yield from _ends(name)
    yield f"### All that is stated of {plain(name)}\n"
    yield citations.statements(facts.stated()[f"{PACK.name}/{name}"], 4)


def _decided(name: str, series: str) -> tuple[str, str, tuple[Evidence, ...]]:
    versions, basis = facts.supported(name, series)
    return versions, basis, facts.deciding(name, series)


def _by_python(name: str) -> str:
    rows = [
        (f"Python {row.python}", span(row.first, row.last), code(row.specifier))
        for row in PACK.about(RangeOnPython, name)
    ]
    return table(("Python", "series", "tested with"), rows)


def _incidents(name: str) -> Iterator[str]:
    """Yield what is known to go wrong."""
    seen = PACK.about(Observation, name)
    if seen:
        yield f"### What was seen of {plain(name)}\n"
        yield "".join(f"- {plain(' '.join(describe.observation(row).split()))}\n" for row in seen)
    pairs = PACK.about(BadPair, name)
    if pairs:
        yield f"### Known bad pairs of {plain(name)}\n"
        yield "".join(f"- {plain(describe.bad_pair(row))}\n" for row in pairs)


def _ends(name: str) -> Iterator[str]:
    rows = PACK.removals(name)
    if rows:
        yield f"### Removals and successors of {plain(name)}\n"
        yield "".join(f"- {plain(describe.removal(row))}\n" for row in rows)
