import FoundationEssentials
import Glibc

/// The directory of the files that the console keeps between runs, and whether it may use it.
public struct StateDirectory: Sendable, Equatable {
    /// `$XDG_STATE_HOME/masker-tui`, or `~/.local/state/masker-tui`.
    public let path: String
    /// The directory that the environment names, and the variable that names it.
    private let base: String
    private let variable: String

    public init(environment: [String: String]) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            (variable, base, path) = ("XDG_STATE_HOME", state, state + "/masker-tui")
            return
        }
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? FileManager.default.homeDirectoryForCurrentUser.path
        (variable, base, path) = ("HOME", home, home + "/.local/state/masker-tui")
    }

    /// Why nothing may be kept here, in one sentence; nil when it may. A `sudo` that keeps `HOME` would otherwise leave files of
    /// root in the home of another user, who could not use the console any more. What belongs to root is everybody's: whether
    /// `user` can write there is found out when a file is written.
    /// - Parameter user: the user who would write.
    public func refusal(for user: uid_t = geteuid()) -> String? {
        var place = path
        while true {
            var status = stat()
            let exists = stat(place, &status) == 0
            if exists, status.st_uid != user, status.st_uid != 0 { return sentence(about: place, ofUser: status.st_uid, for: user) }
            let isAtBase = place.count <= base.count
            guard !(exists && isAtBase), place.count > 1, let slash = place.lastIndex(of: "/") else { return nil }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
    }

    private func sentence(about place: String, ofUser owner: uid_t, for user: uid_t) -> String {
        let cure = switch (variable, user) {
        case ("HOME", 0): "run masker-tui without sudo, or with sudo -H"
        case ("HOME", _): "set HOME to your own home directory"
        default: "set \(variable) to a directory of your own, or unset it"
        }
        return "nothing is stored or read in \(place), because it belongs to another user (uid \(owner)); \(cure)"
    }
}
