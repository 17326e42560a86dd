"""People, divisions, offices and posts."""

from people.models.consents import Consent, ConsentText, ConsentWithdrawal
from people.models.delegations import Delegation
from people.models.divisions import Division
from people.models.lost_factors import LostFactor
from people.models.offices import Office
from people.models.organisations import Affiliation, Organisation
from people.models.persons import DataKey, Household, HouseholdMember, Person
from people.models.posts import Kinship, Post
from people.models.preferences import LookPreference
from people.models.sides import Side
from people.models.sign_in import KeptForm, OldPassword, PasswordCode, SignIn, SignInLock
from people.models.users import User

__all__ = [
    "Affiliation",
    "Consent",
    "ConsentText",
    "ConsentWithdrawal",
    "DataKey",
    "Delegation",
    "Division",
    "Household",
    "HouseholdMember",
    "KeptForm",
    "Kinship",
    "LookPreference",
    "LostFactor",
    "Office",
    "OldPassword",
    "Organisation",
    "PasswordCode",
    "Person",
    "Post",
    "Side",
    "SignIn",
    "SignInLock",
    "User",
]
