import Domain
import Foundation

extension ListColumns {
    /// The column that the user chose.
    func column(_ choice: ColumnChoice, option: String) throws(ListError) -> Int? {
        switch choice {
        case .none: return nil
        case .number(let number):
            // A header that is this number has priority.
            let same = headers.indices.filter { headers[$0] == "\(number)" }
            if same.count == 1 { return same[0] }
            guard number <= width else {
                throw .noSuchColumn(option: option, name: "\(number)", headers: headers, nearest: nil)
            }
            return number - 1
        case .header(let name):
            let same = named(name)
            if let only = same.first, same.count == 1 { return only }
            if same.count > 1 {
                guard let field = PeopleField.allCases.first(where: { $0.option == option }) else {
                    throw .twoColumns(option: option, name: name, same.map { candidate($0).unnamed })
                }
                throw .ambiguous(field, same.map { candidate($0).unnamed })
            }
            let nearest = NearestWord.to(name, in: headers.filter { !$0.isEmpty })
            throw .noSuchColumn(option: option, name: name, headers: headers, nearest: nearest)
        }
    }

    /// The columns with a name: exactly, or ignoring case, or ignoring text in brackets.
    private func named(_ name: String) -> [Int] {
        for form in [ListText.plain, ListText.key, ListText.bare] {
            let same = headers.indices.filter { form(headers[$0]) == form(name) }
            if !same.isEmpty { return same }
        }
        return []
    }

    /// The shortest unique name of a column, for an option.
    func shortName(_ column: Int) -> String {
        let header = headers[column]
        // Text that a terminal shows differently, or a parser takes for an option, cannot be pasted.
        guard Terminal.plain(header, limit: 100) == header, !header.hasPrefix("-") else { return "" }
        guard let bracket = header.firstIndex(where: { "[(".contains($0) }) else { return header }
        let short = header[..<bracket].trimmingCharacters(in: .whitespaces)
        return !short.isEmpty && named(short) == [column] ? short : header
    }

    /// The column that the user chose for a field; nil if the user chose none.
    func said(_ field: PeopleField, _ options: ListOptions) throws(ListError) -> Int?? {
        guard let choice = options.columns[field] else { return nil }
        return .some(try column(choice, option: field.option))
    }
}
