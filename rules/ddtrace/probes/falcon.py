import falcon
from falcon import testing


class Index(object):
    def on_get(self, request, response):
        response.media = {"hello": "you"}


app = (falcon.App if hasattr(falcon, "App") else falcon.API)()
app.add_route("/", Index())
assert testing.TestClient(app).simulate_get("/").status_code == 200
