"""Every row of every table of the compatibility pages, with the small projects that show what is made of it.

The pages stand outside this repository, by number: 000 to 002 (French, English, Japanese) give minimums of libraries for
the releases of 2020, 003 the runtimes of 1.x and 2.x, 004 is the newest: capabilities, lines, runtimes, and what is
protected. `SEED_ROWS` names each row by `page:line`; a probe is a project, the options it is linted with, and all that is
told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.pack.test_every_row import below

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWEST = "ddtrace==4.16.0"


class Probe(NamedTuple):
    """A project that shows one thing about a row."""

    shows: str
    files: dict[str, str]
    words: str
    told: tuple[str, ...] = ()
    """`file:line:column severity code`, one for each finding."""
    about: str = ""
    """Only findings that name this; empty for all."""


class SeedRow(NamedTuple):
    """A row of a table, on each page that has it."""

    table: str
    name: str
    pages: tuple[str, ...]
    probes: tuple[Probe, ...]
    """Empty for a row that a newer page has replaced."""
    replaced_by: str = ""


def requirements(*lines: str) -> dict[str, str]:
    """Give a requirement file."""
    return {"requirements.txt": "".join(f"{line}\n" for line in lines)}


def setting(**values: str) -> dict[str, str]:
    """Give a file of environment variables."""
    return {".env": "".join(f"{name}={value}\n" for name, value in values.items())}


# Pages 000 to 002: label, what it means, minimum (empty: fully supported), on or off by default (run: on under ddtrace-run), line in 000, 001, 002.
LIBRARIES = (
    ("aiohttp", "aiohttp", "1.2", "on", 24, 30, 24),
    ("Bottle", "bottle", "0.11", "run", 25, 31, 25),
    ("Django", "django", "1.8", "on", 26, 32, 26),
    ("djangorestframework", "djangorestframework", "3.4", "on", 27, 33, 27),
    ("Falcon", "falcon", "1.0", "run", 28, 34, 28),
    ("Flask", "flask", "0.10", "on", 29, 35, 29),
    ("Molten", "molten", "0.7.0", "on", 30, 36, 30),
    ("Pylons", "pylons", "0.9.6", "run", 31, 37, 31),
    ("Pyramid", "pyramid", "1.7", "run", 32, 38, 32),
    ("Starlette", "starlette", "0.13", "on", 0, 39, 0),
    ("Tornado", "tornado", "4.0", "on", 33, 40, 33),
    ("Cassandra", "cassandra-driver", "3.5", "on", 42, 49, 42),
    ("Elasticsearch", "elasticsearch", "1.6", "on", 43, 50, 43),
    ("Flask Cache", "flask-cache", "0.12", "on", 44, 51, 44),
    ("Memcached pylibmc", "pylibmc", "1.4", "on", 45, 52, 45),
    ("Memcached pymemcache", "pymemcache", "1.3", "on", 46, 53, 46),
    ("MongoDB Mongoengine", "mongoengine", "0.11", "on", 47, 54, 47),
    ("MongoDB Pymongo", "pymongo", "3.0", "on", 48, 55, 48),
    ("MySQL MySQL-python", "mysql-python", "1.2.3", "on", 49, 56, 49),
    ("MySQL mysqlclient", "mysqlclient", "1.3", "on", 50, 57, 50),
    ("MySQL mysql-connector", "mysql-connector-python mysql-connector", "2.1", "on", 51, 58, 51),
    ("Postgres aiopg", "aiopg", "0.12.0", "on", 52, 59, 52),
    ("Postgres psycopg", "psycopg2 psycopg2-binary", "2.4", "on", 53, 60, 53),
    ("Redis", "redis", "2.6", "on", 54, 61, 54),
    ("Redis redis-py-cluster", "redis-py-cluster", "1.3.5", "on", 55, 62, 55),
    ("SQLAlchemy", "sqlalchemy", "1.0", "off", 56, 63, 56),
    ("SQLite3", "stdlib:sqlite3", "", "on", 57, 64, 57),
    ("Vertica", "vertica-python", "0.6", "on", 58, 65, 58),
    ("asyncio", "stdlib:asyncio", "", "on", 67, 74, 67),
    ("gevent", "gevent", "1.0", "on", 68, 75, 68),
    ("aiobotocore", "aiobotocore", "0.2.3", "off", 69, 76, 69),
    ("Boto2", "boto", "2.29.0", "on", 70, 77, 70),
    ("Botocore", "botocore", "1.4.51", "on", 71, 78, 71),
    ("Celery", "celery", "4.0.2", "on", 72, 79, 72),
    ("Futures", "stdlib:concurrent.futures futures", "", "off", 73, 80, 73),
    ("Grpc", "grpcio", "1.8.0", "on", 74, 81, 74),
    ("httplib", "stdlib:http.client", "", "on", 75, 82, 75),
    ("Jinja2", "jinja2", "2.7", "on", 76, 83, 76),
    ("Kombu", "kombu", "4.0", "off", 77, 84, 77),
    ("Mako", "mako", "0.1.0", "on", 78, 85, 78),
    ("Requests", "requests", "2.08", "on", 79, 86, 79),
)
# The releases that these pages are about: the first and the last line of their time (Starlette came later).
_FIRST, _LAST = "0.36.0", "0.46.0"
_OFF_BY_DEFAULT = "requirements.txt:2:1 notice DD305"


def _library_rows() -> Iterator[SeedRow]:
    for label, names, minimum, default, *lines in LIBRARIES:
        pages = tuple(f"{page}:{line}" for page, line in zip(("000", "001", "002"), lines, strict=True) if line)
        probes = [
            probe
            for name in names.split()
            for tracer in ((_FIRST, _LAST) if lines[0] else ("0.44.0", _LAST))
            for probe in _library_probes(name, minimum, default, tracer)
        ]
        yield SeedRow("library", label, pages, tuple(probes))


def _library_probes(name: str, minimum: str, default: str, tracer: str) -> Iterator[Probe]:
    off = (_OFF_BY_DEFAULT,) if default == "off" else ()
    head = f"ddtrace=={tracer}"
    if name.startswith("stdlib:"):
        yield Probe(f"no requirement can name it: {tracer}", requirements(head), "--select DD3")
    elif not minimum:
        yield Probe(f"any version under {tracer}", requirements(head, f"{name}==0.1"), "--select DD3", off)
    else:
        yield Probe(f"at its minimum under {tracer}", requirements(head, f"{name}=={minimum}"), "--select DD3", off)
        level = "notice" if off else "warning"
        told = (f"requirements.txt:2:1 {level} DD301", *off)
        pin = requirements(head, f"{name}=={below(minimum)}")
        yield Probe(f"just below it under {tracer}", pin, "--select DD3", told)


# Page 004: releases, the last day its level is told of, what is told then and on the day after, whether it names an Agent.
LINES = (
    (58, ">=4.0,<5", "4.16.0", "2026-05-31", "", "", True),
    (59, ">=3.0,<4", "3.19.9", "2026-05-31", "notice DD102", "warning DD101", True),
    (60, ">=2.0,<3", "2.21.12", "2026-05-31", "warning DD101", "warning DD101", True),
    (61, "<2", "1.20.19", "2026-05-31", "warning DD101", "warning DD101", False),
)


def _line_rows() -> Iterator[SeedRow]:
    for line, releases, newest, day, then, later, has_agent in LINES:
        lock = requirements(f"ddtrace=={newest}")
        probes = [
            Probe(f"on {day}", lock, f"--select DD1 --as-of {day}", _at_tracer(then)),
            Probe("on the day after", lock, "--select DD1 --as-of 2026-06-01", _at_tracer(later)),
        ]
        if has_agent:
            probes += [
                Probe("with the oldest Agent", {**lock, **_agent("7.28.0")}, "--select DD602"),
                Probe(
                    "with an older Agent",
                    {**lock, **_agent("7.27.1")},
                    "--select DD602",
                    ("compose.yaml:3:12 warning DD602",),
                ),
            ]
        yield SeedRow("line", releases, (f"004:{line}",), tuple(probes))
    yield SeedRow("line", ">=1.0,<2", ("003:24",), (), "004:61")
    yield SeedRow("line", ">=2.0,<3", ("003:25",), (), "004:60")


def _agent(tag: str) -> dict[str, str]:
    return {"compose.yaml": f"services:\n  agent:\n    image: datadog/agent:{tag}\n"}


def _at_tracer(told: str) -> tuple[str, ...]:
    return (f"requirements.txt:1:1 {told}",) if told else ()


# Page 004: line, releases, platforms, Pythons of the cell, and where there is no wheel although the page says yes.
# What an index has rules over any page (DD202), and so does what a release says of Python itself (DD201).
_X86 = ("manylinux-x86_64", "musllinux-x86_64")
_I686 = ("manylinux-i686", "musllinux-i686")
_ARM = ("manylinux-aarch64", "musllinux-aarch64")
_MAC = ("macos-x86_64", "macos-arm64")
_WIN = ("win-amd64", "win-32")
_SINCE_3_9 = "3.9 3.10 3.11 3.12 3.13 3.14 3.15"
_SINCE_3_8 = f"3.8 {_SINCE_3_9}"
_SINCE_3_7 = "3.7 3.8 3.9 3.10 3.11 3.12 3.13"
_OLDEST = "2.7 3.5 3.6 3.7 3.8 3.9 3.10 3.11"
_NO_3_15 = tuple((platform, "3.15") for platform in (*_X86, *_I686, *_ARM, *_MAC, *_WIN))
RUNTIMES = (
    (67, ">=4,<5", (*_X86, *_ARM), _SINCE_3_9, "3.8", _NO_3_15),
    (68, ">=4,<5", _MAC, _SINCE_3_9, "3.8", _NO_3_15),
    (69, ">=4,<5", _WIN, _SINCE_3_9, "3.8", _NO_3_15),
    (70, ">=3,<4", (*_X86, *_I686, *_ARM), _SINCE_3_8, "3.7", _NO_3_15),
    (71, ">=3,<4", _MAC, _SINCE_3_8, "3.7", _NO_3_15),
    (72, ">=3,<4", _WIN, _SINCE_3_8, "3.7", _NO_3_15),
    (73, ">=2,<3", (*_X86, *_I686, *_ARM), _SINCE_3_7, "3.6", ()),
    (74, ">=2,<3", _MAC, _SINCE_3_7, "3.6", (("macos-arm64", "3.7"),)),
    (75, ">=2,<3", _WIN, _SINCE_3_7, "3.6", (("win-amd64", "3.13"), ("win-32", "3.13"))),
    (
        76,
        "<2",
        (*_X86, *_I686, *_ARM),
        _OLDEST,
        "",
        (
            *((f"musllinux-{cpu}", minor) for cpu in ("x86_64", "i686", "aarch64") for minor in ("2.7", "3.5")),
            ("manylinux-aarch64", "2.7"),
        ),
    ),
    (
        77,
        "<2",
        _MAC,
        _OLDEST,
        "",
        (("macos-x86_64", "3.5"), *(("macos-arm64", v) for v in ("2.7", "3.5", "3.6", "3.7"))),
    ),
    (78, "<2", _WIN, _OLDEST, "", (("win-amd64", "2.7"), ("win-32", "2.7"))),
)
# Beside the cells: releases, what no table of them has.
EXCLUDED = ((">=4,<5", (*_I686, "pypy")), (">=3,<4", ("pypy",)), (">=2,<3", ("pypy",)), ("<2", ("pypy",)))


def _runtime_rows() -> Iterator[SeedRow]:
    for line, releases, platforms, pythons, too_old, unbuilt in RUNTIMES:
        asked = requirements(f"ddtrace{releases}")
        probes = []
        for minor in pythons.split():
            missing = [platform for platform in platforms if (platform, minor) in unbuilt]
            built = [platform for platform in platforms if platform not in missing]
            if built:
                probes.append(Probe(f"{' '.join(built)} on {minor}", asked, _on(built, minor)))
            told = ("requirements.txt:1:1 warning DD202",)
            probes += [Probe(f"{each} on {minor}: no wheel", asked, _on([each], minor), told) for each in missing]
        if too_old:
            told = ("requirements.txt:1:1 error DD201",)
            probes.append(Probe(f"on {too_old}", asked, _on(list(platforms), too_old), told))
        yield SeedRow("runtime", f"{releases} {platforms[0]}", (f"004:{line}",), tuple(probes))
    for number, line in enumerate(range(31, 37)):
        newer = ("004:76", "004:77", "004:78", "004:73", "004:74", "004:75")[number]
        yield SeedRow("runtime", f"row {number + 1}", (f"003:{line}",), (), newer)


def _on(platforms: list[str], minor: str) -> str:
    return f"--select DD2 --python-version {minor} " + " ".join(f"--platform {each}" for each in platforms)


# Page 004: line, capability, its first release and the one before; both empty where it is not supported.
CAPABILITIES = (
    (26, "http-monitoring", "1.16.0", "1.15.2"),
    (27, "grpc-monitoring", "", ""),
    (28, "graphql-monitoring", "", ""),
    (29, "exploit-prevention", "2.20.0", "2.19.4"),
    (30, "api-security", "4.6.0", "4.5.10"),
    (31, "account-takeover-protection", "2.11.0", "2.10.7"),
    (32, "runtime-activation", "1.6.0", "1.5.5"),
    (33, "sca", "1.5.0", "1.4.5"),
    (34, "iast", "3.15.0", "3.14.4"),
)
VARIABLES = {
    "http-monitoring": ("DD_APPSEC_ENABLED", "true"),
    "exploit-prevention": ("DD_APPSEC_RASP_ENABLED", "true"),
    "api-security": ("DD_API_SECURITY_ENABLED", "1"),
    "account-takeover-protection": ("DD_APPSEC_AUTO_USER_INSTRUMENTATION_MODE", "identification"),
    "runtime-activation": ("DD_REMOTE_CONFIGURATION_ENABLED", "true"),
    "sca": ("DD_APPSEC_SCA_ENABLED", "true"),
    "iast": ("DD_IAST_ENABLED", "True"),
}


def _capability_rows() -> Iterator[SeedRow]:
    for line, name, first, before in CAPABILITIES:
        config = {"ddlint.toml": f'capabilities = ["{name}"]\n'}
        remote = setting(DD_REMOTE_CONFIGURATION_ENABLED="true") if name == "runtime-activation" else {}
        if not first:
            told = ("requirements.txt:1:1 notice DD402",)
            probes = [Probe("named", {**requirements(NEWEST), **config}, "--select DD4", told)]
        else:
            variable, value = VARIABLES[name]
            at = f".env:1:{len(variable) + 2} warning DD401"
            has, lacks = requirements(f"ddtrace=={first}"), requirements(f"ddtrace=={before}")
            on = setting(**{variable: value})
            probes = [
                Probe("named, in its first release", {**has, **config, **remote}, "--select DD401,DD402,DD405"),
                Probe("set, in its first release", {**has, **on}, "--select DD401,DD402"),
                Probe(
                    "named, one release before",
                    {**lacks, **config},
                    "--select DD401",
                    ("requirements.txt:1:1 warning DD401",),
                ),
                Probe("set, one release before", {**lacks, **on}, "--select DD401", (at,)),
                Probe(
                    "set to another value",
                    {**lacks, **setting(**{variable: "disabled"})},
                    "--select DD401",
                ),
            ]
        yield SeedRow("capability", name, (f"004:{line}",), tuple(probes))


# Page 004: line, deployment type, a file of it that switches protection on, and where in it.
DEPLOYMENTS = (
    (
        42,
        "Docker",
        "Dockerfile",
        "FROM python:3.12\nENV DD_APPSEC_ENABLED=true\n",
        "2:23",
    ),
    (
        43,
        "Kubernetes",
        "deployment.yaml",
        (
            "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n"
            "        - name: shop\n          image: shop:1\n          env:\n"
            '            - {name: DD_APPSEC_ENABLED, value: "true"}\n'
        ),
        "10:49",
    ),
    (
        44,
        "Amazon ECS",
        "taskdef.json",
        (
            '{"family": "shop", "requiresCompatibilities": ["EC2"], "containerDefinitions": [{"name": "shop",\n'
            '"image": "shop:1", "environment": [\n{"name": "DD_APPSEC_ENABLED", "value": "true"}]}]}\n'
        ),
        "3:41",
    ),
    (
        45,
        "AWS Fargate",
        "taskdef.json",
        (
            '{"family": "shop", "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{"name": "shop",\n'
            '"image": "shop:1", "environment": [\n{"name": "DD_APPSEC_ENABLED", "value": "true"}]}]}\n'
        ),
        "3:41",
    ),
    (
        46,
        "AWS Lambda",
        "serverless.yml",
        "service: shop\nprovider:\n  name: aws\n  runtime: python3.12\n  environment:\n    DD_APPSEC_ENABLED: true\n",
        "6:24",
    ),
)


def _deployment_rows() -> Iterator[SeedRow]:
    for line, name, file, text, at in DEPLOYMENTS:
        probes = (
            Probe("protected", {**requirements(NEWEST, "flask==3.0.3"), file: text}, "--select DD4"),
            Probe(
                "what switches it on is read",
                {**requirements("ddtrace==1.15.2", "flask==2.2.5"), file: text},
                "--select DD401",
                (f"{file}:{at} warning DD401",),
            ),
        )
        yield SeedRow("deployment", name, (f"004:{line}",), probes)


# Page 004: line, framework, its distribution, a version.
FRAMEWORKS = (
    (100, "Django", "django", "4.2.16"),
    (101, "Flask", "flask", "3.0.3"),
    (102, "FastAPI", "fastapi", "0.115.0"),
    (103, "Tornado", "tornado", "6.4.1"),
)
# What the tables of pages 000 to 002 list under web frameworks and the newest does not.
UNPROTECTED = (
    ("aiohttp", "3.10.5"),
    ("bottle", "0.13.2"),
    ("falcon", "3.1.3"),
    ("molten", "1.0.2"),
    ("pylons", "1.0.3"),
    ("pyramid", "2.0.2"),
    ("cherrypy", "18.9.0"),
    ("sanic", "24.6.0"),
    ("starlette", "0.38.6"),
)
_ON = setting(DD_APPSEC_ENABLED="true")


def _framework_rows() -> Iterator[SeedRow]:
    for line, name, distribution, version in FRAMEWORKS:
        found = requirements(NEWEST, f"{distribution}=={version}")
        on = setting(DD_APPSEC_ENABLED="true", DD_TRACE_TORNADO_ENABLED="true") if distribution == "tornado" else _ON
        probes = [
            Probe("monitored", {**found, **on}, "--select DD4"),
            Probe("blocked", {**found, **on, "ddlint.toml": 'capabilities = ["exploit-prevention"]\n'}, "--select DD4"),
        ]
        if distribution == "tornado":
            told = ("requirements.txt:2:1 warning DD405",)
            probes.append(Probe("without its switch", {**found, **_ON}, "--select DD4", told))
        yield SeedRow("web framework", name, (f"004:{line}",), tuple(probes))


# Page 004: line, distributions or modules, against what, whether the cell is there.
SINKS = (
    (120, "requests==2.32.3", "SSRF", True),
    (121, "urllib3==2.2.2", "SSRF", True),
    (122, "httpx==0.27.2", "SSRF", True),
    (123, "stdlib:urllib", "SSRF", True),
    (124, "stdlib:http.client", "SSRF", True),
    (125, "stdlib:webbrowser", "SSRF", False),
    (139, "psycopg==3.2.1 psycopg2==2.9.10 psycopg2-binary==2.9.10", "SQLi", True),
    (140, "mysql-connector-python==9.0.0", "SQLi", True),
    (141, "mysqlclient==2.2.4", "SQLi", True),
    (142, "pymysql==1.1.1", "SQLi", True),
    (143, "stdlib:sqlite3", "SQLi", True),
    (144, "mariadb==1.1.10", "SQLi", True),
    (145, "pyodbc==5.1.0", "SQLi", True),
    (146, "snowflake-connector-python==3.12.0", "SQLi", True),
    (152, "stdlib:pathlib", "LFI", True),
    (153, "stdlib:builtins", "LFI", True),
    (159, "stdlib:subprocess", "Command Injection", True),
    (159, "stdlib:subprocess", "Shell Injection", False),
    (160, "stdlib:os", "Command Injection", True),
    (160, "stdlib:os", "Shell Injection", True),
)
# SQL drivers and HTTP clients that the newest page does not list.
UNWATCHED = (
    "aiohttp==3.10.5",
    "aiomysql==0.2.0",
    "aiopg==1.4.0",
    "asyncpg==0.29.0",
    "mysql-connector==2.2.9",
    "mysql-python==1.2.5",
    "vertica-python==1.4.0",
)
UNWATCHED_MODULES = ("subprocess", "webbrowser")
"""Those of the two short rows, in the order of what is told; told on request only, as no requirement names them."""


def _sink_rows() -> Iterator[SeedRow]:
    cells: dict[tuple[int, str], list[bool]] = {}
    for line, names, _, is_covered in SINKS:
        cells.setdefault((line, names), []).append(is_covered)
    for (line, names), covered in cells.items():
        module = names.removeprefix("stdlib:") if names.startswith("stdlib:") else ""
        files = {**requirements(NEWEST, "flask==3.0.3", *([] if module else names.split())), **_ON}
        told = (".env:1:19 notice DD404",) * covered.count(False)
        words = "--select DD4 --pedantic" if module else "--select DD4"
        shows = "watched" if all(covered) else "not watched in every cell"
        yield SeedRow(
            "sink", names, (f"004:{line}",), (Probe(shows, files, words, told, f"`{module}`" if module else ""),)
        )


def _rows() -> Iterator[SeedRow]:
    yield from _library_rows()
    yield from _line_rows()
    yield from _runtime_rows()
    yield from _capability_rows()
    yield from _deployment_rows()
    yield from _framework_rows()
    login = {
        **requirements(NEWEST, "django==4.2.16"),
        "ddlint.toml": 'capabilities = ["account-takeover-protection"]\n',
    }
    yield SeedRow("user authentication", "Django", ("004:114",), (Probe("watched", login, "--select DD4"),))
    yield from _sink_rows()


SEED_ROWS = tuple(_rows())
