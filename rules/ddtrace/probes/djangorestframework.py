import sys
import types

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="-",
    ROOT_URLCONF="probe_urls",
    ALLOWED_HOSTS=["*"],
    DATABASES={},
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None},
)
django.setup()
from rest_framework.response import Response
from rest_framework.views import APIView

try:
    from django.urls import re_path
except ImportError:
    from django.conf.urls import url as re_path


class Index(APIView):
    authentication_classes = ()

    def get(self, request):
        return Response({})


sys.modules["probe_urls"] = urls = types.ModuleType("probe_urls")
urls.urlpatterns = [re_path("^$", Index.as_view())]
from django.test import Client

assert Client().get("/", HTTP_ACCEPT="application/json").status_code == 200
