import CNcurses
import CTerminal
import Glibc

/// The real terminal. This type and `FrameWriter` draw through ncurses; `TerminalInput` reads the keys without it. All of it
/// runs on the main thread.
public final class NcursesTerminal {
    /// The size of the screen, at most `largest`.
    public private(set) var size: Size
    private let capabilities: TerminalCapabilities
    /// Nil when no text can get to a clipboard.
    public let clipboard: Clipboard?
    private var writer: FrameWriter
    private var cursorIsVisible = false
    /// Whether the terminal can hide its cursor; some, such as the VT100, cannot.
    private var hidesCursor = true
    private var usesMouse = false
    /// Reads keys, pastes and the mouse.
    public var input: TerminalInput

    /// The largest size that is used. ncurses allocates memory for every cell, and the terminal chooses the size.
    private static let largest = Size(columns: 500, rows: 300)

    /// Sets up the terminal. The signal handlers must be installed before (`signal_pipe_open`), or ncurses installs its own.
    /// - Throws: `TerminalProblem` when standard input or output is not a terminal, or when terminfo does not know its type, or
    ///   the type cannot place text on the screen.
    public init(environment: [String: String], escapeDelay: Int, theme name: Theme.Name, mouse: Bool) throws(TerminalProblem) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, terminal_guard_save(STDIN_FILENO, STDOUT_FILENO) == 0,
            let output = frame_output_open(STDOUT_FILENO)
        else { throw .noTerminal }
        let term = environment["TERM"] ?? ""
        size = NcursesTerminal.windowSize()
        // Otherwise ncurses would use the size of the terminal without a limit, or LINES and COLUMNS from the environment.
        // These cannot be changed safely now: the network thread reads the environment.
        use_env(false)
        // terminfo has no size for some types, such as linux: there ncurses may ask the terminal, if the size is not too large.
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
        writer = FrameWriter(theme: theme, isUTF8: locale_is_utf8() == 1)
        input = TerminalInput(
            table: KeyTable(terminal: usedName, terminfo: TerminalCapabilities.keys()), marksPastes: capabilities.isModern)
        use(escapeDelay: escapeDelay)
        setRestoreBytes()
        setModes()
        use(mouse: mouse)
    }

    /// Switches reports of the mouse on, or leaves the mouse to the terminal.
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

    /// The terminfo names to try: the given one, and the names of similar terminals in case terminfo does not know it.
    private static func namesToTry(_ name: String) -> [String] {
        let aliases = ["alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole"]
        let isXtermLike = name.hasPrefix("xterm-") || aliases.contains { name.hasPrefix($0) }
        if name.isEmpty { return [] }
        if isXtermLike { return [name, "xterm-256color", "xterm"] }
        return name.hasPrefix("tmux") ? [name, "screen-256color", "screen"] : [name]
    }

    private static func prepareColors(_ environment: [String: String]) -> Bool {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        // Without the terminal's default background the theme would have to draw its own.
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
        // A frame is drawn to its end, even if a key is pressed meanwhile.
        typeahead(-1)
        hidesCursor = curs_set(0) != ERR
        cursorIsVisible = false
        if capabilities.isModern { send(TerminalCapabilities.foreignModesOff + "\u{1B}[?2004h") }
        if usesMouse { send(TerminalCapabilities.mouseOn) }
        writer.forget()
    }

    // MARK: Size

    /// The current size of the window, at most `largest`; 80x24 when the terminal does not report it.
    private static func windowSize() -> Size {
        var window = winsize()
        let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0 && window.ws_row > 0
        return Size(
            columns: known ? min(Int(window.ws_col), largest.columns) : 80,
            rows: known ? min(Int(window.ws_row), largest.rows) : 24)
    }

    /// Whether the terminal's size is not larger than `largest`, so that ncurses may ask for it.
    private static var isInBounds: Bool {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 else { return false }
        return window.ws_col <= largest.columns && window.ws_row <= largest.rows
    }

    /// Uses the new size of the window from now on.
    public func adoptWindowSize() {
        size = NcursesTerminal.windowSize()
        resizeterm(Int32(size.rows), Int32(size.columns))
        writer.forget()
    }

    // MARK: Drawing

    /// Shows `canvas` on the terminal; writes only the cells that have changed.
    public func show(_ canvas: Canvas) {
        guard let change = writer.write(canvas, within: size) else { return }
        // A hidden cursor need not be moved back to its place.
        leaveok(masker_stdscr(), canvas.cursor == nil && hidesCursor)
        let cursor = canvas.cursor ?? (size.rows - 1, 0)
        move(Int32(cursor.row), Int32(cursor.column))
        // A few bytes arrive together anyway; only larger frames need synchronised output.
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

    /// Sets the milliseconds to wait after Esc for the rest of a key sequence.
    public func use(escapeDelay: Int) { input.escapeDelay = Double(escapeDelay) / 1000 }

    /// Uses another theme from the next frame on.
    public func use(_ name: Theme.Name) {
        writer.theme.name = name
        writer.forget()
    }

    /// Draws the whole screen again with the next frame: after Ctrl-L, or when another program has written on it.
    public func repaint() {
        clearok(masker_stdscr(), true)
        writer.forget()
    }

    /// Sends a text to the terminal's clipboard. False when the terminal does not take it (`Clipboard.sequence`).
    public func take(_ text: CopiedText) -> Bool {
        guard let sequence = clipboard?.sequence(text) else { return false }
        send(sequence)
        return true
    }

    /// Rings the terminal's bell, or does what the user has configured in its place.
    public func ring() { beep() }

    private func setCursorVisible(_ visible: Bool) {
        guard visible != cursorIsVisible else { return }
        curs_set(visible ? 1 : 0)
        cursorIsVisible = visible
    }

    /// Writes the texts of links once more, as links: ncurses does not know these. The cursor is saved and restored.
    private func writeLinks(_ canvas: Canvas) {
        guard capabilities.isModern, !canvas.links.isEmpty,
            let save = TerminalCapabilities.string("sc"), let restore = TerminalCapabilities.string("rc")
        else { return }
        for link in canvas.links {
            let place = "\u{1B}[\(link.row + 1);\(link.column + 1)H"
            send("\(save)\(place)\u{1B}[0;4m\u{1B}]8;;\(link.url)\u{1B}\\\(link.text.string)\u{1B}]8;;\u{1B}\\\u{1B}[0m\(restore)")
        }
    }

    /// Writes bytes to the terminal without ncurses, after everything that ncurses has written.
    private func send(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { frame_output_write($0.baseAddress, $0.count) }
        }
    }

    // MARK: Leaving and coming back

    /// Restores the terminal. Then prints what was written to stderr while the console was open, as printable text.
    public func close() {
        leave()
        replayErrors()
    }

    /// Restores the terminal and stops the process, as Ctrl-Z does; when the process continues, sets up the terminal again.
    /// - Parameter prepare: runs after the terminal is restored, before the process stops.
    public func suspend(_ prepare: () -> Void) {
        leave()
        replayErrors()
        prepare()
        signal_pipe_stop_process()
        terminal_guard_save(STDIN_FILENO, STDOUT_FILENO)
        // Not later: while a frame is written, the descriptor of ncurses is not a terminal (`frame_output`).
        reset_prog_mode()
        setModes()
        adoptWindowSize()
        repaint()
    }

    /// Sets the terminal's modes again after SIGSTOP, which cannot be caught: the shell may have set its own modes meanwhile.
    /// Does not save the attributes to restore at the end again: the current ones may be the console's own.
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
            Descriptor.writeToStandardError(line.string + "\n")
        }
    }
}
