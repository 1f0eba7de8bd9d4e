import FoundationEssentials

/// What every feature may know beside its own state; features do not change it.
struct World: Sendable {
    let settings: ConsoleSettings
    /// By a clock that nobody sets: what everything is measured and planned by.
    let now: Date
    /// By the machine's own clock, as times are shown.
    let wall: Date
    /// By the server's clock.
    let serverTime: Date
    let tab: Tab
    let access: Access

    /// Whether nothing of the account may be read or shown now.
    var isClosed: Bool { access != .open }
}
