import os

os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import PynamoDBException
from pynamodb.models import Model


class Thing(Model):
    class Meta:
        table_name = "things"
        host = "http://127.0.0.1:1"
        region = "us-east-1"
        max_retry_attempts = 0

    key = UnicodeAttribute(hash_key=True)


try:
    Thing.describe_table()
except PynamoDBException:
    pass
except Exception as error:  # older versions do not wrap the error of their HTTP client, whose class differs
    assert "Connect" in type(error).__name__, error
