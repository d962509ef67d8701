import django
from django.conf import settings
from django.http import HttpResponse


def index(request):
    return HttpResponse("hello")


urlpatterns = []
settings.configure(SECRET_KEY="-", ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], DATABASES={}, INSTALLED_APPS=[])
django.setup()
try:
    from django.urls import re_path
except ImportError:
    from django.conf.urls import url as re_path
import sys
import types

urls = types.ModuleType("probe_urls")
urls.urlpatterns = [re_path("^$", index)]
sys.modules["probe_urls"] = urls
settings.ROOT_URLCONF = "probe_urls"
from django.test import Client

assert Client().get("/").status_code == 200
