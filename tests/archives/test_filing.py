"""Filing: a closed case goes into its party's file, once, with everything that belongs to it."""

import pytest

from archives.models import Piece
from tests.archives.shelves import filed

pytestmark = pytest.mark.django_db


def test_a_refused_case_lies_in_its_partys_file_with_all_its_pieces():
    case, row = filed()
    volume = row.volume
    kinds = list(volume.pieces.values_list("kind", flat=True))
    assert volume.person == case.application.subject
    assert kinds[0] == Piece.Kind.FILING and kinds[-1] == Piece.Kind.CHAIN
    print(
        [(p.position, p.kind, p.number, p.title, p.dated, p.pages, p.sha256[:6]) for p in volume.pieces.all()],
        volume.number,
    )
