/// How many requests a second bulk work may send.
public enum PaceSetting: Sendable, Equatable {
    /// `PaceSetting.documented` on the hosted service and on a server that has answered 429, none elsewhere.
    case automatic
    case none
    /// Requests a second, 1 or more.
    case rate(Int)

    /// Well below the documented 30 a second of an account, which its other users share (contract, *Conventions*).
    static let documented = 10
}
