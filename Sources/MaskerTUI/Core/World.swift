import FoundationEssentials

/// What every feature may read beside its own state. Features do not change it.
struct World: Sendable {
    let settings: ConsoleSettings
    /// The current time of a clock that cannot be set. Durations and due times use this clock.
    let now: Date
    /// The current time of the machine's clock, for display.
    let wall: Date
    /// The current time of the server's clock.
    let serverTime: Date
    let tab: Tab
    let access: Access

    /// Whether no data of the account may be read or shown now.
    var isClosed: Bool { access != .open }
}
