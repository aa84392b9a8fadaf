"""What sample listings are made of: for each role, what such work asks and does.

The facts follow the field (rules of credentials, code sets by setting, software);
the sentences are the project's own. Everything made from them is marked as a sample.
"""

from dataclasses import dataclass

HOSPITALS = (
    "hospital",
    "academic-medical-center",
    "health-system",
    "childrens-hospital",
    "critical-access-hospital",
)
PRACTICES = (
    "physician-practice",
    "multispecialty-group",
    "health-center",
    "urgent-care",
    "oncology",
    "imaging",
    "behavioral-health",
    "rural-health-clinic",
    "dental",
    "telehealth",
    "therapy",
    "dialysis",
)
FACILITIES = ("surgery-center", "hospital-outpatient", "urgent-care")
POST_ACUTE = ("home-health", "hospice", "skilled-nursing", "inpatient-rehab")
PAYERS = ("payer", "accountable-care", "third-party-administrator")
VENDORS = ("billing-company", "coding-vendor", "staffing-agency", "consulting")
GOVERNMENT = ("veterans-affairs", "state-county", "indian-health", "defense-health")
SUPPLIERS = (
    "laboratory",
    "medical-equipment",
    "ambulance",
    "pharmacy-infusion",
    "records-vendor",
    "health-it",
    "correctional",
    "education",
    "retail-clinic",
    "long-term-acute-care",
)

PROFEE_SPECIALTIES = (
    "cardiology",
    "orthopedics",
    "general-surgery",
    "gastroenterology",
    "ob-gyn",
    "emergency-medicine",
    "primary-care",
    "urology",
    "neurology",
    "radiology",
    "anesthesia",
    "pediatrics",
    "ophthalmology",
    "dermatology",
    "pain-management",
)

# A rule is (groups, preferred); a group is (any of, apprentice accepted, months).
Group = tuple[tuple[str, ...], bool, int | None]
Rule = tuple[tuple[Group, ...], tuple[str, ...]]


def due(*any_of: str, apprentice: bool = False) -> Group:
    return any_of, apprentice, None


def later(*any_of: str, months: int) -> Group:
    return any_of, False, months


@dataclass(frozen=True)
class Recipe:
    settings: tuple[str, ...]
    duties: tuple[str, ...]
    rules: tuple[Rule | None, ...]
    codesets: tuple[str, ...] = ()
    software: tuple[str, ...] = ("epic", "oracle-health", "meditech", "athenahealth")
    specialties: tuple[str, ...] = ()
    experience: tuple[int | None, ...] = (12, 24, 24, 36, None)
    remote_share: float = 0.5
    quota: tuple[tuple[int, str], ...] = ()
    tests: bool = False


CODER_SOFTWARE = (
    "epic",
    "oracle-health",
    "meditech",
    "solventum-360",
    "optum-encoderpro",
    "trucode",
    "aapc-codify",
)
BILLER_SOFTWARE = (
    "epic",
    "athenahealth",
    "eclinicalworks",
    "nextgen",
    "waystar",
    "availity",
    "advancedmd",
    "modmed",
)
NO_CREDENTIAL: Rule = ((), ())

RECIPES: dict[str, Recipe] = {
    "patient-access-representative": Recipe(
        settings=HOSPITALS + FACILITIES + ("health-center",),
        duties=(
            "Register patients, confirm identity and collect signed consents.",
            "Enter insurance details and explain what is owed at the visit.",
            "Answer the registration line and route calls.",
        ),
        rules=(NO_CREDENTIAL, None, ((), ("CRCR",))),
        experience=(0, 0, 6, 12),
        remote_share=0.05,
    ),
    "insurance-verification-specialist": Recipe(
        settings=HOSPITALS + PRACTICES + ("pharmacy-infusion",),
        duties=(
            "Verify eligibility and benefits before the visit.",
            "Obtain prior authorizations and record their numbers.",
            "Tell the care team when an authorization is denied or runs out.",
        ),
        rules=(NO_CREDENTIAL, None, ((), ("CRCS",))),
        software=BILLER_SOFTWARE,
        experience=(6, 12, 12, 24),
        remote_share=0.45,
    ),
    "billing-clerk": Recipe(
        settings=PRACTICES + ("billing-company", "ambulance", "laboratory"),
        duties=(
            "Enter charges from encounter forms and check them against the schedule.",
            "Correct claims that the scrubber rejects.",
            "Print and mail patient statements.",
        ),
        rules=(NO_CREDENTIAL, None, ((), ("CBCS", "CPB"))),
        codesets=("cpt", "icd-10-cm"),
        software=BILLER_SOFTWARE,
        experience=(0, 6, 12),
        remote_share=0.2,
    ),
    "payment-poster": Recipe(
        settings=HOSPITALS + PRACTICES + ("billing-company",),
        duties=(
            "Post payments from electronic and paper remittance advice.",
            "Balance each batch against the deposit.",
            "Send credit balances and unknown payments to be researched.",
        ),
        rules=(NO_CREDENTIAL, None, ((), ("CRCR",))),
        software=BILLER_SOFTWARE,
        experience=(6, 12, 12, 24),
        remote_share=0.4,
    ),
    "him-technician": Recipe(
        settings=HOSPITALS + GOVERNMENT + ("records-vendor", "correctional"),
        duties=(
            "Process requests for release of information under HIPAA.",
            "Scan, index and check the record for missing signatures.",
            "Merge duplicate record numbers.",
        ),
        rules=(((due("RHIT", "RHIA"),), ()), NO_CREDENTIAL, None, ((), ("RHIT",))),
        experience=(0, 6, 12, None),
        remote_share=0.2,
    ),
    "medical-biller": Recipe(
        settings=PRACTICES
        + ("billing-company", "surgery-center", "medical-equipment", "laboratory"),
        duties=(
            "Submit CMS-1500 claims each day and work the clearinghouse edits.",
            "Follow unpaid claims and correct what the payer rejected.",
            "Answer patients' questions about their balance.",
        ),
        rules=(
            ((due("CPB", "CPC", "CBCS"),), ()),
            ((due("CPC", apprentice=True),), ("CPB",)),
            NO_CREDENTIAL,
            ((), ("CPB", "CMRS")),
            None,
        ),
        codesets=("cpt", "icd-10-cm", "hcpcs", "cms-1500"),
        software=BILLER_SOFTWARE,
        specialties=PROFEE_SPECIALTIES,
        experience=(12, 12, 24, 24, None),
        remote_share=0.4,
    ),
    "patient-account-representative": Recipe(
        settings=HOSPITALS + ("billing-company", "health-system"),
        duties=(
            "Explain statements and take payments by telephone.",
            "Set up payment plans and screen for financial assistance.",
            "Bill secondary insurance when coverage turns up late.",
        ),
        rules=(NO_CREDENTIAL, ((later("CRCR", months=12),), ()), None),
        experience=(0, 12, 12, 24),
        remote_share=0.5,
    ),
    "denials-specialist": Recipe(
        settings=HOSPITALS + ("billing-company", "multispecialty-group"),
        duties=(
            "Read the remittance codes, find the cause and appeal what can be won.",
            "Work the oldest and largest accounts first to hold days in A/R.",
            "Report which payers deny what, so that it is mended at the source.",
        ),
        rules=(
            ((due("CPC", "CPB", "CRCR"),), ()),
            ((), ("CRCR", "CPC")),
            NO_CREDENTIAL,
            None,
        ),
        codesets=("cpt", "icd-10-cm", "ub-04", "ncci"),
        software=BILLER_SOFTWARE,
        experience=(12, 24, 24, 36),
        remote_share=0.6,
        quota=((40, "day"), (6, "hour")),
    ),
    "entry-coder": Recipe(
        settings=PRACTICES + VENDORS + HOSPITALS[:2],
        duties=(
            "Code office visits under a lead who reviews every chart at first.",
            "Learn the edits of each payer and correct rejected claims.",
            "Move to your own queue when the review holds at the standard.",
        ),
        rules=(
            ((due("CPC", "CCA", apprentice=True),), ()),
            ((due("CPC", "COC", apprentice=True),), ()),
            ((due("CPC-A", "CCA"),), ()),
            ((later("CPC", months=12),), ()),
        ),
        codesets=("cpt", "icd-10-cm", "hcpcs", "e-m"),
        software=CODER_SOFTWARE,
        experience=(0, 0, 0, 6),
        remote_share=0.35,
        tests=True,
    ),
    "medical-coder": Recipe(
        settings=HOSPITALS + PRACTICES + VENDORS + GOVERNMENT,
        duties=(
            "Assign diagnosis and procedure codes from the finished record.",
            "Query the provider where the documentation does not say enough.",
            "Keep up with code updates and payer policy.",
        ),
        rules=(
            ((due("CPC", "CCS", "RHIT"),), ()),
            ((due("CPC", "CCS", "COC", "RHIT", "RHIA"),), ()),
            ((due("CCA", "CCS", "CPC", apprentice=True),), ()),
            None,
        ),
        codesets=("icd-10-cm", "cpt", "hcpcs"),
        software=CODER_SOFTWARE,
        experience=(12, 24, 24, 36),
        remote_share=0.55,
        tests=True,
    ),
    "profee-coder": Recipe(
        settings=PRACTICES + ("academic-medical-center", "coding-vendor"),
        duties=(
            "Code professional services and procedures from the note.",
            "Apply modifiers and resolve NCCI edits before the claim goes out.",
            "Show providers, with their own charts, what the note must say.",
        ),
        rules=(
            ((due("CPC", "CCS-P"),), ()),
            ((due("CPC", apprentice=True),), ()),
            ((due("CPC", "CCS-P", "RHIT"),), ("CEMC",)),
            None,
        ),
        codesets=("cpt", "icd-10-cm", "e-m", "modifiers", "ncci"),
        software=CODER_SOFTWARE,
        specialties=PROFEE_SPECIALTIES,
        experience=(12, 24, 24, 36, None),
        remote_share=0.65,
        quota=((15, "hour"), (100, "day"), (20, "hour")),
        tests=True,
    ),
    "outpatient-coder": Recipe(
        settings=HOSPITALS + FACILITIES + ("coding-vendor",),
        duties=(
            "Code emergency, observation, same-day surgery and clinic accounts.",
            "Work claim edits and medical-necessity denials with the billing office.",
            "Check charges against the record before final billing.",
        ),
        rules=(
            ((due("COC", "CPC", "CCS"),), ()),
            ((due("CCS", "RHIT", "COC"),), ()),
            ((due("COC", "CPC", apprentice=True),), ()),
            None,
        ),
        codesets=("cpt", "hcpcs", "icd-10-cm", "apc", "ncci", "modifiers"),
        software=CODER_SOFTWARE,
        specialties=("emergency-medicine", "general-surgery", "radiology"),
        experience=(12, 24, 24, 36),
        remote_share=0.65,
        quota=((12, "hour"), (25, "day"), (30, "day")),
        tests=True,
    ),
    "risk-adjustment-coder": Recipe(
        settings=PAYERS + ("coding-vendor", "multispecialty-group"),
        duties=(
            "Review charts for conditions that the documentation supports.",
            "Record the page and date of service for every code kept or removed.",
            "Take part in RADV and year-end reviews.",
        ),
        rules=(
            ((due("CRC"),), ()),
            ((due("CRC", "CPC"),), ()),
            ((due("CPC", "CCS", "RHIT"), later("CRC", months=6)), ()),
            ((due("CPC", apprentice=True),), ("CRC",)),
        ),
        codesets=("icd-10-cm", "cms-hcc", "hhs-hcc", "rx-hcc"),
        software=("epic", "optum-ecac", "aapc-codify", "cotiviti"),
        experience=(12, 12, 24, 36),
        remote_share=0.9,
        quota=((8, "hour"), (60, "day"), (10, "hour")),
        tests=True,
    ),
    "specialty-coder": Recipe(
        settings=PRACTICES + ("academic-medical-center", "surgery-center"),
        duties=(
            "Code operative notes of one specialty, from the first cut to closure.",
            "Settle bundling questions with the surgeons and write them down.",
            "Follow the specialty's coding changes through the year.",
        ),
        rules=(
            ((due("CPC", "CCS-P"),), ("CGSC", "COSC", "CIRCC")),
            ((due("CPC"), due("COSC", "CGSC", "CIRCC", "CCC")), ()),
            ((due("CPC", "RCC", "CIRCC"),), ()),
        ),
        codesets=("cpt", "icd-10-cm", "modifiers", "ncci", "hcpcs"),
        software=CODER_SOFTWARE,
        specialties=PROFEE_SPECIALTIES,
        experience=(24, 36, 36, 60),
        remote_share=0.65,
        quota=((30, "day"), (6, "hour")),
        tests=True,
    ),
    "inpatient-coder": Recipe(
        settings=HOSPITALS + ("coding-vendor", "veterans-affairs"),
        duties=(
            "Code inpatient stays in ICD-10-CM and ICD-10-PCS and settle the DRG.",
            "Assign present-on-admission indicators and discharge disposition.",
            "Send compliant queries and work with the CDI specialists.",
        ),
        rules=(
            ((due("CCS", "CIC", "RHIT"),), ("RHIA",)),
            ((due("CCS"),), ()),
            ((due("RHIT", "RHIA", "CCS"),), ()),
            ((due("RHIT", "RHIA"), due("CCS", "CIC")), ()),
        ),
        codesets=("icd-10-cm", "icd-10-pcs", "ms-drg", "apr-drg"),
        software=CODER_SOFTWARE,
        experience=(24, 24, 36, 36, 60),
        remote_share=0.75,
        quota=((2, "hour"), (16, "day"), (12, "day")),
        tests=True,
    ),
    "revenue-integrity-analyst": Recipe(
        settings=HOSPITALS + ("consulting", "health-system"),
        duties=(
            "Keep the chargemaster true to the codes and to what departments do.",
            "Find charges that were missed and mend the cause.",
            "Answer for charge edits with clinical departments.",
        ),
        rules=(
            ((due("COC", "CPC", "CRIP"),), ()),
            ((due("CPC", "COC", "CCS", "RHIT"),), ("CRIP",)),
            None,
        ),
        codesets=("cpt", "hcpcs", "ub-04", "apc", "ncci", "lcd-ncd"),
        experience=(24, 36, 36, 60),
        remote_share=0.6,
    ),
    "cdi-specialist": Recipe(
        settings=HOSPITALS + ("consulting", "payer"),
        duties=(
            "Read records while the patient is in the house and query what is unclear.",
            "Meet with physicians on how severity and risk are documented.",
            "Reconcile the working DRG with the coders after discharge.",
        ),
        rules=(
            ((due("CCDS", "CDIP"),), ()),
            ((due("CCS", "RHIA", "RHIT"), later("CCDS", "CDIP", months=24)), ()),
            ((), ("CCDS", "CDIP")),
        ),
        codesets=("icd-10-cm", "icd-10-pcs", "ms-drg", "apr-drg"),
        software=("epic", "oracle-health", "meditech", "solventum-360", "iodine"),
        experience=(24, 36, 36, 60),
        remote_share=0.5,
    ),
    "health-data-analyst": Recipe(
        settings=HOSPITALS + PAYERS + ("health-it", "state-county"),
        duties=(
            "Build reports on coding, quality and denials from the warehouse.",
            "Check data sent to registries and payers.",
            "Explain to managers what the numbers can and cannot say.",
        ),
        rules=(((), ("CHDA", "RHIA")), ((due("RHIA", "CHDA"),), ()), None),
        codesets=("icd-10-cm", "ms-drg", "snomed-ct"),
        experience=(12, 24, 36),
        remote_share=0.55,
    ),
    "cancer-registrar": Recipe(
        settings=HOSPITALS + ("oncology", "veterans-affairs", "consulting"),
        duties=(
            "Find and abstract cancer cases to state and national standards.",
            "Follow patients each year and keep the follow-up rate.",
            "Prepare cases for the tumor board.",
        ),
        rules=(
            ((due("ODS"),), ()),
            ((later("ODS", months=36),), ()),
            ((due("ODS"),), ("RHIT",)),
        ),
        codesets=("icd-o-3", "icd-10-cm"),
        specialties=("hematology-oncology",),
        experience=(12, 24, 36),
        remote_share=0.65,
    ),
    "billing-supervisor": Recipe(
        settings=HOSPITALS + PRACTICES + ("billing-company", "ambulance"),
        duties=(
            "Lead a team of billers and posters and balance their work.",
            "Watch days in A/R, clean-claim rate and denials each week.",
            "Train new staff and settle payer problems.",
        ),
        rules=(((due("CPB", "CPC", "CRCP"),), ()), ((), ("CRCP", "CPPM")), None),
        codesets=("cpt", "icd-10-cm", "cms-1500", "ub-04"),
        software=BILLER_SOFTWARE,
        experience=(36, 36, 60),
        remote_share=0.25,
    ),
    "coding-auditor": Recipe(
        settings=HOSPITALS + VENDORS + PAYERS + ("veterans-affairs",),
        duties=(
            "Review coded accounts for accuracy and write findings with their source.",
            "Answer rebuttals and hold results to one standard.",
            "Report patterns and propose training.",
        ),
        rules=(
            ((due("CPC", "CCS", "RHIT"), later("CPMA", months=6)), ()),
            ((due("CPMA"),), ()),
            ((due("CCS", "CPC"), due("CPMA", "CRC", "CIC")), ()),
            ((due("CCS", "RHIA", "RHIT", "CPC"),), ("CPMA",)),
        ),
        codesets=("icd-10-cm", "cpt", "ms-drg", "e-m", "hcpcs"),
        software=CODER_SOFTWARE,
        experience=(36, 36, 60),
        remote_share=0.8,
        tests=True,
    ),
    "coding-educator": Recipe(
        settings=HOSPITALS + ("consulting", "education", "payer"),
        duties=(
            "Teach coders and providers in class, in writing and chart by chart.",
            "Turn audit findings and code updates into lessons.",
            "Bring new coders to standard.",
        ),
        rules=(
            ((due("CPC", "CCS", "RHIT", "RHIA"),), ("CPC-I", "CPMA")),
            ((due("CPC"), due("CPMA", "CPC-I")), ()),
        ),
        codesets=("icd-10-cm", "cpt", "e-m"),
        experience=(36, 60, 60),
        remote_share=0.55,
    ),
    "compliance-analyst": Recipe(
        settings=HOSPITALS + PAYERS + ("consulting", "laboratory"),
        duties=(
            "Follow the compliance work plan and write what was found.",
            "Look into reported concerns and repay what must be repaid.",
            "Advise on policy for coding and billing.",
        ),
        rules=(((due("CPCO", "CHC"),), ()), ((), ("CHC", "CPCO", "CPC")), None),
        codesets=("cpt", "icd-10-cm", "lcd-ncd"),
        experience=(36, 36, 60),
        remote_share=0.4,
    ),
    "coding-supervisor": Recipe(
        settings=HOSPITALS + ("coding-vendor", "multispecialty-group"),
        duties=(
            "Lead coders' daily work: queues, quality, time off and growth.",
            "Hold unbilled accounts within the goal.",
            "Meet with CDI, billing and physicians on shared problems.",
        ),
        rules=(
            ((due("CCS", "CPC", "RHIT", "RHIA"),), ()),
            ((due("RHIA", "RHIT"), due("CCS")), ()),
        ),
        codesets=("icd-10-cm", "icd-10-pcs", "cpt"),
        software=CODER_SOFTWARE,
        experience=(36, 60),
        remote_share=0.55,
    ),
    "coding-manager": Recipe(
        settings=HOSPITALS + ("coding-vendor", "payer"),
        duties=(
            "Run the coding department: staff, budget, vendors and quality.",
            "Set the audit plan and answer for its results.",
            "Plan for code updates and new systems.",
        ),
        rules=(((due("RHIA", "RHIT", "CCS", "CPC"),), ()), ((due("RHIA", "CCS"),), ())),
        codesets=("icd-10-cm", "icd-10-pcs", "cpt", "ms-drg"),
        experience=(60, 60, 84),
        remote_share=0.5,
    ),
    "revenue-cycle-manager": Recipe(
        settings=HOSPITALS + PRACTICES + ("billing-company",),
        duties=(
            "Answer for the cycle from scheduling to a zero balance.",
            "Set goals for access, coding, billing and collections.",
            "Negotiate with payers and vendors.",
        ),
        rules=(((), ("CRCE", "CPPM", "CHFP")), None, ((due("CPPM", "CRCE"),), ())),
        software=BILLER_SOFTWARE,
        experience=(60, 60, 84),
        remote_share=0.3,
    ),
    "him-director": Recipe(
        settings=HOSPITALS + ("state-county",),
        duties=(
            "Direct health information: records, coding, privacy and release.",
            "Answer for the legal record and its retention.",
            "Sit on the compliance and documentation committees.",
        ),
        rules=(((due("RHIA"),), ("CHPS",)), ((due("RHIA", "RHIT"),), ())),
        experience=(60, 84),
        remote_share=0.2,
    ),
    "revenue-cycle-director": Recipe(
        settings=HOSPITALS + ("billing-company", "multispecialty-group"),
        duties=(
            "Direct patient access, HIM and business office as one cycle.",
            "Own cash, denials and cost to collect, and report them to the board.",
            "Lead the choice of systems and partners.",
        ),
        rules=(((), ("FHFMA", "CHFP", "CRCE")), None),
        experience=(84, 96),
        remote_share=0.25,
    ),
}

#: Settings that only certain roles meet, so that every setting has listings.
ODD_SETTINGS: dict[str, str] = {
    **dict.fromkeys(POST_ACUTE, "medical-biller"),
    **dict.fromkeys(SUPPLIERS, "medical-biller"),
    **dict.fromkeys(GOVERNMENT, "medical-coder"),
    **dict.fromkeys(PRACTICES, "profee-coder"),
}

BENEFITS = (
    "Medical, dental and vision from the first of the month. 401(k) with match.",
    "Health, dental, vision, 403(b) with 4% match, 20 days of paid time off.",
    "Medical and dental, paid holidays, 15 days of paid time off, AAPC dues paid.",
    "Full benefits from day 30, tuition help, CEUs paid, 401(k).",
    "Health plan, pension, 11 paid holidays, 13 days of leave in the first year.",
)
SCHEDULES = (
    "Monday to Friday, days",
    "Flexible hours, 40 a week",
    "Monday to Friday, 7:00 to 3:30",
    "Days, with one weekend a month",
    "Four 10-hour days",
    "Evenings",
)
