"""The credential rule as employers word it.

A rule is written here as "CPC/CCS+A & CRC@6 | CPMA": groups joined by "&", "+A" where
the apprentice form is accepted, "@6" for due within six months, preferred ones last.
"" is a rule that asks for none, None is no rule at all.
"""

import pytest

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.reading.credentials import read_rule
from careers.jobs.reading.text import Text
from careers.jobs.vocabulary_files import read_vocabulary

VOCABULARY = read_vocabulary()
MASTERY, CDI = "CCS/CCS-P/RHIT/RHIA/CPC/COC/CIC", "CDIP/CCDS"


def written(rule: CredentialRule) -> str:
    groups = [
        "/".join(group.any_of)
        + ("+A" if group.apprentice_accepted else "")
        + (f"@{group.within_months}" if group.within_months else "")
        for group in rule.groups
    ]
    preferred = f" | {'/'.join(rule.preferred)}" if rule.preferred else ""
    return " & ".join(groups) + preferred


def rule_of(source: str, title: str = "") -> str | None:
    read = read_rule(Text.of(source), VOCABULARY, title)
    return None if read is None else written(read.value)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "CPC or CCS required.",
            "CPC/CCS",
        ),
        (
            "CPC, COC, CCS, RHIT, or RHIA required",
            "CPC/COC/CCS/RHIT/RHIA",
        ),
        (
            "Must have one of the following: CPC; CCS; RHIT",
            "CPC/CCS/RHIT",
        ),
        (
            "RHIT/RHIA required, CRC a plus.",
            "RHIT/RHIA | CRC",
        ),
        (
            "CCS and RHIT required",
            "CCS & RHIT",
        ),
        (
            "CCS and/or RHIT required.",
            "CCS/RHIT",
        ),
        (
            "Required: RHIA, RHIT or CCS and CRC",
            "RHIA/RHIT/CCS & CRC",
        ),
        (
            "CPC required (CPC-A ok)",
            "CPC+A",
        ),
        (
            "CPC or CPC-A required",
            "CPC/CPC-A",
        ),
        (
            "CPC required, CPC-A accepted",
            "CPC+A",
        ),
        (
            "CPC required; no CPC-A",
            "CPC",
        ),
        (
            "CPC required. Apprentice status not accepted.",
            "CPC",
        ),
        (
            "CPC required. Must obtain CRC within 6 months of hire.",
            "CPC & CRC@6",
        ),
        (
            "CPC required or obtained within one (1) year of hire",
            "CPC@12",
        ),
        (
            "CPC certification a plus",
            " | CPC",
        ),
        (
            "RHIT eligible required",
            " | RHIT",
        ),
        (
            "Must have RHIT or RHIT-eligible",
            " | RHIT",
        ),
        (
            "Current coding certification through AAPC or AHIMA (CPC, CCS, "
            "RHIT) required",
            "CPC/CCS/RHIT",
        ),
        (
            "No certification required",
            "",
        ),
        (
            "CPC preferred, not required",
            " | CPC",
        ),
        (
            "certification preferred but not required: CPC",
            " | CPC",
        ),
        (
            "Certified Professional Coder (CPC) required",
            "CPC",
        ),
        (
            "CTR required",
            "ODS",
        ),
        (
            "Must have CPC or CCS, CRC preferred",
            "CPC/CCS | CRC",
        ),
        (
            "CPC required with CRC preferred",
            "CPC | CRC",
        ),
        (
            "Must be CPC certified with cardiology experience preferred.",
            "CPC",
        ),
        (
            "Active CPC certification from AAPC required.",
            "CPC",
        ),
        (
            "Must be certified as a CPC, CCS-P or COC.",
            "CPC/CCS-P/COC",
        ),
        (
            "RHIA, RHIT, CCS, CCS-P, CPC, or COC certification is required",
            "RHIA/RHIT/CCS/CCS-P/CPC/COC",
        ),
        (
            "One or more of the following credentials is required: RHIA, "
            "RHIT, CCS, CIC",
            "RHIA/RHIT/CCS/CIC",
        ),
        (
            "Certification: CPC (Required)",
            "CPC",
        ),
        (
            "Certified Professional Coder (CPC) - AAPC (Preferred)",
            " | CPC",
        ),
        (
            "Coding credential (CCS, CCS-P, CPC) required at time of hire",
            "CCS/CCS-P/CPC",
        ),
        (
            "CPC, CPC-H, CCS or CCS-P required",
            "CPC/COC/CCS/CCS-P",
        ),
        (
            "AAPC certification (CPC, COC, CIC) and/or AHIMA certification "
            "(CCS, CCA) required",
            "CPC/COC/CIC/CCS/CCA",
        ),
        (
            "AHIMA (RHIA, RHIT, CCS) or AAPC (CPC, COC) credential required.",
            "RHIA/RHIT/CCS/CPC/COC",
        ),
        (
            "AHIMA credentials (RHIA, RHIT, CCS) and AAPC credentials "
            "(CPC, COC) are accepted",
            "RHIA/RHIT/CCS/CPC/COC",
        ),
        (
            "You hold a current CPC or CRC.",
            "CPC/CRC",
        ),
        (
            "You are a certified coder (CPC, CCS, RHIT)",
            "CPC/CCS/RHIT",
        ),
        (
            "We require a CPC or equivalent certification.",
            "CPC",
        ),
        (
            "CPC or equivalent experience required",
            " | CPC",
        ),
        (
            "CPC certification or 3 years of coding experience required",
            " | CPC",
        ),
        (
            "Associate degree in HIM or RHIT required",
            " | RHIT",
        ),
        (
            "RHIT required; RHIA preferred.",
            "RHIT | RHIA",
        ),
        (
            "CRC certification is required or must be obtained within 12 "
            "months of employment",
            "CRC@12",
        ),
        (
            "Candidates without a CRC must obtain it within the first year "
            "of employment.",
            "CRC@12",
        ),
        (
            "Must obtain CPC certification within 18 months of hire date.",
            "CPC@18",
        ),
        (
            "CCS required within six (6) months of hire",
            "CCS@6",
        ),
        (
            "CPC required. CPC-A candidates will not be considered.",
            "CPC",
        ),
        (
            "Active CPC (non-apprentice) required",
            "CPC",
        ),
        (
            "CPC or CPC-A, CCA, or CCS required",
            "CPC/CPC-A/CCA/CCS",
        ),
        (
            "CPC, COC or CCS certification preferred",
            " | CPC/COC/CCS",
        ),
        (
            "Preferred: CPMA or CCS",
            " | CPMA/CCS",
        ),
        (
            "CPC preferred but not required",
            " | CPC",
        ),
        (
            "CCDS or CDIP certification preferred; RN license required",
            " | CCDS/CDIP",
        ),
        (
            "RN, RHIA, RHIT or CCS required",
            "RHIA/RHIT/CCS",
        ),
        (
            "Current RN license and CCDS or CDIP required",
            "CCDS/CDIP",
        ),
        (
            "Minimum one of the following certifications: CPC, CCS, RHIT",
            "CPC/CCS/RHIT",
        ),
        (
            "At least one coding credential: CCS, CPC, RHIT, or RHIA",
            "CCS/CPC/RHIT/RHIA",
        ),
        (
            "National certification (CPC/CCS/RHIT/RHIA) required, CRC highly desired",
            "CPC/CCS/RHIT/RHIA | CRC",
        ),
        (
            "Bonus points if you have your CRC!",
            " | CRC",
        ),
        (
            "It would be great if you have your CPC.",
            " | CPC",
        ),
        (
            "Ideal candidate will have CPC or CCS.",
            " | CPC/CCS",
        ),
        (
            "Must hold both CPC and CRC certifications.",
            "CPC & CRC",
        ),
        (
            "CPC and one of the following: CRC, CPMA or CDEO required",
            "CPC & CRC/CPMA/CDEO",
        ),
        (
            "CPC with CPMA required",
            "CPC & CPMA",
        ),
        (
            "CPC required, plus CPMA within one year",
            "CPC & CPMA@12",
        ),
        (
            "The CPC credential must be maintained.",
            "CPC",
        ),
        (
            "Maintains CPC or CCS certification.",
            "CPC/CCS",
        ),
        (
            "Registered Health Information Technician (RHIT), Registered "
            "Health Information Administrator (RHIA), or Certified Coding "
            "Specialist (CCS) required",
            "RHIT/RHIA/CCS",
        ),
        (
            "Certified Coding Specialist – Physician-based (CCS-P) required",
            "CCS-P",
        ),
        (
            "Certified Tumor Registrar (CTR)/Oncology Data Specialist (ODS) required",
            "ODS",
        ),
        (
            "Certification is not required for this position.",
            "",
        ),
        (
            "Certification not required, but CPC is a plus",
            " | CPC",
        ),
        (
            "Licenses/Certifications: None required",
            "",
        ),
        (
            "Certification required: CPC, COC, CCS, CCS-P, RHIT or RHIA. "
            "Specialty certification (CIRCC) preferred.",
            "CPC/COC/CCS/CCS-P/RHIT/RHIA | CIRCC",
        ),
        (
            "CPC®, CCS® or RHIT® required",
            "CPC/CCS/RHIT",
        ),
        (
            "cpc certification required",
            "CPC",
        ),
        (
            "Must be AAPC certified (CPC)",
            "CPC",
        ),
        (
            "CPC strongly preferred",
            " | CPC",
        ),
        (
            "CPC or CCS a must",
            "CPC/CCS",
        ),
        (
            "CPC a must!",
            "CPC",
        ),
        (
            "Must-have: CPC",
            "CPC",
        ),
        (
            "Seeking a CPC certified medical coder with 3 years experience",
            "CPC/CMC",
        ),
        (
            "Looking for a certified coder (CPC or CCS-P)",
            "CPC/CCS-P",
        ),
        (
            "CPC - required\nCRC - preferred",
            "CPC | CRC",
        ),
        (
            "CPC certification from AAPC or CCS certification from AHIMA required.",
            "CPC/CCS",
        ),
        (
            "CPC certification from AAPC, or CCS from AHIMA.",
            "CPC/CCS",
        ),
        (
            "Only candidates with CPC or CCS will be considered.",
            "CPC/CCS",
        ),
        (
            "Candidates must possess one of the following AHIMA or AAPC "
            "certifications: CCS, CCS-P, CPC, COC, CIC, RHIA, or RHIT.",
            "CCS/CCS-P/CPC/COC/CIC/RHIA/RHIT",
        ),
        (
            "CPC, CCS, RHIT accepted",
            "CPC/CCS/RHIT",
        ),
        (
            "Accepted certifications: CPC, COC, CCS",
            "CPC/COC/CCS",
        ),
        (
            "CPB or CPC certification preferred, or 2 years of billing experience",
            " | CPB/CPC",
        ),
        (
            "CRCR certification within 1 year of hire required",
            "CRCR@12",
        ),
        (
            "Must pass CRCR exam within 90 days of hire",
            "CRCR@3",
        ),
        (
            "HFMA CRCR certification required within 9 months of hire",
            "CRCR@9",
        ),
        (
            "Apprentice coders (CPC-A) are welcome to apply. CPC or CCS required.",
            "CPC/CCS+A",
        ),
        (
            "CPC-A's are encouraged to apply; CPC or CPC-A required.",
            "CPC/CPC-A+A",
        ),
        (
            "CPC (apprentice designation accepted) or CCS required",
            "CPC/CCS+A",
        ),
        (
            "If CPC-A, must remove apprentice status within 12 months. CPC required.",
            "CPC+A",
        ),
        (
            "CPC required. Apprentices welcome!",
            "CPC+A",
        ),
        (
            "CIC, CCS, RHIT, or RHIA required; dual certification a plus",
            "CIC/CCS/RHIT/RHIA",
        ),
        (
            "CPC, COC, CRC, CCS, or CCS-P (no apprentices) required",
            "CPC/COC/CRC/CCS/CCS-P",
        ),
        (
            "CPC (CPC-A accepted) or CCS required",
            "CPC/CCS+A",
        ),
        (
            "Must have CPC (CRC preferred) and 3 years of experience",
            "CPC | CRC",
        ),
        (
            "RHIT or RHIA (RHIA preferred) required",
            "RHIT/RHIA | RHIA",
        ),
        (
            "Requirements:\n• High school diploma\n• CPC, CCS-P or RHIT "
            "certification\n• 2 years experience\nPreferred:\n• CRC",
            "CPC/CCS-P/RHIT | CRC",
        ),
        (
            "Minimum Qualifications\nHigh school diploma or GED\nRHIA, RHIT, "
            "CCS\nPreferred Qualifications\nCPMA",
            "RHIA/RHIT/CCS | CPMA",
        ),
        (
            "Licenses & Certifications\nCPC\nCCS\nRHIT",
            "CPC/CCS/RHIT",
        ),
        (
            "Required Certifications:\n• CPC\n• CRC",
            "CPC/CRC",
        ),
        (
            "Must have one of the following:\n• CPC (AAPC)\n• CCS (AHIMA)\n• "
            "RHIT (AHIMA)",
            "CPC/CCS/RHIT",
        ),
        (
            "One of the following certifications is required:\n- Certified "
            "Coding Specialist (CCS)\n- Certified Inpatient Coder (CIC)\n- "
            "Registered Health Information Technician (RHIT)",
            "CCS/CIC/RHIT",
        ),
        (
            "Qualifications\n• CPC or\n• CCS or\n• RHIT",
            "CPC/CCS/RHIT",
        ),
        (
            "Required:\nCPC\nOR\nCCS",
            "CPC/CCS",
        ),
        (
            "Nice to have\n• CRC or CPMA",
            " | CRC/CPMA",
        ),
        (
            "Licensure/Certification: Registered Health Information "
            "Technician (RHIT) preferred",
            " | RHIT",
        ),
        (
            "Education: Associate's degree; RHIT or RHIA credential required.",
            "RHIT/RHIA",
        ),
        (
            "Certifications/Licenses: CPC, CCS-P, or equivalent",
            "CPC/CCS-P",
        ),
        (
            "Certifications/Licenses\nRequired: CPC or COC\nPreferred: CPMA",
            "CPC/COC | CPMA",
        ),
        (
            "Our client requires CPC or CCS credentialed coders only.",
            "CPC/CCS",
        ),
        (
            "Certified Coding Specialist (CCS), Certified Coding "
            "Specialist-Physician (CCS-P), Certified Professional Coder "
            "(CPC), or Certified Outpatient Coder (COC) required. "
            "Certified Risk Adjustment Coder (CRC) required within 12 "
            "months of hire.",
            "CCS/CCS-P/CPC/COC & CRC@12",
        ),
        (
            "Must be credentialed through AHIMA (RHIT, RHIA, CCS, CCA) or "
            "AAPC (CPC, COC).",
            "RHIT/RHIA/CCS/CCA/CPC/COC",
        ),
        (
            "Current credential in good standing: CCS, CIC, RHIT or RHIA.",
            "CCS/CIC/RHIT/RHIA",
        ),
        (
            "Coding Certification (CPC, CCS, CCA, RHIT, RHIA) through AAPC or AHIMA",
            "CPC/CCS/CCA/RHIT/RHIA",
        ),
        (
            "Active coding credential (i.e., CCS, RHIT, RHIA)",
            "CCS/RHIT/RHIA",
        ),
        (
            "Coding credential such as CCS or CPC preferred",
            " | CCS/CPC",
        ),
        (
            "We prefer candidates with CPC or CRC.",
            " | CPC/CRC",
        ),
        (
            "Preference given to candidates with CPB.",
            " | CPB",
        ),
        (
            "CPC desired but will train the right person",
            " | CPC",
        ),
        (
            "Certification (CPC, CCS) strongly preferred; if not "
            "certified, must obtain within 12 months of hire.",
            "CPC/CCS@12",
        ),
        (
            "CPC certification required. If not certified, must be "
            "obtained within one year.",
            "CPC@12",
        ),
        (
            "Requires RHIT, RHIA or CCS. Requires CPC for profee.",
            "RHIT/RHIA/CCS & CPC",
        ),
        (
            "CPC, CCS, RHIT, RHIA, or willingness to obtain within 12 months.",
            "CPC/CCS/RHIT/RHIA@12",
        ),
        (
            "Must be eligible to sit for the RHIT exam",
            " | RHIT",
        ),
        (
            "RHIA or RHIT eligible preferred",
            " | RHIA/RHIT",
        ),
        (
            "No credential required. We will train!",
            "",
        ),
        (
            "Certification is not required at hire but must be obtained "
            "within one year: CPC",
            "CPC@12",
        ),
        (
            "Licenses and Certifications: n/a",
            "",
        ),
        (
            "License or certification required: none",
            "",
        ),
        (
            "No prior experience or certification needed",
            "",
        ),
        (
            "CPC, CPC-H, CCS, CCS-P, RHIT, RHIA. CRC required within 6 months",
            "CPC/COC/CCS/CCS-P/RHIT/RHIA & CRC@6",
        ),
        (
            "CPC-P or CPC",
            "CPC-P/CPC",
        ),
        (
            "Certified through AAPC as a CPC, COC, or CRC",
            "CPC/COC/CRC",
        ),
        (
            "Advanced certification preferred (CIRCC, CCC, CPMA)",
            " | CIRCC/CCC/CPMA",
        ),
        (
            "CDIP/CCDS required within 2 years of hire",
            "CDIP/CCDS@24",
        ),
        (
            "Must obtain a coding credential (CPC, CCS or CCA) by the end "
            "of the first year of employment",
            "CPC/CCS/CCA@12",
        ),
        (
            "Six months to obtain CPC if not currently certified",
            "CPC@6",
        ),
        (
            "Either RHIT or CCS required, CIC acceptable",
            "RHIT/CCS/CIC",
        ),
        (
            "CPC, COC or CIC (AAPC); CCS, CCA, RHIT or RHIA (AHIMA) required",
            "CPC/COC/CIC/CCS/CCA/RHIT/RHIA",
        ),
        (
            "CCS required, RHIA or RHIT preferred, CPC acceptable with "
            "inpatient experience",
            "CCS | RHIA/RHIT",
        ),
        (
            "<h3>Qualifications</h3><ul><li>High School Diploma or "
            "GED</li><li>Certification through AAPC or AHIMA (CPC, CCS-P, "
            "RHIT)</li><li>3+ years of coding experience</li></ul>",
            "CPC/CCS-P/RHIT",
        ),
        (
            "<p><strong>Required:</strong></p><ul><li>RHIA, RHIT, CCS, or "
            "CIC</li></ul><p><strong>Preferred:</strong></p><ul><li>CDIP "
            "or CCDS</li></ul>",
            "RHIA/RHIT/CCS/CIC | CDIP/CCDS",
        ),
        (
            "LICENSES/CERTIFICATIONS:\nCertified Coding Specialist (CCS) or "
            "Registered Health Information Technician (RHIT) or Registered "
            "Health Information Administrator (RHIA) required.",
            "CCS/RHIT/RHIA",
        ),
        (
            "Education and Experience\nHS diploma required\nLicensure, "
            "Registration and/or Certification\nRHIT, RHIA, CCS or CPC "
            "within 2 years of hire",
            "RHIT/RHIA/CCS/CPC@24",
        ),
        (
            "License/Certification:\nCPC, CCS (Required)",
            "CPC/CCS",
        ),
        (
            "Certification/Licensure: One of the following: CCS, CCS-P, "
            "COC, CPC, RHIT, RHIA",
            "CCS/CCS-P/COC/CPC/RHIT/RHIA",
        ),
        (
            "Minimum Requirements: CPC-A, CCA or CBCS",
            "CPC-A/CCA/CBCS",
        ),
        (
            "Entry-level coder. CPC-A required.",
            "CPC-A",
        ),
        (
            "Must be a Certified Professional Coder through AAPC (CPC) or "
            "a Certified Coding Specialist through AHIMA (CCS or CCS-P).",
            "CPC/CCS/CCS-P",
        ),
        (
            "Coding credentials required (AHIMA: RHIT, RHIA, CCS, CCS-P; "
            "AAPC: CPC, COC, CIC)",
            "RHIT/RHIA/CCS/CCS-P/CPC/COC/CIC",
        ),
        (
            "Candidates who hold a CPC, CRC or CCS are strongly encouraged to apply.",
            " | CPC/CRC/CCS",
        ),
        (
            "Certified coders (CPC, CCS, RHIT) encouraged to apply",
            " | CPC/CCS/RHIT",
        ),
        (
            "Certification as a CPC is highly desirable.",
            " | CPC",
        ),
        (
            "The successful candidate will hold CPC, COC, or CCS-P.",
            "CPC/COC/CCS-P",
        ),
        (
            "The ideal candidate is a CPC with 5+ years in orthopedics.",
            " | CPC",
        ),
        (
            "Candidate must be certified (CPC, CCS, RHIT or RHIA).",
            "CPC/CCS/RHIT/RHIA",
        ),
        (
            "Requires certification as CPC, RHIT or CCS and a minimum of "
            "two years of experience.",
            "CPC/RHIT/CCS",
        ),
        (
            "Requires one of the following certifications: CPC, CCS, or "
            "RHIT; CRC preferred.",
            "CPC/CCS/RHIT | CRC",
        ),
        (
            "Applicants must have a minimum of 2 years of risk adjustment "
            "experience and CRC or CPC.",
            "CRC/CPC",
        ),
        (
            "Dual-certified (CPC and CRC) preferred",
            " | CPC/CRC",
        ),
        (
            "CPC/CRC dual certification required",
            "CPC & CRC",
        ),
        (
            "Must have an active AAPC or AHIMA credential (CPC, CRC, CCS, "
            "RHIT). CRC must be obtained within 6 months.",
            "CPC/CRC/CCS/RHIT & CRC@6",
        ),
        (
            "At least one of: CPC, COC, CIC, CCS, RHIT; apprentice "
            "credentials (CPC-A) are not eligible.",
            "CPC/COC/CIC/CCS/RHIT",
        ),
        (
            "CPC-A with 1 year experience accepted. CPC preferred.",
            " | CPC",
        ),
        (
            'CPC (no "A" designation) required',
            "CPC",
        ),
        (
            "CPC required, must not be CPC-A",
            "CPC",
        ),
        (
            "AAPC CPC-A or AHIMA CCA minimum",
            "CPC-A/CCA",
        ),
        (
            "RHIT or CCS required upon hire or within 1 year of hire",
            "RHIT/CCS@12",
        ),
        (
            "Certification required within 12 months: CPC or CCS",
            "CPC/CCS@12",
        ),
        (
            "Must acquire CPC or CCA certification within one year of employment.",
            "CPC/CCA@12",
        ),
        (
            "RN or RHIA/RHIT with CCS and CDIP preferred",
            " | RHIA/RHIT/CCS/CDIP",
        ),
        (
            "Graduate of an accredited HIM program; RHIT or RHIA eligible, "
            "CCS preferred",
            " | RHIT/RHIA/CCS",
        ),
        (
            "CPMA certification required or obtained within 12 months; CPC "
            "or CCS required.",
            "CPMA@12 & CPC/CCS",
        ),
        (
            "CPC, CCS, or CIC. CPMA a plus. CDEO a plus.",
            "CPC/CCS/CIC | CPMA/CDEO",
        ),
        (
            "National Healthcareer Association Certified Billing and "
            "Coding Specialist (CBCS) preferred.",
            " | CBCS",
        ),
        (
            "CCS (Certified Coding Specialist) or CCS-P (Certified Coding "
            "Specialist-Physician based) required",
            "CCS/CCS-P",
        ),
        (
            "RCC or CIRCC required for interventional radiology coder",
            "RCC/CIRCC",
        ),
        (
            "ODS-C (formerly CTR) credential required",
            "ODS",
        ),
        (
            "ODS/CTR required, or ODS-eligible with certification within "
            "18 months of hire",
            "ODS@18",
        ),
        (
            "Certification: CPC, CPC-A, COC, CCS, CCA",
            "CPC/CPC-A/COC/CCS/CCA",
        ),
        (
            "All coders must maintain certification. CPC or CCS required.",
            "CPC/CCS",
        ),
        (
            "Valid CPC certification with the AAPC or CCS-P certification "
            "with AHIMA is mandatory for this role",
            "CPC/CCS-P",
        ),
        (
            "Credentialed coder – CPC, COC, RHIT or RHIA – with at least "
            "two years’ experience",
            "CPC/COC/RHIT/RHIA",
        ),
        (
            "Professional certification (e.g., CPC, CCS-P) is required; "
            "certification in a surgical specialty (e.g., CGSC) is preferred",
            "CPC/CCS-P | CGSC",
        ),
        (
            "HFMA CRCR or AAHAM CRCS preferred",
            " | CRCR/CRCS",
        ),
        (
            "CPB, CPC, CRCR, or other healthcare revenue cycle certification preferred",
            " | CPB/CPC/CRCR",
        ),
        (
            "Must possess, or be willing to obtain within 6 months, a CRCR "
            "certification.",
            "CRCR@6",
        ),
        (
            "CPC required for this role, CRC preferred, CPMA nice to have",
            "CPC | CRC/CPMA",
        ),
        (
            "Possession of a CCS, RHIA, or RHIT from AHIMA is required at "
            "the time of application.",
            "CCS/RHIA/RHIT",
        ),
        (
            "CRC, CPC, CPC-A, CCS, CCS-P, RHIT accepted",
            "CRC/CPC/CPC-A/CCS/CCS-P/RHIT",
        ),
        (
            "Provide coding support; CCA/CPC-A candidates welcome",
            " | CCA/CPC-A",
        ),
        (
            "Position requires a current, active CCS, RHIT, or RHIA "
            "credential; candidates holding a CPC with inpatient "
            "experience may be considered.",
            "CCS/RHIT/RHIA",
        ),
        (
            "Credentialed by AHIMA as CCS or RHIT, or by AAPC as CIC.",
            "CCS/RHIT/CIC",
        ),
        (
            "CERTIFICATION/REGISTRATION/LICENSURE: RHIT, RHIA, CCS, CPC or "
            "other coding certification required",
            "RHIT/RHIA/CCS/CPC",
        ),
        (
            "Certification(s): Must hold at least one: CPC, CCS, CCA",
            "CPC/CCS/CCA",
        ),
        (
            "Required Licenses and Certifications: CPC - Certified "
            "Professional Coder or CCS - Certified Coding Specialist",
            "CPC/CCS",
        ),
        (
            "Required Credential(s):\nCertified Coding Specialist (CCS) - "
            "American Health Information Management Association (AHIMA)",
            "CCS",
        ),
        (
            "One of these: Registered Health Information Administrator - "
            "RHIA, Registered Health Information Technician - RHIT, "
            "Certified Coding Specialist - CCS",
            "RHIA/RHIT/CCS",
        ),
        (
            "CPC or CCS-P certified required, with CPMA or willingness to "
            "obtain within 1 year",
            "CPC/CCS-P & CPMA@12",
        ),
        (
            "CPC required, specialty certification (COSC, CGSC) preferred",
            "CPC | COSC/CGSC",
        ),
        (
            "Coding certification (CPC or equivalent) strongly preferred",
            " | CPC",
        ),
        (
            "Currently enrolled in a coding program or CPC-A required",
            " | CPC-A",
        ),
        (
            "AAPC or AHIMA certification required (CPC, CCS). CRC a plus!",
            "CPC/CCS | CRC",
        ),
        (
            "Must have 2+ years of E/M coding and be CPC-certified",
            "CPC",
        ),
        (
            "What we're looking for:\nCPC, CPC-A or CCS credential\n1+ years",
            "CPC/CPC-A/CCS",
        ),
        (
            "HS Diploma or equivalent. CPC or CCS.",
            "CPC/CCS",
        ),
        (
            "Licensure: current RN license required. CCDS preferred.",
            " | CCDS",
        ),
        (
            "CPC certification required within 1 yr.",
            "CPC@12",
        ),
        (
            "Coding credential required within one year of hire (CPC or CCS)",
            "CPC/CCS@12",
        ),
        (
            "No certification necessary, but CPC-A or CPC is a plus",
            " | CPC-A/CPC",
        ),
        (
            "Must be willing to obtain CPC within 6 months",
            "CPC@6",
        ),
        (
            "CPC not required but will be required within 1 year of hire.",
            "CPC@12",
        ),
        (
            "Employees must maintain CPC credentials throughout employment.",
            "CPC",
        ),
        (
            "Requirements:\nCPC, RHIT, or RHIA certification or in process "
            "of obtaining",
            " | CPC/RHIT/RHIA",
        ),
        (
            "No certification required - we will train and pay for your CPC!",
            "",
        ),
        (
            "We do not require certification for this role.",
            "",
        ),
        (
            "Certification isn't important to me; show me your work.",
            "",
        ),
        (
            "No certification needed to start, CPC within 24 months.",
            "CPC@24",
        ),
        (
            "We do not require any certification beyond the CPC.",
            None,
        ),
        (
            "Prefer RHIT but will accept CCA.",
            "RHIT/CCA | RHIT",
        ),
    ],
)
def test_rule_is_read_as_it_is_meant(source, expected):
    assert rule_of(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "AAPC or AHIMA certification required",
        "work with our CPC team",
        "we pay for your CPC",
        "reports to RHIA director",
        "we employ 300 CPC coders",
        "Coding certification required, CPC or CCS preferred.",
        "Experience with CCS (California Children's Services) claims required",
        "Experience with colorectal cancer (CRC) screening measures required",
        "Knowledge of ICD-10-PCS required",
        "Knowledge of the Community Health Center (CHC) billing rules required",
        "CRC screening experience is required",
        "Hold CPCS credential required",
        "We reimburse AAPC dues and CPC exam fees.",
        "Work alongside our team of CPC and CCS coders.",
        "Reports to the Coding Manager, RHIA.",
        "Supervises 12 CPC certified coders",
        "ODS-C certification or eligible",
        "Are you a CPC looking for a remote job?",
        "Benefits\n• CPC dues paid\n• AAPC membership",
        "Responsibilities\n• Mentors CPC-A coders\n• Works with CPC team",
        "License/Certification:\nAAPC Certification (Preferred)",
        "Certification: Certified Professional Coder - Apprentice (CPC-A) accepted",
        "Our coders hold CPC, CCS, and RHIT credentials.",
        "Salary: CPC $28/hr, CPC-A $22/hr",
        "Sign-on bonus for CPC certified coders",
        "We offer CPC training and pay for your exam",
        "After 1 year you may sit for the CPC exam at our expense.",
        "Knowledge of CPC guidelines required",
        "AHIMA or AAPC coding certification required. Preferred: CCS.",
        "Coding certification preferred.",
        "Contact the CTR at the COC for the CIC",
        "The contractor (CTR) must be certified",
        "CPC, RHIT, or RHIA certification or in process of obtaining",
        "As a CPC, you will review charts",
        "CDI: RN with CCDS or CDIP, or RHIA/RHIT with CCS",
        "RHIT, CCS or equivalent combination of education and experience",
    ],
)
def test_credential_outside_a_requirement_is_no_rule(source):
    assert rule_of(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Certification: Persons hired to MRT (Coder) positions in VHA must have "
            "either (1), (2), or (3) below:\n"
            "(1) Apprentice/Associate Level Certification through AHIMA or AAPC.\n"
            "(2) Mastery Level Certification through AHIMA or AAPC.\n"
            "(3) Clinical Documentation Improvement Certification through AHIMA or "
            "ACDIS.",
            "CCA/CPC-A/COC-A/CCS/CCS-P/RHIT/RHIA/CPC/COC/CIC/CDIP/CCDS",
        ),
        (
            "VHA certification. Employees at this level must have a mastery level "
            "certification through AHIMA or AAPC.",
            "CCS/CCS-P/RHIT/RHIA/CPC/COC/CIC",
        ),
        (
            "Certification - You must have HIM Certification through AHIMA.\n"
            "Certification titles may change; however, current HIM certifications "
            "include Registered Health Information Technician (RHIT) and Registered "
            "Health Information Administrator (RHIA). This is a VHA position.",
            "RHIT/RHIA",
        ),
        (
            "NOTE: Mastery level certification is required for all positions above the "
            "journey level in VHA.",
            None,
        ),
        (
            "VHA: Do you possess a current mastery level certification?\n"
            "A. I have a mastery level certification through AHIMA or AAPC.\n"
            "B. I do not possess any of these certifications.",
            MASTERY,
        ),
        (
            "The VA asks for certification:\nDo you hold either a mastery level "
            "certification through AHIMA or AAPC, or a clinical documentation "
            "improvement certification through AHIMA or ACDIS?",
            f"{MASTERY}/{CDI}",
        ),
        (
            "Certification. Administrators in VHA must meet one of these:\n"
            "(1) Coding certification through AHIMA or AAPC.\n"
            "(2) HIM certification through AHIMA.\n"
            "(3) Health data analyst certification through AHIMA.",
            "CCS/CCS-P/CPC/COC/CIC/RHIT/RHIA/CHDA",
        ),
        (
            "VHA. Which certification do you have?\n"
            "A. I have a coding certification through AHIMA or AAPC.\n"
            "B. I have a HIM certification through AHIMA.\n"
            "C. I have neither.\n"
            "Certification. At this level you must have a HIM certification.",
            "RHIT/RHIA",
        ),
        (
            "Select what you have for the position with VHA.\n"
            "A. I have earned an apprentice/associate level certification through "
            "AHIMA or AAPC.\n"
            "B. I have earned a mastery level certification through AHIMA or AAPC.\n"
            "C. I have none of them.",
            f"CCA/CPC-A/COC-A/{MASTERY}",
        ),
        (
            "Must have (1), (2) or (3) in VHA:\n"
            "(1) Apprentice/associate level certification through AHIMA or AAPC.\n"
            "(2) Mastery level certification through AHIMA or AAPC.\n"
            "(3) Clinical documentation improvement certification through AHIMA.\n"
            "Mastery level certification is required for all positions above the "
            "journey level (required for this grade).",
            MASTERY,
        ),
        (
            "How do you meet the experience in VHA?\n"
            "- One year at the journey level\n"
            "- Mastery level certification through AHIMA or AAPC, and two years of "
            "experience in documentation improvement",
            None,
        ),
        (
            "Administrators in VHA must meet one of these:\n"
            "(1) Coding certification through AHIMA or AAPC, or\n"
            "(2) HIM certification through AHIMA, or\n(3) Hea",
            None,
        ),
        (
            "HIM certification through AHIMA is required. We welcome veterans.",
            None,
        ),
    ],
)
def test_classes_of_the_federal_standard(source, expected):
    assert rule_of(source) == expected


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Medical Coder (CPC)", "Code charts.", "CPC"),
        ("Inpatient Coder - CCS, RHIT or CIC", "Code charts.", "CCS/RHIT/CIC"),
        ("Medical Coder - CPC preferred", "Code charts.", " | CPC"),
        ("Certified Coding Specialist", "Code charts.", None),
        ("Medical Coder (CPC)", "CPC or CCS required.", "CPC/CCS"),
        ("Medical Coder (CPC)", "CPC preferred.", " | CPC"),
    ],
)
def test_title_speaks_where_the_text_is_silent(title, source, expected):
    assert rule_of(source, title) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Two of the following: CPC, CCS, RHIT", "CPC/CCS & CPC/RHIT & CCS/RHIT"),
        (
            "Must have at least two (2) of these certifications: CPC, CPMA, CRC",
            "CPC/CPMA & CPC/CRC & CPMA/CRC",
        ),
        (
            "Must have two of the following:\n- CPC\n- CCS\n- RHIT",
            "CPC/CCS & CPC/RHIT & CCS/RHIT",
        ),
        ("CPC, CCS, RHIT (any two)", "CPC/CCS & CPC/RHIT & CCS/RHIT"),
        (
            "Requires any two of CPC, CCS, RHIT, CRC",
            "CPC/CCS/RHIT & CPC/CCS/CRC & CPC/RHIT/CRC & CCS/RHIT/CRC",
        ),
        ("Requires two of CPC and CRC", "CPC & CRC"),
        (
            "CPC required, plus two of the following: CRC, CPMA, CIC",
            "CPC & CRC/CPMA & CRC/CIC & CPMA/CIC",
        ),
        (
            "Requires CPC and two of CRC, CPMA, CIC",
            "CPC & CRC/CPMA & CRC/CIC & CPMA/CIC",
        ),
        (
            "Requires CPC or two of CRC, CPMA, CIC",
            "CPC/CRC/CPMA & CPC/CRC/CIC & CPC/CPMA/CIC",
        ),
        ("Two of these preferred: CPC, CRC, CIC", " | CPC/CRC/CIC"),
        ("Must have one or two of the following: CPC, CCS", "CPC/CCS"),
        ("Two CPC certified coders needed", "CPC"),
        # Three of four would take six groups.
        ("Requires three of CPC, CCS, RHIT, CRC", None),
    ],
)
def test_several_of_a_list_are_asked_for_exactly_or_not_at_all(source, expected):
    assert rule_of(source) == expected


def test_rule_of_more_groups_than_a_rule_can_hold_is_not_read():
    five = "CPC required. CRC required. CPMA required. CPB required. CDEO required."
    assert rule_of(five) is None


def test_words_of_a_list_with_definitions_are_cut():
    meaning = "Coding certification obtained there counts when it covers all. " * 9
    text = Text.of(
        "Certification. Administrators in VHA must meet one of these:\n"
        f"(1) Coding certification through AHIMA or AAPC. {meaning}\n"
        f"(2) HIM certification through AHIMA. {meaning}"
    )
    read = read_rule(text, VOCABULARY)
    assert read.value.groups[0].any_of[-1] == "RHIA"
    assert read.words in text.plain
    assert len(read.words) <= 300


def test_words_are_a_slice_of_the_text():
    text = Text.of("<p>Join us.</p><p>Active CPC&reg; or CCS required. Be kind.</p>")
    read = read_rule(text, VOCABULARY)
    assert read is not None
    assert read.words == "Active CPC® or CCS required."
    assert read.words in text.plain


def test_same_requirement_said_twice_is_one_group():
    assert rule_of("CPC required.\nMust hold CPC, CCS or RHIT.") == "CPC/CCS/RHIT"


def test_preferred_is_not_repeated_where_it_is_the_only_one_required():
    assert rule_of("CPC preferred for all staff.\nCPC required.") == "CPC"
