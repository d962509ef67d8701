import httpx2

try:
    httpx2.get("http://127.0.0.1:1/", timeout=1)
except httpx2.HTTPError:
    pass
