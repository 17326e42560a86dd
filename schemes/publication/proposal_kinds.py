"""The check of each kind of proposal before it is submitted, and once more before it is published."""

from schemes.building.checking import check_package
from schemes.letter_book.checking import check_letter
from schemes.models import Proposal
from schemes.publication.proposal_checks import check_document, check_value, check_version


def check(proposal: Proposal) -> None:
    """Raises Invalid with everything that is wrong with a proposal's content."""
    if proposal.changes_value:
        check_value(str(proposal.scheme_id), proposal.division, proposal.content, proposal.clause)
    elif proposal.kind == Proposal.Kind.DOCUMENT:
        check_document(str(proposal.division_id), proposal.content)
    elif proposal.kind == Proposal.Kind.PACKAGE:
        check_package(proposal)
    elif proposal.kind == Proposal.Kind.LETTER:
        check_letter(proposal)
    else:
        check_version(proposal.content)
