"""A file is passed over only where reading it gives nothing that counts in a project without a tracer."""

from __future__ import annotations

import zlib
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddlint.core.model import Manifest, NormalizedName, Origin
from ddlint.core.source import Source, decode
from ddlint.inputs import BY_MODULE, requirements_txt, uv_lock
from ddlint.inputs.common.skim import says_nothing
from tests.fuzz.mutate import mutated
from tests.fuzz.strategies import files
from tests.fuzz.subjects import Subject, subjects
from tests.inputs.locks import UV
from tests.inputs.oracles.lock_texts import locks

SOUGHT = frozenset(map(NormalizedName, ("ddtrace", "datadog-lambda")))
SUBJECTS = subjects()
COUNT = 150


def judge(module: str, source: Source) -> bool:
    """Return whether a file is passed over, and check that it may be."""
    is_skimmed = says_nothing(module, source, SOUGHT)
    if is_skimmed:
        made: Manifest = __import__(f"ddlint.inputs.{module}", fromlist=["parse"]).parse(source)
        expected = Manifest(
            source,
            BY_MODULE[module].name,
            dependencies=made.dependencies,
            pythons=made.pythons,
            compiled_from=made.compiled_from,
            compiled_for=made.compiled_for,
        )
        assert made == expected
        assert not any(each.name in SOUGHT or each.local or not each.name for each in made.dependencies)
    return is_skimmed


REQUIREMENTS = {
    "nothing": "",
    "blank lines": "\n\n  \n",
    "a comment": "# é\n".replace("é", "e"),
    "names": "flask\nDjango_Rest.framework\n",
    "a name without a line end": "flask",
    "clauses": "flask>=3,<4\nredis == 5.0, != 5.0.1\ncelery<5.4.0rc1\nkombu!=5.0.post1\n",
    "extras": "celery[redis]>=5\nuvicorn[standard,x-y]\n",
    "markers": "tomli>=2 ; python_version < '3.11'\npywin32;sys_platform=='win32' and python_version>=\"3.9\"\n",
    "comments behind": "flask # why\nredis==5\t# via app\n",
    "hashes": "flask==3.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via -r a.in\nredis==5\n",
    "an index": "--index-url https://index.example/simple\n-i https://index.example/simple\nflask\n",
    "CRLF": "flask==3\r\nredis \\\r\n    --hash=sha256:aa\r\n",
}


@pytest.mark.parametrize("text", REQUIREMENTS.values(), ids=REQUIREMENTS)
def test_plain_requirements_are_passed_over(text: str) -> None:
    assert judge("requirements_txt", Source("/p/requirements.txt", text))


READ = {
    "the tracer": "ddtrace\n",
    "the tracer in another spelling": "flask\nDDTrace[x]>=2\n",
    "what brings it": "Datadog_Lambda==6\n",
    "the tracer over two lines": "ddtra\\\nce\n",
    "an include": "-r other.txt\n",
    "an include without a blank": "-rother.txt\n",
    "constraints": "-c c.txt\n",
    "a path": "./lib\n",
    "an editable path": "-e .\n",
    "a URL": "flask @ https://index.example/flask.tar.gz\n",
    "an archive": "flask-3.0-py3-none-any.whl\n",
    "an archive by its name alone": "flask.zip\n",
    "a comment for ddlint": "flask # ddlint: ignore[DD301]\n",
    "nearly one": "flask # DDLint ignore[DD301]\n",
    "no blank before a comment": "flask#c\n",
    "no comma": "flask>=3 <4\n",
    "a comma too many": "flask>=3,\n",
    "a variable": "flask==${VERSION}\n",
    "two names": "flask django\n",
    "a comment that is continued": "flask # c \\\nredis\n",
    "a form feed": "flask # c\x0cnot a requirement\n",
    "a line separator": "flask # c\u2028not a requirement\n",
    "a lone CR": "flask # c\rnot a requirement\n",
    "an unknown option": "--frobnicate\n",
    "a conflict": "<<<<<<< HEAD\nflask\n=======\n>>>>>>> b\n",
    "a key": "-----BEGIN KEY-----\nflask\n",
    "digits without end": f"a{'1' * 400}\n",
    "a wildcard with an order": "flask>=3.*\n",
    "a version with no digit before the dot": "flask==.3\n",
    "a marker without a value": "flask; python_version\n",
    "a marker that goes on": "flask; python_version < '3' and\n",
    "a blank behind a backslash": "flask \\ \n    --hash=sha256:aa\n",
    "too many": "flask\n" * 10_001,
}  # fmt: skip


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_other_requirements_are_read(text: str) -> None:
    assert not judge("requirements_txt", Source("/p/requirements.txt", text))


_HEAD = 'version = 1\nrequires-python = ">=3.9"\n'
_ENTRY = '\n[[package]]\nname = "{}"\nversion = "1.0"\nsource = {{ registry = "https://index.example/simple" }}\n'
LOCKS = {
    "as uv writes it": (UV.replace("ddtrace", "other"), True),
    "one package": (_HEAD + _ENTRY.format("flask"), True),
    "CRLF": ((_HEAD + _ENTRY.format("flask")).replace("\n", "\r\n"), True),
    "an edge that is there": (_HEAD + _ENTRY.format("a") + 'dependencies = [\n    { name = "a" },\n]\n', True),
    "the tracer": (_HEAD + _ENTRY.format("ddtrace"), False),
    "the tracer in another spelling": (_HEAD + _ENTRY.format("DDTrace"), False),
    "what brings it": (_HEAD + _ENTRY.format("datadog_lambda"), False),
    "an escape in the name": (_HEAD + _ENTRY.format("ddt\\u0072ace"), False),
    "an edge without an entry": (_HEAD + _ENTRY.format("a") + 'dependencies = [\n    { name = "b" },\n]\n', False),
    "an edge of an extra without an entry": (
        _HEAD + _ENTRY.format("a") + '\n[package.optional-dependencies]\nx = [\n    { name = "b" },\n]\n',
        False,
    ),
    "a Python that is none": ('version = 1\nrequires-python = "3.9"\n' + _ENTRY.format("flask"), False),
    "no line end": ((_HEAD + _ENTRY.format("flask"))[:-1], False),
    "a key twice": (_HEAD + _ENTRY.format("flask") + 'name = "b"\n', False),
    "a table twice": (_HEAD + _ENTRY.format("flask") + "[package.metadata]\n[package.metadata]\n", False),
    "a further key": (_HEAD + _ENTRY.format('flask"\nx = "y'), True),
    "a quote that is not closed": (_HEAD + _ENTRY.format('flask"'), False),
    "a string over lines": (_HEAD + _ENTRY.format("flask\n"), False),
    "a control character": (_HEAD + _ENTRY.format("flask\x01"), False),
    "an empty file": ("", False),
    "a comment for ddlint": ("# ddlint: ignore[DD301]\n" + _HEAD + _ENTRY.format("flask"), False),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", LOCKS.values(), ids=LOCKS)
def test_a_lock_is_passed_over_or_read(text: str, *, expected: bool) -> None:
    assert judge("uv_lock", Source("/p/uv.lock", text)) is expected


_NAMES = st.sampled_from(
    ["flask", "Django", "zope.interface", "a_b", "x--y", "ddtrace", "1.0", "a.zip", "DD-Trace", "é"]
)
_PARTS = st.sampled_from(
    [
        *("==1.0", ">=3", "<4.0rc1", "~=1", "~=1.2", "==1.*", ">=1.*", "!=2", ",", " ", "  ", "[x]", "[x, y]", "[-]", ";"),
        *("; python_version < '3.9'", 'and sys_platform == "win32"', " # c", "#c", " \\\n", "\\\n", "    --hash=sha256:ab"),
        *("--hash=md5:ab", "\t", "\x0b", "\x1c", "\u2028", "\r", "@ https://x.example/a", " -r x.txt", "# via b", "(>=1)"),
    ]
)  # fmt: skip
_LINES = st.one_of(
    st.builds("{}{}".format, _NAMES, _PARTS),
    st.builds(lambda name, parts: name + "".join(parts), _NAMES, st.lists(_PARTS, max_size=4)),
    st.sampled_from(["", "# c", "-i https://x.example/simple", "--index-url=https://x.example", "-r a.txt", "--pre"]),
)


@given(lines=st.lists(_LINES, max_size=5), end=st.sampled_from(["\n", "\r\n"]), is_ended=st.booleans())
@settings(deadline=None, max_examples=1000, derandomize=True)
def test_generated_requirements(lines: list[str], end: str, *, is_ended: bool) -> None:
    judge("requirements_txt", Source("/p/requirements.txt", end.join([*lines, ""] if is_ended else lines)))


@given(lock=locks(), random=st.randoms(use_true_random=False), is_mutated=st.booleans())
@settings(deadline=None, max_examples=500, derandomize=True)
def test_generated_locks(lock: tuple[str, str], random: Random, *, is_mutated: bool) -> None:
    data = lock[1].encode()
    source = decode("/p/uv.lock", mutated(random, data, (data,)) if is_mutated else data)
    if isinstance(source, Source):
        judge("uv_lock", source)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_broken_files_of_every_input(subject: Subject) -> None:
    random = Random(zlib.crc32(subject.name.encode()))
    for _ in range(COUNT):
        source = decode(f"/p/{subject.path}", mutated(random, random.choice(subject.seeds), subject.seeds))
        if isinstance(source, Source):
            judge(subject.name, source)


@given(st.sampled_from(SUBJECTS).flatmap(lambda subject: st.tuples(st.just(subject), files(subject))))
@settings(deadline=None, max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_file_of_every_input(case: tuple[Subject, bytes]) -> None:
    subject, data = case
    source = decode(f"/p/{subject.path}", data)
    if isinstance(source, Source):
        judge(subject.name, source)


def test_what_is_passed_over_are_requirements_and_entries() -> None:
    """Both have something to leave out: else the laws would say nothing."""
    text = REQUIREMENTS["clauses"]
    lock = UV.replace("ddtrace", "other")

    assert len(requirements_txt.parse(Source("/p/requirements.txt", text)).dependencies) == 4
    assert {each.origin for each in uv_lock.parse(Source("/p/uv.lock", lock)).dependencies} == {Origin.LOCKED}
