import Foundation
import TestSupport
import Testing

/// Texts that were looked at once, and are compared with since.
enum Snapshot {
    static let folder = Repository.tests.appendingPathComponent("MaskerTUITests/Snapshots")

    /// Compares a text with a stored one. `RECORD_SNAPSHOTS=1` writes it anew and fails, so that it stays off.
    static func expect(_ name: String, _ text: String, sourceLocation: SourceLocation) {
        let file = folder.appendingPathComponent("\(name).txt"), text = text + "\n"
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            do { try Data(text.utf8).write(to: file) } catch { Issue.record(error) }
            Issue.record("recorded \(name)", sourceLocation: sourceLocation)
            return
        }
        guard let stored = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("there is no snapshot \(name)", sourceLocation: sourceLocation)
            return
        }
        if stored != text {
            Issue.record("\(name) looks different:\n\(LineDifference(stored: stored, now: text))", sourceLocation: sourceLocation)
        }
    }
}
