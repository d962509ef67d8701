import psycopg2

try:
    psycopg2.connect(host="127.0.0.1", port=1, dbname="a")
except psycopg2.OperationalError:
    pass
