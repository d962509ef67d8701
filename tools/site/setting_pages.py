"""Write what is known of every environment variable, on a page for each family, and of the other rows."""

from __future__ import annotations

from functools import cache

from ddlint.pack.explain import anchor, page_of, setting_family
from ddlint.pack.topics import STATEMENTS
from tools.site import facts
from tools.site.documents import put
from tools.site.evidence import Citations
from tools.site.facts import NEWEST, PACK, SUBJECT
from tools.site.markdown import code, page, plain, table


def write() -> None:
    """Write the pages of settings, and that of the other rows."""
    put("settings/index.md", _index())
    for family, names in families().items():
        put(f"settings/{family}.md", _family(family, names))
    put("rules.md", _rules())


@cache
def families() -> dict[str, tuple[str, ...]]:
    """Return the environment variables of every family."""
    found: dict[str, list[str]] = {}
    for row in facts.stated():
        if page_of(row, PACK).startswith("settings/"):
            name = row.partition("/")[2]
            found.setdefault(setting_family(name), []).append(name)
    return {family: tuple(sorted(found[family], key=lambda name: (name[0] == "_", name))) for family in sorted(found)}


def link(name: str, here: str = "settings") -> str:
    """Return a link to an environment variable from a page of a folder."""
    family = setting_family(name)
    path = f"{family}.md" if here == "settings" else f"../settings/{family}.md"
    return f"[{code(name)}]({path}#{anchor(name)})"


def _index() -> str:
    count = sum(map(len, families().values()))
    rows = [
        (
            f"[{plain(family)}]({family}.md)",
            str(len(names)),
            ", ".join(map(code, names[:3])) + (" …" if len(names) > 3 else ""),
        )
        for family, names in families().items()
    ]
    return page(
        f"Settings of {SUBJECT}",
        f"Every environment variable that {SUBJECT} has read: by which series, as which type, and what replaced it.",
        f"# Settings of {SUBJECT}\n",
        f"{SUBJECT} {NEWEST} reads {len(facts.read_by(NEWEST))} of the {count} environment variables that releases "
        "have read, internal ones included. Each is on the page of its family: `DD_DJANGO_…`, `DD_TRACE_DJANGO_…` and "
        "`DATADOG_DJANGO_…` are on *django*.\n",
        table(("family", "variables", "such as"), rows),
    )


def readers(name: str) -> str:
    """Return the runs of series that read an environment variable, in words."""
    found = facts.runs(lambda each: name in facts.read_by(each))
    return ", ".join(facts.span(first, last) for first, last, is_read in found[::-1] if is_read)


def _family(family: str, names: tuple[str, ...]) -> str:
    parts, citations = [], Citations()
    for name in names:
        parts.append(f"## {plain(name)} {{ #{anchor(name)} }}\n")
        if series := readers(name):
            parts.append(f"Read by {SUBJECT} {series}.\n")
        parts.append(citations.statements(facts.stated()[f"{PACK.name}/{name}"]))
    return page(
        f"Settings of {SUBJECT}: {family}",
        f"Which series of {SUBJECT} read {', '.join(names[:3])}, and what replaced them.",
        f"# Settings: {plain(family)}\n",
        f"{SUBJECT} {NEWEST} reads {len(facts.read_by(NEWEST) & set(names))} of these {len(names)} variables.\n",
        *parts,
        citations.documents(),
    )


def _rules() -> str:
    """Return the page of the rows that are about neither a library nor a setting."""
    citations = Citations()
    order = {heading: number for number, (heading, _) in enumerate(STATEMENTS.values())}
    rows = [row for row in facts.stated() if page_of(row, PACK).startswith("rules/")]
    rows.sort(key=lambda row: (order.get(facts.stated()[row][0].topic, 0), row))
    parts = [
        f"## {plain(name)} {{ #{anchor(name)} }}\n\n{citations.statements(facts.stated()[row], 3)}"
        for row in rows
        for name in [row.partition("/")[2]]
    ]
    return page(
        f"Other rules on {SUBJECT}",
        f"What {SUBJECT} requires, its extras and platforms, what protection covers, injection, and the Agent.",
        f"# Other rules on {SUBJECT}\n",
        "These rows are about neither a library nor a setting: what the package requires, its extras and platforms, "
        "what brings it into a deployment, what protection covers, and the Agent.\n",
        *parts,
        citations.documents(),
    )
