import Foundation
import TestSupport
import Testing

/// Texts that were looked at once, and are compared with since.
enum Snapshot {
    static let folder = Repository.tests.appendingPathComponent("MaskerTUITests/Snapshots")

    /// Compares a text with a stored one. `RECORD_SNAPSHOTS=1` writes it anew and fails, so that it stays off.
    static func expect(_ name: String, _ text: String, sourceLocation: SourceLocation) {
        let isRecorded = StoredText.expect(
            text + "\n", in: folder.appendingPathComponent("\(name).txt"), recordedBy: "RECORD_SNAPSHOTS",
            missing: "there is no snapshot \(name)", differs: "\(name) looks different:", sourceLocation: sourceLocation)
        if isRecorded { Issue.record("recorded \(name)", sourceLocation: sourceLocation) }
    }
}
