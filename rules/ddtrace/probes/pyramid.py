from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

config = Configurator()
config.add_route("index", "/")
config.add_view(lambda request: Response("hello"), route_name="index")
assert Request.blank("/").get_response(config.make_wsgi_app()).status_code == 200
