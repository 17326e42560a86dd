"""The counter, at /helping/counter/."""

from django.urls import path

from helping.views import counter, counter_filing

urlpatterns = [
    path("", counter.index, name="counter"),
    path("<slug:counter_visit>/", counter.show, name="counter_visit"),
    path("<slug:counter_visit>/consent/", counter.consent, name="counter_consent"),
    path("<slug:counter_visit>/begin/", counter.begin, name="counter_begin"),
    path("<slug:counter_visit>/close/", counter.close, name="counter_close"),
    path("<slug:counter_visit>/read/", counter_filing.read_back, name="counter_read"),
    path("<slug:counter_visit>/done/", counter_filing.done, name="counter_done"),
]
