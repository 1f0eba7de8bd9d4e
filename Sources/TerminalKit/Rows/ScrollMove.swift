/// How far to go in a list or a text.
public enum ScrollMove: Sendable, Equatable {
    case by(Int)
    case pages(Double)
    case first, last
}
