import FoundationEssentials
import MaskerAPI

/// The forms a report is saved in.
package enum ReportChoice: String, Sendable, CaseIterable {
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
package struct ReportJob: Hashable, Sendable {
    package struct Subject: Hashable, Sendable {
        let session: Identifier<CallSession>
        /// Of its files, without their extensions; they get a number where it is taken.
        let name: String
        /// The whole name of its only file, which gets no number.
        var exactName: String?
        /// The root in the session's detail; nil: the detail is asked for first.
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

    /// Tells the answers of this order from late ones of an order before.
    var serial = 0
    package let subjects: [Subject]
    let choice: ReportChoice
    /// Whether a list of what was saved is written at the end.
    let hasManifest: Bool

    package init(serial: Int = 0, subjects: [Subject], choice: ReportChoice, hasManifest: Bool) {
        self.serial = serial
        self.subjects = subjects
        self.choice = choice
        self.hasManifest = hasManifest
    }
}

/// How far the file is that is being fetched.
package struct ReportProgress: Sendable, Equatable {
    var session: Identifier<CallSession>
    var format: Endpoint.ReportFormat
    /// Bytes of this file.
    var received = 0
    /// Of this file, where the server says so.
    var expected: Int?
    /// Bytes of all files of the order so far.
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

/// A report that is whole and on the disk.
package struct SavedReport: Sendable, Equatable {
    var format: Endpoint.ReportFormat
    /// Of the file in `Settings.reportsDirectory`.
    package var name: String
    /// In bytes.
    var size: Int
    var sha256: String
    /// As this file tells it.
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
package struct SessionReports: Sendable, Equatable {
    package let session: Identifier<CallSession>
    package var files: [SavedReport] = []
    package var roots = MerkleRoots()
    /// One a form at most; none: everything that was asked for is there.
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

/// What became of the list that is written last.
package enum ManifestOutcome: Sendable, Equatable {
    case file(name: String)
    case notWritten(reason: String)
}
