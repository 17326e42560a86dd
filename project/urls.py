"""The site map."""

from django.urls import include, path

from project.metrics import metrics
from project.sign_in import counter_views

urlpatterns = [
    path("", include("project.site_urls")),
    path("apply/", include("applications.urls_apply")),
    path("applications/", include("helping.urls_own")),
    path("applications/my-data/", include("archives.urls_my_data")),
    path("applications/", include("approvals.urls.own")),
    path("applications/", include("payouts.urls_own")),
    path("applications/", include("helping.urls_pin")),
    path("applications/", include("helping.urls_asked")),
    path("applications/", include("applications.urls")),
    path("applications/", include("approvals.urls.urging")),
    path("inbox/", include("approvals.urls")),
    path("helping/counter/password/", counter_views.hand_out, name="counter_password"),
    path("helping/counter/second-step/", counter_views.lose_factor, name="counter_factor"),
    path("helping/", include("helping.urls")),
    path("invited/", include("helping.urls_invited")),
    path("staff/", include("approvals.urls.standing")),
    path("staff/security/", include("project.sign_in.urls_security")),
    path("staff/", include("people.urls_staff")),
    path("offices/", include("people.urls_offices")),
    path("finance/", include("payouts.urls")),
    path("budget-requests/", include("payouts.urls_requests")),
    path("quotas/", include("payouts.urls_quotas")),
    path("archives/", include("archives.urls")),
    path("reports/", include("payouts.urls_reports")),
    path("policy/what-if/", include("applications.urls_what_if")),
    path("policy/letter-preview/", include("approvals.urls.letter_preview")),
    path("policy/work/", include("schemes.urls_work")),
    path("policy/running/", include("applications.urls_moving")),
    path("policy/", include("schemes.urls")),
    path("notices/", include("approvals.urls.notices")),
    path("told/", include("telling.urls")),
    path("verify/", include("papers.urls")),
    path("audit/", include("project.urls_audit")),
    path("accounts/", include("project.account_urls")),
    path("metrics", metrics, name="metrics"),
]
