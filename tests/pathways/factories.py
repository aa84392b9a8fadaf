"""Sample pages for every test. `GuidePageFactory()` is live and passes every check."""

from datetime import date

from wagtail.models import Page, Site

import factory
from factory.django import DjangoModelFactory

from careers.jobs.models import Credential, CredentialBody, Role
from careers.pathways.models import (
    CredentialFact,
    CredentialIndexPage,
    CredentialPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    Move,
    PlainPage,
)

SUMMARY = "What a coder reads in a record, and what follows from it."
TEXT = "<p>A coder reads the record and says in codes what it says in words.</p>"
COLUMNS = [
    {"type": "text", "heading": "Code set"},
    {"type": "code", "heading": "Such as"},
]
NOTICE = "<p>CPT © American Medical Association.</p>"


def block(kind, value):
    """A block as a stream field stores it."""
    return {"type": kind, "value": value}


def heading(words="What it is"):
    return block("heading", words)


def text(html=TEXT):
    return block("text", html)


def fact(**values):
    usual = {
        "value": "194,720",
        "label": "specialists employed",
        "text": "",
        "source_name": "US Bureau of Labor Statistics, May 2025",
        "source_url": "https://www.bls.gov/oes/",
        "checked_on": "2026-06-30",
    }
    return block("fact", usual | values)


def sources(**values):
    usual = {"name": "AAPC, exam page", "url": "", "checked_on": "2026-06-30"}
    return block("sources", {"sources": [{"note": ""} | usual | values]})


def table(**values):
    usual = {
        "caption": "Code sets",
        "columns": COLUMNS,
        "rows": [{"values": ["ICD-10-CM", "K35.80"]}],
    }
    return block("table", usual | values)


def faq(question="Is it paid by the chart?", answer="<p>Some of it is.</p>"):
    return block("faq", {"questions": [{"question": question, "answer": answer}]})


def action(label="See open listings", url="/jobs/", words=""):
    return block("action", {"label": label, "url": url, "text": words})


def figure(**image):
    return block(
        "figure",
        {
            "image": image,
            "caption": "A page of a record.",
            "source_name": "Drawn for this page",
            "source_url": "",
        },
    )


BODY = [heading(), text()]


def home():
    """The home page of the default site, made when first asked for."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    made = root.add_child(instance=HomePage(title="Chartwork", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": made, "hostname": "localhost", "site_name": "Chartwork"},
    )
    Page.objects.filter(depth=2, slug="home").delete()
    return made


def index(model, slug):
    """The one index page of a kind, made when first asked for."""
    found = model.objects.first()
    if found:
        return found
    return home().add_child(
        instance=model(title=slug.capitalize(), slug=slug, summary=SUMMARY)
    )


class PageFactory(DjangoModelFactory):
    """``parent`` is where the page stands; `draft` is one that was never published."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"How to read a record {n}")
    slug = factory.Sequence(lambda n: f"how-to-read-a-record-{n}")
    summary = SUMMARY
    body = factory.LazyFunction(lambda: list(BODY))
    reviewed_on = date(2026, 6, 30)
    live = True

    class Params:
        draft = factory.Trait(live=False, has_unpublished_changes=True)

    @classmethod
    def _create(cls, model, *, parent, **values):
        return parent.add_child(instance=model(**values))


class GuidePageFactory(PageFactory):
    class Meta:
        model = GuidePage

    parent = factory.LazyFunction(lambda: index(GuideIndexPage, "guides"))


class PlainPageFactory(PageFactory):
    class Meta:
        model = PlainPage

    parent = factory.LazyFunction(home)


class CredentialBodyFactory(DjangoModelFactory):
    class Meta:
        model = CredentialBody
        django_get_or_create = ["slug"]

    slug = "aapc"
    name = "AAPC"


class CredentialFactory(DjangoModelFactory):
    class Meta:
        model = Credential
        django_get_or_create = ["slug"]

    slug = "CPC"
    name = "CPC"
    full_name = "Certified Professional Coder"
    body = factory.SubFactory(CredentialBodyFactory)


class CredentialPageFactory(PageFactory):
    """With one fact: what membership costs."""

    class Meta:
        model = CredentialPage

    parent = factory.LazyFunction(lambda: index(CredentialIndexPage, "credentials"))
    credential = factory.SubFactory(CredentialFactory)
    title = "CPC"
    slug = "cpc"

    @classmethod
    def _create(cls, model, *, checked_on=date(2026, 6, 30), **values):
        page = super()._create(model, **values)
        CredentialFact.objects.create(
            page=page,
            kind=CredentialFact.Kind.MEMBERSHIP,
            text="Membership costs $222 a year.",
            low=222,
            high=222,
            source_name="AAPC",
            source_url="https://www.aapc.com/",
            checked_on=checked_on,
        )
        return page


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"coder-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.replace("-", " ").capitalize())
    track = "facility"
    level = 2


class MoveFactory(DjangoModelFactory):
    class Meta:
        model = Move

    from_role = factory.SubFactory(RoleFactory)
    to_role = factory.SubFactory(RoleFactory, level=3)
    months_min = 12
    months_max = 24
    what_changes = "Whole stays instead of single visits."
    credentials = factory.LazyFunction(lambda: ["CCS"])
    source_name = "AHIMA"
    source_url = "https://www.ahima.org/"
    checked_on = date(2026, 6, 30)
