import FoundationEssentials
import Glibc

/// Where a login session rests between runs: one file a host, shared by all consoles of the user, and one for each value from
/// the environment that the server has replaced.
public struct CredentialStore: Sendable {
    /// The file with the login session.
    public let path: String
    private let directory: String
    private let host: APIHost
    /// The digest of the value in the environment that the stored one has come from; nil for a session signed in here.
    private let cameFrom: String?
    /// What the file of a session that was signed in here begins with.
    private let name: String
    let locks: ConsoleLocks

    /// `$XDG_STATE_HOME/masker-tui`, or `~/.local/state/masker-tui`.
    public static func defaultDirectory(environment: [String: String]) -> String {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/masker-tui" }
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? FileManager.default.homeDirectoryForCurrentUser.path
        return home + "/.local/state/masker-tui"
    }

    public init(directory: String, host: APIHost) { self.init(directory: directory, host: host, cameFrom: nil) }

    private init(directory: String, host: APIHost, cameFrom: String?) {
        self.directory = directory
        self.host = host
        self.cameFrom = cameFrom
        name = "session-" + host.fileNamePart
        let start = "\(directory)/\(name)"
        path = start + (cameFrom.map { Self.origin + $0.prefix(16) } ?? "") + ".json"
        locks = ConsoleLocks(in: directory, beside: start + ".json")
    }

    private static let origin = "-from-"

    /// Where what replaces a value from the environment is kept: beside the session that was signed in here, under the digest
    /// of that value.
    func renewals(of value: CookieValue) -> CredentialStore {
        CredentialStore(directory: directory, host: host, cameFrom: Self.digest(value))
    }

    private static func digest(_ value: CookieValue) -> String {
        var digest = SHA256()
        digest.take(Array(value.textToSendOrStore.utf8))
        return digest.hex()
    }

    /// What the file holds.
    struct Stored: Equatable {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// Grows with every change, so that another console knows a newer one.
        var generation: Int
        /// When the request was sent whose answer brought this value.
        var sentAt: Date
        /// Values that lost against this one and may still be good, the latest last.
        var passedOver: [PassedOver] = []
    }

    /// A value that came `at` that moment and was not taken.
    struct PassedOver: Equatable {
        var value: CookieValue
        var at: Date
    }

    /// Nil when nothing is stored for this host.
    func read() throws(PrivateFile.Problem) -> Stored? {
        guard let bytes = try PrivateFile.read(path) else { return nil }
        do {
            return try stored(in: object(bytes))
        } catch {
            let remedy = cameFrom == nil ? "sign in again to replace it" : "remove it"
            throw PrivateFile.Problem("\(path) is not used, because \(error.clause); \(remedy)")
        }
    }

    private func object(_ bytes: [UInt8]) throws(PersistedObject.Misfit) -> JSON {
        guard let json = try? JSON(parsing: bytes) else { throw PersistedObject.Misfit(clause: "it is no JSON") }
        return json
    }

    /// A value that does not say which host it is for, or where it has come from, is none.
    private func stored(in json: JSON) throws(PersistedObject.Misfit) -> Stored? {
        let file = try PersistedObject(json)
        let (host, origin, text) = (try file.text(Key.host), try file.text(Key.cameFrom), try file.text(Key.value))
        if let host, host != self.host.origin { throw PersistedObject.Misfit(clause: "its login session is not for \(self.host.authority)") }
        if let origin, origin != cameFrom { throw PersistedObject.Misfit(clause: "its login session has come from another value") }
        let (obtainedAt, renewedAt) = (try moment(Key.obtainedAt, in: file), try moment(Key.renewedAt, in: file))
        let (expiresAt, sentAt) = (try moment(Key.expiresAt, in: file), try moment(Key.sentAt, in: file))
        let generation = try file.whole(Key.generation)
        var passedOver: [PassedOver] = []
        for entry in try file.objects(Key.passedOver) ?? [] {
            guard let text = try entry.text(Key.value) else { continue }
            passedOver.append(PassedOver(value: try cookie(text), at: try moment(Key.at, in: entry) ?? Date()))
        }
        guard host != nil, origin == cameFrom, let text else { return nil }
        return Stored(
            value: try cookie(text), obtainedAt: obtainedAt ?? Date(), renewedAt: renewedAt, expiresAt: expiresAt,
            generation: generation ?? 0, sentAt: sentAt ?? .distantPast, passedOver: passedOver)
    }

    private func cookie(_ text: String) throws(PersistedObject.Misfit) -> CookieValue {
        guard let value = try? CookieValue(checking: text[...]) else { throw PersistedObject.Misfit(clause: "it holds what cannot be a cookie") }
        return value
    }

    /// Nil also for a time that cannot be: one of before any calendar stands for a time that is not known.
    private func moment(_ key: Key, in file: PersistedObject) throws(PersistedObject.Misfit) -> Date? { try file.text(key).flatMap(Timestamp.parse) }

    /// Rounded down: a request must never look as if it had been sent after one that followed it.
    private static func wholeMilliseconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1_000).rounded(.down) / 1_000)
    }

    /// - Parameters:
    ///   - lock: of `takeWriting`; without it the new file gets a name that nobody else can be writing to.
    ///   - replacing: somebody has signed in, and takes the place of whatever is there. Otherwise what is not understood is not
    ///     written over: a later version may have left it.
    func write(_ stored: Stored, under lock: FileLock?, replacing: Bool = false) throws(PrivateFile.Problem) {
        let old = try present(replacing)
        func text(_ value: CookieValue) -> JSON { .string(value.textToSendOrStore) }
        func time(_ date: Date) -> JSON { .string(Timestamp.format(date)) }
        let passedOver = stored.passedOver.map { passed in
            let value = Key.value.member(text(passed.value)), old = old?[Key.passedOver.rawValue]?.element(with: value)
            return JSON.object([value, Key.at.member(time(passed.at))]).keepingUnknown(of: old)
        }
        let file = JSON.object([
            Key.host.member(.string(host.origin)), Key.value.member(text(stored.value)), Key.obtainedAt.member(time(stored.obtainedAt)),
            Key.generation.member(.number(Double(stored.generation))), Key.sentAt.member(time(Self.wholeMilliseconds(stored.sentAt))),
            Key.cameFrom.member(cameFrom.map(JSON.string)), Key.renewedAt.member(stored.renewedAt.map(time)),
            Key.expiresAt.member(stored.expiresAt.map(time)), Key.passedOver.member(passedOver.isEmpty ? nil : .array(passedOver)),
        ])
        let bytes = Array((file.keepingUnknown(of: old).compactText + "\n").utf8)
        try PrivateFile.replace(path, with: bytes, by: lock == nil ? nil : unfinished)
        forgetRefusal()
        if cameFrom != nil { removeOutdated() }
    }

    /// The file that is to be written over; nil where there is none, and where it need not be looked at.
    private func present(_ isReplaced: Bool) throws(PrivateFile.Problem) -> JSON? {
        guard let bytes = try? PrivateFile.read(path) else { return nil }
        do {
            let json = try object(bytes)
            _ = try stored(in: json)
            return json
        } catch {
            if isReplaced { return nil }
            throw PrivateFile.Problem("\(path) is not written over, because \(error.clause)")
        }
    }

    /// Deletes the stored login session if it is still this one: another console may have put a fresh one there.
    /// - Parameter wasRefused: by the server; otherwise somebody has logged out.
    func remove(_ value: CookieValue, wasRefused: Bool) {
        guard let stored = try? read(), stored.value == value else { return }
        let lock = locks.takeWriting()
        defer { lock?.release() }
        guard let stored = try? read(), stored.value == value else { return }
        // First, so that whoever finds no session finds out why. Where it cannot be written, the session counts as logged out.
        if wasRefused { try? PrivateFile.replace(refusal, with: Array((Self.digest(value) + "\n").utf8)) } else { forgetRefusal() }
        unlink(path)
        unlink(unfinished)
    }

    /// Whether the login session is gone because the server has refused this value. An answer that brings its successor,
    /// to a console that was stopped meanwhile, is still good then; after a log-out it is not.
    func hasRefused(_ value: CookieValue) -> Bool {
        guard let bytes = try? PrivateFile.read(refusal) else { return false }
        return String(decoding: bytes, as: UTF8.self).trimmed == Self.digest(value)
    }

    func forgetRefusal() { unlink(refusal) }

    /// Holds a digest of the value that the server has refused last, never the value.
    private var refusal: String { path + ".refused" }

    /// Removes what values from the environment were replaced with long ago: such a session has ended by itself.
    private func removeOutdated() {
        let start = name + Self.origin
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] where name.hasPrefix(start) {
            var status = stat()
            guard lstat(directory + "/" + name, &status) == 0, Double(time(nil) - status.st_mtim.tv_sec) > 2 * LoginSession.lifetime else { continue }
            unlink(directory + "/" + name)
        }
    }

    /// Where a file is written before it takes its place. One name, so that a killed console leaves one at most, and
    /// the next save takes it away.
    private var unfinished: String { path + ".new" }

    private enum Key: String, CodingKey {
        case host, value, generation
        case obtainedAt = "obtained_at"
        case renewedAt = "renewed_at"
        case expiresAt = "expires_at"
        case sentAt = "sent_at"
        case passedOver = "passed_over", at
        case cameFrom = "came_from"
    }
}
