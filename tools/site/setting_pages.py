"""Write what is known of every environment variable, on a page for each family, and of the other rows."""

from __future__ import annotations

from functools import cache

from ddlint.pack.explain import anchor, page_of, setting_family, topic_of
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
    _write_rules()


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
        facts.read_on(),
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


def _write_rules() -> None:
    """Write the pages of the rows that are about neither a library nor a setting, one for each topic."""
    found: dict[str, list[str]] = {}
    for row in facts.stated():
        if page_of(row, PACK).startswith("rules/"):
            found.setdefault(topic_of(row, PACK), []).append(row)
    for topic, rows in found.items():
        put(f"rules/{topic}.md", _topic(topic, sorted(rows)))
    listed = [
        (
            f"[{_title(topic)}]({topic}.md)",
            ", ".join(f"[{plain(_name(row))}]({topic}.md#{anchor(_name(row))})" for row in sorted(found[topic])),
        )
        for topic in sorted(found)
    ]
    text = page(
        f"Other rules on {SUBJECT}",
        f"What {SUBJECT} requires, its extras and platforms, what protection covers, injection, and the Agent.",
        f"# Other rules on {SUBJECT}\n",
        "These rows are about neither a library nor a setting: what the package requires, its extras and platforms, "
        "what brings it into a deployment, what protection covers, and the Agent.\n",
        table(("topic", "rows"), listed),
        facts.read_on(),
    )
    put("rules/index.md", text)


def _topic(topic: str, rows: list[str]) -> str:
    citations = Citations()
    parts = [
        f"## {plain(_name(row))} {{ #{anchor(_name(row))} }}\n\n{citations.statements(facts.stated()[row], 3)}"
        for row in rows
    ]
    return page(
        f"Rules on {SUBJECT}: {_title(topic)}",
        f"What the rules of ddlint say of {SUBJECT}, with documents: {_title(topic)}.",
        f"# Rules: {_title(topic)}\n",
        f"The rules have {len(rows)} {'row' if len(rows) == 1 else 'rows'} on this topic.\n",
        *parts,
        citations.documents(),
    )


def _title(topic: str) -> str:
    return topic.replace("-", " ")


def _name(row: str) -> str:
    return row.partition("/")[2]
