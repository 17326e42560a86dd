"""/applications/<case>/account/."""

from django.urls import path

from payouts.views import own_account

app_name = "payments"
urlpatterns = [path("<slug:public_id>/account/", own_account.account, name="account")]
