"""What wallets are held against. Triggers write all of it; Python only reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ..querysets import JobListingManager
from .listing import JobListing


class WalletRow(models.Model):
    """A listing as wallets are held against it: a narrow twin of its row.

    The columns bear the names that they have on `JobListing`, so `live()` and the parts
    of `matching()` that they serve read both alike. ``rule`` is a digest of the groups
    of the credential rule: many listings share one, so that a wallet is held against
    each rule once, not against each listing. ``pay`` is what the listing posts: the
    employer's id, then the least and the most per year in cents, as 32-bit numbers,
    big-endian; empty where nothing converts it.
    """

    listing = models.OneToOneField(
        JobListing,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="wallet_row",
    )
    live = models.BooleanField()
    removed_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField()
    remote = models.CharField(max_length=10)
    experience_months = models.PositiveSmallIntegerField(null=True)
    rule = models.UUIDField()
    pay = models.BinaryField()
    roles = ArrayField(models.CharField(max_length=60))
    hires_from = ArrayField(models.CharField(max_length=2))

    objects = JobListingManager()
