"""The list of checks. A check is a module that owns one code, and judges one project against one pack.

It has `run(project: Project, pack: Pack) -> Iterator[Finding]`, and a docstring with four headings (what it does, why
it matters, example, what to do), which is its documentation page. Everything else about it is in its record here and
not in the module, so that no check is imported, and `packaging` with it, for a project without a tracer.
"""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.namedtuple import NamedTuple


class Needs:
    """What a project must have for a check to have anything to say; without it the check is not imported."""

    TRACER = "tracer"
    PROBLEM = "problem"
    """Something that an input could not read; it may hide a tracer, so a project without one is checked too."""
    SETTINGS = "settings"
    """A tracer, and a setting or a named capability."""
    IMAGES = "images"
    """A tracer, and the image of a container."""
    LOCK = "lock"
    """A tracer, and a lock."""
    EXTRA = "extra"
    """A tracer that is required with an extra."""
    INJECTION = "injection"
    """A tracer that no installer brings."""
    NO_RELEASE = "no release"
    """A Python for which no release of the tracer is known, or only an older one."""
    PLATFORM = "platform"
    """A tracer, and a platform."""
    RUNTIME = "runtime"
    """A tracer, and a Python or a platform."""
    NEWER = "newer"
    """A release of the tracer that the pack does not know yet."""
    UNTRACED = "untraced"
    """An environment that a file describes and that does not install the tracer."""
    UNJUDGED = "unjudged"
    """A project of which no release of the tracer is known in any environment."""
    SUPPRESSIONS = "suppressions"
    """Suppressions, which are known when all other checks have run: `linter/suppress.py` runs it."""


class Step:
    """What a change of a plan is about, in the order in which changes are made."""

    PYTHON = "python"
    PLATFORM = "platform"
    LIBRARY = "library"
    INTEGRATION = "integration"
    SWITCH = "switch"
    REQUIREMENT = "requirement"
    PAIR = "pair"
    SETTING = "setting"
    AGENT = "agent"
    PROTECTION = "protection"
    EXTRA = "extra"
    SUBJECT = "subject"


class Check(NamedTuple):
    """All that is known of a check without importing it."""

    code: str
    name: str
    module: str
    level: Severity
    """Of its findings; a check may lower it for one of them."""
    step: str | None
    """The `Step` of a plan for its findings; `None` for what reading finds, and for the release that is left behind."""
    needs: str = Needs.TRACER
    """Of `Needs`."""
    is_of_installers: bool = False
    """Whether it judges what an installer does, so that it has nothing to say of an injected tracer."""


_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

CHECKS: tuple[Check, ...] = (
    Check("DD001", "unreadable-file", "unreadable_file", _ERROR, None, Needs.PROBLEM),
    Check("DD002", "syntax-error", "syntax_error", _ERROR, None, Needs.PROBLEM),
    Check("DD003", "invalid-requirement", "invalid_requirement", _ERROR, None, Needs.PROBLEM),
    Check("DD004", "missing-include", "missing_include", _ERROR, None, Needs.PROBLEM),
    Check("DD005", "contradictory-requirement", "contradictory_requirement", _WARNING, None, is_of_installers=True),
    Check("DD006", "stale-lock", "stale_lock", _WARNING, None, Needs.LOCK, is_of_installers=True),
    Check("DD009", "unused-suppression", "unused_suppression", _WARNING, None, Needs.SUPPRESSIONS),
    Check("DD101", "end-of-life-tracer", "end_of_life_tracer", _WARNING, None),
    Check("DD102", "maintenance-tracer", "maintenance_tracer", _NOTICE, None),
    Check("DD103", "no-such-release", "no_such_release", _ERROR, None, Needs.NO_RELEASE),
    Check("DD104", "yanked-release", "yanked_release", _WARNING, Step.SUBJECT),
    Check("DD105", "unbounded-tracer", "unbounded_tracer", _NOTICE, None, is_of_installers=True),
    Check("DD106", "unknown-extra", "unknown_extra", _WARNING, Step.EXTRA, Needs.EXTRA, is_of_installers=True),
    Check("DD107", "release-newer-than-pack", "release_newer_than_pack", _NOTICE, None, Needs.NEWER),
    Check("DD108", "nothing-judged", "nothing_judged", _NOTICE, None, Needs.UNJUDGED),
    Check("DD109", "tracer-not-installed", "tracer_not_installed", _WARNING, None, Needs.UNTRACED),
    Check("DD110", "tracer-twice", "tracer_twice", _WARNING, None, Needs.INJECTION),
    Check("DD201", "unsupported-python", "unsupported_python", _ERROR, Step.PYTHON, Needs.NO_RELEASE),
    Check("DD202", "no-wheel", "no_wheel", _WARNING, Step.PLATFORM, Needs.RUNTIME, is_of_installers=True),
    Check(
        "DD203",
        "unsupported-platform",
        "unsupported_platform",
        _WARNING,
        Step.PLATFORM,
        Needs.PLATFORM,
        is_of_installers=True,
    ),
    Check("DD301", "unsupported-dependency", "unsupported_dependency", _ERROR, Step.LIBRARY),
    Check("DD302", "partly-supported-dependency", "partly_supported_dependency", _NOTICE, Step.LIBRARY),
    Check("DD303", "untested-dependency", "untested_dependency", _NOTICE, Step.LIBRARY),
    Check("DD304", "removed-integration", "removed_integration", _WARNING, Step.INTEGRATION),
    Check("DD305", "not-instrumented-by-default", "not_instrumented_by_default", _NOTICE, Step.SWITCH),
    Check(
        "DD401",
        "capability-needs-newer-tracer",
        "capability_needs_newer_tracer",
        _WARNING,
        Step.PROTECTION,
        Needs.SETTINGS,
    ),
    Check("DD402", "unsupported-capability", "unsupported_capability", _NOTICE, Step.PROTECTION, Needs.SETTINGS),
    Check("DD403", "unprotected-framework", "unprotected_framework", _WARNING, Step.PROTECTION, Needs.SETTINGS),
    Check("DD404", "unprotected-sink", "unprotected_sink", _NOTICE, Step.PROTECTION, Needs.SETTINGS),
    Check("DD405", "required-setting", "required_setting", _WARNING, Step.PROTECTION, Needs.SETTINGS),
    Check("DD406", "unsupported-site", "unsupported_site", _WARNING, Step.PROTECTION, Needs.SETTINGS),
    Check("DD501", "conflicting-dependency", "conflicting_dependency", _ERROR, Step.REQUIREMENT, is_of_installers=True),
    Check("DD502", "known-bad-pair", "known_bad_pair", _WARNING, Step.PAIR),
    Check("DD601", "removed-setting", "removed_setting", _WARNING, Step.SETTING, Needs.SETTINGS),
    Check("DD602", "old-agent", "old_agent", _WARNING, Step.AGENT, Needs.IMAGES),
    Check("DD603", "unknown-setting", "unknown_setting", _WARNING, Step.SETTING, Needs.SETTINGS),
    Check("DD604", "deprecated-setting", "deprecated_setting", _NOTICE, Step.SETTING, Needs.SETTINGS),
    Check("DD605", "ineffective-value", "ineffective_value", _WARNING, Step.SETTING, Needs.SETTINGS),
)

CODES = frozenset(check.code for check in CHECKS)
_OF_MODULE = {f"{__name__}.{check.module}": check for check in CHECKS}


def check_of(module: str) -> Check:
    """Return the record of a check by the `__name__` of its module."""
    return _OF_MODULE[module]
