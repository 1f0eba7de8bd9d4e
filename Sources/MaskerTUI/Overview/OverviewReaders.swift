import FoundationEssentials

/// The overview of each window that was looked at, so that going back to one reads only what is new.
struct OverviewReaders: Sendable {
    private(set) var window: OverviewWindow
    private var read: [OverviewWindow: Overview]
    /// Grows when something is let go of: a late answer to what was asked before brings nothing.
    private var generation: Int

    private init(window: OverviewWindow, read: [OverviewWindow: Overview], generation: Int) {
        self.window = window
        self.read = read
        self.generation = generation
    }

    init() { self.init(window: .day, read: [:], generation: 0) }

    /// The overview that is shown; nil until it was opened.
    var shown: Overview? { read[window] }

    mutating func select(_ newWindow: OverviewWindow) { window = newWindow }

    /// Changes the overview of one window; that of the window shown is begun when it is not there yet.
    mutating func withShown<Result>(_ now: Date, _ body: (inout Overview) -> Result) -> Result {
        body(&read[window, default: Overview(window, generation: generation, now: now)])
    }

    mutating func update(_ body: (inout Overview) -> Void) {
        for window in OverviewWindow.allCases {
            if var overview = read.removeValue(forKey: window) {
                body(&overview)
                read[window] = overview
            }
        }
    }

    /// Without anything that was read.
    func forgotten(window: OverviewWindow) -> OverviewReaders { OverviewReaders(window: window, read: [:], generation: generation + 1) }
}
