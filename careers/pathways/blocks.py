"""What editors compose pages of. The live ones show the figures of today."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.facets import EMPLOYMENT_LABELS, REMOTE_LABELS
from careers.salaries.criteria import PayCriteria

from . import comparison, live

TEXT = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "code"]
LINE = ["bold", "italic", "link", "code"]
MOST_LISTINGS = 10

here_or_elsewhere = RegexValidator(
    r"^(/[^/\s][^\s]*|/|https://[^\s]+)$",
    "Give an address that begins with / (on this site) or https://.",
)


# Words


class HeadingBlock(blocks.CharBlock):
    """Begins a section of the page."""

    class Meta:
        icon = "title"
        group = "Words"


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=TEXT, **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        group = "Words"


class CalloutBlock(blocks.StructBlock):
    """What must not be missed."""

    kind = blocks.ChoiceBlock(
        choices=[("note", "Note"), ("caution", "Caution")], default="note"
    )
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=[*LINE, "ul"])

    class Meta:
        icon = "info-circle"
        template = "blocks/callout.html"
        group = "Words"


class TableBlock(TypedTableBlock):
    """Rows of words and codes; the first cell of a row is its head."""

    text = blocks.CharBlock(required=False)
    rich = blocks.RichTextBlock(features=LINE, required=False)
    code = blocks.CharBlock(
        required=False,
        help_text="Codes or abbreviations, with spaces between them.",
    )

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        group = "Words"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200)
    answer = blocks.RichTextBlock(features=[*LINE, "ul", "ol"])


class FaqBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        label = "Questions and answers"
        template = "blocks/faq.html"
        group = "Words"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    takes = blocks.CharBlock(
        max_length=60, required=False, help_text="How long: 4 to 9 months."
    )
    text = blocks.RichTextBlock(features=[*LINE, "ul"])


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), min_num=2)

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        group = "Words"


class SourceBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200)
    url = blocks.URLBlock(required=False)
    checked_on = blocks.DateBlock(help_text="When the source said so.")
    note = blocks.CharBlock(max_length=200, required=False)


class SourcesBlock(blocks.StructBlock):
    sources = blocks.ListBlock(SourceBlock(), min_num=1)

    class Meta:
        icon = "openquote"
        template = "blocks/sources.html"
        group = "Words"


class FactBlock(blocks.StructBlock):
    """A number, or a statement, with its source."""

    value = blocks.CharBlock(max_length=40, help_text="194,720 or +7 %.")
    label = blocks.CharBlock(max_length=160)
    text = blocks.CharBlock(max_length=300, required=False)
    source_name = blocks.CharBlock(max_length=200)
    source_url = blocks.URLBlock(required=False)
    checked_on = blocks.DateBlock(help_text="When the source said so.")

    class Meta:
        icon = "decimal"
        template = "blocks/fact.html"
        group = "Words"


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and its source."""

    image = ImageBlock()
    caption = blocks.CharBlock(max_length=250)
    source_name = blocks.CharBlock(max_length=200)
    source_url = blocks.URLBlock(required=False)

    class Meta:
        icon = "image"
        template = "blocks/figure.html"
        group = "Words"


# What is asked of listings


# Choices are read when a form is drawn; migrations name these functions.


def roles():
    return [(w.slug, w.label) for w in vocabulary.current().roles.values()]


def settings():
    return [(w.slug, w.label) for w in vocabulary.current().settings.values()]


def specialties():
    return [(w.slug, w.label) for w in vocabulary.current().specialties.values()]


def credentials():
    words = vocabulary.current().credentials.values()
    return [(w.slug, f"{w.slug}: {w.full_name}") for w in words]


class SlugsMixin:
    """A choice of words by their slugs, which are text in the database too.

    Wagtail looks through all choices for the type of each stored value, which costs
    more than drawing the block; and the words of a question are not words of a page.
    """

    def normalize_choice(self, value):
        return value

    def get_searchable_content(self, value):
        return []


class SlugBlock(SlugsMixin, blocks.ChoiceBlock):
    pass


class SeveralBlock(SlugsMixin, blocks.MultipleChoiceBlock):
    def __init__(self, choices=None, required=False, **kwargs):
        super().__init__(choices=choices, required=required, **kwargs)


#: Facets that both listings and pay are asked by.
BOTH = ("role", "setting", "remote", "credential", "employment")


class CriteriaValue(blocks.StructValue):
    """Reads as the question of the site's own pages."""

    def _chosen(self, *names):
        return {name: tuple(sorted(set(self.get(name) or ()))) for name in names}

    @property
    def jobs(self):
        return JobCriteria(
            **self._chosen(*BOTH, "specialty"),
            state=self.get("state") or "",
            apprentice=bool(self.get("apprentice")),
            untested=bool(self.get("untested")),
            experience=self.get("experience"),
            posted=self.get("posted"),
        )

    @property
    def pay(self):
        state = self.get("state")
        return PayCriteria(**self._chosen(*BOTH), state=(state,) if state else ())


class PayCriteriaBlock(blocks.StructBlock):
    """Which listings: any of several values, all of what is asked."""

    role = SeveralBlock(choices=roles)
    credential = SeveralBlock(choices=credentials)
    setting = SeveralBlock(choices=settings)
    remote = SeveralBlock(choices=list(REMOTE_LABELS.items()), label="Where you work")
    state = SlugBlock(choices=list(STATE_NAMES.items()), required=False)
    employment = SeveralBlock(choices=list(EMPLOYMENT_LABELS.items()))

    class Meta:
        icon = "search"
        value_class = CriteriaValue


class CriteriaBlock(PayCriteriaBlock):
    specialty = SeveralBlock(choices=specialties)
    apprentice = blocks.BooleanBlock(required=False, label="Apprentice form accepted")
    untested = blocks.BooleanBlock(required=False, label="No unpaid test")
    experience = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=600,
        help_text="Months of experience that they ask for at most.",
    )
    posted = blocks.IntegerBlock(
        required=False, min_value=1, max_value=365, help_text="Days since posted."
    )


# Live


class LiveBlock(blocks.StructBlock):
    """Its template gets under ``live`` what ``figures`` makes of the block's value."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"live": self.figures(value)}


class OpeningsBlock(LiveBlock):
    """How many listings are open, in a sentence that leads to them."""

    criteria = CriteriaBlock()
    text = blocks.CharBlock(
        max_length=160,
        help_text="After the number: “accept an apprentice form”.",
    )

    def figures(self, value):
        return live.openings(value["criteria"].jobs)

    class Meta:
        icon = "decimal"
        template = "blocks/openings.html"
        group = "Live"


class ListingsBlock(LiveBlock):
    """The newest listings."""

    title = blocks.CharBlock(max_length=120)
    criteria = CriteriaBlock()
    number = blocks.IntegerBlock(default=3, min_value=1, max_value=MOST_LISTINGS)

    def figures(self, value):
        return live.newest(value["criteria"].jobs, value["number"])

    class Meta:
        icon = "list-ul"
        template = "blocks/listings.html"
        group = "Live"


class PayGroupBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=80)
    criteria = PayCriteriaBlock()


class PayBlock(LiveBlock):
    """Posted pay of some groups, on one axis."""

    title = blocks.CharBlock(max_length=120)
    groups = blocks.ListBlock(PayGroupBlock(), min_num=1, max_num=12)

    def figures(self, value):
        return live.pay_rows(
            [(group["label"], group["criteria"].pay) for group in value["groups"]]
        )

    class Meta:
        icon = "form"
        template = "blocks/pay.html"
        group = "Live"


class MapBlock(LiveBlock):
    """A role between those that lead to it and those it leads to."""

    role = SlugBlock(choices=roles)

    def figures(self, value):
        return value["role"]

    class Meta:
        icon = "site"
        label = "Map around a role"
        template = "blocks/map.html"
        group = "Live"


class ComparisonBlock(LiveBlock):
    """Credentials side by side, from the facts on their pages."""

    credentials = SeveralBlock(choices=credentials, required=True)

    def clean(self, value):
        cleaned = super().clean(value)
        number = len(cleaned["credentials"] or ())
        if not self.is_deferred_validation and not 2 <= number <= comparison.MOST:
            message = f"Choose from 2 to {comparison.MOST} credentials."
            raise blocks.StructBlockValidationError(
                {"credentials": ValidationError(message)}
            )
        return cleaned

    def figures(self, value):
        return comparison.of(value["credentials"])

    class Meta:
        icon = "key"
        label = "Comparison of credentials"
        template = "blocks/comparison.html"
        group = "Live"


class ActionBlock(blocks.StructBlock):
    """One thing to do next."""

    label = blocks.CharBlock(max_length=80, help_text="The verb of what happens.")
    url = blocks.CharBlock(
        max_length=500, validators=[here_or_elsewhere], label="Address"
    )
    text = blocks.CharBlock(max_length=250, required=False)

    class Meta:
        icon = "arrow-right"
        label = "Call to action"
        template = "blocks/action.html"
        group = "Live"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=120)
    text = TextBlock()
    callout = CalloutBlock()
    table = TableBlock()
    faq = FaqBlock()
    steps = StepsBlock()
    fact = FactBlock()
    figure = FigureBlock()
    sources = SourcesBlock()
    openings = OpeningsBlock()
    listings = ListingsBlock()
    pay = PayBlock()
    map = MapBlock()
    comparison = ComparisonBlock()
    action = ActionBlock()
