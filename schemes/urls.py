"""/policy/."""

from django.urls import path

from schemes.views import detail, exports, flow, index, trace

app_name = "policy"
urlpatterns = [
    path("", index.show, name="index"),
    path("division/<slug:division>/export.toml", exports.division, name="export_division"),
    path("document/<slug:code>/original", exports.original, name="original"),
    path("trace/", trace.index, name="trace"),
    path("trace/document/<slug:code>/", trace.document, name="trace_document"),
    path("trace/scheme/<slug:code>/", trace.scheme, name="trace_scheme"),
    path("<slug:scheme>/export.toml", exports.scheme, name="export_scheme"),
    path("<slug:scheme>/cases.toml", exports.cases, name="export_cases"),
    path("<slug:scheme>/<slug:division>/flow/", flow.show, name="flow"),
    path("<slug:scheme>/<slug:division>/flow.svg", flow.svg, name="flow_svg"),
    path("<slug:scheme>/<slug:division>/flow.bpmn", flow.bpmn, name="flow_bpmn"),
    path("<slug:scheme>/<slug:division>/", detail.show, name="detail"),
]
