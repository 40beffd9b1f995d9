extension Parser {
    mutating func arguments(isConstant: Bool = false) throws(GraphQLError) -> [Argument] {
        guard token.isPunctuator("(") else { return [] }
        try advance()
        var arguments: [Argument] = []
        repeat {
            let name = try self.name()
            try expect(":")
            arguments.append(Argument(name: name, value: try value(isConstant: isConstant)))
        } while !token.isPunctuator(")")
        try advance()
        return arguments
    }

    mutating func directives(isConstant: Bool = false) throws(GraphQLError) -> [Directive] {
        var directives: [Directive] = []
        while token.isPunctuator("@") {
            let start = token.offset
            try advance()
            let name = try self.name()
            directives.append(Directive(name: name, arguments: try arguments(isConstant: isConstant), offset: start))
        }
        return directives
    }

    mutating func value(isConstant: Bool) throws(GraphQLError) -> Literal {
        let start = token
        switch (start.kind, start.text) {
        case (.int, let digits):
            try advance()
            return Literal(content: .int(digits), offset: start.offset)
        case (.float, let digits):
            try advance()
            return Literal(content: .float(digits), offset: start.offset)
        case (.string, let text), (.blockString, let text):
            try advance()
            return Literal(content: .string(text), offset: start.offset)
        case (.name, let word):
            try advance()
            let content: Literal.Content =
                switch word {
                case "true": .boolean(true)
                case "false": .boolean(false)
                case "null": .null
                default: .enumeration(word)
                }
            return Literal(content: content, offset: start.offset)
        case (.punctuator, "$"):
            try advance()
            if isConstant, token.kind == .name {
                throw source.error(
                    "Syntax Error: Unexpected variable \"$\(token.text)\" in constant value.", at: start.offset)
            }
            return Literal(content: .variable(try name().text), offset: start.offset)
        case (.punctuator, "["), (.punctuator, "{"):
            return Literal(content: try collection(isConstant: isConstant), offset: start.offset)
        default:
            throw unexpected()
        }
    }

    private mutating func collection(isConstant: Bool) throws(GraphQLError) -> Literal.Content {
        try deepen()
        defer { rise() }
        let isList = token.isPunctuator("[")
        try advance()
        var items: [Literal] = []
        var fields: [Argument] = []
        while !token.isPunctuator(isList ? "]" : "}") {
            if isList {
                items.append(try value(isConstant: isConstant))
            } else {
                let name = try self.name()
                try expect(":")
                fields.append(Argument(name: name, value: try value(isConstant: isConstant)))
            }
        }
        try advance()
        return isList ? .list(items) : .object(fields)
    }

    mutating func typeReference() throws(GraphQLError) -> TypeReference {
        try deepen()
        defer { rise() }
        var type: TypeReference
        if token.isPunctuator("[") {
            try advance()
            type = .list(try typeReference())
            try expect("]")
        } else {
            type = .named(try name().text)
        }
        if token.isPunctuator("!") {
            try advance()
            type = .nonNull(type)
        }
        return type
    }

    mutating func name() throws(GraphQLError) -> Name {
        guard token.kind == .name else { throw expected("Name") }
        let name = Name(text: token.text, offset: token.offset)
        try advance()
        return name
    }

    mutating func expect(_ mark: String) throws(GraphQLError) {
        guard token.isPunctuator(mark) else { throw expected("\"\(mark)\"") }
        try advance()
    }

    mutating func advance() throws(GraphQLError) { token = try lexer.next() }

    func expected(_ what: String) -> GraphQLError {
        source.error("Syntax Error: Expected \(what), found \(token.description).", at: token.offset)
    }

    func unexpected() -> GraphQLError {
        source.error("Syntax Error: Unexpected \(token.description).", at: token.offset)
    }

    func tooLarge(_ what: String) -> GraphQLError {
        source.error("Syntax Error: The document is too large: \(what).", at: token.offset)
    }
}
