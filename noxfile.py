"""The checks of a change, each a session: `nox -l` lists them, `nox -s lint tests gen` runs what a review asks for."""

import nox

nox.options.sessions = ["lint", "tests", "gen"]
nox.options.default_venv_backend = "venv"


def install(session: nox.Session) -> None:
    session.install("-e", ".", "-r", "requirements-dev.txt")


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff and mypy."""
    install(session)
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """The tests that need nothing but Python."""
    install(session)
    session.run("pytest", *session.posargs)


@nox.session(name="tests-fast")
def tests_fast(session: nox.Session) -> None:
    """The tests without the long-running ones, on the Python that runs nox: for use while you work."""
    install(session)
    session.run("pytest", "-n", "auto", "-m", "not slow and not nightly and not site and not long", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """The tests with the oldest dependencies that pyproject.toml allows."""
    install(session)
    session.install(*(each.replace(">=", "==") for each in dependencies()))
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def newest(session: nox.Session) -> None:
    """The tests with the newest dependencies, without constraints.txt."""
    install(session)
    session.install("--upgrade", *dependencies())
    session.run("pytest", "-n", "auto", *session.posargs)


def dependencies() -> list[str]:
    found: list[str] = nox.project.load_toml("pyproject.toml")["project"]["dependencies"]
    return found


@nox.session
def golden(session: nox.Session) -> None:
    """Every output of two commits compared: `nox -s golden -- main .`, where `.` is the checkout as it is."""
    install(session)
    session.run("python", "tools/golden.py", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """The tests with the branches they take."""
    install(session)
    session.run("pytest", "-n", "auto", "--cov", "--cov-report=")
    session.run("coverage", "report", "--fail-under=95")


@nox.session
def clients(session: nox.Session) -> None:
    """The tests that build, install and run real clients: pip, pre-commit, the action."""
    session.install("-e", ".", "-r", "requirements-ci.txt")
    session.run("pytest", "-m", "slow", *session.posargs)


@nox.session
def gen(session: nox.Session) -> None:
    """Write again what is generated: the table of the README, docs/checks.md, the hook's file names."""
    install(session)
    session.run("python", "tools/generate.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The site, built into `build/site` with its links checked: `nox -s docs -- --no-app` without Node.js."""
    session.install("-e", ".", "-r", "requirements-docs.txt")
    session.run("python", "-m", "tools.site", *session.posargs)
    session.run("pytest", "-m", "site", "tests/site")


@nox.session(name="docs-browser", venv_backend="none")
def docs_browser(session: nox.Session) -> None:
    """What `nox -s docs` built, in Chromium: `$CHROMIUM`, or the one of Debian. It needs Node.js."""
    session.chdir("site/app")
    session.run("npm", "run", "e2e", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Whole-process times, against an empty Python."""
    session.install(".")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(venv_backend="none")
def instructions(session: nox.Session) -> None:
    """The instructions of eight runs, against the committed figures: needs valgrind and the Python of Debian 12."""
    session.run("python3", "benchmarks/instructions.py", *session.posargs, external=True)


@nox.session(venv_backend="none")
def imports(session: nox.Session) -> None:
    """The instructions of each import: those that take 2 % or more are named in docs/speed.md. It needs the same."""
    session.run("python3", "benchmarks/imports.py", *session.posargs, external=True)
