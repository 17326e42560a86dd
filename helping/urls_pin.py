"""The PIN of one's own case, inside /applications/."""

from django.urls import path

from helping.views import pin

app_name = "pin"
urlpatterns = [path("<slug:public_id>/pin/", pin.pin, name="show")]
