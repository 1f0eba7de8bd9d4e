import CNcurses
import CTerminal
import Glibc

/// The real terminal: its screen through ncurses, which `ScreenWriter` calls, too, and nothing else; its keys without. Main
/// thread only.
public final class NcursesTerminal {
    public private(set) var size: Size
    private let capabilities: TerminalCapabilities
    public let clipboard: Clipboard?
    private var writer: ScreenWriter
    private var cursorIsVisible = false
    /// Some terminals, such as the VT100, cannot.
    private var hidesCursor = true
    private var usesMouse = false
    public var input: TerminalInput

    /// ncurses takes memory for every cell, and the size is the other end's choice.
    private static let largest = Size(columns: 500, rows: 300)

    /// Sets the terminal up. Signals must be routed before (`signal_pipe_open`), or ncurses installs handlers of its own.
    /// - Throws: `TerminalProblem` when standard input or output is no terminal, or its type is unknown or unfit.
    public init(environment: [String: String], escapeDelay: Int, theme name: Theme.Name, mouse: Bool) throws(TerminalProblem) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, terminal_guard_save(STDIN_FILENO, STDOUT_FILENO) == 0,
            let output = frame_output_open(STDOUT_FILENO)
        else { throw .noTerminal }
        let term = environment["TERM"] ?? ""
        size = NcursesTerminal.windowSize()
        // ncurses would ask the terminal itself, without a bound, or believe LINES and COLUMNS of the user's. Changing those
        // is not safe any more: the network thread reads the environment.
        use_env(false)
        // Some types, such as linux, say no size of their own: what the terminal says is taken while it is in bounds.
        use_tioctl(NcursesTerminal.isInBounds)
        guard let usedName = NcursesTerminal.namesToTry(term).first(where: { masker_new_terminal($0, output) == OK }) else {
            throw .unknown(term)
        }
        resizeterm(Int32(size.rows), Int32(size.columns))
        capabilities = TerminalCapabilities(name: usedName)
        guard capabilities.isFit else {
            endwin()
            terminal_guard_restore_attributes()
            throw .unfit(term)
        }
        clipboard = Clipboard(environment: environment, isModern: capabilities.isModern)
        let theme = Theme(name: name, hasColors: NcursesTerminal.prepareColors(environment))
        writer = ScreenWriter(theme: theme, isUTF8: locale_is_utf8() == 1)
        input = TerminalInput(marksPastes: capabilities.isModern) {
            KeyTable(terminal: usedName, terminfo: TerminalCapabilities.keys())
        }
        use(escapeDelay: escapeDelay)
        setRestoreBytes()
        setModes()
        use(mouse: mouse)
    }

    /// Takes the mouse, or leaves it to the terminal.
    public func use(mouse isUsed: Bool) {
        let before = usesMouse
        usesMouse = isUsed && capabilities.isModern
        input.use(mouse: usesMouse)
        setRestoreBytes()
        if usesMouse != before { send(usesMouse ? TerminalCapabilities.mouseOn : TerminalCapabilities.mouseOff) }
    }

    private func setRestoreBytes() {
        let restore = capabilities.restoreBytes(mouse: usesMouse)
        restore.withUnsafeBytes { bytes in
            terminal_guard_set_restore_bytes(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
    }

    /// A terminal that terminfo does not know under its own name, but whose kind is clear from it.
    private static func namesToTry(_ name: String) -> [String] {
        let aliases = ["alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole"]
        let isXtermLike = name.hasPrefix("xterm-") || aliases.contains { name.hasPrefix($0) }
        if name.isEmpty { return [] }
        if isXtermLike { return [name, "xterm-256color", "xterm"] }
        return name.hasPrefix("tmux") ? [name, "screen-256color", "screen"] : [name]
    }

    private static func prepareColors(_ environment: [String: String]) -> Bool {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        // Without the default background the theme would paint one.
        guard !refused, has_colors(), start_color() == OK, use_default_colors() == OK, masker_colors() >= 8 else {
            return false
        }
        for color in 0..<8 { init_pair(Int16(color + 1), Int16(color), -1) }
        return true
    }

    private func setModes() {
        terminal_guard_arm()
        stderr_capture_begin()
        raw()
        noecho()
        nonl()
        // For what it sends to the terminal.
        keypad(masker_stdscr(), true)
        // A frame that is begun is drawn to its end, whatever is typed meanwhile.
        typeahead(-1)
        hidesCursor = curs_set(0) != ERR
        cursorIsVisible = false
        if capabilities.isModern { send(TerminalCapabilities.foreignModesOff + "\u{1B}[?2004h") }
        if usesMouse { send(TerminalCapabilities.mouseOn) }
        writer.forget()
    }

    // MARK: Size

    /// The window's size now, within bounds; 24x80 when the terminal does not know.
    private static func windowSize() -> Size {
        var window = winsize()
        let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0 && window.ws_row > 0
        return Size(
            columns: known ? min(Int(window.ws_col), largest.columns) : 80,
            rows: known ? min(Int(window.ws_row), largest.rows) : 24)
    }

    /// Whether ncurses may ask for the size itself.
    private static var isInBounds: Bool {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 else { return false }
        return window.ws_col <= largest.columns && window.ws_row <= largest.rows
    }

    /// Takes the window's new size over.
    public func adoptWindowSize() {
        size = NcursesTerminal.windowSize()
        resizeterm(Int32(size.rows), Int32(size.columns))
        writer.forget()
    }

    // MARK: Drawing

    /// Brings the terminal to show `canvas`; writes only what differs from what it shows already.
    public func show(_ canvas: Canvas) {
        guard let change = writer.write(canvas, within: size) else { return }
        // Without a cursor that is seen it need not be brought back to where it was.
        leaveok(masker_stdscr(), canvas.cursor == nil && hidesCursor)
        let cursor = canvas.cursor ?? (size.rows - 1, 0)
        move(Int32(cursor.row), Int32(cursor.column))
        // What is few bytes comes in one piece anyway.
        let isSynchronised = capabilities.isModern && (change.rows.count > Self.fewRows && !change.isScroll || !canvas.links.isEmpty)
        frame_output_begin()
        defer { frame_output_end() }
        if isSynchronised { send("\u{1B}[?2026h") }
        setCursorVisible(canvas.cursor != nil)
        wnoutrefresh(masker_stdscr())
        doupdate()
        writeLinks(canvas)
        if isSynchronised { send("\u{1B}[?2026l") }
    }

    private static let fewRows = 3

    /// - Parameter escapeDelay: how long a key's further bytes are waited for after Esc, in milliseconds.
    public func use(escapeDelay: Int) { input.escapeDelay = Double(escapeDelay) / 1000 }

    /// Shows everything in another theme from the next frame on.
    public func use(_ name: Theme.Name) {
        writer.theme.name = name
        writer.forget()
    }

    /// Repaints everything: after Ctrl-L, or when something else wrote on the screen.
    public func repaint() {
        clearok(masker_stdscr(), true)
        writer.forget()
    }

    /// Whether the terminal was sent a text for its clipboard.
    public func take(_ text: CopiedText) -> Bool {
        guard let sequence = clipboard?.sequence(text) else { return false }
        send(sequence)
        return true
    }

    /// The terminal's bell, or whatever the user has in its place.
    public func ring() { beep() }

    private func setCursorVisible(_ visible: Bool) {
        guard visible != cursorIsVisible else { return }
        curs_set(visible ? 1 : 0)
        cursorIsVisible = visible
    }

    /// ncurses knows no links, so their text is written over itself, between saving and restoring the cursor.
    private func writeLinks(_ canvas: Canvas) {
        guard capabilities.isModern, !canvas.links.isEmpty,
            let save = TerminalCapabilities.string("sc"), let restore = TerminalCapabilities.string("rc")
        else { return }
        for link in canvas.links {
            let place = "\u{1B}[\(link.row + 1);\(link.column + 1)H"
            send("\(save)\(place)\u{1B}[0;4m\u{1B}]8;;\(link.url)\u{1B}\\\(link.text.string)\u{1B}]8;;\u{1B}\\\u{1B}[0m\(restore)")
        }
    }

    /// Writes our own bytes behind what ncurses has flushed.
    private func send(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { frame_output_write($0.baseAddress, $0.count) }
        }
    }

    // MARK: Leaving and coming back

    /// Gives the terminal back as it was; what was written to stderr meanwhile is printed now, made printable.
    public func close() {
        leave()
        replayErrors()
    }

    /// Stops the process as ^Z does, with the terminal as it was, and draws anew afterwards.
    /// - Parameter prepare: runs once the terminal is the shell's again, before the process stops.
    public func suspend(_ prepare: () -> Void) {
        leave()
        replayErrors()
        prepare()
        signal_pipe_stop_process()
        terminal_guard_save(STDIN_FILENO, STDOUT_FILENO)
        // Now, not with the next frame: then ncurses' descriptor is no terminal (`frame_output`).
        reset_prog_mode()
        setModes()
        adoptWindowSize()
        repaint()
    }

    /// After a stop that nobody asked for first (SIGSTOP), and from which the shell may have brought the terminal back in
    /// its own modes. The attributes to restore at the end stay: those of now may be the console's own.
    public func programAnew() {
        reset_prog_mode()
        setModes()
        adoptWindowSize()
        repaint()
    }

    private func leave() {
        if capabilities.isModern { send("\u{1B}[?2004l\u{1B}[?2026l") }
        if usesMouse { send(TerminalCapabilities.mouseOff) }
        erase()
        curs_set(1)
        refresh()
        endwin()
        terminal_guard_restore_attributes()
        terminal_guard_disarm()
    }

    private func replayErrors() {
        let descriptor = stderr_capture_end()
        guard descriptor >= 0 else { return }
        defer { Glibc.close(descriptor) }
        guard let bytes = Descriptor.read(descriptor, limit: 64 << 10) else { return }
        for line in PrintableText.lines(of: String(decoding: bytes, as: UTF8.self)) where line.width > 0 {
            Descriptor.complain(line.string + "\n")
        }
    }
}
