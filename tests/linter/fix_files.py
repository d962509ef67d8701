"""Files in which what is to be fixed is marked, with the text before and the text after it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_LE
from typing import NamedTuple

_MARK = re.compile(r"‹([^|›]*)\|([^›]*)›")


class Marked(NamedTuple):
    """A file as it is and as it is to be."""

    name: str
    marked: str
    others: tuple[tuple[str, str], ...] = ()
    """Files beside it that stay as they are."""
    encoding: str = "utf-8"
    bom: bytes = b""

    @property
    def before(self) -> bytes:
        return self.bom + _MARK.sub(r"\1", self.marked).encode(self.encoding)

    @property
    def after(self) -> bytes:
        return self.bom + _MARK.sub(r"\2", self.marked).encode(self.encoding)

    @property
    def edits(self) -> int:
        return len(_MARK.findall(self.marked))


def crlf(marked: Marked) -> Marked:
    return marked._replace(marked=marked.marked.replace("\n", "\r\n"))


TRACED = (("requirements.txt", "ddtrace==4.16.0\n"),)

PROJECT = '[project]\nname = "shop"\nversion = "1"\n'

FILES: dict[str, Marked] = {
    "plain": Marked("requirements.txt", "ddtrace==4.16.0\nflask‹==0.12|>=1.1.4›\n"),
    "no_line_end": Marked("requirements.txt", "ddtrace==4.16.0\nflask‹==0.12|>=1.1.4›"),
    "comments": Marked(
        "requirements.txt",
        "# base\nddtrace==4.16.0  # the tracer\n\n\tflask ‹== 0.12|>= 1.1.4›   # see flask==0.12 in the wiki\n# flask==0.12\n",
    ),
    "crlf": crlf(
        Marked("requirements.txt", "ddtrace==4.16.0\nflask‹==0.12|>=1.1.4›  # old\ndjango‹>=1.8|>=2.2.8›,<5\n")
    ),
    "mixed_line_ends": Marked(
        "requirements.txt", "ddtrace==4.16.0\r\nflask‹==0.12|>=1.1.4›\nrequests‹>=2.0|>=2.25.1›\r\n\r\n\n"
    ),
    "bom": Marked("requirements.txt", "flask‹==0.12|>=1.1.4›\nddtrace==4.16.0\n", bom=BOM_UTF8),
    "utf_16": Marked(
        "requirements.txt", "ddtrace==4.16.0  # früh\nflask‹==0.12|>=1.1.4›\n", (), "utf-16-le", BOM_UTF16_LE
    ),
    "latin_1": Marked(
        "requirements.txt",
        "# -*- coding: latin-1 -*-\n# für später\nddtrace==4.16.0\nflask‹==0.12|>=1.1.4›\n",
        (),
        "latin-1",
    ),
    "continuation": Marked(
        "requirements.txt",
        'ddtrace==4.16.0\nDjango \\\n    ‹>=1.8|>=2.2.8›, \\\n    <5 ; \\\n    python_version >= "3.9"\n',
    ),
    "continuation_crlf": crlf(
        Marked("requirements.txt", "ddtrace==4.16.0\nDjango \\\n    ‹>=1.8|>=2.2.8›, \\\n    <5\n")
    ),
    "parentheses_and_extras": Marked(
        "requirements.txt", "ddtrace==4.16.0\nDjango [argon2] (‹==1.11.29|>=2.2.8›) ; python_version > '3'\n"
    ),
    "odd_blanks": Marked("requirements.txt", "  ddtrace  ==  4.16.0\n Flask   ‹<2,>=0.12|<2,>=1.1.4›  \n\n\n"),
    "upper_bound_below": Marked("requirements.txt", "ddtrace==4.16.0\nDjango‹>=1.8,<2.0|>=2.2.8,<3.0›\n"),
    "compatible_release": Marked(
        "requirements.txt", "ddtrace==4.16.0\nrequests‹~=2.20|~=2.25,>=2.25.1›\nhttpx‹~=0.24.0|~=0.25.0›\n"
    ),
    "wildcard": Marked("requirements.txt", "ddtrace==4.16.0\ndjango‹==1.*|>=2.2.8›\nrequests‹==2.*|==2.*,>=2.25.1›\n"),
    "same_requirement_twice": Marked(
        "requirements.txt",
        'ddtrace==4.16.0\nflask‹==0.12|>=1.1.4›; sys_platform == "linux"\nflask‹==0.12|>=1.1.4›; sys_platform == "win32"\n',
    ),
    "constraints": Marked(
        "constraints.txt",
        "flask‹==0.12|>=1.1.4›\n",
        (("requirements.txt", "-c constraints.txt\nddtrace==4.16.0\nflask\n"),),
    ),
    "pep_621": Marked(
        "pyproject.toml",
        PROJECT
        + 'requires-python = "‹>=3.8|>=3.9›"  # ">=3.8" of old\ndependencies = [\n    "ddtrace==4.16.0",\n    # web\n'
        + "    'flask‹==0.12|>=1.1.4›',  # \"flask==0.12\"\n]\n",
    ),
    "inline_array": Marked(
        "pyproject.toml",
        PROJECT + 'dependencies=["ddtrace==4.16.0" , "flask ‹>=0.12|>=1.1.4›,<2"    ,\'requests‹>=2.0|>=2.25.1›\']\n',
    ),
    "toml_crlf_and_bom": crlf(
        Marked(
            "pyproject.toml",
            PROJECT + 'dependencies = [\n\t"ddtrace==4.16.0",\n\t"flask‹==0.12|>=1.1.4›",\n]\n\n[tool.x]\n"α" = "é"\n',
            bom=BOM_UTF8,
        )
    ),
    "multi_line_string": Marked(
        "pyproject.toml",
        PROJECT + 'readme = """\n"flask==0.12"\n"""\ndependencies = ["ddtrace==4.16.0", """flask‹==0.12|>=1.1.4›"""]\n',
    ),
    "multi_line_literal": Marked(
        "pyproject.toml", PROJECT + "dependencies = [ 'ddtrace==4.16.0', '''\nflask‹==0.12|>=1.1.4›''' ]\n"
    ),
    "dotted_and_odd_headers": Marked(
        "pyproject.toml",
        '[ project ]\nname="x"\nversion="1"\n"dependencies" = ["ddtrace==4.16.0"]\n'
        '[ project . "optional-dependencies" ]\nweb = [ "flask‹==0.12|>=1.1.4›" ]\n',
    ),
    "groups": Marked(
        "pyproject.toml",
        PROJECT
        + 'dependencies = ["ddtrace==4.16.0"]\n\n[dependency-groups]\ndev = [{include-group = "web"}]\n'
        + 'web = ["flask‹==0.12|>=1.1.4›"]\n',
    ),
    "poetry": Marked(
        "pyproject.toml",
        '[tool.poetry]\nname = "shop"\nversion = "1"\n\n[tool.poetry.dependencies]\npython = "‹^3.8|>=3.9,<3.15›"\n'
        'ddtrace = "4.16.0"\ncelery = "‹^4.3.0|^4.4›"   # queue\ndjango = { version = "‹~2.2|~2.2.8›", extras = ["argon2"] }\n'
        'flask = "‹0.12|>=1.1.4›"\n',
    ),
    "poetry_groups_and_tables": Marked(
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = ">=3.9,<3.14"\nddtrace = "4.16.0"\n\n[tool.poetry.dependencies.flask]\n'
        "optional = true\nversion = '‹>=0.12|>=1.1.4›'\n\n[tool.poetry.group.dev.dependencies]\nrequests = \"‹^2.0|^2.25.1›\"\n",
    ),
    "pdm": Marked(
        "pyproject.toml",
        PROJECT
        + 'requires-python = ">=3.9‹|,<3.15›"\ndependencies = ["ddtrace==4.16.0"]\n\n[tool.pdm.dev-dependencies]\n'
        + 'test = [\n  "flask‹==0.12|>=1.1.4›" ,\n]\n',
    ),
    "uv_dev_dependencies": Marked(
        "pyproject.toml",
        PROJECT + 'dependencies = ["ddtrace==4.16.0"]\n[tool.uv]\ndev-dependencies = ["requests ‹>= 2.0|>= 2.25.1›"]\n',
    ),
    "hatch_environment": Marked(
        "pyproject.toml",
        PROJECT
        + 'dependencies = ["ddtrace==4.16.0"]\n[tool.hatch.envs.web]\ndependencies = ["flask‹==0.12|>=1.1.4›"]\n',
    ),
    "pipfile": Marked(
        "Pipfile",
        '[[source]]\nurl = "https://index.example/simple"\nverify_ssl = true\n\n[packages]\nddtrace = "==4.16.0"\n'
        'flask = "‹==0.12|>=1.1.4›" # web\nrequests = {version = "‹>=2.0|>=2.25.1›", extras = ["socks"]}\n',
    ),
    "setup_cfg": Marked(
        "setup.cfg",
        "[metadata]\nname = shop\n\n[options]\npython_requires = ‹>=3.8|>=3.9›\ninstall_requires =\n    ddtrace==4.16.0\n"
        "    # web\n    flask ‹>=0.12|>=1.1.4›, <3\n\n[options.extras_require]\nall = requests‹>=2.0|>=2.25.1›; httpx\n",
    ),
    "setup_py": Marked(
        "setup.py",
        "from setuptools import setup\n\nsetup(\n    name='shop', python_requires=\"‹>=3.8|>=3.9›\",\n"
        "    install_requires=['ddtrace==4.16.0', u'flask‹==0.12|>=1.1.4›'],  # 'flask==0.12'\n)\n",
    ),
    "tox": Marked(
        "tox.ini", "[testenv]\ndeps =\n    ddtrace==4.16.0\n    flask‹==0.12|>=1.1.4›\ncommands = pytest\n", TRACED
    ),
    "environment_yml": Marked(
        "environment.yml",
        "name: shop\ndependencies:\n  - python=3.12\n  - pip\n  - pip:\n      - ddtrace==4.16.0\n"
        '      - "flask‹==0.12|>=1.1.4›"  # web\n      - requests‹>=2.0|>=2.25.1›\n',
    ),
    "conda": Marked(
        "environment.yml",
        "name: shop\ndependencies:\n  - flask‹=0.12|>=1.1.4›  # web\n  - requests ‹>=2.0|>=2.25.1›\n"
        '  - "django‹>=1.8|>=2.2.8›,<5"\n  - pip:\n    - ddtrace==4.16.0\n',
    ),
    "pixi": Marked(
        "pixi.toml",
        '[workspace]\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n\n[dependencies]\npython = ">=3.9,<3.14"\n'
        'requests = "‹>=2.0|>=2.25.1›,<3"\n\n[pypi-dependencies]\nddtrace = "==4.16.0"\n'
        'flask = { version = "‹>=0.12|>=1.1.4›", extras = ["async"] }\n',
    ),
    "hatch": Marked(
        "hatch.toml",
        '[envs.default]\ndependencies = [\n  "ddtrace==4.16.0",\n  "flask‹==0.12|>=1.1.4›",\n]\n',
        (("pyproject.toml", PROJECT),),
    ),
    "poetry_multiple_constraints": Marked(
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = "‹^3.9|>=3.9,<3.15›"\nddtrace = "4.16.0"\nflask = [\n'
        '  {version = "‹^0.12|^1.1.4›", python = "<3.12"}, # old\n  {version = "^3.0", python = ">=3.12"},\n]\n',
    ),
    "lone_carriage_returns": Marked("requirements.txt", "ddtrace==4.16.0\rflask‹==0.12|>=1.1.4›\rhttpx\r"),
    "yanked": Marked("requirements.txt", "ddtrace‹==3.12.3|==3.12.5›\n"),
    "extra_that_is_none": Marked("requirements.txt", "ddtrace[openai‹,profile|›] == 2.9.0\n"),
    "two_extras": Marked("requirements.txt", "ddtrace‹[opentracing,nowhere]|› == 4.16.0\n"),
    "three_extras": Marked("requirements.txt", "ddtrace[‹opentracing , nowhere, |›opentelemetry] == 4.16.0\n"),
    "extra_of_a_table": Marked(
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = "‹^3.9|>=3.9,<3.15›"\n'
        'ddtrace = { version = "4.16.0", extras = [ ‹\'opentracing\', |›"opentelemetry" ] } # [opentracing]\n',
    ),
    "lone_extra_of_a_table": Marked(
        "Pipfile", '[packages]\nddtrace = {extras = [‹"opentracing"|›], version = "==4.16.0"}\n'
    ),
    "lone_extra": Marked("requirements.txt", "ddtrace‹[profile]|› == 2.9.0  # [profile]\n"),
    "unused_suppressions": Marked(
        "requirements.txt",
        "‹# ddlint: file-ignore[DD303] all\n|›ddtrace==4.16.0‹  # ddlint: ignore[DD301, DD302] not any more|›\n"
        "‹  # ddlint: ignore[DD301] own line\n|›flask==3.0.0\nflask-cors==4.0  # note‹  # ddlint: ignore[DD302]|›\n"
        "requests>=2.0  # ddlint: ignore[‹DD301,|›DD302‹, DD304|›] partly\n",
    ),
    "unused_suppression_in_toml": crlf(
        Marked(
            "pyproject.toml",
            f'{PROJECT}dependencies = [ # x\n  "ddtrace==4.16.0",‹ # ddlint: ignore[DD301]|›\n‹  # ddlint: ignore[DD303] y\n|›]\n',
        )
    ),
    "slips_of_the_pen": Marked(
        "requirements.txt",
        "ddtrace==4.16.0\nflask‹=0.12|>=1.1.4›\nrequests‹=>|>=›2.30\nhttpx ‹=<|<=› 1.0\ndjango‹\u2265|>=›2.3  # \u2265\n"
        "redis==‹\uff15|5›.0\ncelery‹<>|!=›5\n",
    ),
    "conflict": Marked("requirements.txt", "ddtrace==4.16.0\nbytecode‹==0.12.0|>=0.13.0›\n"),
}
