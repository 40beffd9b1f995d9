import ArgumentParser

/// What becomes of a plan before it is sent.
struct PlanOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Plan"

    @Flag(help: "Send nothing if any row is rejected.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Save the plan and send nothing; rollcall apply FILE sends exactly this plan.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var savePlan: String?

    mutating func validate() throws {
        if let savePlan, !savePlan.lowercased().hasSuffix(".json") {
            throw ValidationError("--save-plan \(savePlan): the name must end in .json.")
        }
    }
}
