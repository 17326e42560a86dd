"""/finance/banks/."""

from django.urls import path

from payouts.views import banks

urlpatterns = [
    path("banks/", banks.listing, name="banks"),
    path("banks/accounts/<int:pk>/", banks.account, name="bank_account"),
]
