import Foundation
import MaskerAPI

/// benchmark decode PAGES [NAME], benchmark rows PAGES, benchmark drain|pages ORIGIN COOKIE [STORE]: prints figures, each on a
/// line with a name and a number.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "decode" where arguments.count >= 2: try decode(arguments[1], only: arguments.dropFirst(2).first)
case "rows" where arguments.count == 2: try rows(arguments[1])
case "drain" where arguments.count >= 3: try await drain(arguments[1], arguments[2], store: arguments.dropFirst(3).first, byPage: false)
case "pages" where arguments.count >= 3: try await drain(arguments[1], arguments[2], store: arguments.dropFirst(3).first, byPage: true)
default: exit(2)
}

/// - Parameter only: the name of the only reader to run, for a profiler.
func decode(_ path: String, only: String? = nil) throws {
    let pages = try recordedPages(path)
    func measure(_ name: String, _ read: () throws -> Void) rethrows {
        guard only ?? name == name else { return }
        print(name, try fastest(of: 9, read))
    }
    print("bytes", pages.reduce(0) { $0 + $1.count })
    try measure("tree") { for page in pages { _ = try JSON(parsing: page) } }
    try measure("by-tree") { for page in pages { _ = Page<CallSession>(json: try JSON(parsing: page)) } }
    try measure("records") {
        var reader = SessionPageReader()
        for page in pages { _ = try reader.read(page) }
    }
}

/// The memory of the rows of a list that is loaded page by page.
func rows(_ path: String) throws {
    guard let file = fopen(path, "r") else { exit(1) }
    var reader = SessionPageReader(), rows: [CallSession] = [], before = 0, count = 0
    while readCount(file, &count) {
        var page = [UInt8](repeating: 0, count: count)
        guard fread(&page, 1, count, file) == count, let read = try reader.read(page) else { exit(1) }
        // After the first page, everything else that reading needs is in memory.
        if rows.isEmpty { before = resident() - read.data.count * MemoryLayout<CallSession>.stride }
        rows.append(contentsOf: read.data)
    }
    print("inline", MemoryLayout<CallSession>.stride)
    print("rows", rows.count)
    print("resident", Double(resident() - before) / Double(rows.count))
    print("capacity", Double(rows.capacity) / Double(rows.count))
}

/// Reads the length before a page: a decimal number and a newline.
func readCount(_ file: UnsafeMutablePointer<FILE>, _ count: inout Int) -> Bool {
    count = 0
    while true {
        let byte = getc(file)
        guard byte != EOF else { return false }
        guard byte != 10 else { return true }
        count = count * 10 + Int(byte) - 48
    }
}

func resident() -> Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE))
}

/// - Parameter byPage: requests each page separately, after the page before is decoded.
func drain(_ address: String, _ cookie: String, store directory: String?, byPage: Bool) async throws {
    let host = try APIHost(address)
    let store = directory.map { CredentialStore(directory: $0, host: host) }
    let login = LoginSession(host: host, store: store, environmentValue: store == nil ? try CookieValue(pasted: cookie) : nil)
    let transport = CurlTransport(host: host)
    let client = MaskerClient(host: host, transport: transport, login: login)
    let filter = SessionFilter(since: "30d")
    let start = ContinuousClock.now
    var rows = 0, pages = 0
    func take(_ page: Page<CallSession>) {
        rows += page.data.count
        pages += 1
    }
    if byPage {
        var cursor: String?
        repeat {
            let page = try await client.sessions(filter, cursor: cursor)
            take(page)
            cursor = page.nextCursor
        } while cursor != nil
    } else {
        let all = client.sessionPages(filter)
        while let page = try await all.next() { take(page) }
    }
    print("seconds", (ContinuousClock.now - start) / .seconds(1))
    print("rows", rows)
    print("pages", pages)
    transport.shutDown()
}
