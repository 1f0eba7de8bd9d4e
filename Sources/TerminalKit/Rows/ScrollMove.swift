/// A movement in a list or a text: by rows, by pages (or parts of one), to the first or to the last row.
public enum ScrollMove: Sendable, Equatable {
    case by(Int)
    case pages(Double)
    case first, last
}
