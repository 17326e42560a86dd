"""/policy/work/: the desk of editors and publishers."""

from django.urls import path

from schemes.urls_building import urlpatterns as building
from schemes.views.work import desk, documents, letters, proposal, values, versions

app_name = "policy_work"
urlpatterns = [
    *building,
    path("", desk.show, name="desk"),
    path("values/", values.listing, name="values"),
    path("values/<slug:scheme>/<slug:division>/<slug:name>/", values.draft, name="value"),
    path("documents/", documents.listing, name="documents"),
    path("documents/new/", documents.new, name="document_new"),
    path("documents/<slug:code>/change/", documents.change, name="document_change"),
    path("letters/", letters.listing, name="letters"),
    path("letters/<slug:division>/<slug:scheme>/<slug:code>/", letters.show, name="letter"),
    path("letters/<slug:division>/<slug:scheme>/<slug:code>/change/", letters.change, name="letter_change"),
    path("letters/<slug:division>/<slug:scheme>/<slug:code>/withdraw/", letters.withdraw, name="letter_withdraw"),
    path("versions/new/", versions.hand_in, name="version_new"),
    path("<int:pk>/", proposal.show, name="proposal"),
    path("<int:pk>/edit/", proposal.edit, name="edit"),
    path("<int:pk>/file/", proposal.original, name="file"),
    path("<int:pk>/clauses/add/", documents.add_clause, name="clause_add"),
    path("<int:pk>/clauses/<int:place>/", documents.clause, name="clause"),
    path("<int:pk>/clauses/<int:place>/remove/", documents.remove_clause, name="clause_remove"),
    path("<int:pk>/submit/", proposal.submit, name="submit"),
    path("<int:pk>/withdraw/", proposal.withdraw, name="withdraw"),
    path("<int:pk>/revise/", proposal.revise, name="revise"),
    path("<int:pk>/publish/", proposal.publish, name="publish"),
    path("<int:pk>/reject/", proposal.reject, name="reject"),
]
