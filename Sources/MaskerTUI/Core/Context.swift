import FoundationEssentials
import TerminalKit

/// What a screen may read beside its own state.
struct Context: Sendable {
    var data: FeatureStates
    var settings: ConsoleSettings
    /// The current time of a clock that cannot be set.
    var now: Date
    /// The current time of the machine's clock, for display.
    var wall: Date
    /// Where the page is drawn. Its number of rows is one page of scrolling.
    var page: Rect
    var tab: Tab
    /// The rows of the largest dialog.
    var dialogRows: Int { page.rows + 1 }
    /// Commands entered earlier after `:`, the latest first.
    var commands: [String] = []
    /// The title and the keys of the screen that the help explains.
    var helpTitle = ""
    var keys: [KeyHelp] = []

    /// The current time of the server's clock.
    var serverTime: Date { data.account.serverTime(wall) }
    /// For times that the server has set: their ages are counted by the server's clock.
    var clock: Clock { Clock(style: settings.time, now: serverTime) }
    /// For times that this machine has set.
    var machineClock: Clock { Clock(style: settings.time, now: wall) }
}
