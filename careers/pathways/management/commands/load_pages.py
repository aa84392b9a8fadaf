"""Starter content: the pages and moves that ship with the project."""

import re

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wagtail.models import Page

from tqdm import tqdm

from careers.jobs.models import Credential, Role, Setting
from careers.jobs.moderation import NotPublishableError

from ... import content
from ...models import (
    Author,
    CredentialFact,
    CredentialIndexPage,
    CredentialPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    Move,
    PathwayIndexPage,
    PathwayPage,
    PathwayStep,
    PlainPage,
    RoleIndexPage,
    RolePage,
    SettingIndexPage,
    SettingPage,
)

#: Index pages: model, slug, title, summary.
INDEXES = (
    (
        PathwayIndexPage,
        "pathways",
        "Where the work leads",
        "Every role of the field in eight tracks, and the moves people make between "
        "them, with what is open today and what it posts.",
    ),
    (
        RoleIndexPage,
        "roles",
        "Roles",
        "What the work is, role by role: what it asks, what is open, what it posts, "
        "where it leads.",
    ),
    (
        CredentialIndexPage,
        "credentials",
        "Credentials",
        "What each credential covers, who issues it, what it takes and costs, and how "
        "many open listings name it.",
    ),
    (
        SettingIndexPage,
        "settings",
        "Settings",
        "Where coders and billers work, and what differs between a hospital, a "
        "practice, a payer and the rest.",
    ),
    (
        GuideIndexPage,
        "guides",
        "Guides",
        "Long answers to what people ask before and after they enter the field, with "
        "sources and with the figures of today.",
    ),
)
PARENTS = {
    "credentials": CredentialIndexPage,
    "settings": SettingIndexPage,
    "roles": RoleIndexPage,
    "pathways": PathwayIndexPage,
    "guides": GuideIndexPage,
    "plain": HomePage,
}
MODELS = {
    "credentials": CredentialPage,
    "settings": SettingPage,
    "roles": RolePage,
    "pathways": PathwayPage,
    "guides": GuidePage,
    "plain": PlainPage,
}
#: The term that a page is about: its model, the name in the file and on the page.
TERMS = {
    "credentials": (Credential, "credential"),
    "settings": (Setting, "setting"),
    "roles": (Role, "role"),
}
IN_HEADER = ("pathways", "guides", "credentials")
AUTHOR = "The editors"
LINK = re.compile(r'<a href="(/[^"?#]*)">')


class Command(BaseCommand):
    help = (
        "Loads the starter pages and moves that are missing. What is there stays as "
        "editors left it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Check the files and write nothing."
        )

    def handle(self, *, dry_run, verbosity, **options):
        files = list(content.pages())
        try:
            with transaction.atomic():
                moves = self.load_moves()
                self.make_indexes()
                made = [self.make(file) for file in files]
                new = [(page, file) for page, file in made if page]
                self.addresses = self.read_addresses()
                for page, file in tqdm(
                    new, unit="page", disable=verbosity < 2, leave=False
                ):
                    self.fill(page, file)
                if dry_run:
                    transaction.set_rollback(True)
        except content.ContentError as error:
            raise CommandError(str(error)) from error
        would = "Dry run: would have loaded" if dry_run else "Loaded"
        self.stdout.write(
            f"{would} {len(new)} pages and {moves} moves; "
            f"{len(files) - len(new)} pages were there."
        )

    # Moves

    def load_moves(self):
        roles = {role.slug: role for role in Role.objects.all()}
        there = set(Move.objects.values_list("from_role__slug", "to_role__slug"))
        new = 0
        for row in content.moves():
            ends = row.pop("from"), row.pop("to")
            if ends in there:
                continue
            unknown = [slug for slug in ends if slug not in roles]
            if unknown:
                raise content.ContentError(
                    f"moves.toml: there is no role {', '.join(unknown)}."
                )
            move = Move(from_role=roles[ends[0]], to_role=roles[ends[1]], **row)
            self.require_valid(move, f"moves.toml, {ends[0]} to {ends[1]}")
            move.save()
            new += 1
        return new

    # Pages

    def make_indexes(self):
        home = HomePage.objects.get()
        for model, slug, title, summary in INDEXES:
            if not model.objects.exists():
                page = home.add_child(
                    instance=model(
                        title=title,
                        slug=slug,
                        summary=summary,
                        menu_title=slug.capitalize(),
                        show_in_menus=slug in IN_HEADER,
                    )
                )
                # An edit that waits for its day leaves a page on the site only if
                # the page has a live revision.
                page.save_revision(clean=False).publish()

    def make(self, file):
        """A page without its words yet, so that others can link to it; None if there
        is one at its address. Nobody sees it: all is written at once."""
        parent = PARENTS[file.kind].objects.get()
        if Page.objects.child_of(parent).filter(slug=file.slug).exists():
            return None, file
        page = MODELS[file.kind](title=file.values.get("title", ""), slug=file.slug)
        if file.kind in TERMS:
            model, name = TERMS[file.kind]
            term = model.objects.filter(slug=file.values.get(name)).first()
            if term is None:
                raise content.ContentError(
                    f"{file.path.name}: there is no {name} {file.values.get(name)}."
                )
            if MODELS[file.kind].objects.filter(**{name: term}).exists():
                return None, file
            setattr(page, name, term)
            page.title = page.title or term.name
        parent.add_child(instance=page)
        return page, file

    def fill(self, page, file):
        values = file.values
        page.summary = values.get("summary", "")
        page.seo_title = values.get("seo_title", "")
        page.search_description = values.get("search_description", "")
        page.reviewed_on = values.get("reviewed_on")
        page.show_in_menus = values.get("show_in_menus", False)
        block = page._meta.get_field("body").stream_block
        try:
            page.body = block.to_python(self.linked(file.body))
        except (KeyError, TypeError, ValueError) as error:
            raise content.ContentError(f"{file.path.name}: {error!r}") from error
        if file.kind == "guides":
            page.authors = [self.author()]
        if file.kind == "credentials":
            page.facts = [
                CredentialFact(sort_order=place, **fact)
                for place, fact in enumerate(values.get("facts", ()))
            ]
            for fact in page.facts.all():
                self.require_valid(
                    fact, f"{file.path.name}, {fact.text}", exclude=["page"]
                )
        if file.kind == "pathways":
            page.steps = [
                PathwayStep(sort_order=place, role=self.role(slug, file))
                for place, slug in enumerate(values.get("steps", ()))
            ]
        self.require_valid(page, file.path.name)
        try:
            page.save_revision(clean=False, log_action=True).publish()
        except NotPublishableError as error:
            raise content.ContentError(f"{file.path.name}: {error.sentence}") from error

    def role(self, slug, file):
        role = Role.objects.filter(slug=slug).first()
        if role is None:
            raise content.ContentError(f"{file.path.name}: there is no role {slug}.")
        return role

    def author(self):
        author, _ = Author.objects.get_or_create(
            name=AUTHOR,
            defaults={
                "kind": Author.Kind.TEAM,
                "about": "Written and checked by those who run this site.",
            },
        )
        return author

    def linked(self, body):
        """Links to our own pages follow them when their addresses change."""
        if isinstance(body, dict):
            return {name: self.linked(value) for name, value in body.items()}
        if isinstance(body, list):
            return [self.linked(value) for value in body]
        if isinstance(body, str):
            return LINK.sub(self.link, body)
        return body

    def link(self, found):
        page = self.addresses.get(found[1])
        return f'<a linktype="page" id="{page}">' if page else found[0]

    def read_addresses(self):
        """Address on the site to the number of its page."""
        home = HomePage.objects.get()
        pages = Page.objects.descendant_of(home, inclusive=True)
        return {
            "/" + url_path.removeprefix(home.url_path): pk
            for url_path, pk in pages.values_list("url_path", "pk")
        }

    def require_valid(self, thing, where, exclude=None):
        try:
            thing.full_clean(exclude=exclude)
        except ValidationError as error:
            raise content.ContentError(
                f"{where}: {'; '.join(error.messages)}"
            ) from error
