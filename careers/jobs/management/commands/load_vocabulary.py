"""Put the vocabulary of the files into the tables, leaving what editors changed."""

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.models import Count, Q

from ... import vocabulary
from ...models import (
    CodeSet,
    Credential,
    CredentialBody,
    Place,
    Role,
    Setting,
    Software,
    Specialty,
)
from ...vocabulary_files import listed, place_rows, rows

# File, model, and the columns beside those that every term has.
TERMS = (
    ("roles", Role, ("short_name", "track", "level", "soc_code", "soc_title")),
    ("settings", Setting, ("kind",)),
    ("specialties", Specialty, ()),
    ("codesets", CodeSet, ()),
    ("software", Software, ("kind",)),
)
PLACE_COLUMNS = (
    "slug",
    "city",
    "state",
    "zip",
    "latitude",
    "longitude",
    "population",
    "metro",
)


class Command(BaseCommand):
    help = (
        "Add the terms and places of careers/jobs/data that are not there yet. "
        "Terms that exist keep what editors made of them."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Set terms and places that exist back to what the files say.",
        )
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--terms-only", action="store_true", help="Leave the places alone."
        )
        only.add_argument(
            "--places-only", action="store_true", help="Leave the terms alone."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and stop."
        )

    def handle(self, *, overwrite, terms_only, places_only, dry_run, **options):
        bodies = terms = credentials = places = 0
        with transaction.atomic():
            if not places_only:
                bodies, terms, credentials = self._load_words(overwrite)
            if not terms_only:
                places = _load_places(overwrite)
            transaction.set_rollback(dry_run)
        vocabulary.forget()
        verb = "would be written" if dry_run else "written"
        self.stdout.write(
            f"Vocabulary: {terms} terms, {bodies} bodies, {credentials} credentials, "
            f"{places} places {verb}; {_known()} terms and credentials, "
            f"{Place.objects.count()} places known."
        )

    def _load_words(self, overwrite):
        """Write bodies, terms and credentials; the answer is how many of each."""
        bodies = self._load(CredentialBody, _bodies(), overwrite)
        terms = sum(
            self._load(model, _terms(name, model, columns), overwrite)
            for name, model, columns in TERMS
        )
        # Apprentice forms and former names point at others, so they come second.
        credentials = self._load(Credential, _credentials(False), overwrite)
        credentials += self._load(Credential, _credentials(True), overwrite)
        return bodies, terms, credentials

    def _load(self, model, terms, overwrite):
        """Write the terms that may be written; the answer is how many."""
        held = dict(model.objects.values_list("name", "slug"))
        slugs = set(held.values())
        fresh = []
        for term in terms:
            if held.get(term.name, term.slug) != term.slug:
                self.stderr.write(
                    f"{model.__name__} {term.slug}: left out, since "
                    f"{held[term.name]} is named “{term.name}”."
                )
            elif overwrite or term.slug not in slugs:
                fresh.append(term)
        model.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=[
                field.name
                for field in model._meta.concrete_fields
                if field.name not in {"id", "slug"}
            ],
        )
        return len(fresh)


def _known():
    models = (Credential, *(model for _, model, _ in TERMS))
    return sum(model.objects.count() for model in models)


def _bodies():
    return [CredentialBody(**row) for row in rows("credential_bodies")]


def _terms(name, model, columns):
    return [
        model(
            slug=row["slug"],
            name=row["name"],
            aliases=listed(row["aliases"]),
            description=row["description"],
            sort_order=position,
            **{column: row[column] for column in columns},
        )
        for position, row in enumerate(rows(name), start=1)
    ]


def _credentials(pointing):
    """The credentials that point at another one, or those that do not."""
    bodies = dict(CredentialBody.objects.values_list("slug", "pk"))
    known = dict(Credential.objects.values_list("slug", "pk"))
    return [
        Credential(
            slug=row["slug"],
            name=row["slug"],
            aliases=listed(row["aliases"]),
            description=row["description"],
            sort_order=position,
            full_name=row["full_name"],
            body_id=bodies[row["body"]],
            covers=row["covers"],
            level=row["level"],
            status=row["status"],
            apprentice_of_id=known.get(row["apprentice_of"]),
            renamed_to_id=known.get(row["renamed_to"]),
        )
        for position, row in enumerate(rows("credentials"), start=1)
        if bool(row["apprentice_of"] or row["renamed_to"]) == pointing
    ]


def _load_places(overwrite):
    """Copy the places in one go; nothing to do when all of them are there already.

    A place that is there stays as it is, but gets the metropolitan area it lacks.
    """
    places = list(place_rows())
    if not overwrite and _are_there(places):
        return 0
    table = Place._meta.db_table
    columns = ", ".join(PLACE_COLUMNS)
    updates = ", ".join(f"{column} = EXCLUDED.{column}" for column in PLACE_COLUMNS[1:])
    if not overwrite:
        updates = (
            f"metro = EXCLUDED.metro WHERE {table}.metro = '' AND EXCLUDED.metro <> ''"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE new_places (LIKE {table})")
        with cursor.copy(f"COPY new_places ({columns}) FROM STDIN") as copy:
            for place in places:
                copy.write_row([place[column] for column in PLACE_COLUMNS])
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new_places "
            f"ON CONFLICT (slug) DO UPDATE SET {updates}"
        )
        written = cursor.rowcount
        cursor.execute("DROP TABLE new_places")
    return written


def _are_there(places):
    known = Place.objects.aggregate(
        places=Count("slug"), metros=Count("slug", filter=~Q(metro=""))
    )
    with_metro = sum(1 for place in places if place["metro"])
    return known["places"] >= len(places) and known["metros"] >= with_metro
