import Glibc

/// The width of the terminal that shows standard output, in cells.
enum TerminalWidth {
    /// The width when nothing tells it.
    static let standard = 80

    static var current: Int {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return columns(variable: getenv("COLUMNS").map { String(cString: $0) }, terminal: isKnown ? Int(size.ws_col) : nil)
    }

    /// - Parameters:
    ///   - variable: the value of `COLUMNS`. It counts before the terminal; when it is not a number above 0, the width is `standard`.
    ///   - terminal: the width that the terminal reports; nil when standard output is no terminal. Some terminals report 0.
    static func columns(variable: String?, terminal: Int?) -> Int {
        if let variable, !variable.isEmpty { return Int(variable).flatMap { $0 > 0 ? $0 : nil } ?? standard }
        return terminal.flatMap { $0 > 0 ? $0 : nil } ?? standard
    }
}
