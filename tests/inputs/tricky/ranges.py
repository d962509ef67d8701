"""Entries 92 to 97, and the markers of 98: what versions and Pythons a text admits."""

from __future__ import annotations

from ddlint.versions.specifiers import Verdict

_SUPPORTED = (">=2.2,<5.2",)

VERDICTS: tuple[tuple[int, str, tuple[str, ...], Verdict], ...] = (
    (92, ">=1.8,<3", _SUPPORTED, Verdict.PARTLY),
    (92, "==4.2.*", _SUPPORTED, Verdict.SUPPORTED),
    (92, "==1.11.*", _SUPPORTED, Verdict.UNSUPPORTED),
    (92, "==5.2a1", ("<5.2",), Verdict.UNSUPPORTED),
    (92, "==5.0rc1", ("<5.2",), Verdict.SUPPORTED),
    (93, "===4.2", _SUPPORTED, Verdict.SUPPORTED),
    (93, "===foo", _SUPPORTED, Verdict.UNKNOWN),
    (93, "==4.2+local", _SUPPORTED, Verdict.SUPPORTED),
    (93, "!=3.0", _SUPPORTED, Verdict.UNBOUNDED),
    (93, ">=2,<1", _SUPPORTED, Verdict.CONTRADICTION),
    (93, "==1.0,!=1.0", _SUPPORTED, Verdict.CONTRADICTION),
    (94, ">=3,<4", (">=2.2,<3", ">=4,<5"), Verdict.UNSUPPORTED),
    (95, "==1!2.*", (">=2",), Verdict.SUPPORTED),
    (95, "~=1!0.5", (">=2",), Verdict.SUPPORTED),
    (44, "==3.10", ("==3.1.*",), Verdict.UNSUPPORTED),
    (44, "==3.10", ("==3.10.*",), Verdict.SUPPORTED),
)

CONSTRAINTS: tuple[tuple[int, str, str | None], ...] = (
    (96, "^0.0.3", ">=0.0.3,<0.0.4"),
    (96, "^0", ">=0,<1"),
    (96, "~1", ">=1,<2"),
    (96, "^2.7 || ^3.8", ">=2.7,<3 || >=3.8,<4"),
    (96, ">=3.8 <4", ">=3.8,<4"),
    (96, "*", ""),
    (96, "1.2.x", None),
)
"""What Poetry writes, and what it means; `None` is a mistake."""

MINORS = ("2.7", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
_FROM_38 = MINORS[2:]

PYTHONS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (97, ">3.8", _FROM_38),
    (97, "<=3.12", MINORS[:-1]),
    (97, "==3.11", ("3.11",)),
    (97, "~=3.8.1", ("3.8",)),
    (97, "~=3.8", _FROM_38),
    (97, ">=3.9.2", MINORS[3:]),
    (97, ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*", MINORS),
    (97, "<4.0,>=3.10", MINORS[4:]),
    (97, ">=4", ()),
)

MARKERS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (98, "extra=='A_b'", MINORS),
    (98, "extra=='a-b'", MINORS),
    (98, "python_version in '3.8 3.9'", ("3.8", "3.9")),
    (98, "python_version=='3.1*'", ()),
    (98, "python_version < '3.9'", MINORS[:3]),
    (98, "python_version >= '3.9'", MINORS[3:]),
)
"""The minors on which a marker can hold."""
