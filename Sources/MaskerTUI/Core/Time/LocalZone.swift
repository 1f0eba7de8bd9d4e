import FoundationEssentials
import Glibc

/// The machine's time zone, as the C library reads it from `TZ` or `/etc/localtime`.
enum LocalZone {
    /// Seconds east of UTC at a given moment, including summer time.
    static func offset(at date: Date) -> Int {
        // Limits timestamps far outside any calendar, because the conversion to `time_t` would trap.
        var seconds = time_t(min(max(date.timeIntervalSince1970, -1e11), 1e11).rounded(.down))
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? 0 : parts.tm_gmtoff
    }
}
