"""What reports of the admin share: who may read them, their addresses, their menu."""

from functools import partial

from django.urls import path, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

#: Who may do any of these with what a report is about may read it, as with Wagtail's.
READERS = ["add", "change", "publish"]


def works_with(user, model):
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, READERS)


class ReportItem(MenuItem):
    """Shown to those who work with ``about``."""

    def __init__(self, report, *, about, order):
        self.about = about
        super().__init__(
            report.page_title,
            reverse(report.index_url_name),
            name=report.index_url_name.replace("_", "-"),
            icon_name=report.header_icon,
            order=order,
        )

    def is_shown(self, request):
        return works_with(request.user, self.about)


def report_paths(reports):
    """Each report as a page and as the part that its filters redraw."""
    found = []
    for report in reports:
        slug = report.index_url_name.replace("_", "-")
        found += [
            path(f"reports/{slug}/", report.as_view(), name=report.index_url_name),
            path(
                f"reports/{slug}/results/",
                report.as_view(results_only=True),
                name=report.index_results_url_name,
            ),
        ]
    return found


def register(reports, *, about, order):
    """Reports on a model, in the menu one after another from a place on."""
    hooks.register("register_admin_urls", partial(report_paths, reports))
    for place, report in enumerate(reports, start=order):
        item = partial(ReportItem, report, about=about, order=place)
        hooks.register("register_reports_menu_item", item)
