"""What is known of credentials, from their published pages."""

from django.db.models import F

from .models import CredentialFact


def of(*slugs):
    """Credential slug to its facts, in their order; those without are not in it.

    One query.
    """
    facts = (
        CredentialFact.objects.published()
        .filter(page__credential__slug__in=slugs)
        .annotate(credential=F("page__credential__slug"))
        .order_by("page", "sort_order", "pk")
    )
    found = {}
    for fact in facts:
        found.setdefault(fact.credential, []).append(fact)
    return found
