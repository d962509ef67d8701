FROM python:3.8
RUN pip install ddtrace==4.16.0
