import opensearchpy

client = opensearchpy.OpenSearch("http://127.0.0.1:1", max_retries=0)
for call in (client.info, lambda: client.http.get("/") if hasattr(client, "http") else None):
    try:
        call()
    except opensearchpy.exceptions.ConnectionError:
        pass
