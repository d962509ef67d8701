import bottle

app = bottle.Bottle()
app.route("/")(lambda: "hello")
seen = []
environ = {
    "PATH_INFO": "/",
    "REQUEST_METHOD": "GET",
    "SERVER_NAME": "a",
    "SERVER_PORT": "80",
    "wsgi.url_scheme": "http",
}
assert b"hello" in b"".join(app(environ, lambda status, headers, exc_info=None: seen.append(status)))
