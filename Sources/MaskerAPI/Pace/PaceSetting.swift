/// How many requests a second bulk work may send.
public enum PaceSetting: Sendable, Equatable {
    /// `PaceSetting.documented` for the hosted service and for a server that has answered 429; no limit for other servers.
    case automatic
    /// No limit.
    case none
    /// Requests a second, 1 or more.
    case rate(Int)

    /// Requests a second: well below the 30 that the contract allows for all users of an account together (*Conventions*).
    static let documented = 10
}
