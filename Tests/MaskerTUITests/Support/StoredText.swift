import Foundation
import TestSupport
import Testing

/// Texts that are kept in files beside the code, and compared with what the code says now.
enum StoredText {
    /// Compares a text with a stored one; where the environment has `variable=1`, writes it anew. Returns whether it did.
    @discardableResult
    static func expect(
        _ text: String, in file: URL, recordedBy variable: String, missing: String, differs: String, sourceLocation: SourceLocation
    ) -> Bool {
        if ProcessInfo.processInfo.environment[variable] == "1" {
            do {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            } catch { Issue.record(error, sourceLocation: sourceLocation) }
            return true
        }
        guard let stored = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("\(missing)", sourceLocation: sourceLocation)
            return false
        }
        if stored != text { Issue.record("\(differs)\n\(LineDifference(stored: stored, now: text))", sourceLocation: sourceLocation) }
        return false
    }
}
