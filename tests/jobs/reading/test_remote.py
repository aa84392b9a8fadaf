import pytest

from careers.jobs.reading.facts import StatesRead
from careers.jobs.reading.remote import read_remote
from careers.jobs.reading.text import Text

STATUS = (
    ("", "This is not a remote position.", "onsite", None),
    ("", "No remote work available.", "onsite", None),
    ("", "Remote work is not available.", "onsite", None),
    ("", "Telework eligible: No", "onsite", None),
    ("", "Experience with remote patient monitoring billing.", None, None),
    ("", "Remote access to the EHR is provided.", None, None),
    ("", "Travel to remote locations.", None, None),
    ("", "This position is remote after 90 days of onsite training.", "remote", None),
    ("", "Hybrid: 2 days in office per week", "hybrid", 2),
    ("", "100% remote", "remote", None),
    ("", "This is a fully remote position.", "remote", None),
    ("", "Work from home!", "remote", None),
    ("", "WFH", "remote", None),
    ("", "Telework up to 3 days a week.", "hybrid", 2),
    ("", "Employees may be eligible for telework.", None, None),
    ("", "Position is located onsite at Mercy Hospital.", "onsite", None),
    ("", "Work Location: Remote", "remote", None),
    ("", "Work Location: In person", "onsite", None),
    ("", "Work Location: Hybrid remote in Dallas, TX 75201", "hybrid", None),
    ("Inpatient Coder - Remote", "We are a hospital.", "remote", None),
    ("Remote Inpatient Coder (Hybrid)", "x", "hybrid", None),
    ("Medical Coder (Onsite)", "x", "onsite", None),
    ("Coder", "On-site position. Free on-site gym.", "onsite", None),
    ("Coder", "Enjoy our on-site gym and cafeteria", None, None),
    ("Coder", "Supervises remote coders and onsite staff", None, None),
    (
        "Coder",
        "The schedule is hybrid, with three days on-site and two days remote.",
        "hybrid",
        3,
    ),
    ("Coder", "Remote or onsite", None, None),
    ("Coder", "Location: Remote (must reside in TX)", "remote", None),
    ("Coder", "You will work remotely from your home office.", "remote", None),
    ("Coder", "This is an in-office position, Monday through Friday", "onsite", None),
    ("Coder", "Remote opportunity with a two-week onsite training", "remote", None),
    (
        "Coder",
        "The position requires on-site training for the first 4 weeks and then "
        "transitions to remote work.",
        "remote",
        None,
    ),
    ("Coder", "Ability to work independently in a remote environment", None, None),
    ("Coder", "Must be able to work onsite 5 days per week", "onsite", None),
    ("Coder", "Remote work may be possible after training", None, None),
    ("Coder", "Two days per week from home after training", None, None),
    ("Coder", "Position is partially remote", "hybrid", None),
    ("Coder", "100% on-site", "onsite", None),
    ("Coder", "This role is on-site in our Tulsa, OK office.", "onsite", None),
    ("Coder", "Maintain hybrid medical record", None, None),
    ("Coder", "Job Type: Full-time, remote", "remote", None),
    ("Coder", "Work remote: Temporarily due to COVID-19", None, None),
    ("Coder", "This position is not eligible for remote work", "onsite", None),
    (
        "Coder",
        "We are looking for a remote HCC coder to join our team.",
        "remote",
        None,
    ),
    ("Coder", "Remote (US)", "remote", None),
    (
        "Coder",
        "You must be able to commute to our office three days per week",
        None,
        None,
    ),
    ("Coder", "Remote eligible", None, None),
    ("Coder", "Benefits:\n- Fully remote", "remote", None),
    ("Coder", "work in the office 2 days/week and from home 3 days/week", "hybrid", 2),
    ("Coder", "Telecommuting position", "remote", None),
    ("Coder", "This job is 100% work-from-home.", "remote", None),
    ("", "Onsite, hybrid and remote options available", None, None),
    ("", "We offer remote work opportunities", None, None),
    (
        "",
        "You will enjoy the flexibility to work remotely* from anywhere within "
        "the U.S.",
        "remote",
        None,
    ),
    (
        "",
        "This is a hybrid role requiring 3 days a week in our Austin office",
        "hybrid",
        3,
    ),
    ("", "Join our remote team of coders!", None, None),
    ("", "Mon-Fri, on site.", "onsite", None),
    ("", "Mon-Thu 8-5, Fri 8-12, on site.", "onsite", None),
    ("", "Full time, onsite.", "onsite", None),
    ("", "CEU courses, on-site gym.", None, None),
    ("", "Remote eligible in: AZ, CO, FL", "remote", None),
    ("", "Remote eligibility is up to the manager.", None, None),
    ("", "Approved remote states: GA, NC, SC.", "remote", None),
    ("", "This role can be performed from anywhere in the US.", "remote", None),
    ("", "Full remote; CPC required.", "remote", None),
    ("", "This role is open in Texas and Nevada; remote.", "remote", None),
    ("", "A dental group is hiring a remote dental biller.", "remote", None),
    ("", "We hire remote coders in 22 states.", "remote", None),
)


@pytest.mark.parametrize(("title", "words", "status", "days"), STATUS)
def test_place_of_work_and_days_on_site(title, words, status, days):
    remote, days_on_site, _ = read_remote(title, Text.of(words))
    assert (remote.value if remote else None) == status
    assert (days_on_site.value if days_on_site else None) == days


STATES = (
    ("Must reside in OH, KY or IN.", "allow OH KY IN"),
    ("Remote (TX, OK, LA only)", "allow TX OK LA"),
    (
        "Candidates must live in one of the following states: Texas, Florida, "
        "or Georgia.",
        "allow TX FL GA",
    ),
    ("Hiring in all states except CA, NY, CO", "deny CA NY CO"),
    ("This position is not available to residents of California.", "deny CA"),
    ("Remote but Alabama based", "allow AL"),
    ("Must be a Florida resident", "allow FL"),
    ("Must live within commuting distance of Nashville, TN", None),
    ("Within 50 miles of Dallas, TX", None),
    ("Open to candidates anywhere in the United States", "anywhere"),
    ("Remote, nationwide", "anywhere"),
    ("Remote - US", None),
    ("Remote, USA", None),
    ("Must be licensed in TX", None),
    ("MUST RESIDE IN OH, KY OR IN", "allow OH KY IN"),
    ("Must live in WA, OR, or CA", "allow WA OR CA"),
    ("We have clinics in TX, OK and LA.", None),
    ("The pay range for residents of Colorado is $20-$25", None),
    ("For candidates in California, the pay range is $30 - $40 per hour", None),
    ("We hire in the following states:\nAlabama\nFlorida\nTennessee", "allow AL FL TN"),
    ("We are unable to hire in CA, CO, NY, or WA at this time.", "deny CA CO NY WA"),
    ("Remote within the state of Texas", "allow TX"),
    ("Remote position for Texas residents only", "allow TX"),
    ("Remote – must reside in West Virginia or Virginia", "allow WV VA"),
    ("Must live in Washington, DC, Maryland or Virginia", "allow DC MD VA"),
    ("Serving VA hospitals. VA experience preferred.", None),
    ("Texas residents preferred", None),
    (
        "Eligible states: AL, AR, FL, GA, ID, IN, IA, KS, ME",
        "allow AL AR FL GA ID IN IA KS ME",
    ),
    (
        "This is a remote position, excluding residents of California and New York",
        "deny CA NY",
    ),
    ("Candidates residing in CA, NY are not eligible for this role", "deny CA NY"),
    ("We do not consider candidates outside of Texas", "allow TX"),
    ("Remote or hybrid. A/R experience. PA or MD credentials", None),
    ("REMOTE OR ONSITE", None),
    ("Our offices are located in Ohio and Kentucky.", None),
    ("Applicants must reside in Minnesota or Wisconsin.", "allow MN WI"),
    ("Work from anywhere in the U.S.", "anywhere"),
    ("You can live in any state.", "anywhere"),
    ("Remote (excluding CA and NY)", "deny CA NY"),
    ("Must be located in Missouri, Kansas, or Illinois", "allow MO KS IL"),
    ("Remote in Arizona", "allow AZ"),
    (
        "Employees must reside in one of these approved states (AZ, CO, NM)",
        "allow AZ CO NM",
    ),
    ("Position not available in California, Hawaii or Alaska", "deny CA HI AK"),
    ("We can hire from all 50 states", "anywhere"),
    ("Remote - Must live in Kansas City, MO area", None),
    ("Must reside in New York City", None),
    ("Currently hiring in: FL, GA, NC, SC, TN", "allow FL GA NC SC TN"),
    ("Remote - FL, GA", "allow FL GA"),
    ("Knowledge of Ohio Medicaid billing", None),
    ("Remote work is available to employees living in IL, IN, or WI", "allow IL IN WI"),
    ("Our remote team may live anywhere in the US except California", "deny CA"),
    ("Remote, must be able to work EST hours. Located in Ohio? Apply!", None),
    ("California applicants: see our privacy notice", None),
    ("No California or New York residents", "deny CA NY"),
    ("Texas-based candidates only", "allow TX"),
    (
        "You must reside in a state where we are registered: GA, FL, SC, VA",
        "allow GA FL SC VA",
    ),
    (
        "Eligible to work in these states: Alabama, Georgia (excluding Atlanta), Texas",
        "allow AL GA TX",
    ),
    ("Applicants living in CA, CT, NY will not be considered", "deny CA CT NY"),
    (
        "Candidates may live in any of these states: Arizona, Nevada, Utah.",
        "allow AZ NV UT",
    ),
    ("Work from home in one of 20 states (AL, AR, GA)", "allow AL AR GA"),
    ("Must be willing to travel to clinics in IN and OH", None),
    ("Remote eligible in: AZ, CO, FL", "allow AZ CO FL"),
    ("Remote: Yes, must live in IL/IN/WI", "allow IL IN WI"),
    ("Candidates outside of Michigan will not be considered.", "allow MI"),
    (
        "Candidates in IL, IN and WI welcome; we cannot consider people outside of "
        "these states.",
        "allow IL IN WI",
    ),
    ("Remote. No state restrictions.", "anywhere"),
)


@pytest.mark.parametrize(("words", "stated"), STATES)
def test_states_that_the_text_hires_from(words, stated):
    """``stated`` is the basis and the states, None where nothing is stated."""
    *_, states = read_remote("Medical Coder", Text.of(words))
    if stated is None:
        assert states is None
    else:
        basis, *listed = stated.split()
        assert states.value == StatesRead(basis, tuple(sorted(listed)))


@pytest.mark.parametrize(
    ("title", "location", "listed"),
    [
        ("Medical Coder - Remote - Texas", "", ("TX",)),
        ("Medical Coder", "Remote (OH, KY)", ("KY", "OH")),
        ("Medical Coder", "Remote - Dallas, TX", None),
        ("Medical Coder", "Columbus, OH", None),
        ("Remote Coder", "United States", None),
    ],
)
def test_title_and_location_may_limit_the_states(title, location, listed):
    *_, states = read_remote(title, Text.of("Codes charts."), location)
    assert (states.value.listed if states else None) == listed
