"""资金: envelopes, what can be paid, the last batches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from payouts import scope
from payouts.forms import YearForm
from payouts.overview import BAR, overview, years_of
from payouts.titles import titles
from people.access import official_required
from people.one_moment import one_moment
from people.refusals import NotFound


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Sums only, nobody's data: no read event. All of them as they stood at one moment."""
    at = timezone.localtime()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    years = years_of(offices)
    form = YearForm(years, at.year, request.GET)
    named = titles()
    with one_moment():
        overviews = [overview(office, named, form.chosen(), at) for office in offices]
    context = {
        "overviews": overviews,
        "form": form,
        "year": form.chosen(),
        "bar_width": BAR,
    }
    return render(request, "payouts/index.html", context)
