"""Pages that editors publish, and what they say of roles, moves and credentials."""

from .base import Author, ContentPage
from .credentials import CredentialFact, CredentialIndexPage, CredentialPage
from .guides import GuideIndexPage, GuidePage
from .home import HomePage, PlainPage
from .moves import Move
from .pathways import PathwayIndexPage, PathwayPage, PathwayStep
from .roles import RoleIndexPage, RolePage
from .settings import SettingIndexPage, SettingPage
from .site import SiteSettings

__all__ = [
    "Author",
    "ContentPage",
    "CredentialFact",
    "CredentialIndexPage",
    "CredentialPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "Move",
    "PathwayIndexPage",
    "PathwayPage",
    "PathwayStep",
    "PlainPage",
    "RoleIndexPage",
    "RolePage",
    "SettingIndexPage",
    "SettingPage",
    "SiteSettings",
]
