import FoundationEssentials
import Glibc

/// Keeps a login session between runs: one file for each host, shared by all consoles of the user, and one file for each value
/// of `MASKER_SESSION` that the server has replaced.
public struct CredentialStore: Sendable {
    /// The file with the login session.
    public let path: String
    private let directory: String
    private let host: APIHost
    /// The SHA-256 digest of the value of `MASKER_SESSION` that the server replaced with the stored one; nil for a session
    /// signed in through the console.
    private let cameFrom: String?
    /// The start of the names of all files for this host.
    private let name: String
    let locks: ConsoleLocks

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

    /// The store of the values with which the server replaced `value`, one from the environment. It lies beside the file of
    /// the session signed in through the console, and its name contains the start of the digest of `value`.
    func renewals(of value: CookieValue) -> CredentialStore {
        CredentialStore(directory: directory, host: host, cameFrom: Self.digest(value))
    }

    private static func digest(_ value: CookieValue) -> String {
        var digest = SHA256()
        digest.take(Array(value.textToSendOrStore.utf8))
        return digest.hex()
    }

    /// The content of the file.
    struct Stored: Equatable {
        var value: CookieValue
        var obtainedAt: Date
        var renewedAt: Date?
        var expiresAt: Date?
        /// Grows with every change, so that another console recognises a newer value.
        var generation: Int
        /// When the request was sent whose answer set this value.
        var sentAt: Date
        /// Values that were not used because of this one and may still be valid, the latest last.
        var passedOver: [PassedOver] = []
    }

    /// A value that an answer set and that was not used, and when that was (`at`).
    struct PassedOver: Equatable {
        var value: CookieValue
        var at: Date
    }

    /// The stored session; nil when nothing is stored for this host.
    /// - Throws: `Problem` when the file cannot be read, or does not hold a login session for this host.
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
        guard !bytes.isEmpty else { throw PersistedObject.Misfit(clause: "it is empty") }
        guard let json = try? JSON(parsing: bytes) else { throw PersistedObject.Misfit(clause: "it is not JSON") }
        return json
    }

    /// The session in `json`. Nil when the file does not name its host, or not the digest that `cameFrom` requires.
    private func stored(in json: JSON) throws(PersistedObject.Misfit) -> Stored? {
        let file = try PersistedObject(json)
        let (host, origin, text) = (try file.text(Key.host), try file.text(Key.cameFrom), try file.text(Key.value))
        if let host, host != self.host.origin { throw PersistedObject.Misfit(clause: "its login session is not for \(self.host.authority)") }
        if let origin, origin != cameFrom { throw PersistedObject.Misfit(clause: "it belongs to another value of MASKER_SESSION") }
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
        guard let value = try? CookieValue(checking: text[...]) else {
            throw PersistedObject.Misfit(clause: "it holds a value that cannot be a cookie")
        }
        return value
    }

    /// Nil when the time is missing, or outside of the years that `Timestamp` accepts: an unknown time is written as
    /// `Date.distantPast`.
    private func moment(_ key: Key, in file: PersistedObject) throws(PersistedObject.Misfit) -> Date? { try file.text(key).flatMap(Timestamp.parse) }

    /// Rounds down, so that no request appears to have been sent after a later one.
    private static func wholeMilliseconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1_000).rounded(.down) / 1_000)
    }

    /// Replaces the file, and keeps members that this version does not know.
    /// - Parameters:
    ///   - lock: the lock of `takeWriting`. Without it, the temporary file gets a random name that no other console uses.
    ///   - replacing: true after the user signed in: any file is overwritten. Otherwise a file that this version cannot read is
    ///     kept, because a later version may have written it.
    /// - Throws: `Problem` when the file cannot be written, or is kept.
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

    /// The content of the file that is to be overwritten; nil when there is no readable file, or `isReplaced` and it is not valid.
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
    /// - Parameter wasRefused: true when the server refused the value, false when the user logged out.
    func remove(_ value: CookieValue, wasRefused: Bool) {
        guard let stored = try? read(), stored.value == value else { return }
        let lock = locks.takeWriting()
        defer { lock?.release() }
        guard let stored = try? read(), stored.value == value else { return }
        // Written before the session is removed, so that another console can see why it is gone. If this fails, other
        // consoles assume a log-out.
        if wasRefused { try? PrivateFile.replace(refusal, with: Array((Self.digest(value) + "\n").utf8)) } else { forgetRefusal() }
        unlink(path)
        unlink(unfinished)
    }

    /// Whether the login session was removed because the server refused this value. A console that was stopped meanwhile may
    /// then still use an answer that replaces the value; after a log-out it must not.
    func hasRefused(_ value: CookieValue) -> Bool {
        guard let bytes = try? PrivateFile.read(refusal) else { return false }
        return String(decoding: bytes, as: UTF8.self).trimmed == Self.digest(value)
    }

    func forgetRefusal() { unlink(refusal) }

    /// The file with the digest of the value that the server refused last. It never holds the value.
    private var refusal: String { path + ".refused" }

    /// Removes files of replaced environment values that were not written for two lifetimes of a session: those have expired.
    private func removeOutdated() {
        let start = name + Self.origin
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] where name.hasPrefix(start) {
            var status = stat()
            guard lstat(directory + "/" + name, &status) == 0, Double(time(nil) - status.st_mtim.tv_sec) > 2 * LoginSession.lifetime else { continue }
            unlink(directory + "/" + name)
        }
    }

    /// The temporary file of a save under the lock. Its name is fixed, so that killed consoles leave one such file at most,
    /// and the next save replaces it.
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
