# needs: psycopg[binary]
import psycopg

try:
    psycopg.connect("host=127.0.0.1 port=1 dbname=a")
except psycopg.OperationalError:
    pass
