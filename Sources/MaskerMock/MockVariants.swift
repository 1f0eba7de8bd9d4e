/// The variants of the contract: the first case of each is what the service documents.
extension MockOptions {
    /// What tells who is signed in.
    public enum Me: String, Sendable, CaseIterable {
        /// `/me` with the user, the account and the permissions.
        case documented
        /// The same, with the `role` in the user.
        case role
        /// The earlier form: `/auth/me`, and no `/me`.
        case authMe = "auth-me"
        /// The documented one, and a page of the portal at `/auth/me`.
        case authMePage = "auth-me-page"
        /// The user's id and nothing more.
        case minimal
        /// 404.
        case missing
        /// 403.
        case forbidden
    }

    /// The permissions of users that are no admins. `[]` tells that there are none, nil tells nothing.
    public enum Permissions: Sendable, Equatable, ExpressibleByArrayLiteral, ExpressibleByNilLiteral {
        case listed([String])
        /// `/me` leaves them out, for admins as well; users have the usual ones.
        case untold

        public init(arrayLiteral elements: String...) { self = .listed(elements) }
        public init(nilLiteral: ()) { self = .untold }

        /// Reads `agents:read,sessions:read`, `none` or `untold`; nil for a name that is empty.
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

        /// What `init(parsing:)` reads.
        public var text: String {
            switch self {
            case .untold: "untold"
            case .listed(let names): names.isEmpty ? "none" : names.joined(separator: ",")
            }
        }
    }

    /// The field that a report has its root in: two editions of the documentation name it differently.
    public enum ReportRoot: String, Sendable, CaseIterable { case merkle, audit, both, none }

    /// How a report gives its Safe Harbor coverage: the documented matrix, a sentence, or not at all.
    public enum Coverage: String, Sendable, CaseIterable { case documented, text, absent }

    /// The two forms of the health, each also of a degraded service.
    public enum Health: String, Sendable, CaseIterable { case ok, degraded, flat, flatDegraded = "flat-degraded" }

    /// What signing out answers for a login session that is over: both are documented.
    public enum DeadLogOut: String, Sendable, CaseIterable { case answered = "204", refused = "401" }

    /// The report's form when none is asked for: `pdf` in the earlier edition, `json` in the later one.
    public enum ReportFormat: String, Sendable, CaseIterable { case pdf, json }

    /// How many requests the account may send.
    public enum RateLimit: Sendable, Equatable {
        /// As many as it likes: a deployment of one's own.
        case none
        /// As the hosted service does.
        case documented
        /// So many a second for the API, and as many again for proxy and webhooks.
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

        /// What `init(parsing:)` reads.
        public var text: String {
            switch self {
            case .none: "none"
            case .documented: "documented"
            case .limited(let rate, let burst): "\(rate):\(burst)"
            }
        }
    }
}
