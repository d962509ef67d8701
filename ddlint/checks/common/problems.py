"""What inputs could not read, as findings of one code."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.fixes import typo_fix
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place, Project
from ddlint.core.paths import name_of
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits

_REQUIREMENT = "DD003"
_ADVICE = regex(r"(?:add|correct|define|keep|leave|name|remove|resolve|save|take|use|write)\b")


def problem_findings(project: Project, code: str) -> Iterator[Finding]:
    """Return every problem of one code, at its place."""
    for manifest in project.manifests:
        for problem in manifest.problems:
            if problem.code == code:
                message, advice = message_and_advice(problem.message)
                yield Finding(
                    code,
                    problem.severity,
                    name_of(manifest.path),
                    shortest_that_fits(message),
                    Place(manifest.path, problem.at),
                    related=problem.related,
                    help=problem.help or advice,
                    fix=typo_fix(manifest, problem) if code == _REQUIREMENT else None,
                    key=problem.message,
                )


def message_and_advice(message: str) -> tuple[str, str]:
    """Return what an input says is wrong, and its advice, which follows the last `; ` outside of quotes."""
    parts = message.split("`")
    for number in range(len(parts) - 1, -1, -2):
        head, mark, advice = parts[number].rpartition("; ")
        if mark and _ADVICE.match(advice):
            return "`".join((*parts[:number], head)), "`".join((advice, *parts[number + 1 :]))
    return message, ""
