"""The words that views speak: `JobListing.objects.live().matching(criteria)`."""

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from . import matching


class JobListingQuerySet(models.QuerySet):
    def live(self):
        """Open now: the one rule, and it reads the clock."""
        return self.filter(live=True, removed_at=None).filter(
            Q(expire_at=None) | Q(expire_at__gt=timezone.now())
        )

    def closed(self):
        """Was open once, is no longer, and its page stays up."""
        return self.filter(live=True, removed_at=None, expire_at__lte=timezone.now())

    def visible(self):
        """Has a public page: open or closed, not removed."""
        return self.filter(live=True, removed_at=None)

    def matching(self, criteria, *, without=()):
        """Obeys every fact of the criteria but free text.

        ``without`` names criteria to leave out: a facet's own counts ignore it.
        """
        return self.filter(
            *(
                condition
                for name, condition in matching.conditions(criteria).items()
                if name not in without
            )
        )

    def bulk_create(self, objs, **kwargs):
        objs = list(objs)
        for listing in objs:
            listing.derive()
        return super().bulk_create(objs, **kwargs)

    def bulk_copy(self, objs):
        """Write new listings with COPY: three times as fast as `bulk_create`.

        Primary keys are not set on the objects, and a row that breaks a constraint
        stops the whole batch. Returns how many were written.
        """
        columns = [
            field
            for field in self.model._meta.local_concrete_fields
            if not field.generated and not field.primary_key
        ]
        # Rows first: deriving may ask the database, which a COPY under way forbids.
        rows = [_copied(listing, columns) for listing in objs]
        quoted = connection.ops.quote_name
        table = quoted(self.model._meta.db_table)
        names = ", ".join(quoted(field.column) for field in columns)
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return len(rows)

    def bulk_update(self, objs, fields, **kwargs):
        objs = list(objs)
        for listing in objs:
            listing.derive()
        return super().bulk_update(objs, {*fields, *self.model.DERIVED}, **kwargs)


def _copied(listing, columns):
    """A listing's values as the database takes them, encodings derived.

    The driver knows how to write every type but JSON, which may be a list as well. It
    knows arrays too, but takes half of its time for them.
    """
    listing.derive()
    row = []
    for field in columns:
        value = getattr(listing, field.attname)
        if isinstance(field, models.JSONField):
            value = field.get_db_prep_save(value, connection)
        elif isinstance(value, list):
            value = _array(value)
        row.append(value)
    return row


def _array(words):
    """A list of strings as PostgreSQL writes an array: {"cpc","ccs"}."""
    quoted = [word.replace("\\", r"\\").replace('"', r"\"") for word in words]
    inside = '","'.join(quoted)
    return f'{{"{inside}"}}' if quoted else "{}"


JobListingManager = models.Manager.from_queryset(JobListingQuerySet)
