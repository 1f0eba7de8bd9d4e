import FoundationEssentials

/// The overviews of all windows that were shown, so that returning to a window reads only new sessions.
struct OverviewReaders: Sendable {
    private(set) var window: OverviewWindow
    private var read: [OverviewWindow: Overview]
    /// Increases when an overview is removed. Answers for an earlier generation are ignored.
    private var generation: Int

    private init(window: OverviewWindow, read: [OverviewWindow: Overview], generation: Int) {
        self.window = window
        self.read = read
        self.generation = generation
    }

    init() { self.init(window: .day, read: [:], generation: 0) }

    /// The overview of the current window; nil until it was opened.
    var shown: Overview? { read[window] }

    mutating func select(_ newWindow: OverviewWindow) { window = newWindow }

    /// Changes the overview of the current window, and creates it if there is none.
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

    /// The same window without any data.
    func forgotten(window: OverviewWindow) -> OverviewReaders { OverviewReaders(window: window, read: [:], generation: generation + 1) }
}
