"""/policy/work/: the pages in which a scheme is made."""

from django.urls import path

from schemes.views.building import checklist, lists, start, steps, values

urlpatterns = [
    path("new/", start.start, name="build_new"),
    path("<int:pk>/split/", start.split, name="split"),
    path("<int:pk>/build/", checklist.show, name="build"),
    path("<int:pk>/preview/", checklist.preview, name="build_preview"),
    path("<int:pk>/build/step/<slug:part>/", steps.step, name="build_step"),
    path("<int:pk>/build/values/", values.listing, name="build_values"),
    path("<int:pk>/build/values/<slug:name>/", values.value, name="build_value"),
    path("<int:pk>/build/values/<slug:name>/remove/", values.remove_value, name="build_value_remove"),
    path("<int:pk>/build/letters/", values.letters, name="build_letters"),
    path("<int:pk>/build/letters/<slug:kind>/", values.letter, name="build_letter"),
    path("<int:pk>/build/list/<slug:section>/", lists.listing, name="build_list"),
    path("<int:pk>/build/list/<slug:section>/<int:place>/", lists.entry, name="build_entry"),
    path("<int:pk>/build/list/<slug:section>/<int:place>/remove/", lists.remove, name="build_remove"),
    path("<int:pk>/build/list/<slug:section>/<int:place>/up/", lists.up, name="build_up"),
]
