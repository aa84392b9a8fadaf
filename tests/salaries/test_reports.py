"""What editors read in the admin: pay that is left out, and the official wages."""

import csv
from decimal import Decimal
from io import StringIO

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from careers.accounts.models import User
from careers.salaries.models import OfficialWage
from tests.jobs.factories import JobListingFactory

pytestmark = pytest.mark.django_db

LEFT_OUT = "pay_left_out"
WAGES = "official_wages"


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("editor@board.example", "secret"))
    return client


@pytest.fixture
def left_out():
    """Listings by the reason for which their pay is not counted."""
    return {
        "no-quota": JobListingFactory(title="By the chart", per_chart=True),
        "too-low": JobListingFactory(title="Low", pay_minimum=Decimal("2.50")),
        "too-high": JobListingFactory(title="High", pay_maximum=Decimal("95000.00")),
        "zero": JobListingFactory(title="Zero", pay_minimum=Decimal("0.00")),
    }


def rows(response):
    """The lines of the report's table, cell by cell."""
    html = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in html.select("main table tbody tr")
    ]


def test_pay_that_is_not_counted_is_listed_with_its_reason(admin, left_out):
    shown = {row[0]: row[3:5] for row in rows(admin.get(reverse(LEFT_OUT)))}
    assert shown == {
        "By the chart": [
            "$1.50–2.00 a chart",
            "Paid by the chart, no quota given",
        ],
        "Low": ["$2.50–36.00 an hour", "Under $10,000 a year"],
        "High": ["$27.00–95,000.00 an hour", "Over $1,000,000 a year"],
        "Zero": ["$0.00–36.00 an hour", "Starts at zero"],
    }


def test_silence_and_counted_pay_are_no_mistakes(admin):
    JobListingFactory(unpaid=True)
    JobListingFactory()
    JobListingFactory(per_chart=True, draft=True)
    assert rows(admin.get(reverse(LEFT_OUT))) == []


@pytest.mark.parametrize("reason", ["no-quota", "too-low", "too-high", "zero"])
def test_a_reason_is_chosen_by_the_filter(admin, left_out, reason):
    shown = rows(admin.get(reverse(LEFT_OUT), {"reason": reason}))
    assert [row[0] for row in shown] == [left_out[reason].title]


def test_each_line_leads_to_the_form_where_it_is_mended(admin, left_out):
    html = BeautifulSoup(admin.get(reverse(LEFT_OUT)).content, "html.parser")
    listing = left_out["zero"]
    url = html.find("a", string=lambda text: text and text.strip() == "Zero")["href"]
    assert url == reverse("wagtailsnippets_jobs_joblisting:edit", args=[listing.pk])
    assert admin.get(url).status_code == 200


def test_a_listing_that_is_mended_leaves_the_report(admin, left_out):
    listing = left_out["zero"]
    listing.pay_minimum = Decimal("28.00")
    listing.save()
    assert "Zero" not in [row[0] for row in rows(admin.get(reverse(LEFT_OUT)))]


def test_the_report_downloads_as_a_table(admin, left_out):
    response = admin.get(reverse(LEFT_OUT), {"export": "csv", "reason": "too-low"})
    text = b"".join(response.streaming_content).decode()
    (row,) = csv.DictReader(StringIO(text))
    assert row["Listing"] == str(left_out["too-low"].pk)
    assert row["Pay as posted"] == "$2.50–36.00 an hour"
    assert row["Why"] == "Under $10,000 a year"
    assert ".csv" in response["Content-Disposition"]


def test_lines_do_not_cost_queries(admin, left_out, django_assert_max_num_queries):
    JobListingFactory.create_batch(8, per_chart=True)
    admin.get(reverse(LEFT_OUT))
    with django_assert_max_num_queries(25) as few:
        admin.get(reverse(LEFT_OUT), {"reason": "zero"})
    with django_assert_max_num_queries(len(few)):
        admin.get(reverse(LEFT_OUT), {"reason": "no-quota"})


@pytest.mark.parametrize("report", [LEFT_OUT, WAGES])
@pytest.mark.parametrize(
    ("permission", "status"), [("change_joblisting", 200), ("change_employer", 302)]
)
def test_reports_are_for_those_who_work_with_listings(
    client, report, permission, status
):
    user = User.objects.create_user("someone@board.example", "secret")
    group = Group.objects.create(name="Some")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", permission])
    )
    user.groups.add(group)
    client.force_login(user)
    assert client.get(reverse(report)).status_code == status
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(report) in menu) == (status == 200)


def test_who_may_not_edit_reads_without_links(client, left_out):
    user = User.objects.create_user("someone@board.example", "secret")
    group = Group.objects.create(name="Some")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_joblisting"])
    )
    user.groups.add(group)
    client.force_login(user)
    html = client.get(reverse(LEFT_OUT)).content.decode()
    listing = left_out["zero"]
    assert "Zero" in html
    assert (
        reverse("wagtailsnippets_jobs_joblisting:edit", args=[listing.pk]) not in html
    )


def test_official_wages_are_read_and_searched(admin):
    call_command("load_wages", verbosity=0)
    wage = OfficialWage.objects.get(soc="29-2072", area="OH")
    shown = rows(admin.get(reverse(WAGES), {"q": "Ohio"}))
    assert [wage.soc, wage.area_name] in [row[1:3] for row in shown]
    assert all("Ohio" in row[2] or "OH" in row[2] for row in shown)
