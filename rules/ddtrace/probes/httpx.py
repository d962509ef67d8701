import httpx

try:
    httpx.get("http://127.0.0.1:1/", timeout=1)
except httpx.HTTPError:
    pass
