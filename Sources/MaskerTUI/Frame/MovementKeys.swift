import TerminalKit

/// The keys that filter the rows of every list.
enum FindKeys {
    static func list<Command>(isActive: Bool, find: Command, stop: Command) -> [Binding<Command>] {
        let begin = Binding([.character("/")], hint: "find", "Show only the rows with a text in them", find)
        return isActive ? [begin, Binding([.escape], hint: "all", "Show all rows again", stop)] : [begin]
    }

    static func typing<Command>(keep: Command, stop: Command) -> [Binding<Command>] {
        [
            Binding([.enter], hint: "keep", "Keep the filter and go to the rows", keep),
            Binding([.escape], hint: "all", "Show all rows again", stop),
        ]
    }
}

/// The keys that move in every form.
enum FormKeys {
    static func bindings<ID, Command>(_ command: (Form<ID>.Move) -> Command) -> [Binding<Command>] {
        [
            Binding([.tab, .down], hint: "next", "To the next field", command(.next)),
            Binding([.backTab, .up], "To the field before", command(.previous)),
            Binding([.left], hint: "choose", "The choice before, where there are some", command(.choose(-1))),
            Binding([.right], "The next choice", command(.choose(1))),
        ]
    }
}

/// The keys that move in every list and every text.
enum MovementKeys {
    /// `unit` is what they move by: `row` or `line`. Where Space marks, it does not move.
    static func bindings<Command>(by unit: String, spaceMoves: Bool = true, _ command: (ScrollMove) -> Command) -> [Binding<Command>] {
        [
            Binding([.up, .character("k")], "Up one \(unit)", command(.by(-1))),
            Binding([.down, .character("j")], "Down one \(unit)", command(.by(1))),
            Binding([.pageUp], "Up one page", command(.pages(-1))),
            Binding(spaceMoves ? [.pageDown, .character(" ")] : [.pageDown], "Down one page", command(.pages(1))),
            Binding([.control("u")], "Up half a page", command(.pages(-0.5))),
            Binding([.control("d")], "Down half a page", command(.pages(0.5))),
            Binding([.home, .character("g")], "To the first \(unit)", command(.first)),
            Binding([.end, .character("G")], "To the last \(unit)", command(.last)),
        ]
    }

    /// For everything that is opened from a list and read by scrolling.
    static func detail<Command>(back: Command, _ command: (ScrollMove) -> Command) -> [Binding<Command>] {
        [Binding([.escape, .backspace, .left], hint: "back", "Back to the same row", back)]
            + bindings(by: "line", command)
    }
}
