# needs below 2: jinja2<3.1, markupsafe<2.1, itsdangerous<2.1, werkzeug<2
# needs below 1: jinja2<3, werkzeug<1
import flask

app = flask.Flask(__name__)


@app.route("/")
def index():
    return "hello"


assert app.test_client().get("/").status_code == 200
