import TerminalKit

/// Brings the arguments into the order that the parser understands: the words of the command first, then the options. The parser
/// takes an option only after the command that declares it. It also reads `--option= next` like `--option next`; here the value of
/// `--option=` is empty.
struct ArgumentOrder: Sendable {
    /// A word of the command line that names a command.
    struct Command: Sendable {
        var name: String
        var subcommands: [Command] = []
    }

    /// Why arguments cannot be understood.
    enum Problem: Error, Equatable {
        /// `--json=`: this option has no value.
        case takesNoValue(option: String)
        /// - Parameter after: the words of the command before it.
        case unknownCommand(String, after: [String], among: [String])
    }

    private let commands: [Command]
    /// The names, with their hyphens, of all options that take a value, and of all others.
    private let valued: Set<String>, flags: Set<String>

    init(commands: [Command], valued: Set<String>, flags: Set<String>) {
        self.commands = commands
        self.valued = valued
        self.flags = flags
    }

    init(_ root: CommandDescription.Command) {
        var valued: Set<String> = [], flags: Set<String> = []
        func read(_ command: CommandDescription.Command) -> Command {
            for argument in command.arguments ?? [] {
                let names = (argument.names ?? []).map(\.text)
                if argument.kind == "option" { valued.formUnion(names) } else if argument.kind == "flag" { flags.formUnion(names) }
            }
            return Command(name: command.commandName, subcommands: (command.subcommands ?? []).map(read))
        }
        let commands = read(root).subcommands
        self.init(commands: commands, valued: valued, flags: flags)
    }

    /// The same arguments in the parser's order. Nothing behind `--` is changed, and no option changes its place among the options.
    func normalised(_ arguments: [String]) throws(Problem) -> [String] {
        let arguments = try withEmptyValues(arguments)
        var path: [String] = [], options: [String] = [], level = commands
        var index = arguments.startIndex
        while index < arguments.endIndex, !level.isEmpty, arguments[index] != Self.terminator {
            let argument = arguments[index]
            index += 1
            guard !Self.isOption(argument) else {
                options.append(argument)
                // The value belongs to its option, also when a command has the same name. The parser never takes “--” for a value.
                if valued.contains(argument), index < arguments.endIndex, arguments[index] != Self.terminator {
                    options.append(arguments[index])
                    index += 1
                }
                continue
            }
            guard let command = level.first(where: { $0.name == argument }) else {
                // The default commands take options only.
                throw .unknownCommand(argument, after: path, among: level.map(\.name))
            }
            path.append(argument)
            level = command.subcommands
        }
        return path + options + arguments[index...]
    }

    private func withEmptyValues(_ arguments: [String]) throws(Problem) -> [String] {
        var result: [String] = []
        for (index, argument) in arguments.enumerated() {
            if argument == Self.terminator { return result + arguments[index...] }
            guard Self.hasEmptyValue(argument) else {
                result.append(argument)
                continue
            }
            let option = String(argument.dropLast())
            if flags.contains(option) { throw .takesNoValue(option: option) }
            result += valued.contains(option) ? [option, ""] : [argument]
        }
        return result
    }

    private static let terminator = "--"

    private static func isOption(_ argument: String) -> Bool { argument.hasPrefix("-") && argument != "-" }

    private static func hasEmptyValue(_ argument: String) -> Bool {
        isOption(argument) && argument.last == "=" && argument.firstIndex(of: "=") == argument.indices.last
    }

    /// Whether `normalised` could change these arguments, or refuse them. Reading the description of all commands takes longer than
    /// parsing, so most command lines do without it.
    static func isNeeded(for arguments: [String], _ commands: [Command]) -> Bool {
        let own = arguments.prefix { $0 != terminator }
        if own.contains(where: hasEmptyValue) { return true }
        var level = commands
        for (index, argument) in own.enumerated() where !level.isEmpty {
            guard let command = level.first(where: { $0.name == argument }) else {
                return !isOption(argument) || own.dropFirst(index).contains { word in level.contains { $0.name == word } }
            }
            level = command.subcommands
        }
        return false
    }
}

extension ArgumentOrder.Problem {
    /// One sentence that says what can be given instead.
    var sentence: String {
        switch self {
        case .takesNoValue(let option): return "\(option) takes no value; write it without “=”"
        case .unknownCommand(let word, let path, let names):
            let name = (path + [word]).joined(separator: " ")
            let hint = Suggestion.clause(for: word, among: names)
            return "there is no command “\(name)”" + (hint.isEmpty ? "; the commands are \(names.joined(separator: ", "))" : hint)
        }
    }
}
