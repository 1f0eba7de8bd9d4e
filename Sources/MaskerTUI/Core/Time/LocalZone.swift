import FoundationEssentials
import Glibc

/// The machine's time zone as the C library knows it: by `TZ`, or `/etc/localtime`.
enum LocalZone {
    /// Seconds east of UTC at a moment, summer time included.
    static func offset(at date: Date) -> Int {
        // A timestamp far outside any calendar must not trap.
        var seconds = time_t(min(max(date.timeIntervalSince1970, -1e11), 1e11).rounded(.down))
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? 0 : parts.tm_gmtoff
    }
}
