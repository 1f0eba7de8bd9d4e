import TerminalKit

extension KeyAction {
    static let beginFinding = KeyAction("find.begin", .character("/"))
    static let keepFinding = KeyAction("find.keep", .enter)
    static let stopFinding = KeyAction("find.stop", .escape)
    static let nextField = KeyAction("form.next", .tab, .down)
    static let previousField = KeyAction("form.previous", .backTab, .up)
    static let nextChoice = KeyAction("form.next-choice", .control("n"), .right)
    static let previousChoice = KeyAction("form.previous-choice", .control("p"), .left)
    static let up = KeyAction("list.up", .up, .character("k"))
    static let down = KeyAction("list.down", .down, .character("j"))
    static let pageUp = KeyAction("list.page-up", .pageUp)
    static let pageDown = KeyAction("list.page-down", .pageDown)
    /// Separate from `pageDown`, because Space marks rows in some lists.
    static let nextPage = KeyAction("list.next-page", .character(" "))
    static let halfPageUp = KeyAction("list.half-page-up", .control("u"))
    static let halfPageDown = KeyAction("list.half-page-down", .control("d"))
    static let toFirst = KeyAction("list.first", .home, .character("g"))
    static let toLast = KeyAction("list.last", .end, .character("G"))
    static let back = KeyAction("detail.back", .escape, .backspace, .left, keepsKey: true)
}

/// The keys that filter the rows of lists.
enum FindKeys {
    static let actions: [KeyAction] = [.beginFinding, .stopFinding]
    static let typing: [KeyAction] = [.keepFinding, .stopFinding]

    static func list<Command>(isActive: Bool, find: Command, stop: Command) -> [Binding<Command>] {
        let begin = Binding(.beginFinding, hint: "find", "Show only the rows that contain a text", find)
        return isActive ? [begin, Binding(.stopFinding, hint: "all", "Show all rows again", stop)] : [begin]
    }

    static func typing<Command>(keep: Command, stop: Command) -> [Binding<Command>] {
        [
            Binding(.keepFinding, hint: "keep", "Keep the filter and go to the rows", keep),
            Binding(.stopFinding, hint: "all", "Show all rows again", stop),
        ]
    }
}

/// The keys that move in forms.
enum FormKeys {
    static let actions: [KeyAction] = [.nextField, .previousField, .nextChoice, .previousChoice]

    /// - Parameter isNextHinted: False where another key with the same hint goes to the next field.
    static func bindings<ID, Command>(isNextHinted: Bool = true, _ command: (Form<ID>.Move) -> Command) -> [Binding<Command>] {
        [
            Binding(.nextField, hint: isNextHinted ? "next" : nil, "Go to the next field", command(.next)),
            Binding(.previousField, "Go to the previous field", command(.previous)),
            Binding(.nextChoice, hint: "choose", "Select the next suggestion or choice; → in fields that only choose", command(.choose(1))),
            Binding(.previousChoice, "Select the previous one; ← in fields that only choose", command(.choose(-1))),
        ]
    }
}

/// The keys that move in lists and in text.
enum MovementKeys {
    /// For lists in which Space marks rows.
    static let marking: [KeyAction] = [.up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .toFirst, .toLast]
    static let actions: [KeyAction] = marking + [.nextPage]
    static let detailActions: [KeyAction] = [.back] + actions
    /// While a search text is typed: Home, End, Ctrl-U and Ctrl-D belong to the field.
    static let finding: [KeyAction] = [.up, .down, .pageUp, .pageDown, .nextPage]
    private static let space: [KeyAction] = [.nextPage]

    /// - Parameters:
    ///   - unit: What one step moves by: `row` or `line`.
    ///   - spaceMoves: False where Space marks rows.
    static func bindings<Command>(by unit: String, spaceMoves: Bool = true, _ command: (ScrollMove) -> Command) -> [Binding<Command>] {
        [
            Binding(.up, "Up one \(unit)", command(.by(-1))),
            Binding(.down, "Down one \(unit)", command(.by(1))),
            Binding(.pageUp, "Up one page", command(.pages(-1))),
            Binding(.pageDown, or: spaceMoves ? space : [], "Down one page", command(.pages(1))),
            Binding(.halfPageUp, "Up half a page", command(.pages(-0.5))),
            Binding(.halfPageDown, "Down half a page", command(.pages(0.5))),
            Binding(.toFirst, "To the first \(unit)", command(.first)),
            Binding(.toLast, "To the last \(unit)", command(.last)),
        ]
    }

    /// While a search text is typed.
    static func whileFinding<Command>(_ command: (ScrollMove) -> Command) -> [Binding<Command>] {
        bindings(by: "row", command).filter { finding.contains($0.action) }
    }

    /// For screens that are opened from a list and are read by scrolling.
    static func detail<Command>(back: Command, _ command: (ScrollMove) -> Command) -> [Binding<Command>] {
        [Binding(.back, hint: "back", "Go back to the list", back)]
            + bindings(by: "line", command)
    }
}
