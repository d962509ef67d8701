"""The files of a pack brought together: every value checked for form, topic by topic, and the evidence of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.build.schema import INTEGRATION, ONCE, REQUIRED, TOPICS
from ddlint.pack.build.validate_shape import check
from ddlint.pack.build.yaml_document import Document, Mistake, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Row = dict[str, Any]
"""A mapping of a pack file whose form was checked."""


class Place(NamedTuple):
    """The location of a value in a pack file, to report mistakes at it."""

    document: Document
    steps: tuple[str | int, ...]

    def complain(self, message: str, *steps: str | int, is_key: bool = False) -> None:
        """Report a mistake here, or further down at `steps`: at the value, or at its key."""
        self.document.complain(message, *self.steps, *steps, is_key=is_key)

    def __truediv__(self, step: str | int) -> Place:
        """Return the place one step further down."""
        return Place(self.document, (*self.steps, step))


class CollectedPack:
    """All files of a pack. A value of wrong form is a mistake and is left out."""

    def __init__(self, directory: Traversable) -> None:
        self.root = directory
        self.documents: list[Document] = []
        self.topics: dict[str, list[tuple[Place, Any]]] = {}
        self.integrations: list[tuple[Place, Row]] = []
        self.evidence: dict[tuple[str, str, str, str], int] = {}
        self.sources: Row = {}
        self.released: dict[str, str] = {}
        for file in _files(directory):
            self._add(read(file))
        self._settle()

    def _add(self, document: Document) -> None:
        self.documents.append(document)
        data = document.data
        if not isinstance(data, dict):
            document.complain("expected a mapping")
        elif "integration" in data:
            if check(document, INTEGRATION, data):
                self.integrations.append((Place(document, ()), data))
        else:
            self._add_topics(document, data)

    def _add_topics(self, document: Document, data: Row) -> None:
        for topic, value in data.items():
            if topic not in TOPICS:
                known = ", ".join(f"`{name}`" for name in ("integration", *TOPICS))
                message = f"the key `{topic}` is not known here; known are {known}"
                document.complain(message, topic, is_key=True)
            elif check(document, TOPICS[topic], value, (topic,)):
                self.topics.setdefault(topic, []).append((Place(document, (topic,)), value))

    def _settle(self) -> None:
        for topic in ONCE:
            for place, _ in self.topics.get(topic, [])[1:]:
                place.complain(f"`{topic}` is in `{self.topics[topic][0][0].document.path}` already")
        self.sources = self.one("sources", {})
        self.released = {
            version: day
            for group in self.one("releases", {"groups": []})["groups"]
            for version, day in group["released"].items()
        }
        missing = [topic for topic in REQUIRED if topic not in self.topics]
        if missing and not self.mistakes:
            names = ", ".join(f"`{topic}`" for topic in missing)
            path = str(self.root / "pack.yaml")
            self.documents.append(Document(path, None, [Mistake(path, 1, 1, f"the pack lacks {names}")]))

    @property
    def mistakes(self) -> list[Mistake]:
        """The first mistake at every place so far, by file and line."""
        first: dict[str, Mistake] = {}
        for document in self.documents:
            for mistake in document.mistakes:
                first.setdefault(mistake.place, mistake)
        return sorted(first.values())

    def one(self, topic: str, default: Any) -> Any:
        """Return the value of a topic that one file holds."""
        return self.topics[topic][0][1] if topic in self.topics else default

    def many(self, topic: str) -> Iterator[tuple[Place, Row]]:
        """Return the rows of a topic that is a list, over all files."""
        for place, rows in self.topics.get(topic, []):
            for number, row in enumerate(rows):
                yield place / number, row

    def cite(self, place: Place, row: Row, integration: str = "") -> int | list[int]:
        """Return the number of the row's evidence in the table of evidence; a list where other documents follow it."""
        first = self._cite(place, row, integration)
        others = [
            self._cite(place / "also" / number, also, integration) for number, also in enumerate(row.get("also", []))
        ]
        return [first, *others] if others else first

    def _cite(self, place: Place, row: Row, integration: str) -> int:
        source = self.sources.get(row["source"])
        if source is None:
            if "sources" in self.topics:
                place.complain(f"the source `{row['source']}` is not among the `sources` of the pack", "source")
            return 0
        revision = row.get("revision", source.get("revision", ""))
        if not revision and "{revision}" in source["title"]:
            place.complain(f"the source `{row['source']}` needs a `revision`")
        section = row.get("section", source.get("section", "").replace("{integration}", integration))
        day = row.get("as_of") or self.released.get(revision) or source.get("as_of") or source["retrieved"]
        return self.evidence.setdefault((row["source"], section, revision, day), len(self.evidence))


def _files(directory: Traversable) -> Iterator[Traversable]:
    for item in sorted(directory.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item)
        elif item.name.endswith((".yaml", ".yml")):
            yield item
