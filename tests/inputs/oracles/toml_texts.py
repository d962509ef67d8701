"""TOML documents in every spelling: strategies for laws."""

from __future__ import annotations

from hypothesis import strategies as st

ASTRAL = "\U0001f600"

_LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n"])
_SPACE = st.sampled_from(["", " ", "\t", "  "])
_GAP = st.sampled_from(["", " ", "\n", "\r\n", ' # c [x] = "y\n', "\t\n  "])
_CHARACTERS = st.sampled_from([*"ab>=, #[]{}.'", "é", ASTRAL, "\u2028", "0"])
_ESCAPES = st.sampled_from(["\\n", "\\t", '\\"', "\\\\", "\\u003e", "\\U0001F600", "\\u00e9"])
_BASIC = st.lists(_CHARACTERS | _ESCAPES, max_size=6).map("".join)
_MULTI = st.lists(_CHARACTERS | _ESCAPES | st.sampled_from(["\n", "\r\n", "\\\n  ", "\\ \r\n\n ", '"']), max_size=6)
_STRINGS = st.one_of(
    _BASIC.map(lambda text: f'"{text}"'),
    st.lists(_CHARACTERS.filter(lambda c: c != "'"), max_size=6).map(lambda parts: f"'{''.join(parts)}'"),
    _MULTI.map(lambda parts: f'"""{"".join(parts)}"""'),
    st.lists(_CHARACTERS.filter(lambda c: c != "'") | st.sampled_from(["\n", "\\"]), max_size=6).map(
        lambda parts: f"'''{''.join(parts)}'''"
    ),
)
_PLAIN = st.sampled_from(["1", "-2", "3.5", "true", "1979-05-27", "1979-05-27 07:32:00Z", "0xff"])
_KEYS = st.one_of(
    st.sampled_from(["a", "b-c", "3", "_"]),
    st.lists(st.sampled_from(["x", " ", ".", "\\u0064", "é"]), max_size=3).map(lambda parts: f'"{"".join(parts)}"'),
    st.sampled_from(["'q r'", "''"]),
)


def _arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    element = st.tuples(_GAP, values, _GAP).map("".join)
    return st.tuples(st.lists(element, max_size=3), st.sampled_from(["", ","])).map(
        lambda parts: f"[{','.join(parts[0])}{parts[1] if parts[0] else ''}]"
    )


def _inline(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(_KEYS, _SPACE, values).map(lambda parts: f" {parts[0]}{parts[1]}= {parts[2]}")
    return st.lists(pair, max_size=3).map(lambda pairs: f"{{{','.join(pairs)} }}")


_VALUES = st.recursive(_STRINGS | _PLAIN, lambda v: _arrays(v) | _inline(v), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Give a text that is TOML, unless a key or table stands in it twice."""
    lines = []
    for index in range(draw(st.integers(0, 6))):
        key = draw(_KEYS)
        space = draw(_SPACE)
        match draw(st.sampled_from(["pair", "pair", "dotted", "table", "tables"])):
            case "pair":
                lines.append(f"{space}k{index}{space}={space}{draw(_VALUES)}")
            case "dotted":
                lines.append(f"d{index}{space}.{space}{key} = {draw(_VALUES)}")
            case "table":
                lines.append(f"[{space}t{draw(st.integers(0, 3))}{space}.{space}{key}{space}]{space}# {key}")
            case _:
                lines.append(f"[[{space}p{draw(st.integers(0, 1))}{space}]]")
    return "".join(line + draw(_LINE_ENDS) for line in lines)
