"""/finance/: what came back."""

from django.urls import path

from payouts.views import claims, returned, returns

urlpatterns = [
    path("returns/", returns.listing, name="returns"),
    path("returns/sample/", returns.sample, name="return_sample"),
    path("returns/lines/", returned.listing, name="returned"),
    path("returns/<int:pk>/", returns.show, name="return_file"),
    path("returns/<int:pk>/confirm/", returns.confirm, name="return_confirm"),
    path("returns/disputes/<int:pk>/", returns.dispute, name="return_dispute"),
    path("accounts/<int:pk>/", returned.account, name="account_check"),
    path("claims/", claims.listing, name="claims"),
    path("claims/<int:pk>/", claims.show, name="claim"),
    path("claims/<int:pk>/set-off/<int:due>/", claims.set_off, name="set_off"),
    path("claims/repayments/<int:pk>/", claims.repayment, name="repayment"),
    path("year-end/", returned.year_end, name="year_end"),
]
