import ArgumentParser
import Glibc
import MaskerAPI
import MaskerTUI
import TerminalKit

/// The option that says how many rows of a list are read.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The largest number of rows.", valueName: "N|all"), completion: .list(["all"]), transform: OptionValue.rows)
    var limit = RowLimit.standard

    /// Reads page after page until the limit or the end of the list, and gives the rows of each page to `write`. Shows
    /// the number of rows on standard error if that is a terminal and standard output is not.
    /// - Returns: the number of rows.
    @discardableResult
    static func readAll<Record: Sendable & Identifiable>(
        _ limit: RowLimit, page: (_ size: Int, _ cursor: String?) async throws -> Page<Record>,
        write: ([Record]) throws -> Void
    ) async throws -> Int {
        let showsProgress = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0
        // A person may wait for one page; more pages are bulk work.
        var priority: RequestPriority = limit.rows.map { $0 <= Endpoint.largestPage } ?? false ? .interactive : .bulk
        var count = 0, passedOver = 0
        var cursor: String?
        var isCut = false
        var trail = PageTrail()
        // A list that grows at its head moves rows to the next page, and a server may repeat a page.
        var printed = PrintedIDs<Record.ID>()
        repeat {
            let left = limit.rows.map { $0 - count } ?? Endpoint.largestPage
            let answer = try await RequestPriority.$current.withValue(priority) { try await page(min(left, Endpoint.largestPage), cursor) }
            let fresh = answer.data.filter { printed.insert($0.id) }
            let records = limit.rows == nil ? fresh : Array(fresh.prefix(left))
            // A page can have more records than were requested.
            isCut = records.count < fresh.count
            try write(records)
            count += records.count
            passedOver += answer.passedOverCount
            if passedOver > 0 { priority = .bulk }
            let progress = count == 0 && passedOver > 0 ? "passing over newer ones: \(Format.count(passedOver))" : Format.count(count)
            if showsProgress { Descriptor.writeToStandardError("\r\(progress) \u{1B}[K") }
            if answer.hasUnreadableCursor { throw CommandFailure.failed(APIError.unreadableCursor.message) }
            cursor = answer.nextCursor
            if answer.leftOutCount > 0, limit.rows.map({ count < $0 }) != false {
                throw CommandFailure.failed("the list is incomplete: a page has \(Format.count(answer.leftOutCount)) records more than the \(Format.count(PageLimit.elements)) that are read of one")
            }
            if let next = cursor, trail.isEndless(goingOnTo: next, afterEmptyPage: records.isEmpty && answer.passedOverCount == 0) {
                throw CommandFailure.failed("the server's pages do not end; the list may be incomplete")
            }
        } while cursor != nil && limit.rows.map { count < $0 } != false
        if showsProgress { Descriptor.writeToStandardError("\r\u{1B}[K") }
        // Without --limit, the end of the output must not look like the end of the list.
        if cursor != nil || isCut, limit.isStandard { ErrorOutput.write("stopped after \(limit) rows, the default limit; for more, use --limit N or --limit all") }
        return count
    }
}

/// The value of `--limit`: a number or `all`.
struct RowLimit: Sendable, CustomStringConvertible {
    /// Nil: all rows.
    var rows: Int?
    /// Whether this is the default, because `--limit` was not given.
    private(set) var isStandard = false

    /// The default, 100 rows.
    static let standard: RowLimit = {
        var limit = RowLimit(rows: 100)
        limit.isStandard = true
        return limit
    }()

    init(rows: Int?) { self.rows = rows }

    init?(argument: String) {
        if argument == "all" { return }
        guard let rows = Int(argument), rows > 0 else { return nil }
        self.rows = rows
    }

    var description: String { rows.map(String.init) ?? "all" }
}
