"""A JSON Schema in a few lines: a value against a shape made of types, sets, lists and dictionaries."""


def mismatches(value: object, shape: object, at: str = "$") -> list[str]:
    """Tell where `value` is not of `shape`.

    A type stands for its values, a set for its members, `[x]` for a list of x, a dictionary for one with exactly
    these keys (`key?` may be absent).
    """
    match shape:
        case type():
            return [] if type(value) is shape else [f"{at}: {value!r} is no {shape.__name__}"]
        case set() | frozenset():
            return [] if value in shape else [f"{at}: {value!r} is none of {sorted(map(str, shape))}"]
        case [inner]:
            if not isinstance(value, list):
                return [f"{at}: {value!r} is no list"]
            return [text for number, item in enumerate(value) for text in mismatches(item, inner, f"{at}[{number}]")]
        case dict():
            return _mismatches_of_keys(value, shape, at)
        case _:
            return [] if value == shape else [f"{at}: {value!r} is not {shape!r}"]


def _mismatches_of_keys(value: object, shape: dict[str, object], at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: {value!r} is no object"]
    known = {key.removesuffix("?"): inner for key, inner in shape.items()}
    missing = [f"{at}: no {key}" for key in shape if not key.endswith("?") and key not in value]
    surplus = [f"{at}: {key} is not known" for key in value if key not in known]
    return (
        missing
        + surplus
        + [text for key in value if key in known for text in mismatches(value[key], known[key], f"{at}.{key}")]
    )
