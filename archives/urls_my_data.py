"""我的个人信息: /applications/my-data/."""

from django.urls import path

from archives.views import my_data

app_name = "my_data"
urlpatterns = [
    path("", my_data.show, name="show"),
    path("copy/", my_data.ask_copy, name="ask_copy"),
    path("copy/<int:pk>/", my_data.copy, name="copy"),
    path("correct/", my_data.correct, name="correct"),
    path("erase/", my_data.erase, name="erase"),
    path("consents/<int:pk>/", my_data.take_back, name="take_back"),
    path("texts/<str:code>/<int:version>/", my_data.text, name="text"),
]
