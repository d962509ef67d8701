"""The list of checks. A check is a module with one `CODE`, and judges one project against one pack.

It has `CODE: str`, `NAME: str`, `run(project: Project, pack: Pack) -> Iterator[Finding]`, and a docstring with four
headings (what it does, why it matters, example, what to do), which is its documentation page.
"""
