"""Stories of institutions: an employer's grant, from the form to the prefecture's decision."""

from project.demo import institution_answers
from project.demo.clerks import Case
from project.demo.stories import Cast


def employer_case(cast: Cast) -> Case:
    """A draft of an employer's request for support."""
    answers = institution_answers.employer(cast.person(years=(1965, 1995)), cast.county, cast.n)
    return Case(cast.user, "employer-support", answers, cast.at, papers=cast.papers)


def employer_visited(cast: Cast) -> Case:
    """Accepted, and looked at on the spot."""
    case = employer_case(cast).submit().say("accept")
    return case.say("agree", entries=institution_answers.visit(case.at.date()))


def employer_granted(cast: Cast) -> Case:
    """Reviewed, on notice, granted by the prefecture's federation."""
    return employer_visited(cast).say("agree").end_notice().say("grant")
