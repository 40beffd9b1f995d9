import Foundation

/// What a column of a list of people can mean.
public enum PeopleField: String, Sendable, CaseIterable {
    case email, accountType, uid, name, workspace

    /// As messages call it.
    public var label: String {
        switch self {
        case .email: "email address"
        case .accountType: "account type"
        case .uid: "uid"
        case .name: "name"
        case .workspace: "workspace"
        }
    }

    /// Headers that would have been understood.
    var examples: String {
        switch self {
        case .email: "\"Email\", \"E-mail address\" or \"Work email\""
        case .accountType: "\"Account type\", \"Role\" or \"Permission\""
        case .uid: "\"uid\" or \"User ID\""
        case .name: "\"Name\" or \"Display name\""
        case .workspace: "\"Workspace\""
        }
    }

    /// Headers as people and other products write them, in the form of ``normalised(_:)``.
    public var headers: [String] {
        switch self {
        case .email:
            [
                "email", "emails", "mail", "emailaddress", "mailaddress", "useremail", "useremailaddress", "workemail",
                "primaryemail", "emailid", "memberemail", "invitee", "inviteeemail", "emailadresse", "mailadresse",
                "correo", "correoelectronico", "adresseemail", "adressemail", "courriel", "email1value",
            ]
        case .accountType:
            [
                "accounttype", "role", "roles", "userrole", "accountrole", "workspacerole", "usertype", "type",
                "access", "accesslevel", "permission", "permissions", "permissionlevel", "rolle", "kontotyp", "rol",
                "tipodecuenta", "typedecompte",
            ]
        case .uid: ["uid", "userid", "useruid"]
        case .name: ["name", "fullname", "displayname", "username", "nombre", "nom"]
        case .workspace: ["workspace", "workspacename", "workspaceuid"]
        }
    }

    private static let names = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { field in field.headers.map { ($0, field) } })

    /// The field that a header means; nil if it means none of them.
    init?(header: String) {
        guard let field = Self.names[Self.normalised(header)] else { return nil }
        self = field
    }

    /// Letters and digits in lower case and without accents; `[Required]`, `(required)`, `[READ ONLY]` are dropped.
    static func normalised(_ header: String) -> String {
        let bare = header.replacing(#/[\[(][^\])]*[\])]/#, with: "")
        return bare.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}
