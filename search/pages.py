"""The pages that the search of the site finds: which kinds there are, which are public.

Whatever an index holds, a page is shown only if it is live and nothing restricts it,
asked of the database in the same request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from wagtail.models import Page

from careers.pathways.models import (
    CredentialIndexPage,
    CredentialPage,
    GuideIndexPage,
    GuidePage,
    PathwayIndexPage,
    PathwayPage,
    PlainPage,
    RoleIndexPage,
    RolePage,
    SettingIndexPage,
    SettingPage,
)


@dataclass(frozen=True)
class PageKind:
    slug: str
    name: str
    plural: str
    models: tuple[type[Page], ...]


KINDS = {
    kind.slug: kind
    for kind in (
        PageKind("guide", "Guide", "Guides", (GuidePage,)),
        PageKind("pathway", "Pathway", "Pathways", (PathwayPage,)),
        PageKind("role", "Role", "Roles", (RolePage,)),
        PageKind("credential", "Credential", "Credentials", (CredentialPage,)),
        PageKind("setting", "Setting", "Settings", (SettingPage,)),
        PageKind(
            "page",
            "Page",
            "Other pages",
            (
                PlainPage,
                GuideIndexPage,
                PathwayIndexPage,
                RoleIndexPage,
                CredentialIndexPage,
                SettingIndexPage,
            ),
        ),
    )
}
MODELS = tuple(model for kind in KINDS.values() for model in kind.models)
SUMMARIES = [f"{model._meta.model_name}__summary" for model in MODELS]
#: What a page of a term is about, by the parameter of its landing page.
TERMS = {
    "role": "rolepage__role__slug",
    "credential": "credentialpage__credential__slug",
    "setting": "settingpage__setting__slug",
}


def public():
    """Published pages of the kinds that are found, of which nobody is kept out."""
    types = ContentType.objects.get_for_models(*MODELS).values()
    return Page.objects.live().public().filter(content_type__in=[t.pk for t in types])


def kinds_of(ids: Iterable[int]) -> dict[int, str]:
    """The kind of each of these pages that may be shown, in the order of the ids."""
    ids = list(ids)
    if not ids:
        return {}
    types = dict(public().filter(pk__in=ids).values_list("pk", "content_type_id"))
    kind_of = _kinds_by_type()
    return {pk: kind_of[types[pk]] for pk in ids if pk in types}


def _kinds_by_type() -> dict[int, str]:
    types = ContentType.objects.get_for_models(*MODELS)
    return {
        types[model].pk: kind.slug for kind in KINDS.values() for model in kind.models
    }


def _with_words(pages):
    """With what lists show of a page: ``summary`` and ``text``."""
    return pages.annotate(
        summary=Coalesce(*SUMMARIES), text=F("search_words__text")
    ).order_by()


def read(ids: Iterable[int]) -> list[Page]:
    """Pages as lists show them, in the order of the ids; one query."""
    ids = list(ids)
    if not ids:
        return []
    found = {page.pk: page for page in _with_words(Page.objects.filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def of_terms(terms: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Page]:
    """(parameter, slug) of roles, credentials and settings to their pages."""
    terms = list(terms)
    if not terms:
        return {}
    any_of = Q()
    for parameter, slug in terms:
        any_of |= Q(**{TERMS[parameter]: slug})
    slugs = {f"{name}_slug": F(path) for name, path in TERMS.items()}
    found = {}
    for page in _with_words(public().filter(any_of)).annotate(**slugs):
        for name in TERMS:
            if slug := getattr(page, f"{name}_slug"):
                found[name, slug] = page
    return found
