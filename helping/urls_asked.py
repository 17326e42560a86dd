"""What schools ask of the reader, inside /applications/."""

from django.urls import path

from helping.views import students

app_name = "school_asks"
urlpatterns = [path("from-school/", students.asked, name="list")]
