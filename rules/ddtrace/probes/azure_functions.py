import inspect

import azure.functions as azure

if hasattr(azure, "FunctionApp"):
    app = azure.FunctionApp()

    @app.function_name(name="index")
    @app.route(route="index")
    def index(req: azure.HttpRequest) -> azure.HttpResponse:
        return azure.HttpResponse("hello")

    call = app.get_functions()[0].get_user_function()
    given = {"req": azure.HttpRequest("GET", "http://a/", body=b"")}
    if "context" in inspect.signature(call, follow_wrapped=False).parameters:
        given["context"] = None
    assert call(**given).status_code == 200
