import pymysql

try:
    pymysql.connect(host="127.0.0.1", port=1)
except pymysql.err.OperationalError:
    pass
