from molten import App, Route
from molten.testing import TestClient


def index() -> str:
    return "hello"


assert TestClient(App(routes=[Route("/", index)])).get("/").status_code == 200
