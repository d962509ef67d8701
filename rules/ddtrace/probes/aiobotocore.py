import asyncio

from aiobotocore.session import get_session
from botocore.config import Config
from botocore.exceptions import BotoCoreError


async def main():
    config = Config(retries={"max_attempts": 0}, connect_timeout=1)
    session = get_session()
    session.set_credentials("a", "b")
    async with session.create_client("sqs", "us-east-1", endpoint_url="http://127.0.0.1:1", config=config) as client:
        try:
            await client.list_queues()
        except BotoCoreError:
            pass


asyncio.run(main())
