import Foundation

extension UserSettings {
    /// The maximum length of a list of people that a command prints, in bytes.
    static let longestPeopleList = 256 << 20
    /// The maximum time of the command.
    static let peoplePatience = Duration.seconds(300)

    /// Runs `peopleCommand` of the settings, which prints the company's own list of people: a CSV or a workbook.
    ///
    /// - Returns: the output; nil if no command is set.
    /// - Throws: ``SettingsFailure`` if the command fails, prints too much, or takes longer than five minutes.
    public func peopleCommandOutput() async throws(SettingsFailure) -> Data? {
        guard let setting = self[.peopleCommand] else { return nil }
        do throws(ShellCommand.Failure) {
            let command = ShellCommand(
                text: setting.text, limit: Self.peoplePatience, longest: Self.longestPeopleList)
            return Data(try await command.output())
        } catch {
            throw .reference(setting.origin, problem: error.sentence)
        }
    }
}
