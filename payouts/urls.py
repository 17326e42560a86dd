"""/finance/."""

from django.urls import include, path

from payouts.views import acts, balance, batches, index, locked, payable

app_name = "payouts"
urlpatterns = [
    path("", index.show, name="index"),
    path("payable/<int:office_id>/<slug:scheme>/", payable.show, name="payable"),
    path("", include("payouts.urls_returns")),
    path("", include("payouts.urls_holds")),
    path("", include("payouts.urls_budgets")),
    path("", include("payouts.urls_banks")),
    path("balance/", balance.show, name="balance"),
    path("batches/", batches.listing, name="batches"),
    path("batches/<slug:number>/", batches.show, name="batch"),
    path("batches/<slug:number>/cover/", batches.cover, name="cover"),
    path("batches/<slug:number>/sheet/", batches.sheet, name="sheet"),
    path("batches/<slug:number>/seal/", acts.seal, name="seal"),
    path("batches/<slug:number>/approve/", acts.approve, name="approve"),
    path("batches/<slug:number>/discard/", acts.discard, name="discard"),
    path("batches/<slug:number>/export/<slug:kind>/", acts.export, name="export"),
    path("batches/<slug:number>/export/<slug:kind>/locked/", locked.export, name="locked"),
]
