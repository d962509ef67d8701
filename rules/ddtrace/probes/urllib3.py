import urllib3

try:
    urllib3.PoolManager().request("GET", "http://127.0.0.1:1/", retries=False, timeout=1)
except urllib3.exceptions.HTTPError:
    pass
