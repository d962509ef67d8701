import asyncio

from fastapi import FastAPI


app = FastAPI()


@app.get("/")
async def index():
    return "hello"


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
