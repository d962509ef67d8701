import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError

session = botocore.session.get_session()
session.set_credentials("a", "b")
config = Config(retries={"max_attempts": 0}, connect_timeout=1)
client = session.create_client("sqs", "us-east-1", endpoint_url="http://127.0.0.1:1", config=config)
try:
    client.list_queues()
except BotoCoreError:
    pass
