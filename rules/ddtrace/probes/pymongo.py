import pymongo
from pymongo.errors import PyMongoError

client = pymongo.MongoClient("127.0.0.1", 1, serverSelectionTimeoutMS=200)
try:
    client.test.things.find_one({"a": 1})
except PyMongoError:
    pass
