import flask

app = flask.Flask(__name__)


@app.route("/")
def index():
    return "hello"


assert app.test_client().get("/").status_code == 200
