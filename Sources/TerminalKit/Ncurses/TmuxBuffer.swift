import Glibc

/// Puts texts into tmux's paste buffer with the command `tmux load-buffer`.
public enum TmuxBuffer {
    /// `-w` copies to the terminal's clipboard as well; tmux before 3.2 does not have it, so the second command is tried.
    private static let commands = [["tmux", "load-buffer", "-w", "-"], ["tmux", "load-buffer", "-"]]

    /// Gives tmux the text, and waits for the command, so it must not run on the main thread. Returns whether it succeeded.
    public static func take(_ text: CopiedText, _ environment: [String: String]) -> Bool {
        commands.contains { run($0, input: text.text, environment) }
    }

    private static func run(_ command: [String], input: String, _ environment: [String: String]) -> Bool {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // The text fits into the pipe's buffer, so writing does not wait for the reader.
        let bytes = Array(input.utf8)
        let isWritten = write(ends[1], bytes, bytes.count) == bytes.count
        close(ends[1])
        defer { close(ends[0]) }
        return isWritten && spawn(command, input: ends[0], environment).map(hasSucceeded) == true
    }

    private static func spawn(_ command: [String], input: Int32, _ environment: [String: String]) -> pid_t? {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO)
        // tmux must not write on the console's screen.
        for output in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_addopen(&files, output, "/dev/null", O_WRONLY, 0) }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var child = pid_t()
        return posix_spawnp(&child, command[0], &files, nil, &arguments, &variables) == 0 ? child : nil
    }

    /// In milliseconds: how long the command may take, and the time between two checks whether it has ended.
    private static let patience = 3_000, pause = 20

    private static func hasSucceeded(_ child: pid_t) -> Bool {
        var status: Int32 = 0
        for _ in 0..<patience / pause {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status == 0 }
            if ended < 0, errno != EINTR { return false }
            usleep(UInt32(pause * 1_000))
        }
        kill(child, SIGKILL)
        waitpid(child, &status, 0)
        return false
    }
}
