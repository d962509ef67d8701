import grpc

try:
    grpc.insecure_channel("127.0.0.1:1").unary_unary("/a.B/C")(b"", timeout=1)
except grpc.RpcError:
    pass
