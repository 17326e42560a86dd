"""People, divisions, offices and posts."""

from people.models.divisions import Division
from people.models.offices import Office
from people.models.persons import DataKey, Household, HouseholdMember, Person
from people.models.posts import Kinship, Post
from people.models.users import User

__all__ = [
    "DataKey",
    "Division",
    "Household",
    "HouseholdMember",
    "Kinship",
    "Office",
    "Person",
    "Post",
    "User",
]
