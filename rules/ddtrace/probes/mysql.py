import mysql.connector

try:
    mysql.connector.connect(host="127.0.0.1", port=1, user="a")
except mysql.connector.Error:
    pass
