# needs: sanic-testing
import asyncio

from sanic import Sanic
from sanic.response import text

app = Sanic("probe")


@app.route("/")
async def index(request):
    return text("hello")


_, response = asyncio.run(app.asgi_client.get("/"))
assert response.status == 200
