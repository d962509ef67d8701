"""The language server, `ddlint server`: diagnostics, hovers and fixes over standard input and output.

It speaks the Language Server Protocol through pygls, the extra `ddlint[lsp]`. What is open is judged as the editor
shows it, with the project around it as it is on the disk.
"""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module

from ddlint import __version__
from ddlint.cli import host
from ddlint.cli.editor import Checked, checked, is_read
from ddlint.core.errors import DdlintError
from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding, Fix
from ddlint.core.source import Source, Span
from ddlint.outputs.common.locations import page_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

_PAUSE = 0.2
"""Seconds without a key pressed, after which what was typed is judged."""
_SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTICE: "Information"}


def serve() -> None:
    """Serve one editor until it says that it is done; a `DdlintError` where pygls is not installed."""
    try:
        types, pygls, uris = (import_module(name) for name in ("lsprotocol.types", "pygls.lsp.server", "pygls.uris"))
    except ModuleNotFoundError as error:
        raise DdlintError("the language server needs pygls", hint="install `ddlint[lsp]`") from error
    server = pygls.LanguageServer("ddlint", __version__)
    Session(server, types, uris).listen()
    server.start_io()


class Session:
    """One editor: what it has open, what was found, and what it shows of it."""

    def __init__(self, server: Any, types: ModuleType, uris: ModuleType) -> None:
        self._server, self._types, self._uris = server, types, uris
        self._open: dict[str, str] = {}
        """The path of every open document, by its URI."""
        self._checked: Checked | None = None
        self._published: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._error = ""

    def listen(self) -> None:
        """Take what the editor says."""
        types = self._types
        handlers = {
            types.TEXT_DOCUMENT_DID_OPEN: self._opened,
            types.TEXT_DOCUMENT_DID_CHANGE: self._changed,
            types.TEXT_DOCUMENT_DID_SAVE: self._saved,
            types.TEXT_DOCUMENT_DID_CLOSE: self._closed,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self._saved,
            types.TEXT_DOCUMENT_HOVER: self._hover,
        }
        for name, handler in handlers.items():
            self._server.feature(name)(partial(handler))  # it sets attributes, which no method takes
        fixes = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
        self._server.feature(types.TEXT_DOCUMENT_CODE_ACTION, fixes)(partial(self._fixes))

    def _opened(self, params: Any) -> None:
        uri = params.text_document.uri
        path = self._uris.to_fs_path(uri) if uri.startswith("file:") else None
        if path:
            self._open[uri] = host.absolute(path)
            self._check()

    def _changed(self, _: Any) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_PAUSE, self._check)

    def _saved(self, _: Any) -> None:
        self._check()

    def _closed(self, params: Any) -> None:
        self._open.pop(params.text_document.uri, None)
        self._check()

    def _fresh(self) -> Checked | None:
        """Return what was found in the text as it is now."""
        if self._timer:
            self._check()
        return self._checked

    def _check(self) -> None:
        """Judge what is open, and tell the editor."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        workspace = self._server.workspace
        texts = {path: workspace.get_text_document(uri).source for uri, path in self._open.items()}
        folders = [host.absolute(path) for each in workspace.folders if (path := self._uris.to_fs_path(each))]
        try:
            self._checked = checked(texts, folders) if any(map(is_read, texts)) else None
        except DdlintError as error:
            self._complain(str(error))
            return
        self._error = ""
        self._publish()

    def _complain(self, message: str) -> None:
        """Show why nothing can be judged, once."""
        if message != self._error:
            kind = self._types.MessageType.Error
            self._server.window_show_message(self._types.ShowMessageParams(type=kind, message=f"ddlint: {message}"))
        self._error = message

    def _publish(self) -> None:
        found: dict[str, list[Any]] = {path: [] for path in (*self._open.values(), *self._published)}
        for finding in self._checked.report.findings if self._checked else ():
            found.setdefault(finding.at.path, []).append(self._diagnostic(finding))
        for path, diagnostics in found.items():
            uri = self._uri(path)
            self._server.text_document_publish_diagnostics(
                self._types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics)
            )
        self._published = {path for path, diagnostics in found.items() if diagnostics}

    def _diagnostic(self, finding: Finding) -> Any:
        types = self._types
        assert self._checked
        page = page_of(self._checked.report, finding.code)
        related = [
            types.DiagnosticRelatedInformation(location=self._location(place), message=place.message)
            for place in finding.related
        ]
        return types.Diagnostic(
            range=self._range(finding.at),
            message="\n".join(filter(None, (finding.message, finding.help))),
            severity=types.DiagnosticSeverity[_SEVERITIES[finding.severity]],
            code=finding.code,
            code_description=types.CodeDescription(href=page) if page else None,
            source="ddlint",
            related_information=related,
        )

    def _hover(self, params: Any) -> Any:
        found, path = self._fresh(), self._open.get(params.text_document.uri, "")
        source = found.source(path) if found else None
        if not found or not source:
            return None
        hover = found.hover(path, self._offset(source, params.position))
        if not hover:
            return None
        types = self._types
        text = types.MarkupContent(kind=types.MarkupKind.Markdown, value=hover.text)
        return types.Hover(contents=text, range=self._range(Place(path, hover.at)))

    def _fixes(self, params: Any) -> list[Any]:
        found, path = self._fresh(), self._open.get(params.text_document.uri, "")
        source = found.source(path) if found else None
        if not found or not source:
            return []
        start, end = (self._offset(source, at) for at in (params.range.start, params.range.end))
        here = [one for one in found.findings(path) if one.at.at.start <= end and start <= one.at.at.end]
        return [self._action(finding, finding.fix) for finding in here if finding.fix]

    def _action(self, finding: Finding, fix: Fix) -> Any:
        types = self._types
        changes: dict[str, list[Any]] = {}
        for edit in fix.edits:
            at = self._range(Place(edit.path, edit.at))
            changes.setdefault(self._uri(edit.path), []).append(types.TextEdit(range=at, new_text=edit.text))
        return types.CodeAction(
            title=f"{fix.title} ({finding.code}{'' if fix.is_safe else ', may change what is installed'})",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding)],
            is_preferred=fix.is_safe,
            edit=types.WorkspaceEdit(changes=changes),
        )

    def _uri(self, path: str) -> str:
        """Return the URI of a file, as the editor spelled it where it has it open."""
        spelled = next((uri for uri, opened in self._open.items() if opened == path), "")
        return spelled or str(self._uris.from_fs_path(path))

    def _location(self, place: Place) -> Any:
        return self._types.Location(uri=self._uri(place.path), range=self._range(place))

    def _range(self, place: Place) -> Any:
        source = self._checked.source(place.path) if self._checked else None
        spans = (place.at.start, place.at.end) if source else (0, 0)
        return self._types.Range(*(self._position(source or Source(place.path, ""), offset) for offset in spans))

    def _position(self, source: Source, offset: int) -> Any:
        """Return an offset as the editor counts: lines from 0, columns in the units that were agreed on."""
        line = source.position(min(offset, len(source.text))).line
        before = source.slice(Span(source.line_starts[line - 1], offset))
        units = self._server.workspace.position_codec.client_num_units(before)
        return self._types.Position(line=line - 1, character=units)

    def _offset(self, source: Source, position: Any) -> int:
        line = min(position.line, len(source.line_starts) - 1) + 1
        span = source.line_span(line)
        at = self._types.Position(line=0, character=position.character)
        found = self._server.workspace.position_codec.position_from_client_units([source.slice(span)], at)
        return min(span.start + int(found.character), span.end)
