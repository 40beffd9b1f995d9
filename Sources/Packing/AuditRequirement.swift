/// A requirement of a standard that an access review answers, in a short form; the wording of the standard counts.
struct AuditRequirement {
    /// The standard, with its version.
    var standard: String
    /// The number of the requirement.
    var clause: String
    /// What it asks for, in one sentence.
    var asks: String
    /// What in a closed review answers it; empty if no evidence of the program does.
    var proofs: [AuditProof]
    /// What the review does not show, and what to ask for instead; empty if nothing is missing.
    var missing = ""

    /// All requirements, in the order in which they are listed.
    ///
    /// PCI DSS 4.0.1 (7.2.4), AICPA Trust Services Criteria 2017 with the points of focus of 2022 (CC6.2, CC6.3), ISO/IEC
    /// 27001:2022 (annex A, 5.18), Sarbanes-Oxley Act section 404 with PCAOB AS 1105.10 and AS 2201.
    static let all: [AuditRequirement] = [
        AuditRequirement(
            standard: pci, clause: "7.2.4",
            asks: "All user accounts and their access are reviewed, also those of third parties.",
            proofs: [.population, .source, .decisions],
            missing: "Which accounts belong to third parties: the API does not say. Compare with the list of vendors."),
        AuditRequirement(
            standard: pci, clause: "7.2.4", asks: "They are reviewed at least once every six months.",
            proofs: [.schedule]),
        AuditRequirement(
            standard: pci, clause: "7.2.4", asks: "Accounts and access remain appropriate for the job function.",
            proofs: [.decisions, .privileged],
            missing: "The job function of each person: the API does not say. Compare with the list of employees."),
        AuditRequirement(
            standard: pci, clause: "7.2.4", asks: "Inappropriate access is addressed.",
            proofs: [.removal, .execution, .confirmation]),
        AuditRequirement(
            standard: pci, clause: "7.2.4", asks: "Management acknowledges that access remains appropriate.",
            proofs: [.approval, .exceptions], missing: approval),
        AuditRequirement(
            standard: soc, clause: "CC6.2", asks: "Access is authorized before credentials are issued.", proofs: [],
            missing:
                "A review shows the access that exists, not its approval. Ask for the requests behind a sample of invitations."
        ),
        AuditRequirement(
            standard: soc, clause: "CC6.2", asks: "It is reviewed whether credentials are still appropriate.",
            proofs: [.population, .completeness, .decisions, .schedule]),
        AuditRequirement(
            standard: soc, clause: "CC6.2", asks: "Credentials are removed when access is no longer authorized.",
            proofs: [.removal, .execution, .confirmation],
            missing: "When people left: the API does not say. Compare with the list of leavers."),
        AuditRequirement(
            standard: soc, clause: "CC6.3",
            asks: "Access is authorized, changed and removed by role and responsibility.",
            proofs: [.decisions, .removal, .laterChanges],
            missing: "The authorization of new access. Ask for the requests behind a sample of invitations."),
        AuditRequirement(
            standard: soc, clause: "CC6.3", asks: "Access roles and rules are reviewed.",
            proofs: [.population, .decisions, .schedule],
            missing:
                "What each account type may do: the API does not say. Ask for the product's description of its types."),
        AuditRequirement(
            standard: soc, clause: "CC6.3", asks: "Access follows least privilege.", proofs: [.privileged, .exceptions]),
        AuditRequirement(
            standard: soc, clause: "CC6.3", asks: "Duties are segregated.", proofs: [.independence, .execution],
            missing: "Duties across several systems: a review is about one system."),
        AuditRequirement(
            standard: iso, clause: "A.5.18", asks: "Access rights are reviewed by the rules of the organization.",
            proofs: [.population, .decisions, .schedule],
            missing: "The rules themselves. Ask for the policy on access control."),
        AuditRequirement(
            standard: iso, clause: "A.5.18", asks: "Access rights are changed and removed by the same rules.",
            proofs: [.removal, .execution, .confirmation]),
        AuditRequirement(
            standard: iso, clause: "A.5.18", asks: "Access rights are provisioned by the same rules.", proofs: [],
            missing: "Ask for the requests behind a sample of invitations."),
        AuditRequirement(
            standard: "ISO/IEC 27002:2022", clause: "5.18",
            asks: "Approval and implementation are separate, and both are recorded.",
            proofs: [.independence, .approval, .execution],
            missing: "That approver and the user who ran the changes are two persons: compare their names. " + approval),
        AuditRequirement(
            standard: sox, clause: "404, AS 2201",
            asks: "The control ran: access was reviewed, and revocations were carried out.",
            proofs: [.decisions, .removal, .confirmation, .approval], missing: approval),
        AuditRequirement(
            standard: sox, clause: "404, AS 1105.10",
            asks: "Information produced by the company is complete and accurate.",
            proofs: [.source, .completeness, .population, .integrity],
            missing:
                "That the API lists every account. Compare a sample, or the numbers, with the product's own user administration."
        ),
    ]

    private static let approval =
        "That the approver has agreed: the name is what the person who closed the review has entered. Ask the approver, or "
        + "for a signature of theirs (ssh-keygen -Y) on closing.SHA256SUMS."
    private static let pci = "PCI DSS 4.0.1"
    private static let soc = "SOC 2 (TSC 2017)"
    private static let iso = "ISO/IEC 27001:2022"
    private static let sox = "SOX"
}
