"""What stays from one period of a benefit to the next, so that a short claim asks for the rest alone.

Pages and papers by their codes in the schemes. What is not named here is asked anew for every period: the months, what
was paid or earned in them, whether somebody still works there, and the evidence of that.
"""

KEPT_PAGES = frozenset(
    {
        "name",
        "identity",
        "whose-certificate",
        "certificate",
        "phone",
        "home",
        "rural",
        "situation",
        "care-place",
        "degree",
        "graduate",
        "graduation",
        "study",
        "hiring",
        "contract",
        "recognised",
        "willing",
        "working-life",
        "outlet",
        "agency-contract",
        "months-before",
        "account",
        "organisation",
        "organisation-kind",
        "legal-representative",
        "authorised-person",
        "seat",
        "organisation-account",
    }
)
KEPT_PAPERS = frozenset(
    {
        "id-copy",
        "certificate-copy",
        "family-proof",
        "diploma",
        "contract-copy",
        "post-agreement",
        "lease-copy",
        "spouse-proof",
        "agency-contract",
        "licence-copy",
        "authorisation-letter",
    }
)
