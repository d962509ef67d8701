import consul
import requests

try:
    consul.Consul(host="127.0.0.1", port=1).kv.get("key")
except requests.exceptions.ConnectionError:
    pass
