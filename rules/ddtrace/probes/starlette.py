import asyncio

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def index(request):
    return PlainTextResponse("hello")


app = Starlette(routes=[Route("/", index)])
sent = []
scope = {
    "type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": [],
    "http_version": "1.1", "scheme": "http", "server": ("a", 80), "client": ("b", 1), "root_path": "",
    "asgi": {"version": "3.0"},
}  # fmt: skip


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message)


asyncio.run(app(scope, receive, send))
assert sent[0]["status"] == 200
