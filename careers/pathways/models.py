"""Pages of the career site."""

from wagtail.models import Page


class HomePage(Page):
    """The front page: search, what opened, what work pays."""

    template = "pathways/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = []
