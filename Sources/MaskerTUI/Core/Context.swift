import FoundationEssentials
import TerminalKit

/// What a screen may read beside its own state.
struct Context: Sendable {
    var data: FeatureStates
    var settings: ConsoleSettings
    /// By a clock that nobody sets.
    var now: Date
    /// As it is shown.
    var wall: Date
    /// Where the page is drawn; its rows are a page of scrolling.
    var page: Rect
    var tab: Tab
    /// Rows of the largest box that can lie over the page.
    var dialogRows: Int { page.rows + 1 }
    /// Lines typed behind `:`, the latest first.
    var commands: [String] = []
    /// Keys of whatever is below an overlay: what the help explains.
    var helpTitle = ""
    var keys: [KeyHelp] = []

    var clock: Clock { Clock(style: settings.time, now: wall) }
}
