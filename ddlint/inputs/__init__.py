"""The list of input formats. An input decides by the file's name only, and reads one source into a manifest.

An input is a module with `NAME: str` (shown by `inspect`), `HAS_COOKIE: bool` (whether PEP 263 cookies count),
`matches(path: str) -> bool` (of the path with `/`) and `parse(source: Source) -> Manifest`.
"""
