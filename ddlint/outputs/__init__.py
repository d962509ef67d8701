"""The list of output formats. An output is a module with `NAME: str` and `render(report: Report) -> str`."""
