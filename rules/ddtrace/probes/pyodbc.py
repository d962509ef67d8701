import pyodbc

try:
    pyodbc.connect("DRIVER=nothing")
except pyodbc.Error:
    pass
