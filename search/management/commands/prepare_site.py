"""Everything between an empty database and a site worth looking at.

It stands at the top of the chain because it knows every app below. Each step asks
first whether it is due, so that running it again changes nothing and is quick.
"""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from wagtail.models import Page, Site

from careers.jobs.models import JobListing, Place, Role
from careers.pathways.management.commands import set_up_editors
from careers.pathways.models import HomePage, PathwayIndexPage
from careers.salaries.models import OfficialWage
from careers.stylesheet import StylesheetFinder
from search.models import Synonym

STARTER_SEED = 1
#: Past sample listings for each open one, so that pay over two years can be looked at.
PAST_PER_OPEN = 4


class Command(BaseCommand):
    help = (
        "Brings the database up to date and fills an empty one: migrations, "
        "vocabulary, official wages, home page, starter pages and listings. Running "
        "it again destroys nothing."
    )
    # The tables that checks ask about may not be there yet.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--listings",
            type=int,
            default=400,
            metavar="N",
            help="starter listings for a database without any (400; 0 for none)",
        )
        parser.add_argument(
            "--no-pages",
            action="store_false",
            dest="pages",
            help="no starter pages for a site without any",
        )
        parser.add_argument(
            "--vocabulary",
            action="store_true",
            help="load the vocabulary even if the database has one",
        )

    def handle(self, *, listings, vocabulary, pages, verbosity, **options):
        done = [
            self.migrate(),
            self.load_vocabulary(anew=vocabulary),
            self.load_metros(),
            self.load_wages(),
            self.load_synonyms(),
            self.make_home_page(),
            self.let_editors_in(),
            self.load_starter_pages(pages),
            self.load_starter_listings(listings, verbosity),
        ]
        StylesheetFinder().write()
        done = [step for step in done if step]
        self.stdout.write(
            "Prepared: " + (", ".join(done) if done else "all was in place") + "."
        )

    def begin(self, step):
        self.stdout.write(f"{step} …")
        self.stdout.flush()

    def migrate(self):
        executor = MigrationExecutor(connection)
        due = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not due:
            return None
        self.begin(f"Applying {due} migrations")
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
        return f"{due} migrations"

    def load_vocabulary(self, *, anew):
        if Role.objects.exists() and not anew:
            return None
        self.begin("Loading the vocabulary")
        call_command("load_vocabulary", stdout=self.stdout)
        return "vocabulary"

    def load_metros(self):
        """Give places their metropolitan areas, on a site older than those."""
        if not Place.objects.exists() or Place.objects.exclude(metro="").exists():
            return None
        self.begin("Loading the metropolitan areas of places")
        call_command("load_vocabulary", places_only=True, stdout=self.stdout)
        return "metropolitan areas"

    def load_wages(self):
        if OfficialWage.objects.exists():
            return None
        self.begin("Loading official wages")
        call_command("load_wages", verbosity=0, stdout=self.stdout)
        return "official wages"

    def load_synonyms(self):
        if Synonym.objects.exists():
            return None
        call_command("load_synonyms", stdout=self.stdout)
        return "synonyms"

    def let_editors_in(self):
        """Set up who may do what, on a site where nobody has.

        Later changes of the groups are the administrator's and stay.
        """
        if not set_up_editors.is_due():
            return None
        call_command("set_up_editors", stdout=self.stdout)
        return "permissions of editors"

    @transaction.atomic
    def make_home_page(self):
        """Put our home page where Wagtail's first migration left a welcome page."""
        if HomePage.objects.exists():
            return None
        self.begin("Making the home page")
        home = Page.get_first_root_node().add_child(
            instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="start")
        )
        home.save_revision(clean=False).publish()
        site, _ = Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "root_page": home,
                "hostname": "localhost",
                "site_name": settings.WAGTAIL_SITE_NAME,
            },
        )
        for welcome in Page.objects.filter(
            depth=2, slug="home", content_type__app_label="wagtailcore"
        ):
            welcome.delete()
        return f"home page of {site.site_name}"

    def load_starter_pages(self, wanted):
        if not wanted or PathwayIndexPage.objects.exists():
            return None
        self.begin("Writing the starter pages")
        call_command("load_pages", verbosity=0, stdout=self.stdout)
        return "starter pages"

    def load_starter_listings(self, number, verbosity):
        if not number or JobListing.objects.exists():
            return None
        self.begin(f"Writing {number} starter listings (sample data)")
        call_command(
            "load_demo",
            listings=number,
            past=number * PAST_PER_OPEN,
            seed=STARTER_SEED,
            verbosity=verbosity,
            stdout=self.stdout,
        )
        return f"{number} starter listings"
