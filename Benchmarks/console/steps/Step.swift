/// A step that is measured, with the keys before and after it.
struct Step {
    var name: String
    /// The keys before each round, the keys that are counted, and the keys after it.
    var before: [String] = []
    var keys: [String]
    var after: [String] = []
    var rounds = 1

    private static let down = "\u{1B}OB", pageDown = "\u{1B}[6~", home = "g", enter = "\r", escape = "\u{1B}"

    static let all = [
        Step(name: "cursor key", before: [home], keys: Array(repeating: down, count: 10)),
        Step(name: "scroll a line", before: [home] + Array(repeating: down, count: 30), keys: Array(repeating: down, count: 10)),
        Step(name: "page down", before: [home], keys: Array(repeating: pageDown, count: 3)),
        Step(name: "open a detail", before: [home], keys: [enter], after: [escape], rounds: 3),
        Step(name: "sort by duration", before: [home, "s"], keys: ["4"], after: ["s", "0"], rounds: 3),
        Step(name: "sort by agent", before: [home, "s"], keys: ["2"], after: ["s", "0"], rounds: 3),
        Step(name: "find, first letter", before: [home, "/"], keys: ["b"], after: [escape], rounds: 3),
        Step(name: "find what no row has", before: [home, "/", "z"], keys: ["z"], after: [escape], rounds: 3),
        Step(name: "sort by id", before: [home, "s"], keys: ["8"], after: ["s", "0"], rounds: 3),
        Step(name: "open the latency view", before: [home], keys: ["H"], after: [escape], rounds: 3),
        Step(name: "mark a session", before: [home], keys: [" "], after: ["u"], rounds: 3),
        Step(name: "find, second letter", before: [home, "/", "b"], keys: ["i"], after: [escape], rounds: 3),
    ]
}

extension Console {
    /// The bytes that the counted keys write to the terminal.
    mutating func take(_ step: Step) throws -> Int {
        var bytes = 0
        for _ in 0..<step.rounds {
            try press(step.before)
            bytes += try count(step.keys)
            try press(step.after)
        }
        return bytes
    }
}
