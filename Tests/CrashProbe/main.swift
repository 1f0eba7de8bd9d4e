import CTerminal
import Foundation

// crash-probe KIND THREAD: sets a terminal up as the console does, and crashes. KIND is one of those below, THREAD is
// `main` or `other`.

@inline(never) func overflowStack(_ depth: Int) -> Int {
    // The use of what comes back keeps it from becoming a loop.
    depth < 0 ? 0 : overflowStack(depth + 1) + depth
}

@Sendable func crash(_ kind: String) {
    let empty = CommandLine.arguments.filter { $0 == "never given" }
    switch kind {
    case "fatalError": fatalError("on purpose")
    case "bounds": print(empty[CommandLine.arguments.count])
    case "nil": print(empty.first!)
    case "overflow": print(Int.max - CommandLine.arguments.count + 4 &- 1 + CommandLine.arguments.count)
    case "abort": abort()
    case "segv": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case "stack": print(overflowStack(0))
    default: exit(64)
    }
}

let kind = CommandLine.arguments.dropFirst().first ?? "", thread = CommandLine.arguments.last ?? ""
process_harden()
guard terminal_guard_save(STDIN_FILENO, STDOUT_FILENO) == 0 else { exit(65) }
let restore = "\u{1B}[?25h\u{1B}[?1049l"
terminal_guard_set_restore_bytes(restore, restore.utf8.count)
terminal_guard_arm()
stderr_capture_begin()
var raw = termios()
tcgetattr(STDIN_FILENO, &raw)
cfmakeraw(&raw)
tcsetattr(STDIN_FILENO, TCSANOW, &raw)
FileHandle.standardOutput.write(Data("\u{1B}[?1049h\u{1B}[?25lPHI-MARKER".utf8))
FileHandle.standardError.write(Data("PHI-MARKER on stderr".utf8))
if thread == "other" {
    Thread {
        terminal_guard_add_thread()
        crash(kind)
    }.start()
    sleep(60)
} else {
    crash(kind)
}
