import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The file that keeps the list layouts (columns and sort order) for the next run of the console.
struct ListLayoutFile: Sendable {
    let path: String

    struct Problem: Error {
        var sentence: String
    }

    /// The stored layouts; nil when the file does not exist yet.
    func read() throws(Problem) -> ListLayouts? { try contents()?.layouts }

    /// Changes the layouts in the file as the user has changed them, from `old` to `new`. What the user has not changed stays
    /// as it is in the file, because another console may have written it meanwhile; so do keys that this version does not know.
    /// Does not overwrite a file that cannot be understood: a later version or another program may have written it.
    func change(from old: ListLayouts, to new: ListLayouts) throws(Problem) {
        do {
            try PrivateFile.withLock(on: path) {
                let present = try contents()
                let layouts = (present?.layouts ?? ListLayouts()).changed(from: old, to: new)
                try replace(with: layouts.json.keepingUnknown(of: present?.json))
            }
        } catch {
            throw error as? Problem ?? Problem(sentence: "\(error)")
        }
    }

    private func replace(with file: JSON) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try PrivateFile.replace(path, with: Array(try encoder.encode(file)) + Array("\n".utf8))
    }

    private func contents() throws(Problem) -> (json: JSON, layouts: ListLayouts)? {
        let bytes: [UInt8]?
        do { bytes = try PrivateFile.read(path) } catch { throw Problem(sentence: error.description) }
        guard let bytes else { return nil }
        guard let json = try? JSON(parsing: bytes), case .object = json else {
            throw Problem(sentence: "\(path) is not a JSON object; correct it or remove it")
        }
        do {
            return (json, try ListLayouts(PersistedObject(json)))
        } catch {
            throw Problem(sentence: "\(error.clause) in \(path); correct it or remove it")
        }
    }
}

// MARK: The file

extension ListLayouts {
    private enum Key: String, CodingKey { case agents, sessions }

    fileprivate init(_ file: PersistedObject) throws(PersistedObject.Misfit) {
        self.init()
        if let layout = try file.object(Key.agents) { agents = try ListLayout(layout) }
        if let layout = try file.object(Key.sessions) { sessions = try ListLayout(layout) }
    }

    fileprivate var json: JSON { .object([Key.agents.member(agents.json), Key.sessions.member(sessions.json)]) }
}

extension ListLayout {
    private enum Key: String, CodingKey { case sort, columns, column, isDescending }

    fileprivate init(_ file: PersistedObject) throws(PersistedObject.Misfit) {
        self.init()
        columns = try file.texts(Key.columns)
        guard let sort = try file.object(Key.sort) else { return }
        let (column, isDescending) = (try sort.text(Key.column), try sort.flag(Key.isDescending))
        if let column { self.sort = Sort(column: column, isDescending: isDescending ?? false) }
    }

    fileprivate var json: JSON {
        .object([
            Key.sort.member(sort.map { JSON.object([Key.column.member(.string($0.column)), Key.isDescending.member(.bool($0.isDescending))]) }),
            Key.columns.member(columns.map { JSON.array($0.map(JSON.string)) }),
        ])
    }
}
