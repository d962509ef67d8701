"""The list of checks. A check is a module that owns one code, and judges one project against one pack.

It has `CODE: str`, `run(project: Project, pack: Pack) -> Iterator[Finding]`, and a docstring with four headings (what
it does, why it matters, example, what to do), which is its documentation page. The list stands here and not in the
modules, so that no check is imported, and `packaging` with it, for a project without a tracer.
"""

from __future__ import annotations

CHECKS: tuple[tuple[str, str, str], ...] = (
    ("DD001", "unreadable-file", "unreadable_file"),
    ("DD002", "syntax-error", "syntax_error"),
    ("DD003", "invalid-requirement", "invalid_requirement"),
    ("DD004", "missing-include", "missing_include"),
    ("DD005", "contradictory-requirement", "contradictory_requirement"),
    ("DD009", "unused-suppression", "unused_suppression"),
    ("DD101", "end-of-life-tracer", "end_of_life_tracer"),
    ("DD102", "maintenance-tracer", "maintenance_tracer"),
    ("DD103", "no-such-release", "no_such_release"),
    ("DD104", "yanked-release", "yanked_release"),
    ("DD105", "unbounded-tracer", "unbounded_tracer"),
    ("DD106", "unknown-extra", "unknown_extra"),
    ("DD107", "release-newer-than-pack", "release_newer_than_pack"),
    ("DD201", "unsupported-python", "unsupported_python"),
    ("DD202", "no-wheel", "no_wheel"),
    ("DD203", "unsupported-platform", "unsupported_platform"),
    ("DD301", "unsupported-dependency", "unsupported_dependency"),
    ("DD302", "partly-supported-dependency", "partly_supported_dependency"),
    ("DD303", "untested-dependency", "untested_dependency"),
    ("DD304", "removed-integration", "removed_integration"),
    ("DD305", "not-instrumented-by-default", "not_instrumented_by_default"),
    ("DD401", "capability-needs-newer-tracer", "capability_needs_newer_tracer"),
    ("DD402", "unsupported-capability", "unsupported_capability"),
    ("DD403", "unprotected-framework", "unprotected_framework"),
    ("DD404", "unprotected-sink", "unprotected_sink"),
    ("DD405", "required-setting", "required_setting"),
    ("DD406", "unsupported-site", "unsupported_site"),
    ("DD501", "conflicting-dependency", "conflicting_dependency"),
    ("DD502", "known-bad-pair", "known_bad_pair"),
    ("DD601", "removed-setting", "removed_setting"),
    ("DD602", "old-agent", "old_agent"),
)
"""(code, name, module)."""

UNTRACED = frozenset({"DD001", "DD002", "DD003"})
"""The codes that a project without a tracer gets: it may stand in what could not be read.

Of DD003 only requirements of the tracer itself.
"""

OF_PROBLEMS = frozenset({"DD001", "DD002", "DD003", "DD004"})
"""The codes of what could not be read: each is silent where no input tells of a problem with it."""

OF_SETTINGS = frozenset({"DD401", "DD402", "DD403", "DD404", "DD405", "DD406", "DD601"})
"""The codes that are silent where no setting is made and no capability named: their checks are not imported then."""

OF_IMAGES = frozenset({"DD602"})
"""The same where no image is named."""

ERRORS = frozenset({"DD001", "DD002", "DD003", "DD004", "DD103", "DD201", "DD301", "DD501"})
"""The codes whose findings are errors unless they say otherwise; those of the others are warnings."""

NOTICES = frozenset({"DD102", "DD105", "DD107", "DD303", "DD305", "DD402", "DD404"})
"""The codes whose findings are notices."""
