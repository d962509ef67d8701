import elastic_transport

try:
    elastic_transport.Transport([elastic_transport.NodeConfig("http", "127.0.0.1", 1)], max_retries=0).perform_request(
        "GET", "/"
    )
except elastic_transport.ConnectionError:
    pass
