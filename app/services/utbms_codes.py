"""The code sets of the Uniform Task-Based Management System, and whose they are.

A set is known by its list, each code with its name, or by its form alone where the list is not at hand: then
every code of that form is taken, without a name, since a client's real code must not be refused.
"""

from __future__ import annotations

from dataclasses import dataclass

TASK, ACTIVITY, EXPENSE = "task", "activity", "expense"


@dataclass(frozen=True)
class CodeSet:
    """One published set.

    Args:
        name: what it is called, with its publisher and year.
        kind: whether the codes say what the work was for, what was done, or what was paid for.
        listed: a code and its name on each line.
        form: a pattern; codes that match it are of the set too, though we have no name for them.
    """

    name: str
    kind: str
    listed: str = ""
    form: str | None = None

    def codes(self) -> dict[str, str]:
        """The names of the listed codes."""
        lines = (line.partition(" ") for line in self.listed.strip().splitlines())
        return {code: name for code, _, name in lines}


LITIGATION = """
L100 Case Assessment, Development and Administration
L110 Fact Investigation/Development
L120 Analysis/Strategy
L130 Experts/Consultants
L140 Document/File Management
L150 Budgeting
L160 Settlement/Non-Binding ADR
L190 Other Case Assessment, Development and Administration
L200 Pre-Trial Pleadings and Motions
L210 Pleadings
L220 Preliminary Injunctions/Provisional Remedies
L230 Court Mandated Conferences
L240 Dispositive Motions
L250 Other Written Motions and Submissions
L260 Class Action Certification and Notice
L300 Discovery
L310 Written Discovery
L320 Document Production
L330 Depositions
L340 Expert Discovery
L350 Discovery Motions
L360 Discovery On-Site Inspections
L390 Other Discovery
L400 Trial Preparation and Trial
L410 Fact Witnesses
L420 Expert Witnesses
L430 Written Motions and Submissions
L440 Other Trial Preparation and Support
L450 Trial and Hearing Attendance
L460 Post-Trial Motions and Submissions
L470 Enforcement
L500 Appeal
L510 Appellate Motions and Submissions
L520 Appellate Briefs
L530 Oral Argument
"""

E_DISCOVERY = """
L600 Identification
L601 Discovery Planning
L602 Interviews
L609 Quality Assurance and Control
L610 Preservation
L611 Preservation Order
L612 Legal Hold
L619 Quality Assurance and Control
L620 Collection
L621 Collection/Recovery
L622 Media Costs
L623 Media/ESI Transfer, Receipt, Inventory
L629 Quality Assurance and Control
L630 Processing
L631 ESI Staging, Preparation and Process
L632 Scanning - Hard Copy
L633 Foreign Language Translation
L634 Exception Handling
L639 Quality Assurance and Control
L650 Review
L651 Hosting Costs
L652 Objective and Subjective Coding
L653 First Pass Document Review
L654 Second Pass Document Review
L655 Privilege Review
L656 Redaction
L659 Quality Assurance and Control
L660 Analysis
L670 Production
L671 Conversion of ESI to Production Format
L679 Quality Assurance and Control
L680 Presentation
L690 Project Management
"""

COUNSELING = """
C100 Fact Gathering
C200 Researching Law
C300 Analysis and Advice
C400 Third Party Communication
"""

PROJECT = """
P100 Project Administration
P200 Fact Gathering/Due Diligence
P210 Corporate Review
P220 Tax
P230 Environmental
P240 Real and Personal Property
P250 Employee/Labor
P260 Intellectual Property
P270 Regulatory Reviews
P280 Other
P300 Structure/Strategy/Analysis
P400 Initial Document Preparation/Filing
P500 Negotiation/Revision/Responses
P600 Completion/Closing
P700 Post-Completion/Post-Closing
P800 Maintenance and Renewal
"""

BANKRUPTCY = """
B100 Administration
B110 Case Administration
B120 Asset Analysis and Recovery
B130 Asset Disposition
B140 Relief from Stay/Adequate Protection Proceedings
B150 Meetings of and Communications with Creditors
B160 Fee/Employment Applications
B170 Fee/Employment Objections
B180 Avoidance Action Analysis
B185 Assumption/Rejection of Leases and Contracts
B190 Other Contested Matters (excluding assumption/rejection motions)
B195 Non-Working Travel
B200 Operations
B210 Business Operations
B220 Employee Benefits/Pensions
B230 Financing/Cash Collections
B240 Tax Issues
B250 Real Estate
B260 Board of Directors Matters
B300 Claims and Plan
B310 Claims Administration and Objections
B320 Plan and Disclosure Statement (including Business Plan)
B400 Bankruptcy-Related Advice
B410 General Bankruptcy Advice/Opinions
B420 Restructurings
"""

PATENT = """
PA100 Assessment, Development, and Administration
PA110 Fact Investigation and Development
PA120 Analysis/Strategy
"""

ACTIVITIES = """
A100 Activities
A101 Plan and prepare for
A102 Research
A103 Draft/revise
A104 Review/analyze
A105 Communicate (in firm)
A106 Communicate (with client)
A107 Communicate (other outside counsel)
A108 Communicate (other external)
A109 Appear for/attend
A110 Manage data/files
A111 Other
"""

EXPENSES = """
E100 Expenses
E101 Copying
E102 Outside printing
E103 Word processing
E104 Facsimile
E105 Telephone
E106 Online research
E107 Delivery services/messengers
E108 Postage
E109 Local travel
E110 Out-of-town travel
E111 Meals
E112 Court fees
E113 Subpoena fees
E114 Witness fees
E115 Deposition transcripts
E116 Trial transcripts
E117 Trial exhibits
E118 Litigation support vendors
E119 Experts
E120 Private investigators
E121 Arbitrators/mediators
E122 Local counsel
E123 Other professionals
E124 Other
"""

SETS = (
    CodeSet("Litigation (American Bar Association, 1995; L360 of 2007)", TASK, LITIGATION),
    # Some vendors close every phase with a code for quality assurance.
    CodeSet("eDiscovery (LEDES Oversight Committee, 2011)", TASK, E_DISCOVERY, "L6[0-9]9"),
    CodeSet("Counseling (American Bar Association, 1996)", TASK, COUNSELING),
    CodeSet("Project (American Bar Association, 1996)", TASK, PROJECT),
    CodeSet("Bankruptcy (American Bar Association, 1996)", TASK, BANKRUPTCY),
    CodeSet("Patent (LEDES Oversight Committee, 2009)", TASK, PATENT, "PA[1-9][0-9]{2}"),
    CodeSet("Trademark (LEDES Oversight Committee, 2009)", TASK, form="TR[1-9][0-9]{2}"),
    CodeSet("Workers' Compensation (American Bar Association, 2010)", TASK, form="WC[1-9][0-9]{2}"),
    CodeSet("Civil litigation in England and Wales, J-codes (2014)", TASK, form="J[A-Z][0-9]{2}"),
    # The LEDES Oversight Committee went on from A111 in 2013.
    CodeSet("Activities (American Bar Association, 1995)", ACTIVITY, ACTIVITIES, "A1(1[2-9]|[2-9][0-9])"),
    # The patent and trademark sets added seven codes to the expenses.
    CodeSet("Expenses (American Bar Association, 1995)", EXPENSE, EXPENSES, "E1(2[5-9]|3[01])"),
    CodeSet("Revised expenses (LEDES Oversight Committee, 2013)", EXPENSE, form="X[1-9][0-9]{2}"),
)
