from .employer import Employer
from .listing import JobListing, ListingPlace
from .vocabulary import (
    CodeSet,
    Credential,
    CredentialBody,
    Place,
    Role,
    Setting,
    Software,
    Specialty,
    Term,
    Track,
    VocabularyVersion,
)
from .wallet_row import WalletRow

__all__ = [
    "CodeSet",
    "Credential",
    "CredentialBody",
    "Employer",
    "JobListing",
    "ListingPlace",
    "Place",
    "Role",
    "Setting",
    "Software",
    "Specialty",
    "Term",
    "Track",
    "VocabularyVersion",
    "WalletRow",
]
