"""Django's development server, on a prepared site and with one plain closing line.

Where a cluster is configured, the worker of the search index runs beside it.
"""

import os
import socket

from django.contrib.staticfiles.management.commands import runserver
from django.core.management import call_command
from django.core.management.base import CommandError

from search import cluster
from search.beside import Companion, index_worker


class Command(runserver.Command):
    companion: Companion | None = None

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="First bring the database up to date (prepare_site).",
        )

    def run(self, **options):
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        if options["prepare"]:
            self.refuse_taken_port()
            call_command("prepare_site", stdout=self.stdout, stderr=self.stderr)
        if cluster.is_configured():
            self.companion = index_worker(self.say_of_search)
        try:
            super().run(**options)
        finally:
            if self.companion:
                self.companion.stop()

    def say_of_search(self, line):
        self.stdout.write(f"search: {line}")
        self.stdout.flush()

    def refuse_taken_port(self):
        """Say so before the work, and leave the way Python's exit handlers run."""
        family = socket.AF_INET6 if self.use_ipv6 else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.addr, int(self.port)))
            except OSError as error:
                raise CommandError(
                    f"Port {self.port} cannot be used: {error.strerror}. "
                    "Name another: make run PORT=8001."
                ) from None

    def on_bind(self, server_port):
        self.stdout.write(
            f"The site is at {self.protocol}://{self.addr}:{server_port}/ — editors "
            "sign in at /admin/ (`make account` makes the first account). "
            "Ctrl-C stops it."
        )
        self.stdout.flush()
        if self.companion:
            self.companion.start()
