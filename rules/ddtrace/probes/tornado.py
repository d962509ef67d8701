import asyncio

import tornado.web
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port


class Index(tornado.web.RequestHandler):
    def get(self):
        self.write("hello")


async def main():
    socket, port = bind_unused_port()
    server = HTTPServer(tornado.web.Application([("/", Index)]))
    server.add_socket(socket)
    response = await AsyncHTTPClient().fetch("http://127.0.0.1:%d/" % port)
    assert response.code == 200


asyncio.run(main())
