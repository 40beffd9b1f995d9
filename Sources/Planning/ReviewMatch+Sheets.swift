import Domain

extension ReviewMatch {
    /// Compares the rows of one sheet.
    ///
    /// - Parameter isBound: whether the file has rows with row keys of this review.
    mutating func take(_ sheet: ArraySlice<DecidedRow>, isBound: Bool) {
        let known = sheet.first { population[$0[.rowKey]] != nil }
        if let row = sheet.first(where: { $0.faults.contains(.noTitles) && population[$0[.rowKey]] != nil }) {
            return refuse(
                sheet: row, "has row keys but no row with the titles of the columns; \(Self.startAgain)")
        }
        guard let first = sheet.first(where: { !$0.faults.contains(.noTitles) }) else { return }
        if let titles = mergedTitles(sheet) {
            return refuse(
                sheet: first,
                "the titles in the merged cells \(titles) cover a column without a title; unmerge them and write the "
                    + "titles again")
        }
        if first.cells[.rowKey] == nil { return takeWithoutKeys(sheet, isBound: isBound) }
        for field in [DecidedRow.Field.decision, .email] where first.cells[field] == nil && known != nil {
            return refuse(sheet: first, "has row keys but no column \(field.title); \(Self.startAgain)")
        }
        if known == nil, !sheet.contains(where: { DecidedRow.isRowKey($0[.rowKey]) }), sheet.contains(where: isLost) {
            return refuse(sheet: first, "has decisions but no row keys in the column Row key; \(Self.startAgain)")
        }
        takeRows(sheet.map { ($0, $0[.rowKey]) })
    }

    private static let startAgain = "copy the decisions into the exported file"

    private func mergedTitles(_ sheet: ArraySlice<DecidedRow>) -> String? {
        guard sheet.contains(where: { population[$0[.rowKey]] != nil || index.isAboutReviewed($0) }) else { return nil }
        for fault in sheet.lazy.flatMap(\.faults) {
            if case .mergedTitles(let range) = fault { return range }
        }
        return nil
    }

    /// Whether a row without a row key decides about a reviewed account.
    private func isLost(_ row: DecidedRow) -> Bool { Self.hasWish(row) && index.isAboutReviewed(row) }

    private static func hasWish(_ row: DecidedRow) -> Bool {
        !row[.decision].isEmpty || !row[.newAccountType].isEmpty
    }

    /// Compares the rows of a sheet without the column *Row key*. Earlier versions exported the sheet *Privileged*
    /// without it. Other sheets belong to the reviewer, unless they decide about reviewed accounts.
    private mutating func takeWithoutKeys(_ sheet: ArraySlice<DecidedRow>, isBound: Bool) {
        let lost = sheet.filter(isLost)
        guard let first = lost.first else { return }
        let isExtract = isBound && first.sheet?.lowercased().hasPrefix("privileged") == true
        let keyed = lost.compactMap { row in index.key(for: row).map { (row, $0) } }
        guard isExtract, keyed.count == lost.count else {
            return refuse(
                sheet: first,
                "has decisions but no column Row key; enter them on the sheet with the row keys, and delete this sheet "
                    + "or its decisions")
        }
        takeRows(keyed)
    }

    /// Compares rows of one sheet with the accounts of their row keys.
    private mutating func takeRows(_ rows: [(row: DecidedRow, key: String)]) {
        var edited: [EditedRow] = []
        var merged: Set<String> = []
        for (row, key) in rows {
            guard let account = population[key] else {
                refuseUnbound(row)
                continue
            }
            if !row[.review].isEmpty, row[.review] != review {
                refuse(
                    row, .unbound,
                    "\(Self.quoted(account.email)) belongs to review \(Self.quoted(row[.review])), not to "
                        + Self.quoted(review))
                continue
            }
            if refuseFaults(of: row, account, &merged) {
                broken.insert(key)
                continue
            }
            let edits = ReviewEdit.all(in: row, account, rules, part: part.map { $0(account) })
            if edits.isEmpty {
                merge(DecidedAccount(row: row, account: account, rules: rules), key: key)
            } else {
                broken.insert(key)
                edited.append(EditedRow(row: row, account: account, edits: edits))
            }
        }
        refuse(edited)
    }

    /// A row that no reviewed account is known for. Totals and notes are no problem; decisions are.
    private mutating func refuseUnbound(_ row: DecidedRow) {
        let whose = Self.quoted(row[.email].isEmpty ? row[.uid] : row[.email])
        let hasKey = DecidedRow.isRowKey(row[.rowKey])
        let isReviewed = index.isAboutReviewed(row)
        if hasKey, !row[.review].isEmpty, row[.review] != review {
            refuse(
                row, .unbound,
                "\(whose) belongs to review \(Self.quoted(row[.review])), not to \(Self.quoted(review))")
        } else if hasKey {
            let hint = isReviewed ? "its row key was changed" : "no account with this address was reviewed"
            refuse(row, .unbound, "\(whose) was added: \(hint)")
        } else if isReviewed, Self.hasWish(row) || row.faults.contains(where: \.hidesDecision) {
            refuse(row, .unbound, "\(whose) has a decision but no row key; enter it in the row of the account")
        } else if Self.hasWish(row), (try? EmailAddress(row[.email])) != nil {
            refuse(row, .unbound, "\(whose) was added: no account with this address was reviewed")
        }
    }

    /// Reports what prevents reading a row.
    ///
    /// - Parameter merged: the merged cells of the sheet that were reported already.
    /// - Returns: whether the row cannot be used.
    private mutating func refuseFaults(
        of row: DecidedRow, _ account: ReviewedAccount, _ merged: inout Set<String>
    ) -> Bool {
        var isUnreadable = false
        let whose = Self.quoted(account.email)
        for fault in row.faults {
            switch fault {
            case .noResult(let field):
                problems.append(
                    ReviewProblem(
                        row, field, kind: .unreadable,
                        "\(whose): \(field.title) is a formula whose result is not in the file; open the file in Excel "
                            + "or LibreOffice and save it, or write the text itself"))
            case .errorValue(let field):
                problems.append(
                    ReviewProblem(
                        row, field, kind: .unreadable,
                        "\(whose): \(field.title) shows the error \(Terminal.plain(row[field], limit: 40)); write the "
                            + "text itself"))
            case .merged(let range, let field):
                if merged.insert(range).inserted {
                    problems.append(
                        ReviewProblem(
                            place: row.place, row: nil, cell: range, kind: .unreadable,
                            message:
                                "merged cells cover the column \(field.title), and only the first cell has a text; "
                                + "unmerge them and fill in each cell"))
                }
            case .hidden:
                problems.append(ReviewProblem(row, kind: .unreadable, "\(whose) has a decision in a hidden sheet"))
            case .unclearAnswer(let field):
                problems.append(
                    ReviewProblem(
                        row, field, kind: .unclear,
                        "\(whose): \(Self.quoted(row[field])) in \(field.title) is neither yes nor no; write yes, or empty the "
                            + "cell"))
            case .contradicted(let decision):
                problems.append(
                    ReviewProblem(
                        row, .allWorkspaces, kind: .unclear,
                        "\(whose): this decision and \(Self.quoted(decision)) in another row both count for all workspaces; "
                            + "write yes in one of the rows"))
            case .mergedTitles, .noTitles: continue
            }
            isUnreadable = true
        }
        return isUnreadable
    }

    private mutating func refuse(_ row: DecidedRow, _ kind: ReviewProblem.Kind, _ message: String) {
        problems.append(ReviewProblem(row, kind: kind, message))
    }

    private mutating func refuse(sheet row: DecidedRow, _ message: String) {
        problems.append(ReviewProblem(place: row.place, row: nil, message: message))
    }
}

extension DecidedRow.Fault {
    /// Whether it may hide a decision.
    fileprivate var hidesDecision: Bool {
        switch self {
        case .noResult(let field), .errorValue(let field), .merged(_, let field):
            [.decision, .newAccountType, .rowKey].contains(field)
        case .hidden, .unclearAnswer, .contradicted: true
        case .mergedTitles, .noTitles: false
        }
    }
}
