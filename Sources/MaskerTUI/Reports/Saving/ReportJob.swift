import FoundationEssentials
import MaskerAPI

/// The forms in which a report is saved: PDF, JSON or both.
package enum ReportChoice: String, Sendable, CaseIterable {
    case pdf, json, both

    /// The format, if there is only one.
    package var only: Endpoint.ReportFormat? { formats.count == 1 ? formats.first : nil }

    /// The formats in the order of their requests.
    var formats: [Endpoint.ReportFormat] {
        switch self {
        case .pdf: [.pdf]
        case .json: [.json]
        case .both: [.json, .pdf]
        }
    }
}

/// Reports that the user asked to save, fixed when the dialog was answered.
package struct ReportJob: Hashable, Sendable {
    package struct Subject: Hashable, Sendable {
        let session: Identifier<CallSession>
        /// The name of its files without extension. A file whose name exists already gets a number.
        let name: String
        /// The complete name of its only file, which gets no number; nil to use `name`.
        var exactName: String?
        /// The root in the session's detail; nil when the detail must be requested first.
        var detailRoot: MerkleRoots.Reading?

        package init(
            session: Identifier<CallSession>, name: String, exactName: String? = nil, detailRoot: MerkleRoots.Reading? = nil
        ) {
            self.session = session
            self.name = name
            self.exactName = exactName
            self.detailRoot = detailRoot
        }
    }

    /// The serial number, which tells the answers to this job from those to an earlier one.
    var serial = 0
    package let subjects: [Subject]
    let choice: ReportChoice
    /// Whether a manifest (the list of the saved files) is written at the end.
    let hasManifest: Bool

    package init(serial: Int = 0, subjects: [Subject], choice: ReportChoice, hasManifest: Bool) {
        self.serial = serial
        self.subjects = subjects
        self.choice = choice
        self.hasManifest = hasManifest
    }
}

/// The progress of the file that is being fetched.
package struct ReportProgress: Sendable, Equatable {
    var session: Identifier<CallSession>
    var format: Endpoint.ReportFormat
    /// The bytes received of this file.
    var received = 0
    /// The expected bytes of this file; nil when the server does not name them.
    var expected: Int?
    /// The bytes received of all files of the job so far.
    package var total = 0

    package init(
        session: Identifier<CallSession>, format: Endpoint.ReportFormat, received: Int = 0, expected: Int? = nil, total: Int = 0
    ) {
        self.session = session
        self.format = format
        self.received = received
        self.expected = expected
        self.total = total
    }
}

/// A complete report on disk.
package struct SavedReport: Sendable, Equatable {
    var format: Endpoint.ReportFormat
    /// The name of the file in `Settings.reportsDirectory`.
    package var name: String
    /// In bytes.
    var size: Int
    var sha256: String
    /// The audit root in this file; nil when it has none that can be read.
    package var merkleRoot: String?
    var fetchedAt: Date

    package init(
        format: Endpoint.ReportFormat, name: String, size: Int, sha256: String, merkleRoot: String? = nil, fetchedAt: Date
    ) {
        self.format = format
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.merkleRoot = merkleRoot
        self.fetchedAt = fetchedAt
    }
}

/// Why a report was not saved.
package enum ReportProblem: Sendable, Equatable {
    case failed(APIError)
    /// The file could not be written; the report itself may be fine.
    case notWritten(reason: String)
    case cancelled

    /// Whether the rest of the job would fail with the same problem.
    var endsJob: Bool {
        guard case .failed(let error) = self else { return true }
        switch error.kind {
        case .unauthenticated, .rateLimited: return true
        case .transport(let failure): return [.resolve, .connect, .proxy, .tls].contains(failure.reason)
        default: return false
        }
    }

    /// Whether the session's other form can still be fetched.
    var leavesOtherForm: Bool {
        guard case .failed(let error) = self else { return false }
        return error.kind == .server || error.kind == .unexpectedResponse
    }
}

/// The result of the reports of one session.
package struct SessionReports: Sendable, Equatable {
    package let session: Identifier<CallSession>
    package var files: [SavedReport] = []
    package var roots = MerkleRoots()
    /// The problems, at most one for each form; empty when all requested files are saved.
    package var problems: [ReportProblem] = []

    package init(
        session: Identifier<CallSession>, files: [SavedReport] = [], roots: MerkleRoots = MerkleRoots(), problems: [ReportProblem] = []
    ) {
        self.session = session
        self.files = files
        self.roots = roots
        self.problems = problems
    }

    var isComplete: Bool { problems.isEmpty }
    var apiError: APIError? {
        problems.lazy.compactMap { problem in
            if case .failed(let error) = problem { return error }
            return nil
        }.first
    }
}

/// The result of writing the manifest.
package enum ManifestOutcome: Sendable, Equatable {
    case file(name: String)
    case notWritten(reason: String)
}
