import FoundationEssentials
import MaskerAPI

/// The forms a report is saved in.
enum ReportChoice: String, Sendable, CaseIterable {
    case pdf, json, both

    /// In the order they are asked for.
    var formats: [Endpoint.ReportFormat] {
        switch self {
        case .pdf: [.pdf]
        case .json: [.json]
        case .both: [.json, .pdf]
        }
    }
}

/// Reports that the user asked to save, fixed when the dialog was answered.
struct ReportOrder: Hashable, Sendable {
    struct Subject: Hashable, Sendable {
        let session: Identifier<CallSession>
        /// Of its files, without their extensions; they get a number where it is taken.
        let name: String
        /// The whole name of its only file, which gets no number.
        var exactName: String?
        /// The root in the session's detail; nil: the detail is asked for first.
        var detailRoot: MerkleRoots.Reading?
    }

    /// Tells the answers of this order from late ones of an order before.
    var serial = 0
    let subjects: [Subject]
    let choice: ReportChoice
    /// Whether a list of what was saved is written at the end.
    let hasManifest: Bool
}

/// How far the file is that is being fetched.
struct ReportProgress: Sendable, Equatable {
    var session: Identifier<CallSession>
    var format: Endpoint.ReportFormat
    /// Bytes of this file.
    var received = 0
    /// Of this file, where the server says so.
    var expected: Int?
    /// Bytes of all files of the order so far.
    var total = 0
}

/// A report that is whole and on the disk.
struct SavedReport: Sendable, Equatable {
    var format: Endpoint.ReportFormat
    /// Of the file in `Settings.reportsDirectory`.
    var name: String
    /// In bytes.
    var size: Int
    var sha256: String
    /// As this file tells it.
    var merkleRoot: String?
    var fetchedAt: Date
}

/// Why a report was not saved.
enum ReportProblem: Sendable, Equatable {
    case failed(APIError)
    /// The report may be fine, the disk was not.
    case notWritten(reason: String)
    case cancelled

    /// Whether what is left of an order would meet the same.
    var endsOrder: Bool {
        guard case .failed(let error) = self else { return true }
        switch error.kind {
        case .unauthenticated, .rateLimited: return true
        case .transport(let failure): return [.resolve, .connect, .tls].contains(failure.reason)
        default: return false
        }
    }

    /// Whether the session's other form can still be had.
    var leavesOtherForm: Bool {
        guard case .failed(let error) = self else { return false }
        return error.kind == .server || error.kind == .unexpectedResponse
    }
}

/// What became of the reports of one session.
struct SessionReports: Sendable, Equatable {
    let session: Identifier<CallSession>
    var files: [SavedReport] = []
    var roots = MerkleRoots()
    /// One a form at most; none: everything that was asked for is there.
    var problems: [ReportProblem] = []

    var isComplete: Bool { problems.isEmpty }
    var apiError: APIError? {
        problems.lazy.compactMap { problem in
            if case .failed(let error) = problem { return error }
            return nil
        }.first
    }
}

/// What became of the list that is written last.
enum ManifestOutcome: Sendable, Equatable {
    case file(name: String)
    case notWritten(reason: String)
}
