import ArgumentParser

/// What becomes of a plan before it is sent.
struct PlanOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "The plan"

    @Flag(help: "Send nothing if any row is rejected.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Write the plan to a file and send nothing; rollcall apply FILE sends exactly that.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var savePlan: String?

    mutating func validate() throws {
        if let savePlan, !savePlan.lowercased().hasSuffix(".json") {
            throw ValidationError("--save-plan \(savePlan): the name has to end in .json.")
        }
    }
}
