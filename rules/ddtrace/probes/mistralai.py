try:
    from mistralai.client import Mistral
except ImportError:
    try:
        from mistralai import Mistral
    except ImportError:
        Mistral = None

if Mistral:
    client = Mistral(api_key="a", server_url="http://127.0.0.1:1")
    try:
        client.chat.complete(model="b", messages=[{"role": "user", "content": "c"}])
    except Exception as error:  # the client of HTTP behind it has changed
        assert "onnect" in type(error).__name__, error
