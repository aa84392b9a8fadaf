"""Reports on pay in the admin."""

from careers.jobs import reports
from careers.jobs.models import JobListing

from .reports import REPORTS

reports.register(REPORTS, about=JobListing, order=100)
