"""What invited people see and say, at /invited/."""

from django.urls import path

from helping.views import invited

app_name = "invited"
urlpatterns = [
    path("", invited.invited, name="list"),
    path("ask-again/", invited.ask_again, name="ask_again"),
    path("<slug:invitation>/", invited.one, name="one"),
    path("<slug:public_id>/agree/", invited.agree, name="agree"),
]
