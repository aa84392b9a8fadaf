"""Pages of settings: hospital, physician practice …"""

from collections import defaultdict

from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.models import Setting
from careers.salaries.criteria import PayCriteria

from .. import live
from .base import ContentPage


class SettingIndexPage(ContentPage):
    max_count = 1
    parent_page_types = ["pathways.HomePage"]
    subpage_types = ["pathways.SettingPage"]
    here = "pathways"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        counts = live.openings_by("setting")
        pages = SettingPage.objects.live().select_related("setting")
        by_slug = {page.setting.slug: page for page in pages.defer_streamfields()}
        kinds = defaultdict(list)
        for word in vocabulary.current().settings.values():
            page = by_slug.get(word.slug)
            kinds[word.kind].append(
                {
                    "name": word.label,
                    "url": page.get_url(request) if page else "",
                    "summary": page.summary if page else "",
                    "open": counts.value.get(word.slug, 0),
                    "jobs_url": live.results_url(JobCriteria(setting=(word.slug,))),
                }
            )
        return context | {
            "kinds": [{"name": n, "entries": found} for n, found in kinds.items()],
            "at": counts.at,
        }


class SettingPage(ContentPage):
    setting = models.OneToOneField(
        Setting, on_delete=models.PROTECT, related_name="page"
    )

    parent_page_types = ["pathways.SettingIndexPage"]
    subpage_types = []
    here = "pathways"
    content_panels = [FieldPanel("setting"), *ContentPage.content_panels]
    search_fields = [
        *ContentPage.search_fields,
        index.RelatedFields(
            "setting", [index.SearchField("name"), index.SearchField("aliases")]
        ),
    ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        chosen = (self.setting.slug,)
        found = live.pay_rows([(self.setting.name, PayCriteria(setting=chosen))])
        return context | {
            "openings": live.openings(JobCriteria(setting=chosen)),
            "pay": found.rows[0],
            "is_sample": found.is_sample,
        }
