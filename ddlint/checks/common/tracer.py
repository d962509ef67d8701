"""What the checks of the subject itself share: where its release is decided, and how that is said."""

from __future__ import annotations

from functools import lru_cache

from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject
from ddlint.core.model import Place
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.versions.markers import both
from ddlint.versions.specifiers import Verdict, allows, pin, range_of, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Resolution, Tracer


class Decided(NamedTuple):
    """Resolutions of one tracer that have the same cause."""

    tracer: Tracer
    resolutions: tuple[Resolution, ...]

    @property
    def first(self) -> Resolution:
        """The first of them."""
        return self.resolutions[0]

    @property
    def key(self) -> str:
        """The specifier that decides them, for baselines; empty where the subject comes from outside."""
        return key(self.first.by[0].dependency.specifier) if self.first.by else ""


def grouped(
    tracer: Tracer, resolutions: Iterable[Resolution], cause: Callable[[Resolution], Hashable]
) -> Iterator[Decided]:
    """Group resolutions by what decides them and by a cause; a cause of `None` is none."""
    groups: dict[Hashable, list[Resolution]] = {}
    for each in resolutions:
        if (found := cause(each)) is not None:
            groups.setdefault((each.by[:1], found), []).append(each)
    for group in groups.values():
        yield Decided(tracer, tuple(group))


def anchor(scene: Scene, decided: Decided) -> Located | None:
    """Give what a finding on the release stands at: the requirement or lock entry that decides it.

    A pin that the lock repeats stands where it is declared; with `--tracer`, at what is declared.
    """
    deciding = next(iter(decided.first.by or decided.tracer.declared), None)
    if deciding is None or not scene.is_resolved(deciding):
        return deciding
    same = (each for each in scene.beside(deciding) if _pins(each, decided.first.release))
    return next(same, deciding)


def _pins(located: Located, release: str) -> bool:
    return bool(pin(located.dependency.specifier)) and allows(located.dependency.specifier, release)


def place(scene: Scene, decided: Decided, message: str = "") -> Place:
    """Give the place of a finding on the release; a tracer from outside stands at the start of the first file."""
    found = anchor(scene, decided)
    if found is not None:
        return Place(found.path, found.dependency.at, message)
    path = next((each.path for each in scene.project.manifests if each.path in decided.tracer.files), "")
    return Place(path, Span(0, 0), message)


def related(scene: Scene, decided: Decided) -> tuple[Place, ...]:
    """Give the other places that ask for the subject together with the one a finding stands at."""
    here = anchor(scene, decided)
    if here is None:
        return ()
    others = dict.fromkeys((*decided.first.by, *scene.beside(here)))
    asked = (each for each in others if each != here and _meet(scene, here, each))
    return tuple(Place(each.path, each.dependency.at, _label(scene, each)) for each in asked)


def _meet(scene: Scene, one: Located, two: Located) -> bool:
    """Tell whether there is an environment that both are installed in."""
    return bool(scene.holds_on(both(one.dependency.marker, two.dependency.marker)))


def _label(scene: Scene, located: Located) -> str:
    return "resolved here" if scene.is_resolved(located) else "declared here"


def says(scene: Scene, decided: Decided) -> str:
    """Say what is asked and what it gives: "`tracelib<3` gives tracelib 2.1.1 on Python 3.8, which"."""
    found = anchor(scene, decided)
    releases = tuple(dict.fromkeys(each.release for each in decided.resolutions))
    where = on_pythons(scene, (each.python for each in decided.resolutions))
    if found is None or decided.first.origin == "option":
        return f"{subject(scene, releases)}{where}"
    is_plain = len(releases) == 1 and _pins(found, releases[0])
    if is_plain:
        return f"{quoted(scene, found)}{where}"
    return f"{quoted(scene, found)} gives {subject(scene, releases)}{where}, which"


def verb(decided: Decided, one: str, several: str) -> str:
    """Give the form of a verb that fits how many releases there are."""
    return one if len({each.release for each in decided.resolutions}) == 1 else several


def asked(scene: Scene, located: Iterable[Located]) -> str:
    """Quote what is asked for together: "`tracelib>=2`", "`tracelib>=2` and `tracelib<3`"."""
    return joined(dict.fromkeys(quoted(scene, each) for each in located))


def texts(resolution: Resolution) -> tuple[str, ...]:
    """Give the specifiers that decide a resolution."""
    return tuple(each.dependency.specifier for each in resolution.by)


@lru_cache(maxsize=4096)
def is_contradictory(specifiers: tuple[str, ...]) -> bool:
    """Tell whether specifiers can never be met, alone or together."""
    together = range_of("")
    for text in specifiers:
        one = range_of(text)
        if verdict(text, ("",)) is Verdict.CONTRADICTION:
            return True
        together = together & one if together is not None and one is not None else None
    return together is not None and together.is_empty
