"""What is known of credentials, from their published pages."""

from django.db.models import Prefetch

from .models import CredentialFact, CredentialPage


def of(*slugs):
    """Credential slug to its facts, in their order; those without a page are not in it.

    Two queries: a page is read once, not with each of its facts, and without its body.
    """
    pages = CredentialPage.objects.select_related("credential").defer_streamfields()
    facts = (
        CredentialFact.objects.published()
        .filter(page__credential__slug__in=slugs)
        .prefetch_related(Prefetch("page", pages))
        .order_by("page", "sort_order", "pk")
    )
    found = {}
    for fact in facts:
        found.setdefault(fact.page.credential.slug, []).append(fact)
    return found
