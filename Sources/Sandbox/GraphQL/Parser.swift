/// Parses a document by recursive descent, one token ahead; errors use the words of graphql-js.
struct Parser {
    let source: DocumentSource
    var lexer: Lexer
    var token: Token
    private var depth = 0
    private var fieldCount = 0

    init(_ text: String) throws(GraphQLError) {
        source = DocumentSource(text)
        lexer = Lexer(source)
        token = try lexer.next()
    }

    /// Parses a whole executable document.
    mutating func document() throws(GraphQLError) -> Document {
        var document = Document()
        repeat {
            if token.isName("fragment") {
                document.fragments.append(try fragmentDefinition())
            } else {
                document.operations.append(try operation())
            }
            guard document.fragments.count <= DocumentLimits.fragments else {
                throw tooLarge("more than \(DocumentLimits.fragments) fragments")
            }
            guard document.operations.count <= DocumentLimits.operations else {
                throw tooLarge("more than \(DocumentLimits.operations) operations")
            }
        } while token.kind != .end
        return document
    }

    private mutating func operation() throws(GraphQLError) -> OperationDefinition {
        let start = token.offset
        if token.isPunctuator("{") {
            return OperationDefinition(
                kind: .query, name: nil, variables: [], directives: [], selections: try selectionSet(), offset: start)
        }
        guard token.kind == .name, let kind = OperationDefinition.Kind(rawValue: token.text) else {
            throw unexpected()
        }
        try advance()
        let name: Name? = token.kind == .name ? try self.name() : nil
        var variables: [VariableDefinition] = []
        if token.isPunctuator("(") {
            try advance()
            repeat { variables.append(try variableDefinition()) } while !token.isPunctuator(")")
            try advance()
        }
        return OperationDefinition(
            kind: kind, name: name, variables: variables, directives: try directives(), selections: try selectionSet(),
            offset: start)
    }

    private mutating func variableDefinition() throws(GraphQLError) -> VariableDefinition {
        let start = token.offset
        try expect("$")
        let name = Name(text: try self.name().text, offset: start)
        try expect(":")
        let typeOffset = token.offset
        let type = try typeReference()
        var defaultValue: Literal?
        if token.isPunctuator("=") {
            try advance()
            defaultValue = try value(isConstant: true)
        }
        return VariableDefinition(
            name: name, type: type, typeOffset: typeOffset, defaultValue: defaultValue,
            directives: try directives(isConstant: true))
    }

    private mutating func fragmentDefinition() throws(GraphQLError) -> FragmentDefinition {
        let start = token.offset
        try advance()
        if token.isName("on") { throw unexpected() }
        let name = try self.name()
        guard token.isName("on") else { throw expected("\"on\"") }
        try advance()
        return FragmentDefinition(
            name: name, condition: try self.name(), directives: try directives(), selections: try selectionSet(),
            offset: start)
    }

    private mutating func selectionSet() throws(GraphQLError) -> [Selection] {
        try deepen()
        defer { depth -= 1 }
        try expect("{")
        var selections: [Selection] = []
        repeat { selections.append(try selection()) } while !token.isPunctuator("}")
        try advance()
        return selections
    }

    private mutating func selection() throws(GraphQLError) -> Selection {
        let start = token.offset
        fieldCount += 1
        guard fieldCount <= DocumentLimits.fields else { throw tooLarge("more than \(DocumentLimits.fields) fields") }
        guard token.isPunctuator("...") else { return .field(try field()) }
        try advance()
        if token.kind == .name, token.text != "on" {
            return .spread(Spread(name: try name(), directives: try directives(), offset: start))
        }
        var condition: Name?
        if token.isName("on") {
            try advance()
            condition = try name()
        }
        return .inline(
            InlineFragment(
                condition: condition, directives: try directives(), selections: try selectionSet(), offset: start))
    }

    private mutating func field() throws(GraphQLError) -> Field {
        let start = token.offset
        var alias: Name?
        var name = try self.name()
        if token.isPunctuator(":") {
            try advance()
            alias = name
            name = try self.name()
        }
        return Field(
            alias: alias, name: name, arguments: try arguments(), directives: try directives(),
            selections: token.isPunctuator("{") ? try selectionSet() : [], offset: start)
    }

    mutating func deepen() throws(GraphQLError) {
        depth += 1
        guard depth <= DocumentLimits.depth else { throw tooLarge("nested deeper than \(DocumentLimits.depth) levels") }
    }

    mutating func rise() { depth -= 1 }
}
