"""Imports from the admin: the form, and the report on the same page."""

from contextlib import contextmanager

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.generic import FormView

from wagtail.admin.menu import MenuItem

from .imports import source
from .imports.record import FeedError
from .imports.run import FORMATS, import_feed

#: What is larger would outlast the request: the command has no such limit.
MOST_BYTES = 50_000_000
PERMISSION = "jobs.add_joblisting"
ICON = "download"

FORMAT_LABELS = {
    "usajobs": "USAJOBS search results (JSON)",
    "xml": "Aggregator XML",
    "jsonld": "JobPosting: page, JSON or JSON Lines",
    "csv": "CSV with a header line",
}


class ImportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(name, FORMAT_LABELS[name]) for name in FORMATS]
    )
    source = forms.SlugField(
        label="Name of the source",
        max_length=60,
        help_text=(
            "The same name each time, such as lakearden: "
            "it says which listings are known."
        ),
    )
    file = forms.FileField(
        required=False, help_text=f"At most {MOST_BYTES // 1_000_000} MB, gzip or not."
    )
    url = forms.URLField(
        label="Or its address",
        required=False,
        assume_scheme="https",
        help_text="An http or https address of the public internet.",
    )
    snapshot = forms.BooleanField(
        label="The feed holds all that is open at this source",
        required=False,
        help_text="What it lacks closes, unless it is broken or lacks more than half.",
    )
    dry_run = forms.BooleanField(
        label="Try it only",
        required=False,
        help_text="Read all and report, and write nothing.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. "
                "Import it with the command import_listings."
            )
        return file

    def clean(self):
        super().clean()
        if self.errors:
            return self.cleaned_data
        given = [name for name in ("file", "url") if self.cleaned_data.get(name)]
        if len(given) != 1:
            raise forms.ValidationError("Give either a file or an address.")
        return self.cleaned_data

    def run(self):
        """The report of the import. Raises FeedError where it cannot begin."""
        data = self.cleaned_data
        with self._stream() as stream:
            return import_feed(
                stream,
                format=data["format"],
                source=data["source"],
                is_snapshot=data["snapshot"],
                dry_run=data["dry_run"],
            )

    @contextmanager
    def _stream(self):
        file, url = self.cleaned_data["file"], self.cleaned_data["url"]
        if file:
            feed = source.Feed(file.read, file.size, MOST_BYTES)
            yield source.unpacked(feed, MOST_BYTES)
            return
        with source.opened(url, most_bytes=MOST_BYTES) as (stream, _):
            yield stream


class ImportView(FormView):
    """For whoever may add listings."""

    form_class = ImportForm
    template_name = "jobs/admin/import.html"
    extra_context = {
        "page_title": "Import listings",
        "header_icon": ICON,
    }

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            report = form.run()
        except FeedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        context = self.get_context_data(form=form, report=report)
        return TemplateResponse(self.request, self.template_name, context)


class ImportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)
