"""Short statements in the many styles of American ads, fact by fact.

Each is read by itself under a plain heading. A rule is written as in `written`: groups
by "&", the choices of a group by "/", "+A" where the apprentice form is accepted, "@6"
for six months after hire, preferred ones after "~"; "none" asks for none, "-" is no
rule at all.
"""

import pytest

from careers.jobs.reading.credentials import read_rule
from careers.jobs.reading.experience import read_experience
from careers.jobs.reading.pay import read_pay
from careers.jobs.reading.remote import read_remote
from careers.jobs.reading.roles import read_roles
from careers.jobs.reading.settings import read_settings
from careers.jobs.reading.terms import (
    read_accuracy,
    read_employment,
    read_quota,
)
from careers.jobs.reading.terms import read_test as read_skill_test
from careers.jobs.reading.text import Text
from careers.jobs.vocabulary_files import read_vocabulary

VOCABULARY = read_vocabulary()
DUTIES = Text.of(
    "Hospital and physician billing and ICD-10 coding; patient accounts, Medicare."
)

RULES = (
    ("Requirements\n- CPC, COC or CCS-P on day one", "CCS-P/COC/CPC"),
    ("Requirements\n- You don't need a certification. Really.", "none"),
    ("Requirements\n- CPC, COC or CCS req.", "CCS/COC/CPC"),
    ("Requirements\n- CPC/CCS Req'd", "CCS/CPC"),
    ("Requirements\n- Must have: CPC/CCS", "CCS/CPC"),
    ("Requirements\n- RHIT (preferred)", "none ~RHIT"),
    ("Requirements\n- CPC required. RHIT (preferred)", "CPC ~RHIT"),
    ("Requirements\n- CPC cert or ability to obtain within 12 mos", "CPC@12"),
    ("Requirements\n- CPC-A's welcome to apply!  CPC required", "CPC+A"),
    ("Requirements\n- CPC (no apprentices)", "CPC"),
    ("Requirements\n- Must be credentialed: RHIA, RHIT, CCS, CIC", "CCS/CIC/RHIA/RHIT"),
    ("Requirements\n- CPC & CRC required", "CPC & CRC"),
    ("Requirements\n- CPC or CCS; CRC a plus", "CCS/CPC ~CRC"),
    ("Requirements\n- CPC or CCS required, CRC preferred", "CCS/CPC ~CRC"),
    ("Requirements\n- CPMA preferred or must obtain within 1 yr", "CPMA@12"),
    ("Requirements\n- CPMA required within 1 year of hire", "CPMA@12"),
    ("Requirements\n- CRC within 12 months of hire; CPC at hire", "CPC & CRC@12"),
    ("Requirements\n- CPC, CPC-A, CCS, CCA or equivalent", "CCA/CCS/CPC/CPC-A"),
    ("Requirements\n- CPC or equivalent certification required", "CPC"),
    ("Requirements\n- RHIT/RHIA eligible", "none ~RHIA,RHIT"),
    ("Requirements\n- Certifications: None required", "none"),
    ("Requirements\n- License/Certification: N/A", "none"),
    ("Requirements\n- One of: CPC | COC | CCS | RHIT", "CCS/COC/CPC/RHIT"),
    ("Requirements\n- CCS w/ 3 yrs exp. or RHIT w/ 2 yrs exp.", "CCS/RHIT"),
    ("Requirements\n- CPC certification is a must", "CPC"),
    ("Requirements\n- CPC a must, CPMA is a bonus", "CPC ~CPMA"),
    ("Requirements\n- CPC needed", "CPC"),
    ("Requirements\n- Valid CPC from AAPC (CPC-A accepted)", "CPC+A"),
    ("Requirements\n- CPC or CPC-A required", "CPC/CPC-A"),
    ("Requirements\n- CPC (apprentice status okay)", "CPC+A"),
    ("Requirements\n- CPC plus CRC or CPMA required", "CPC & CPMA/CRC"),
    ("Requirements\n- Specialty cert (CGSC, COSC) desired", "none ~CGSC,COSC"),
    ("Requirements\n- ODS-C or CTR required", "ODS"),
    ("Requirements\n- We pay for your CPC exam fee and CEUs", "-"),
    ("Requirements\n- Work closely with our CPC certified team", "-"),
    ("Requirements\n- CRC screening is covered", "-"),
    ("Requirements\n- RN license required; CCDS or CDIP preferred", "none ~CCDS,CDIP"),
    ("Requirements\n- Certification through AAPC required", "-"),
    ("Requirements\n- AHIMA/AAPC certified coder needed", "-"),
    ("Requirements\n- CPC or CPC-H, or RHIT", "COC/CPC/RHIT"),
    ("Requirements\n- CCS, CPC, RHIT and/or RHIA required", "CCS/CPC/RHIA/RHIT"),
    ("Requirements\n- RHIA and CCS", "CCS & RHIA"),
    ("Requirements\n- Dual certified CPC and CRC preferred", "none ~CPC,CRC"),
    ("Requirements\n- CPC-A's need not apply. CPC with 2 yrs.", "CPC"),
    ("Requirements\n- Certified Risk Adjustment Coder", "CRC"),
    ("Requirements\n- CPB or CMRS or equivalent experience", "none ~CMRS,CPB"),
    ("Requirements\n- CPC required upon hire or within 90 days", "CPC@3"),
    (
        "QUALIFICATIONS\nRequired: CCS or RHIT\nPreferred: CIC, CDIP",
        "CCS/RHIT ~CDIP,CIC",
    ),
    ("Must be a Certified Coder", "-"),
    ("Requirements\n- CCS and/or RHIT", "CCS/RHIT"),
    ("Preferred\n- CPC, CPB or CRCR", "none ~CPB,CPC,CRCR"),
    ("Nice to have: CRCR, CPB", "none ~CPB,CRCR"),
    ("Certs: CPC a must. COSC a big plus!!", "CPC ~COSC"),
    ("must be CPC certified, COC certified is a plus", "CPC ~COC"),
    ("Looking for CPC certified coders with 2 yrs exp", "CPC"),
    (
        "Requirements\nCPC, CPC-H, CCS, CCS-P, RHIT, RHIA (any one)",
        "CCS/CCS-P/COC/CPC/RHIA/RHIT",
    ),
    ("Requirements\nCPC + CPMA required. CEMC a plus", "CPC & CPMA ~CEMC"),
    ("Requirements\n- CRC (AAPC)\n- CPC or CCS-P helpful", "CRC ~CCS-P,CPC"),
    ("Requirements\nCHC, CHPC or CPCO preferred", "none ~CHC,CPCO"),
    ("Requirements\nODS-certified or ODS-eligible", "none ~ODS"),
    ("Requirements\nCPC-A or CPC", "CPC/CPC-A"),
    ("Requirements\nMinimum: CPC-A. Preferred: CPC", "CPC-A ~CPC"),
    ("Our benefits: we reimburse CPC, CCS dues", "-"),
    ("You'll report to the Coding Manager, RHIA", "-"),
    ("Tuition help to become a CPC or RHIT", "-"),
    ("The team includes 12 CPCs and 4 RHITs.", "-"),
    ("Requirements\nCertification in ICD-10 coding", "-"),
    ("Requirements\nCPR/BLS cert", "-"),
)

ROLES = (
    ("Coder I", "medical-coder"),
    ("Coder III - Inpatient", "inpatient-coder"),
    ("Sr. Inpatient Coder (Remote)", "inpatient-coder"),
    ("HIM Coder II - OP", "outpatient-coder"),
    ("ED/OBS Coder", "outpatient-coder"),
    ("ED Pro-Fee Coder", "profee-coder"),
    ("ED Facility Coder", "outpatient-coder"),
    ("Profee E/M Coder", "profee-coder"),
    ("Surgery Coder", "specialty-coder"),
    ("Orthopedic Surgery Coder", "specialty-coder"),
    ("Cardiology / Interventional Coder", "specialty-coder"),
    ("GI Coder - Remote", "specialty-coder"),
    ("IR Coder", "specialty-coder"),
    ("HCC Coder", "risk-adjustment-coder"),
    ("Risk Adjustment Coding Auditor", "coding-auditor"),
    ("Medical Biller/Coder", "medical-biller medical-coder"),
    ("Medical Coding & Billing Specialist", "medical-biller medical-coder"),
    ("Billing Specialist", "medical-biller"),
    ("AR Follow Up Rep", "denials-specialist"),
    ("Accounts Receivable Specialist", "denials-specialist"),
    ("A/R Specialist II", "denials-specialist"),
    ("Denials Mgmt Specialist", "denials-specialist"),
    ("Appeals Coordinator", "denials-specialist"),
    ("Payment Posting Specialist", "payment-poster"),
    ("Cash Poster", "payment-poster"),
    ("Charge Entry Specialist", "billing-clerk"),
    ("Patient Account Rep", "patient-account-representative"),
    ("Patient Financial Services Rep", "patient-account-representative"),
    ("Patient Access Rep - ED Nights", "patient-access-representative"),
    ("Registration Clerk", "patient-access-representative"),
    ("Insurance Verification Spec", "insurance-verification-specialist"),
    ("Prior Auth Specialist", "insurance-verification-specialist"),
    ("Prior Authorization Coordinator", "insurance-verification-specialist"),
    ("HIM Tech", "him-technician"),
    ("ROI Specialist", "him-technician"),
    ("Medical Records Clerk", "him-technician"),
    ("CDI Specialist (RN)", "cdi-specialist"),
    ("CDI Manager", "coding-manager"),
    ("Clinical Documentation Integrity Specialist II", "cdi-specialist"),
    ("Cancer Registrar - ODS", "cancer-registrar"),
    ("Oncology Data Specialist", "cancer-registrar"),
    ("Tumor Registrar", "cancer-registrar"),
    ("Coding Supervisor", "coding-supervisor"),
    ("Manager, Coding & CDI", "coding-manager"),
    ("Coding Manager - Profee", "coding-manager"),
    ("Director of HIM", "him-director"),
    ("Director, Revenue Cycle", "revenue-cycle-director"),
    ("VP Revenue Cycle", "revenue-cycle-director"),
    ("Revenue Cycle Manager", "revenue-cycle-manager"),
    ("Billing Supervisor", "billing-supervisor"),
    ("Business Office Supervisor", "billing-supervisor"),
    ("CDM Analyst", "revenue-integrity-analyst"),
    ("Revenue Integrity Analyst", "revenue-integrity-analyst"),
    ("Charge Capture Analyst", "revenue-integrity-analyst"),
    ("Chargemaster Coordinator", "revenue-integrity-analyst"),
    ("Coding Educator", "coding-educator"),
    ("Provider Coding Educator/Auditor", "coding-auditor coding-educator"),
    ("Coding Quality Auditor", "coding-auditor"),
    ("DRG Validator", "coding-auditor"),
    ("Inpatient Coding Auditor", "coding-auditor"),
    ("Coding Compliance Analyst", "compliance-analyst"),
    ("Compliance Auditor - Coding", "coding-auditor"),
    ("Coding Apprentice", "entry-coder"),
    ("Entry Level Coder", "entry-coder"),
    ("Medical Coder CPC-A OK", "entry-coder"),
    ("Junior Medical Coder", "entry-coder"),
    ("Coding Intern", "entry-coder"),
    ("Trauma Registrar", "health-data-analyst"),
    ("Clinical Data Abstractor", "health-data-analyst"),
    ("Inpatient/Outpatient Coder", "inpatient-coder outpatient-coder"),
    ("Facility Coder", "medical-coder"),
    ("Coding Denials Specialist", "denials-specialist"),
    ("Coding Analyst", "medical-coder"),
    ("Certified Coder - Family Practice", "profee-coder"),
    ("Physician Coder", "profee-coder"),
    ("Multi-Specialty Coder", "profee-coder"),
    ("Coding Coordinator", "medical-coder"),
    ("Insurance Follow-Up Specialist", "denials-specialist"),
    ("Credentialing Specialist", ""),
    ("Medical Office Assistant", ""),
    ("RN Case Manager", ""),
    ("Software Coding Specialist", ""),
    ("Medical Assistant", ""),
    ("Nurse Manager", ""),
    ("Charge Nurse", ""),
    ("Front Desk / Medical Biller", "medical-biller"),
    ("Lead Coder", "coding-supervisor"),
    ("Coding Team Lead", "coding-supervisor"),
    ("Anesthesia Coder", "specialty-coder"),
    ("Pathology Coder", "specialty-coder"),
    ("Outpatient Surgery Coder", "outpatient-coder"),
    ("Same Day Surgery Coder", "outpatient-coder"),
    ("Ancillary Coder", "outpatient-coder"),
    ("Interventional Radiology Coder", "specialty-coder"),
    ("Pediatric Coder", "specialty-coder"),
    ("Home Health Coder", "specialty-coder"),
    ("Physician Biller", "medical-biller"),
    ("Hospital Biller", "medical-biller"),
    ("UB-04 Biller", "medical-biller"),
    ("Electronic Claims Specialist", "medical-biller"),
    ("Medicaid Biller", "medical-biller"),
    ("Dental Biller", "medical-biller"),
    ("Coding Quality Specialist", "coding-auditor"),
    ("CPC Coder needed ASAP!", "medical-coder"),
    ("Remote Coders Wanted (HCC)", "risk-adjustment-coder"),
    ("Medical Records Coder", "medical-coder"),
    ("Health Information Coder", "medical-coder"),
    ("Coder/Abstractor", "medical-coder"),
    ("CERTIFIED MEDICAL CODER (CPC) - $28/HR", "medical-coder"),
    ("Data Analyst, Risk Adjustment", "health-data-analyst"),
    ("Clinical Coder", "medical-coder"),
    ("Reimbursement Specialist", "medical-biller"),
    ("Patient Collections Rep", "patient-account-representative"),
    ("Self Pay Collector", "patient-account-representative"),
)

EMPLOYERS = (
    ("Sample Orthopedic Specialists", "physician-practice"),
    ("Cedar Home Care & Hospice", "home-health hospice"),
    ("Pinnacle Behavioral Health", "behavioral-health"),
    ("Hope Counseling Center", "behavioral-health"),
    ("Mercy Regional Hospital", "hospital"),
    ("Alpha Coding LLC", "coding-vendor"),
    ("Omega Healthcare Billing", "billing-company"),
    ("CareFirst Medicare Plan", "payer"),
    ("Delta Health Insurance", "payer"),
    ("Lakes Managed Care", "payer"),
    ("Aspen Medicaid Plan", "payer"),
    ("TrueMed Staffing Group", "staffing-agency"),
    ("HIM Recruiters", "staffing-agency"),
    ("Meadow Nursing and Rehab", "skilled-nursing"),
    ("Sunset Manor Skilled Nursing", "skilled-nursing"),
    ("First Choice ABA Therapy", "therapy"),
    ("PeakPT Physical Therapy", "therapy"),
    ("Riverside County", "state-county"),
    ("State of Example Department of Health", "state-county"),
    ("Desert Indian Health Center", "indian-health"),
    ("Quick Care Urgent Care", "urgent-care"),
    ("Premier Imaging", "imaging"),
    ("Precision Diagnostics Lab", "laboratory"),
    ("Comfort Medical Supply", "medical-equipment"),
    ("Best DME", "medical-equipment"),
    ("Kidney Care Centers", "dialysis"),
    ("State University Hospital", "academic-medical-center"),
    ("University of Example Health", "academic-medical-center"),
    ("University Health System", "academic-medical-center"),
    ("Example University Medical Center", "academic-medical-center"),
    ("Greater Example Health Network", "health-system"),
    ("Sisters Health Care System", "health-system"),
    ("Children's Health of Example", "childrens-hospital"),
    ("Example Children's Hospital", "childrens-hospital"),
    ("Little Ones Pediatrics", "physician-practice"),
    ("Women's Health Associates", "physician-practice"),
    ("Example Foot & Ankle", "physician-practice"),
    ("Allergy & Asthma Center", "physician-practice"),
    ("Advanced Pain Center", "physician-practice"),
    ("Eye Physicians of Texas", "physician-practice"),
    ("Mountain ENT", "physician-practice"),
    ("Plains Community Health Center", "health-center"),
    ("Example ACO", "accountable-care"),
    ("Healthcare Consulting Group", "consulting"),
    ("MedRecords Release of Information", "records-vendor"),
    ("ChartPull Record Retrieval", "records-vendor"),
    ("Virtual Psych Telehealth", "telehealth"),
    ("Northside Surgery Center", "surgery-center"),
    ("Bay Area Surgical Specialists", "physician-practice"),
    ("Example Medical Group", "physician-practice"),
    ("Example Clinic", "physician-practice"),
    ("Example Multispecialty Clinic", "multispecialty-group"),
    ("Coastal Anesthesia Associates", "physician-practice"),
    ("City Fire & EMS", "ambulance"),
    ("Grace Hospice", "hospice"),
    ("Sheriff's Department Correctional Health", "correctional"),
    ("Example Technical College", "education"),
    ("Dr. Placeholder, MD", "physician-practice"),
    ("Smith Family Medicine", "physician-practice"),
    ("Example Third Party Administrators", "third-party-administrator"),
    ("HealthTech Software Inc", ""),
    ("Example Cancer Center", "oncology"),
    ("Example Rehabilitation Hospital", "inpatient-rehab"),
    ("Example LTACH", "long-term-acute-care"),
    ("Specialty Infusion Pharmacy", "pharmacy-infusion"),
    ("Smiles Orthodontics", "dental"),
)

SETTINGS = (
    ("We are a growing ABA therapy provider and need a biller.", "therapy"),
    ("Large orthopedic group w/ 30 providers seeks coder.", "physician-practice"),
    ("Benefits: health plan, dental office discounts", ""),
    ("Experience in a hospital or physician practice required.", ""),
    ("SNF Biller needed for 99 bed nursing home.", "skilled-nursing"),
    ("Verifies benefits with health plans.", ""),
    ("Small family practice office in Ohio seeks biller.", "physician-practice"),
    ("2-doctor OB/GYN office needs front desk/biller.", "physician-practice"),
    ("community mental health center seeks billing clerk", "behavioral-health"),
)

MONTHS = (
    ("2 yrs exp. coding req'd", 24),
    ("2+ years' experience in inpatient coding", 24),
    ("Min. 3 yrs. inpt coding exp", 36),
    ("1-2 years of billing experience", 12),
    ("One to three years of pathology coding", 12),
    ("Minimum of eighteen (18) months coding experience", 18),
    ("6 mos. medical billing exp. req.", 6),
    ("At least 1 yr in a medical office", 12),
    ("5 years coding, 2 of which must be inpatient", 60),
    ("3+ years healthcare analytics, incl. Medicare claims", 36),
    ("3 years (5 preferred) of profee coding", 36),
    ("2 years of experience preferred", None),
    ("No experience necessary, will train!", 0),
    ("Entry level - no coding experience required", 0),
    ("Experience: 0-1 years", 0),
    ("Coding experience: 3 years (Required)", 36),
    ("Medical Billing: 1 year (Preferred)", None),
    ("Experienced biller", None),
    ("3 yrs experience w/ Epic preferred; 2 yrs coding required", 24),
    ("More than 2 years HCC coding", 24),
    ("2 years of acute care inpatient coding", 24),
    ("24 months of denial follow up experience", 24),
    ("2 or more years' A/R follow-up", 24),
    ("Must have 1+ yr. DME billing", 12),
    ("CPC with 2 years experience", 24),
    ("Prior experience (1 yr) in insurance verification a must", 12),
    ("1yr of coding exp; 3yrs ideal", 12),
    ("Our company has 25 years of experience in coding", None),
    ("Certified within 2 years of hire", None),
    ("3-5 years experience", 36),
    ("18 years of age or older", None),
    ("6 months experience, externship counts", 6),
    ("Experience Level: 1 year", 12),
    ("Experience Required: 2 Years", 24),
    ("6+ months exp", 6),
)

QUOTAS = (
    ("Productivity: 4 charts/hr", "4 hour"),
    ("Codes 8-10 ED charts per hour", "8 hour"),
    ("Must meet production of 22 encounters per hour", "22 hour"),
    ("Production standard: 100 E/M visits per day", "100 day"),
    ("Meets productivity standard of 2.5 inpatient charts/hr", "2.5 hour"),
    ("Expected throughput is 8 charts an hour", "8 hour"),
    ("Abstract 12 records daily", "12 day"),
    ("Complete 40 HCC charts daily with 95% accuracy", "40 day"),
    ("Productivity expectation 30 claims a day", "30 day"),
    ("Work 50-60 accounts per day", "50 day"),
    ("Quota of 35 charts per 8 hr shift", "35 day"),
    ("Average 15 OP surgery charts per day", "15 day"),
    ("Production minimum - 5 records an hour", "5 hour"),
    ("Audit 10 charts per week", "10 week"),
    ("IP coder: 3 charts/hour", "3 hour"),
    ("Meet daily quota of 60 charts", "60 day"),
    ("Daily production of 75 encounters", "75 day"),
    ("charts per hour: 6", "6 hour"),
    ("at a rate of 20 charts per hour", "20 hour"),
    ("Our ED sees 200 patients a day", None),
    ("We process 5,000 claims a day", None),
    ("Expectations: 18-22 charts/hr", "18 hour"),
    ("posts 200+ payments per day", None),
    ("Make 40 to 50 calls per day", None),
    ("25 reviews per day", None),
    ("SDS 5 per hour, OBS 4 per hour", None),
    ("Coders average 14 charts per day", None),
    ("Keep up with our pace: 120 pathology specimens/hr", None),
    ("productivity standards (min of 6 charts/hour)", "6 hour"),
    ("Code a minimum of 80 encounters/day at 95%", "80 day"),
    ("Must be able to code 10 surgical cases per day", "10 day"),
    ("60-80 accounts worked per day is typical for our A/R team", "60 day"),
    ("productivity target: 3.0 charts per hour", "3.0 hour"),
    ("1.8 charts/hour", "1.8 hour"),
    ("code 60+ surgical cases daily", "60 day"),
    ("review 6 charts an hour", "6 hour"),
    ("Maintain 12 DRG reviews per day", None),
)

ACCURACIES = (
    ("95% accuracy", 95),
    ("accuracy of 96% or better", 96),
    ("95% quality.", 95),
    ("QA score of 98%", 98),
    ("Maintain coding accuracy at or above 95 percent", 95),
    ("quality rate 97%+", 97),
    ("Accuracy: 95%", 95),
    ("Must pass audits with 95% or higher", 95),
    ("min 95% coding accuracy rate", 95),
    ("Maintains a 97% accuracy", 97),
    ("90% or better on quality reviews", 90),
    ("Meet 95%/95% productivity and quality", 95),
    ("95% or above quality assurance", 95),
    ("quality audit scores >= 95%", 95),
    ("DRG accuracy 96%", 96),
    ("100% of charts reviewed", None),
    ("100% remote", None),
    ("401k match 100% up to 4%", None),
    ("clean claim rate of 98%", None),
    ("pass test with 85%", None),
    ("coding test, 80% accuracy needed to pass", None),
    ("at least 95% on monthly audits", 95),
    ("Keep a 95% or greater QA average", 95),
    ("accuracy standard (95%)", 95),
    ("95% production and 95% quality standards", 95),
    ("Audit score must be 95%", 95),
    ("Internal audits at 95%+", 95),
)

EMPLOYMENT = (
    ("Full Time", "full-time"),
    ("F/T", "full-time"),
    ("PT 20-25 hrs", "part-time"),
    ("FT/PT available", "full-time part-time"),
    ("Full-time or part-time", "full-time part-time"),
    ("Status: PRN", "per-diem"),
    ("Per Diem / as needed", "per-diem"),
    ("Contract (6 months)", "contract"),
    ("6-month contract to hire", "temp-to-hire"),
    ("1099 contractor", "contract-1099"),
    ("W2 contract", "contract-w2"),
    ("Temp to perm", "temp-to-hire"),
    ("This is a part time role, 24 hours/week", "part-time"),
    ("40 hrs/week", "full-time"),
    ("M-F, 40 hours", "full-time"),
    ("Job type: Full-time", "full-time"),
    ("Full-time employees receive benefits", ""),
    ("3 years full-time experience", ""),
    ("Part-time students welcome", ""),
    ("Position Type: Regular Full Time (1.0 FTE)", "full-time"),
    ("FTE: 1.0", "full-time"),
    ("FTE: 0.5", "part-time"),
    ("Hours: 72 hours biweekly", "full-time"),
    ("Hours per week: 40", "full-time"),
    ("Weekly hours: 36", ""),
    ("Direct hire, full time", "full-time"),
    ("We have both full time and part time openings", "full-time part-time"),
    ("Seasonal (Jan-May) HCC coders", "seasonal"),
    ("Long-term temporary assignment", "temporary"),
    ("Temporary position through December", "temporary"),
    ("3 month assignment, W-2", "contract-w2"),
    ("Full-time, permanent", "full-time"),
    ("Flexible part-time hours", "part-time"),
    ("PRN coder needed weekends", "per-diem"),
    ("Full time position with great benefits", "full-time"),
    ("(Full-Time/Days)", "full-time"),
    ("Employment Type: Contractor", "contract"),
    ("Unpaid externship", "internship"),
    ("Must be able to work full time", "full-time"),
    ("Part-time (could lead to full time)", "part-time"),
    ("Full-Time Equivalent experience", ""),
    ("Work schedule: FT Days", "full-time"),
    ("Schedule: Full-Time, 80 hours per pay period", "full-time"),
    ("Opening for a FULL TIME certified coder", "full-time"),
    ("Hiring full-time coders", "full-time"),
)

TESTS = (
    ("Coding test required prior to interview", "required"),
    ("You'll take a 1-hour paid coding assessment", "paid"),
    ("Skills assessment (unpaid)", "unpaid"),
    ("Candidates must pass a coding exam with 80%", "required"),
    ("No coding test!", "none"),
    ("Pre-employment coding test", "required"),
    ("Pre-employment drug test", None),
    ("Must pass CPC exam", None),
    ("We will ask you to code 5 sample charts", None),
    ("Applicants will be given a coding test, open book", "required"),
    ("Take home assessment, paid $100", "paid"),
    ("Typing test", None),
    ("A short ICD-10 quiz is part of the interview", "required"),
    ("Testing: coding proficiency exam administered before offer", "required"),
    ("passing score on our coding assessment", "required"),
    ("Must complete skills test", "required"),
    ("There is no pre-hire test", "none"),
    ("TB test, background check", None),
    ("Selected applicants are paid for time spent on coding test", "paid"),
)

PAY = (
    ("Pay range: $22.15/hr. to $31.02/hr.", "22.15 31.02 hour"),
    ("$48K/yr", "48000 48000 year"),
    ("Comp: 60-75k", "60000 75000 year"),
    ("Comp: $60-75k DOE", "60000 75000 year"),
    ("Hourly: $18.94 (entry) to $25.38 (top step)", "18.94 25.38 hour"),
    ("Wage: 24.50-33.00", "24.50 33.00 hour"),
    ("Perks: remote, $75,000-$90,000, 401k", "75000 90000 year"),
    ("$19-23/hr depending on what you bring", "19 23 hour"),
    ("Sign-on bonus $5,000-$10,000", None),
    ("401k match up to $5,000 per year", None),
    ("Tuition up to $5,250 per year", None),
    ("Salary: $52,000.00 - $61,000.00 annually", "52000.00 61000.00 year"),
    ("$25-$32 per hour DOE + benefits", "25 32 hour"),
    ("Pay rate $28/hr W2", "28 28 hour"),
    ("Base pay $58,240 to $87,360", "58240 87360 year"),
    ("$17-$20 hr, 40 hours", "17 20 hour"),
    ("Rate: $1.50 per chart", "1.50 1.50 chart"),
    ("Compensation: 23.00 to 29.00 an hour", "23.00 29.00 hour"),
    ("Starting pay $20.00/hour", "20.00 20.00 hour"),
    ("Salary Range: 21.50 USD Hourly - 33.25 USD Hourly", "21.50 33.25 hour"),
    ("Pay: $55k–$65k + equity", "55000 65000 year"),
    ("Manage $50,000,000 - $90,000,000 in claims", None),
    ("Work accounts of $25,000-$50,000", None),
    ("Hiring Range: $27.45 - $41.18", "27.45 41.18 hour"),
    ("min: $24.10 max: $36.15", "24.10 36.15 hour"),
    ("USD $26.00/Hr. - USD $39.00/Hr.", "26.00 39.00 hour"),
    ("$2,100-$2,400/week", "2100 2400 week"),
    ("$62K-$78K", "62000 78000 year"),
    ("annual salary 45,000 - 55,000", "45000 55000 year"),
    ("ADP code 25.50 to 30.10 version", None),
    ("Relocation assistance $30,000-$40,000", None),
    ("Balances over $50,000 - $75,000", None),
    ("Collects $30,000-$40,000 a month", None),
)

PLACES = (
    ("Location: Remote", "remote", None),
    ("This is a 100% remote position", "remote", None),
    ("Remote (must live in: AL, FL, GA, SC)", "remote", "allow AL FL GA SC"),
    ("Work from home after 90 days onsite training", "remote", None),
    ("Hybrid: 2 days in office", "hybrid", None),
    ("On-site in Toledo, OH", "onsite", None),
    ("This position is onsite at our clinic", "onsite", None),
    ("No remote work", "onsite", None),
    ("Not a remote position", "onsite", None),
    ("Remote - US only", "remote", None),
    ("Remote; eligible states: TX, OK, LA, AR", "remote", "allow AR LA OK TX"),
    ("We cannot hire in CA, NY, CO or WA", None, "deny CA CO NY WA"),
    (
        "Remote, open to candidates in all states except CA and NY",
        "remote",
        "deny CA NY",
    ),
    ("You can live anywhere in the U.S.", "remote", "anywhere"),
    ("Must be located within 60 miles of Nashville", None, None),
    ("Our offices are at 12 Main St, Austin, TX 78701", None, None),
    ("Candidates must be in Tennessee", None, "allow TN"),
    (
        "Fully remote! Hiring in: AZ, CO, ID, MT, NV, UT.",
        "remote",
        "allow AZ CO ID MT NV UT",
    ),
    ("Work Location: In person", "onsite", None),
    ("Work Location: Remote", "remote", None),
    ("Work location: Hybrid remote in Denver, CO 80202", "hybrid", None),
    ("Remote option after 6 months", None, None),
    ("In-office position, M-F", "onsite", None),
    ("Remote opportunity for residents of Ohio only", "remote", "allow OH"),
    ("Position is remote but candidate must be local to Houston", "remote", None),
    ("Remote (VA, MD, DC residents)", "remote", "allow DC MD VA"),
    ("This is a work from home role", "remote", None),
    ("WFH", "remote", None),
    ("Full-time remote work with quarterly onsite meetings", "remote", None),
    ("Fully remote in Texas", "remote", "allow TX"),
    ("Texas residents only", None, "allow TX"),
    ("Must be a Wisconsin or Illinois resident", None, "allow IL WI"),
    ("Excluding: AK, HI, CA", None, "deny AK CA HI"),
    ("Remote (excludes CA, NY, HI, AK)", "remote", "deny AK CA HI NY"),
    ("remote in AL/GA/FL", "remote", "allow AL FL GA"),
    ("Hybrid 3 days on-site, 2 days WFH", "hybrid", None),
    ("Onsite 5 days a week", "onsite", None),
)


def values(reads):
    return " ".join(sorted(read.value for read in reads))


def written(read):
    if read is None:
        return "-"
    groups = sorted(
        "/".join(sorted(group.any_of))
        + ("+A" if group.apprentice_accepted else "")
        + (f"@{group.within_months}" if group.within_months else "")
        for group in read.value.groups
    )
    preferred = ",".join(sorted(read.value.preferred))
    return (" & ".join(groups) or "none") + (f" ~{preferred}" if preferred else "")


@pytest.mark.parametrize(("words", "rule"), RULES)
def test_rule_in_many_styles(words, rule):
    assert written(read_rule(Text.of(words), VOCABULARY, "Medical Coder")) == rule


@pytest.mark.parametrize(("title", "roles"), ROLES)
def test_role_of_titles_in_many_styles(title, roles):
    role, others = read_roles(title, DUTIES, VOCABULARY)
    assert values([role, *others] if role else []) == roles


@pytest.mark.parametrize(("employer", "settings"), EMPLOYERS)
def test_setting_of_an_employers_name(employer, settings):
    assert values(read_settings(Text.of(""), VOCABULARY, employer)) == settings


@pytest.mark.parametrize(("words", "settings"), SETTINGS)
def test_setting_in_many_styles(words, settings):
    read = read_settings(Text.of(words), VOCABULARY, title="Medical Coder")
    assert values(read) == settings


@pytest.mark.parametrize(("words", "months"), MONTHS)
def test_experience_in_many_styles(words, months):
    read = read_experience(Text.of(f"Requirements\n- {words}"))
    assert (read and read.value) == months


@pytest.mark.parametrize(("words", "quota"), QUOTAS)
def test_quota_in_many_styles(words, quota):
    read = read_quota(Text.of(f"Responsibilities\n- {words}"))
    assert (read and f"{read.value.charts} {read.value.period}") == quota


@pytest.mark.parametrize(("words", "accuracy"), ACCURACIES)
def test_accuracy_in_many_styles(words, accuracy):
    read = read_accuracy(Text.of(f"Responsibilities\n- {words}"))
    assert (read and read.value) == accuracy


@pytest.mark.parametrize(("words", "types"), EMPLOYMENT)
def test_employment_in_many_styles(words, types):
    assert values(read_employment(Text.of(f"About the job\n{words}"))) == types


@pytest.mark.parametrize(("words", "kind"), TESTS)
def test_test_in_many_styles(words, kind):
    read = read_skill_test(Text.of(f"Hiring process\n{words}"))
    assert (read and read.value.kind) == kind


@pytest.mark.parametrize(("words", "pay"), PAY)
def test_pay_in_many_styles(words, pay):
    read = read_pay(Text.of(f"About\n{words}"))
    stated = read and f"{read.value.minimum} {read.value.maximum} {read.value.period}"
    assert stated == pay


@pytest.mark.parametrize(("words", "status", "states"), PLACES)
def test_place_of_work_in_many_styles(words, status, states):
    remote, _, hires = read_remote("Medical Coder", Text.of(f"About the job\n{words}"))
    assert (remote and remote.value) == status
    stated = hires and " ".join([hires.value.basis, *hires.value.listed])
    assert stated == states
