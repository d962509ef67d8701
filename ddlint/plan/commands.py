"""The commands that remain when the files of a plan are edited: ddlint writes no lock, and runs none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest
from ddlint.core.paths import name_of, parent
from ddlint.plan.model import Change, Command
from ddlint.project.installs import compiled, is_lock, lock_command, made_from, sources_of, upgrade_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import CheckContext

_HEAD_LINES = 12
_UV = regex(r"(?m)^[ \t]*#.*\buv pip compile\b")


def commands(context: CheckContext, changes: Iterable[Change]) -> Iterator[Command]:
    """Yield what makes the locks and compiled files again that changed files belong to, or that hold what is old."""
    manifests = {each.path: each for each in context.project.manifests}
    stale: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.is_notice and change.step != "requirement":
            continue
        paths = {each.path for each in change.text_edits}
        for lock in (made for path in paths for made in made_from(path, context.project.manifests)):
            stale.setdefault(lock, {})
        places = [*(each.at for each in change.edits), *(each.at for each in change.also)]
        locked = {each.path for each in places if each and (is_lock(each.path) or each.path in context.compiled)}
        for path in locked:
            stale.setdefault(path, {}).setdefault(change.subject)
    for path in sorted(stale):
        if path in manifests:
            yield _command(manifests[path], tuple(stale[path]), manifests)


def _command(manifest: Manifest, names: tuple[str, ...], manifests: dict[str, Manifest]) -> Command:
    path = manifest.path
    if not is_lock(path):
        return _compile(manifest, names, manifests)
    plain = lock_command(path)
    text = _upgrading(path, plain, names) if names else plain
    return Command(text or f"lock {name_of(path)} again", parent(path), path)


def _upgrading(path: str, plain: str, names: tuple[str, ...]) -> str:
    """Return one command for all packages that have to move; an option that names one is repeated."""
    text = upgrade_command(path, names[0])
    if not text:
        return plain
    words = text.split(" ")
    number = words.index(names[0])
    option = [words[number - 1]] if words[number - 1].startswith("--") else []
    more = [word for name in names[1:] for word in (*option, name)]
    return " ".join((*words[: number + 1], *more, *words[number + 1 :]))


def _compile(manifest: Manifest, names: tuple[str, ...], manifests: dict[str, Manifest]) -> Command:
    """Return the command of the tool that the head of a compiled requirement file names."""
    folder = parent(manifest.path)
    head = "\n".join(manifest.source.text.splitlines()[:_HEAD_LINES])
    found = [each for each in dict.fromkeys(sources_of(manifest, manifests)) if parent(each) == folder]
    made = compiled(tuple(manifests.values()))  # it may be named as where a requirement comes from
    sources = [each for each in found if each not in made]
    written = " ".join(name_of(each) for each in sources) or f"{name_of(manifest.path).rpartition('.')[0]}.in"
    upgrades = "".join(f" --upgrade-package {name}" for name in names)
    tool = "uv pip compile" if _UV.search(head) else "pip-compile"
    return Command(f"{tool} {written} -o {name_of(manifest.path)}{upgrades}", folder, manifest.path)
