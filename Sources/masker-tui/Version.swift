import MaskerTUI

/// The version that `--version` and the `User-Agent` name.
enum Version {
    static let current = "0.1.0"
}
