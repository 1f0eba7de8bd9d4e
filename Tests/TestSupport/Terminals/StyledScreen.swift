/// The visible cells of a screen, read from text with SGR sequences. Two screens that look alike are equal: the colour of a
/// space, and spaces at the end of a line, do not count.
public struct StyledScreen: Equatable, CustomStringConvertible {
    private let lines: [String]

    public var description: String { lines.joined(separator: "\n") }

    public init(_ text: String) {
        var style: [Int] = [], isLineDrawing = false
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var shown = "", isKnown = "", rest = Substring(line)
            while let character = rest.popFirst() {
                switch character {
                case "\u{1B}":
                    let sequence = rest.prefix { $0 != "m" }
                    rest = rest.dropFirst(sequence.count + 1)
                    for number in sequence.dropFirst().split(separator: ";", omittingEmptySubsequences: false).map({ Int($0) ?? 0 }) {
                        Self.apply(number, to: &style)
                    }
                case "\u{0E}": isLineDrawing = true
                case "\u{0F}": isLineDrawing = false
                default:
                    let visible = character == " " ? style.filter(Self.showsOnSpace) : style
                    let marks = visible.sorted().map(String.init).joined(separator: ";") + (isLineDrawing && character != " " ? "~" : "")
                    if marks != isKnown { shown += "{\(marks)}" }
                    isKnown = marks
                    shown.append(character)
                }
            }
            while let end = [" ", "{}"].first(where: { shown.hasSuffix($0) }) { shown.removeLast(end.count) }
            return shown
        }
    }

    /// The attributes that are visible on a space: underline, reverse and a background.
    private static func showsOnSpace(_ number: Int) -> Bool { [4, 7].contains(number) || (40...47).contains(number) || (100...107).contains(number) }

    private static func apply(_ number: Int, to style: inout [Int]) {
        switch number {
        case 0: style = []
        case 22: style.removeAll { [1, 2].contains($0) }
        case 24, 27: style.removeAll { $0 == number - 20 }
        case 39: style.removeAll { (30...37).contains($0) || (90...97).contains($0) }
        case 49: style.removeAll { (40...47).contains($0) || (100...107).contains($0) }
        case 30...37, 90...97: apply(39, to: &style); style.append(number)
        case 40...47, 100...107: apply(49, to: &style); style.append(number)
        default: if !style.contains(number) { style.append(number) }
        }
    }
}
