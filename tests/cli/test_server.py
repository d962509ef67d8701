"""The language server, driven as an editor drives it, by the client of pygls over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from tests.folder import Folder

types = pytest.importorskip("lsprotocol.types", reason="the server is made with pygls, the extra `lsp`")
client_module = pytest.importorskip("pygls.lsp.client")

GOOD = "ddtrace==4.16.0\ndjango==5.2\n"
BAD = "ddtrace==4.16.0\n# \U0001f600 caf\u00e9\ndjango==1.8\n"
WAIT = 60


class Editor:
    """What an editor knows of the server: its answers, and the last diagnostics of each file."""

    def __init__(self, client: Any, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.diagnostics: dict[str, list[Any]] = {}
        self.messages: list[str] = []
        self._news = asyncio.Event()
        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._published))
        client.feature(types.WINDOW_SHOW_MESSAGE)(partial(self._shown))

    def _published(self, params: Any) -> None:
        self.diagnostics[params.uri] = list(params.diagnostics)
        self._news.set()

    def _shown(self, params: Any) -> None:
        self.messages.append(params.message)
        self._news.set()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        item = types.TextDocumentItem(uri=self.uri(name), language_id="text", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, name: str, line: int, start: int, end: int, text: str) -> None:
        """Replace a part of a line, as typing does."""
        at = types.Range(types.Position(line, start), types.Position(line, end))
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=2)
        edits = [types.TextDocumentContentChangePartial(range=at, text=text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, edits))

    def save(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def codes(self, name: str, expected: list[str]) -> list[Any]:
        """Wait until the diagnostics of a file have these codes, and give them."""
        async with asyncio.timeout(WAIT):
            while [each.code for each in self.diagnostics.get(self.uri(name), [None]) if each] != expected or (
                self.uri(name) not in self.diagnostics
            ):
                self._news.clear()
                await self._news.wait()
        return self.diagnostics[self.uri(name)]

    async def said(self) -> list[str]:
        """Wait until the editor is told something."""
        async with asyncio.timeout(WAIT):
            while not self.messages:
                self._news.clear()
                await self._news.wait()
        return self.messages

    async def hover(self, name: str, line: int, character: int) -> str:
        document = types.TextDocumentIdentifier(self.uri(name))
        params = types.HoverParams(document, types.Position(line, character))
        found = await asyncio.wait_for(self.client.text_document_hover_async(params), WAIT)
        return found.contents.value if found else ""

    async def fixes(self, name: str, line: int, character: int) -> list[Any]:
        document, at = types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character)
        params = types.CodeActionParams(document, types.Range(at, at), types.CodeActionContext(diagnostics=[]))
        found: list[Any] = await asyncio.wait_for(self.client.text_document_code_action_async(params), WAIT)
        return found


@asynccontextmanager
async def editor(folder: Path, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    """Start the server and say hello; at the end say goodbye, which it has to obey."""
    client = client_module.LanguageClient("an editor", "1")
    made = Editor(client, folder)
    await client.start_io(sys.executable, "-m", "ddlint", "server", cwd=str(ROOT))
    general = types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
    params = types.InitializeParams(
        capabilities=types.ClientCapabilities(general=general),
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), "project")],
    )
    await asyncio.wait_for(client.initialize_async(params), WAIT)
    client.initialized(types.InitializedParams())
    yield made
    await asyncio.wait_for(client.shutdown_async(None), WAIT)
    client.exit(None)
    await asyncio.wait_for(client.stop(), WAIT)


def drive(folder: Path, play: Callable[[Editor], Awaitable[None]], encodings: list[str] | None = None) -> None:
    """Do what an editor does, within an event loop of its own."""

    async def session() -> None:
        async with editor(folder, encodings) as made:
            await play(made)

    asyncio.run(session())


def at(found: Any) -> tuple[int, int, int, int]:
    return found.start.line, found.start.character, found.end.line, found.end.character


def test_open_edit_hover_and_apply_a_fix(tmp_path: Path) -> None:
    """Nothing of it is saved: the disk has the old text all the time."""
    (tmp_path / "requirements.txt").write_text(GOOD, encoding="utf-8")

    async def play(editor: Editor) -> None:
        name = "requirements.txt"
        editor.open(name, GOOD)
        await editor.codes(name, [])
        editor.change(name, 1, 8, 11, "1.8")
        (found,) = await editor.codes(name, ["DD301"])

        assert at(found.range) == (1, 0, 1, 11)
        assert found.severity is types.DiagnosticSeverity.Warning
        assert "is below the minimum" in found.message
        assert [(each.location.uri, at(each.location.range)) for each in found.related_information] == [
            (editor.uri(name), (0, 0, 0, 15))
        ]

        hover = await editor.hover(name, 1, 3)
        assert hover.startswith("**django**: ddtrace 4.16.0 supports `>=2.2.8`")
        assert "declared for" in hover
        assert "gives 4.16.0" in await editor.hover(name, 0, 3)
        assert await editor.hover(name, 2, 0) == ""

        (fix,) = await editor.fixes(name, 1, 4)
        (edit,) = fix.edit.changes[editor.uri(name)]
        assert (fix.title, fix.is_preferred) == (
            "change `==1.8` to `>=2.2.8` (DD301, may change what is installed)",
            False,
        )
        assert fix.diagnostics[0].code == "DD301"
        editor.change(name, 1, edit.range.start.character, edit.range.end.character, edit.new_text)
        await editor.codes(name, [])
        assert not await editor.fixes(name, 1, 4)

    drive(tmp_path, play)
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("encodings, after", [(None, 2), (["utf-16"], 2), (["utf-32"], 1), (["utf-8"], 4)])
def test_columns_are_counted_as_the_editor_counts(tmp_path: Path, encodings: list[str] | None, after: int) -> None:
    text = 'dependencies = ["ddtrace==4.16.0", "a @ https://git.example/\U0001f600", "django==1.8"]\n'

    async def play(editor: Editor) -> None:
        editor.open("pyproject.toml", f"[project]\nname = 'a'\nrequires-python = '>=3.12,<3.14'\n{text}")
        found = next(each for each in await editor.codes("pyproject.toml", ["DD301"]))
        start = text.index("django") + after - 1

        assert at(found.range) == (3, start, 3, start + len("django==1.8"))
        assert (await editor.hover("pyproject.toml", 3, start + 1)).startswith("**django**")

    drive(tmp_path, play, encodings)


def test_a_finding_in_another_file_is_shown_there_and_taken_back(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("-r base.txt\ndjango==1.8\n", encoding="utf-8")

    async def play(editor: Editor) -> None:
        editor.open("base.txt", "ddtrace==4.16.0\n")
        (found,) = await editor.codes("requirements.txt", ["DD301"])
        assert at(found.range) == (1, 0, 1, 11)
        editor.close("base.txt")
        await editor.codes("requirements.txt", [])

    drive(tmp_path, play)


def test_what_was_saved_elsewhere_is_read_on_save(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open("requirements.txt", "-r more.txt\nddtrace==4.16.0\n")
        await editor.codes("requirements.txt", ["DD004"])
        (tmp_path / "more.txt").write_text("django==5.2\n", encoding="utf-8")
        editor.save("requirements.txt")
        await editor.codes("requirements.txt", [])

    drive(tmp_path, play)


def test_a_broken_config_is_said_once_and_the_next_one_counts(tmp_path: Path) -> None:
    config = tmp_path / "ddlint.toml"
    config.write_text("selekt = []\n", encoding="utf-8")

    async def play(editor: Editor) -> None:
        editor.open("README.md", "nothing of it is read\n")
        editor.open("requirements.txt", BAD)
        await editor.said()
        editor.save("requirements.txt")
        await editor.hover("requirements.txt", 0, 0)
        config.write_text("fail-on = 'error'\n", encoding="utf-8")
        editor.save("requirements.txt")
        (found,) = await editor.codes("requirements.txt", ["DD301"])
        assert at(found.range) == (2, 0, 2, 11)
        (said,) = editor.messages
        assert said.startswith("ddlint: ddlint.toml:1:1: `selekt` is no setting"), said

    drive(tmp_path, play)


def test_without_pygls_it_says_what_to_install(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    ran = folder.run("server")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "ddlint: the language server needs pygls\n  install `ddlint[lsp]`\n"
