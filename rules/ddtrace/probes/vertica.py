import vertica_python

try:
    vertica_python.connect(host="127.0.0.1", port=1, user="a", password="b", database="c")
except vertica_python.errors.ConnectionError:
    pass
