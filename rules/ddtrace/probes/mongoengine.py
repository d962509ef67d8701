# needs: pymongo<4.18
import mongoengine
from pymongo.errors import PyMongoError


class Thing(mongoengine.Document):
    name = mongoengine.StringField()


mongoengine.connect("a", host="127.0.0.1", port=1, serverSelectionTimeoutMS=200)
try:
    Thing.objects.first()
except PyMongoError:
    pass
