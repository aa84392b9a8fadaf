"""Fill an empty table of synonyms with the field's own."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from search import synonyms
from search.models import Synonym

FILE = Path(__file__).parents[2] / "data" / "synonyms.txt"


class Command(BaseCommand):
    help = (
        "Loads the starting synonyms into an empty table. Editors keep them in the "
        "admin afterwards, so a table that holds any is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--anew",
            action="store_true",
            help="Throw away what is there and load the file again.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")

    def handle(self, *args, anew, dry_run, **options):
        found = list(_sets())
        if dry_run:
            self.stdout.write(f"Dry run: the file holds {len(found)} sets.")
            return
        with transaction.atomic():
            if anew:
                Synonym.objects.all().delete()
            elif (there := Synonym.objects.count()) > 0:
                self.stdout.write(f"Synonyms: {there} sets are there; left alone.")
                return
            Synonym.objects.bulk_create(found)
        synonyms.forget()
        self.stdout.write(f"Synonyms: {len(found)} sets loaded.")


def _sets():
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, arrow, rest = line.partition("=>")
        terms = [head, *rest.split(",")] if arrow else line.split(",")
        yield Synonym(
            terms=[term.strip() for term in terms],
            kind=Synonym.Kind.ONE_WAY if arrow else Synonym.Kind.EQUAL,
        )
