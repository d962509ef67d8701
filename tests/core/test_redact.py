"""What is a secret, and what is not, in the syntax of every file that ddlint reads."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core import redact
from ddlint.core.model import EnvironmentVariable
from ddlint.core.redact import (
    holds_secret,
    is_secret_name,
    mask,
    mask_in_place,
    secret_spans,
    shown_value,
    written,
    written_rest,
)
from ddlint.core.source import Span

SECRET = "hunter2"
NAMES = (
    *("DB_PWD", "DB_PASS", "DBPASS", "API_AUTH", "SESSION_SALT", "DD_API_KEY", "GITHUB_TOKEN", "DJANGO_SECRET", "MY_JWT"),
    *("PGPASSWORD", "PASSPHRASE", "PRIVATE_KEY", "FLASK_SESSION", "AWS_SECRET_ACCESS_KEY_ID", "password", "apiKey", "PIN_PW"),
    *("authToken", "accessKeyId", "client-secret", "X-Amz-Signature", "sig", "tokens", "db.password.prod", "GITHUB_PAT"),
    *("SIGNATURE", "CREDENTIALS", "COOKIE", "REDIS_CREDS"),
)  # fmt: skip
OPEN_NAMES = (
    "DD_SERVICE",
    "DD_ENV",
    "PATH",
    "author",
    "authors",
    "keywords",
    "keyboard",
    "BYPASS",
    "passenv",
    "pathlib",
)


@pytest.mark.parametrize("name", NAMES)
def test_secret_name(name: str) -> None:
    assert is_secret_name(name)
    assert shown_value(EnvironmentVariable(name, SECRET, Span(0, 1))) == "***"


@pytest.mark.parametrize("name", OPEN_NAMES)
def test_open_name(name: str) -> None:
    assert not is_secret_name(name)


FORMS = (
    "{name}=hunter2",
    "{name} = hunter2",
    "{name}: hunter2",
    "{name}:hunter2",
    "{name} := hunter2",
    '{name}="hunter2"',
    "{name}='hunter2'",
    '{name}: "hunter2"',
    '"{name}": "hunter2"',
    "'{name}': 'hunter2'",
    '"{name}":"hunter2","a":"b"',
    "{{{name}: hunter2, A: b}}",
    "{{name: {name}, value: hunter2}}",
    '{{"name": "{name}", "value": "hunter2"}}',
    '{{"value": "hunter2", "name": "{name}"}}',
    "- name: {name}\n  value: hunter2",
    'os.environ["{name}"] = "hunter2"',
    "https://index.example/simple?a=b&{name}=hunter2",
    "https://index.example/simple?{name}=hunter2&a=b",
)


@pytest.mark.parametrize("name", ["DB_PWD", "db-token", "sig", "X-Amz-Signature", "authToken"])
@pytest.mark.parametrize("form", FORMS)
def test_value_of_a_secret_name(form: str, name: str) -> None:
    text = form.format(name=name)

    assert SECRET not in mask(text)
    assert len(mask_in_place(text)) == len(text)
    assert mask_in_place(text).replace("*", "") == text.replace(SECRET, "").replace(
        "&a=b", "&a=b" * ("&a=b" in mask(text))
    )


ENV = {
    "one": "ENV DB_PWD=hunter2",
    "with a blank": "ENV DB_PWD hunter2",
    "with blanks": "ENV   DB_PWD\thunter2",
    "phrase": "ENV DB_PWD hunter2 hunter2 and more hunter2",
    "in quotes": 'ENV DB_PWD="hunter2 hunter2"',
    "in single quotes": "ENV DB_PWD='hunter2 hunter2'",
    "with an escaped blank": "ENV DB_PWD=x\\ hunter2",
    "after another": "ENV A=1 DB_PWD=hunter2",
    "before another": "ENV DB_PWD=hunter2 A=1",
    "quoted in the middle": 'ENV A=1 DB_PWD=x"y hunter2" B=2',
    "continued": "ENV A=1 \\\n    DB_PWD=hunter2",
    "lower case": "env db_pwd=hunter2",
    "with an escaped quote": 'ENV DB_PWD="x\\"hunter2"',
    "default of an argument": "ARG DB_PWD=hunter2",
    "default of a variable": "ENV DB_PWD=${X:-hunter2}",
    "for the next build": "ONBUILD ENV DB_PWD=hunter2",
    "punctuation": "ENV DB_PWD=a,b;c#d&e}hunter2",
    "unclosed quote": 'ENV DB_PWD="hunter2',
}
PHRASES = {
    "YAML": "DB_PASS: a hunter2",
    "INI": "password = a hunter2",
    "list of compose": "  - DB_PASS=a hunter2",
    "env file": "export DB_PASS=a hunter2",
    "env file behind a sign": "x==export DB_PASS=a hunter2",
    "option": "--password hunter2",
    "option with =": "pip install --config-settings=password=hunter2 x",
    "config settings": "x==1 --config-settings password=hunter2",
    "option of a list": '["login", "--password", "hunter2"]',
    "authorization": "curl -H 'Authorization: Bearer hunter2' x",
    "extra header": "extraheader = AUTHORIZATION: basic hunter2",
    "bearer": "header Bearer hunter2",
    "curl": "curl -u me:hunter2 x",
    "netrc": "machine index.example login me password hunter2",
    "user": "https://hunter2@index.example/x",
    "password": "https://me:hunter2@index.example/x",
    "password with a slash": "https://me:hun/hunter2@index.example/x",
    "repository": "git+https://me:hunter2@index.example/x.git@v1#egg=x",
    "database": "DATABASE_URL=postgres://me:hunter2@db:5432/x",
    "shared access": "https://index.example/x?sv=1&sig=hunter2",
    "signed": "https://index.example/x?X-Amz-Credential=a&X-Amz-Signature=hunter2",
}


@pytest.mark.parametrize("text", [*ENV.values(), *PHRASES.values()], ids=[*ENV, *PHRASES])
def test_form(text: str) -> None:
    assert SECRET not in mask(text)
    assert SECRET not in mask_in_place(text)
    assert SECRET not in written(text)


ISSUED = {
    "hexadecimal": "0123456789abcdef0123456789abcdef",
    "base64": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "padded": "dGhpcyBpcyBhIHNlY3JldCEhIQ==",
    "for URLs": "Ab3-d_Ef5gH1jKl-mN0pQrSt",
    "UUID": "550e8400-e29b-41d4-a716-446655440000",
    "JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
    "of GitHub": "ghp_abcdefghijklmnopqrst",
    "of GitLab": "glpat-abcdefghijklmnop",
    "of AWS": "AKIAABCDEFGHIJKLMNOP",
    "huge": "a1" * 1150,
}


@pytest.mark.parametrize("form", ["ENV VALUE={}", 'x: "{}"', "{}", "an `{}` here", "https://index.example/{}/simple"])
@pytest.mark.parametrize("secret", ISSUED.values(), ids=ISSUED)
def test_random_value(secret: str, form: str) -> None:
    if "/" in secret and "://" in form:
        return
    assert secret not in mask(form.format(secret))
    assert secret[:24] not in written(form.format(secret), 60)


OPEN = (
    "google-auth==2.0",
    "`google-auth==2.0,<3`",
    "pyjwt[crypto]>=1.0 ; python_version < '3.9'",
    'google-auth = "^2.0"',
    'flask-session = {version = "^0.5", extras = ["redis"]}',
    'Flask-Session = "*"',
    '"pyjwt": "==2.0"',
    "- pyjwt=2.0.1=pyhd8ed1ab_0",
    'auth = ["pyjwt>=2", "google-auth==2.0"]',
    "auth = pyjwt>=2",
    "jwt: pyjwt[crypto]>=1,<2",
    'name = "google-auth"\nversion = "2.0"',
    "flask==1.0 --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    'hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"',
    '"sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"',
    "uses: actions/checkout@0123456789abcdef0123456789abcdef01234567",
    "x @ git+https://index.example/me/x.git@0123456789abcdef0123456789abcdef01234567",
    "git+ssh://git@index.example/me/x.git@v1.0",
    "https://index.example:8080/me@x",
    "opentelemetry-instrumentation-fastapi==0.50b0",
    "x-1.2.3-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "DD_TRACE_128_BIT_TRACEID_GENERATION_ENABLED=true",
    '`requires-python = ">=3.8"` allows Python 3.8',
    "the basic authentication of an index",
    "see https://index.example/Some-Company/Some-Repository/blob/main/README.md",
)  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_no_secret(text: str) -> None:
    assert mask(text) == text
    assert not holds_secret(text)


def test_a_message_shows_every_blank() -> None:
    assert written("a\u00a0==1\u3000\n  b") == "a\\xa0==1\\u3000 b"


def test_masks_first_and_then_cuts() -> None:
    text = f"https://user:{'x' * 600}@index.example/{'y' * 600}"

    assert written(text) == f"https://***@index.example/{'y' * 473}…"
    assert "hunter" not in written("x" * 490 + " DB_PWD=hunter2")
    assert "hunter" not in written(f"https://u:hunter2{'x' * 30_000}@index.example/")


@pytest.mark.parametrize("start", ["hunter2", "DB_PWD", "= "])
def test_the_rest_of_a_line_is_masked_as_a_part_of_it(start: str) -> None:
    text = "a = 1\nENV DB_PWD = hunter2 x\nb = 2\n"

    assert SECRET not in written_rest(text, text.index(start, 6), 40)
    assert written_rest(text, text.index("b = 2"), 40) == "b = 2"


@given(st.text(st.sampled_from("token= :/@\"'{}[],&?-\\\n\tSigKEY19")))
@settings(deadline=None, max_examples=300)
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = secret_spans(text)

    assert all(start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert len(mask_in_place(text)) == len(text)


PUMPS = (
    "token",
    "token=",
    "key-",
    "a",
    "--",
    "--token ",
    "://",
    "://a:",
    "a@",
    '"value":"',
    "ENV token ",
    "A1a",
    "eyJ",
    "sha256:",
)


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize("pump", PUMPS)
def test_takes_linear_time(pump: str) -> None:
    start = time.process_time()
    mask(pump * (500_000 // len(pump)))

    assert time.process_time() - start < 5


_LOWER = st.lists(
    st.one_of(
        st.sampled_from(["ghp_", "glpat-", "xoxb-", "npm_", "hf_", "sk_live_", "rk_test_", "dckr_pat_", "github_pat_"]),
        st.sampled_from(["-", "_", "/", "==", " ", "0a1b2c3d", "-0a1b-2c3d-4e5f-", "0a1b2c3d4e5f", "internal-library"]),
        st.text("abz019", max_size=25),
    ),
    max_size=6,
).map("".join)


@given(_LOWER)
@settings(max_examples=2000, derandomize=True)
def test_a_text_without_capitals_is_passed_over_only_where_nothing_random_is_in_it(text: str) -> None:
    found = redact._RANDOM.search(text) or redact._ISSUED.search(text)

    assert found is None or redact._LONG_IN_LOWER_CASE.search(text)
