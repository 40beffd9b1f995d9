import Domain

/// A setting other than the connection; the raw value is its name in a profile.
public enum SettingKey: String, CaseIterable, Sendable {
    case rate, concurrency, batch, maxAttempts, timeout, settleWait, maxWait, maxFailures
    case minAdmins, maxRemovals, maxPrivileged, maxOutside
    case own = "self"
    case domains, privilegedTypes, accountTypes, accountTypesBy
    case formats, templates
    case reviewer, approver, preparer
    case signingKey, timestampURL
    case people, peopleCommand, peopleColumns, peopleStatuses, dateFormat
    case serviceAccounts, exceptions
    case activity
    case ledger

    /// The form of a value.
    public enum Form: Equatable, Sendable {
        /// Any text.
        case text
        /// The address of a service: `https://…` or `http://…`.
        case address
        /// A file or a folder. In a profile, `~` is the home folder, and other relative paths are relative to the
        /// configuration.
        case path
        /// Several texts separated by commas, or a list in YAML.
        case list
        /// Requests in a period: `10/s`.
        case rate
        /// A whole number.
        case count(ClosedRange<Int>)
        /// A number of seconds.
        case seconds(ClosedRange<Double>)
        /// A time, in seconds or with a unit: `30`, `500ms`, `15m`. The bounds are seconds.
        case time(ClosedRange<Double>)
        /// A whole number, 1 or more, or `none`.
        case countOrNone
        /// A share of the users, or their number: `25%`, `10`.
        case share
        /// `yes` or `no`.
        case yesNo
        /// Formats of reports, separated by commas.
        case formats

        /// The form in words: `a whole number between 1 and 256`.
        public var words: String {
            switch self {
            case .text: "a text"
            case .address: "an address such as https://tsa.example.com"
            case .path: "a file or a folder"
            case .list: "a list separated by commas"
            case .rate: "a rate such as 10/s, 600/m or 5000/h, from 1 a day to a million a second, or none"
            case .count(let range) where range.upperBound == .max: "a whole number, \(range.lowerBound) or more"
            case .count(let range): "a whole number between \(range.lowerBound) and \(range.upperBound)"
            case .seconds(let range): "a number of seconds between \(range.lowerBound) and \(Int(range.upperBound))"
            case .time(let range): "a time such as 30s or 15m, at most \(Int(range.upperBound / 3600)) h"
            case .countOrNone: "a whole number, 1 or more, or none"
            case .yesNo: "yes or no"
            case .share: "a share such as 25%, or a whole number"
            case .formats:
                "a list of \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")), vanta and entra, each once"
            }
        }
    }

    /// The form of the value.
    public var form: Form {
        switch self {
        case .rate: .rate
        case .concurrency: .count(1...256)
        case .batch: .count(1...500)
        case .maxAttempts: .count(1...100)
        case .timeout: .seconds(0.001...3600)
        case .settleWait: .time(0...3600)
        case .maxWait: .time(0...86_400)
        case .maxFailures: .countOrNone
        case .minAdmins, .maxRemovals, .maxPrivileged, .maxOutside:
            limit?.takesShare == true ? .share : .count(0...(.max))
        case .domains, .privilegedTypes, .accountTypes, .peopleColumns, .peopleStatuses, .serviceAccounts, .exceptions:
            .list
        case .formats: .formats
        case .activity: .yesNo
        case .templates, .ledger, .signingKey, .people: .path
        case .timestampURL: .address
        case .own, .reviewer, .approver, .preparer, .peopleCommand, .dateFormat, .accountTypesBy: .text
        }
    }

    /// The limit that it sets; nil for other settings.
    public var limit: SafetyLimit? { SafetyLimit(rawValue: rawValue) }

    /// The setting for a limit. A test ensures that it is never nil.
    public init?(_ limit: SafetyLimit) { self.init(rawValue: limit.rawValue) }

    /// Whether the value may be a YAML list in a profile.
    var isList: Bool { form == .list || form == .formats }

    /// The environment variable: `maxAttempts` is `ROLLCALL_MAX_ATTEMPTS`, `timestampURL` is `ROLLCALL_TIMESTAMP_URL`.
    public var variable: String {
        "ROLLCALL_" + rawValue.replacing(#/([a-z])([A-Z])/#) { "\($0.output.1)_\($0.output.2)" }.uppercased()
    }
}

/// The keys of a connection in a profile.
enum ConnectionKey: String, CaseIterable {
    case endpoint, workspaceUid
    case key, keyEnv, keyFile, keyCommand
    case secretEnv, secretFile, secretCommand
}
