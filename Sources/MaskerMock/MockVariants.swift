/// The variants of the contract. The first case of each is the documented form.
extension MockOptions {
    /// The endpoint that returns the current user, and its form.
    public enum Me: String, Sendable, CaseIterable {
        /// `/me` with the user, the account and the permissions.
        case documented
        /// The same, with the `role` in the user.
        case role
        /// The earlier form: `/auth/me` instead of `/me`.
        case authMe = "auth-me"
        /// The documented form, and a page of the portal at `/auth/me`.
        case authMePage = "auth-me-page"
        /// The user's id only.
        case minimal
        /// Answers 404.
        case missing
        /// Answers 403.
        case forbidden
    }

    /// The permissions of users that are not admins, and whether `/me` lists them.
    public enum Permissions: Sendable, Equatable, ExpressibleByArrayLiteral, ExpressibleByNilLiteral {
        case listed([String])
        /// `/me` has no `permissions`, for admins as well; users have the usual permissions.
        case untold

        public init(arrayLiteral elements: String...) { self = .listed(elements) }
        public init(nilLiteral: ()) { self = .untold }

        /// Reads `agents:read,sessions:read`, `none` or `untold`; nil if a name in the list is empty.
        public init?(parsing text: String) {
            switch text {
            case "none": self = .listed([])
            case "untold": self = .untold
            default:
                let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) else { return nil }
                self = .listed(names)
            }
        }

        /// The text that `init(parsing:)` reads.
        public var text: String {
            switch self {
            case .untold: "untold"
            case .listed(let names): names.isEmpty ? "none" : names.joined(separator: ",")
            }
        }
    }

    /// The field with the audit root of a report: two editions of the documentation name it differently.
    public enum ReportRoot: String, Sendable, CaseIterable { case merkle, audit, both, none }

    /// The Safe Harbor coverage in a report: the documented matrix, a sentence, or none.
    public enum Coverage: String, Sendable, CaseIterable { case documented, text, absent }

    /// The two forms of the health endpoint's answer, each also for a degraded service.
    public enum Health: String, Sendable, CaseIterable { case ok, degraded, flat, flatDegraded = "flat-degraded" }

    /// The answer to a log-out of a login session that has ended: both are documented.
    public enum DeadLogOut: String, Sendable, CaseIterable { case answered = "204", refused = "401" }

    /// The format of a report if the request names none: `pdf` in the earlier edition, `json` in the later one.
    public enum ReportFormat: String, Sendable, CaseIterable { case pdf, json }

    /// The limits of the account's requests.
    public enum RateLimit: Sendable, Equatable {
        /// No limit, as in a deployment that a customer runs.
        case none
        /// The documented limits of the hosted service.
        case documented
        /// Requests per second for the API, and separately as many for proxy and webhooks; at most `burst` at once.
        case limited(rate: Double, burst: Int)

        /// Reads `none`, `documented` or `RATE:BURST`.
        public init?(parsing text: String) {
            switch text {
            case "none": self = .none
            case "documented": self = .documented
            default:
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 2, let rate = Double(parts[0]), let burst = Int(parts[1]), (0.001...1e6).contains(rate),
                    (1...1_000_000).contains(burst)
                else { return nil }
                self = .limited(rate: rate, burst: burst)
            }
        }

        /// The text that `init(parsing:)` reads.
        public var text: String {
            switch self {
            case .none: "none"
            case .documented: "documented"
            case .limited(let rate, let burst): "\(rate):\(burst)"
            }
        }
    }
}
