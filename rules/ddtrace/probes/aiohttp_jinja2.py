import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

app = web.Application()
aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"a": "hello"}))
assert aiohttp_jinja2.render_template("a", make_mocked_request("GET", "/", app=app), {}).text == "hello"
