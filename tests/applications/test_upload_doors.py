"""Every form that takes a file, and the function its bytes go through before anything else is done with them.

Those functions are tried with files that mean harm in test_malicious_uploads.py. A new form fails here until somebody
says through which of them its files go.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = [
    "applications", "approvals", "archives", "benefits", "helping", "papers", "payouts", "people", "project", "schemes",
    "telling",
]  # fmt: skip
PICTURES, TABLE, VERIFY, POLICY, TOML = "cleaned(", "table_of(", "checking.check(", "cleaned_pdf(", "decode("
FIELDS = {"FileField", "SeveralFilesField", "ImageField"}
# Where a form with a file stands, and where its bytes are looked at.
DOORS = {
    "applications/forms/uploads.py": (PICTURES, "applications/attachments.py"),
    "approvals/forms/claims.py": (TABLE, "approvals/claims/loans.py"),
    "approvals/forms/exofficio.py": (TABLE, "approvals/exofficio/matching.py"),
    "approvals/forms/issued.py": (PICTURES, "approvals/issued/recording.py"),
    "approvals/forms/milestones.py": (PICTURES, "benefits/milestones/reporting.py"),
    "approvals/forms/sealing.py": (PICTURES, "approvals/sealing/filing.py"),
    "approvals/forms/visits.py": (PICTURES, "approvals/visits/pictures.py"),
    "archives/forms_my_data.py": (PICTURES, "archives/my_data/corrections.py"),
    "helping/forms/consent.py": (PICTURES, "helping/forms/consent.py"),
    "helping/forms/letters.py": (PICTURES, "helping/forms/consent.py"),
    "helping/forms/renewals.py": (PICTURES, "helping/forms/consent.py"),
    "helping/forms/school_papers.py": (PICTURES, "helping/schools/papers.py"),
    "helping/forms/sheets.py": (TABLE, "helping/schools/bringing.py"),
    "helping/forms/village.py": (PICTURES, "helping/paper_forms/filing.py"),
    "papers/views/by_file.py": (VERIFY, "papers/views/by_file.py"),
    "payouts/forms_holds.py": (TABLE, "payouts/holds/rosters.py"),
    "payouts/forms_returns.py": (TABLE, "payouts/returns/intake.py"),
    "schemes/work_forms/documents.py": (POLICY, "schemes/publication/original_files.py"),
    "schemes/work_forms/versions.py": (TOML, "schemes/work_forms/versions.py"),
}


def takes_files(path):
    """Whether a module makes a field for files, or reads one that no form declares."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(tree) if isinstance(node, ast.Call)}
    gets = any(ast.unparse(node) == "request.FILES.get" for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return bool(calls & FIELDS) or gets


def test_every_form_that_takes_a_file_is_known():
    sources = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]
    assert {str(path.relative_to(ROOT)) for path in sources if takes_files(path)} == set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_its_bytes_go_through_the_function_that_judges_them(door):
    function, place = DOORS[door]
    assert function in (ROOT / place).read_text("utf-8")
