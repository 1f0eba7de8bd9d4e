/// What can be completed behind each command: its options with what they take, and its subcommands.
struct CompletionTable {
    /// What an option takes.
    enum Value: Hashable {
        /// Something that cannot be suggested, such as an address.
        case text(String)
        case words([String])
        case file, directory
    }

    struct Option: Hashable {
        /// `--output` and `-o`.
        var names: [String]
        /// Nil for a flag.
        var value: Value?
        var help: String
    }

    struct Subcommand: Hashable {
        var name: String
        var help: String
    }

    struct Command {
        /// The words after the program's name; empty for the program itself.
        var path: [String]
        var options: [Option]
        var subcommands: [Subcommand]
        /// What stands behind the options, such as `id`.
        var positional: String?

        var name: String { path.joined(separator: " ") }
    }

    private(set) var commands: [Command] = []

    init(_ root: CommandDescription.Command) {
        add(root, path: [])
        addHelp(of: root, path: ["help"])
    }

    /// A command takes the options of its default subcommand, too: `sessions --status error` is `sessions list --status error`.
    private mutating func add(_ command: CommandDescription.Command, path: [String]) {
        let whole = command.ownSubcommands.first { $0.commandName == command.defaultSubcommand }
        var options: [Option] = []
        for option in (command.ownArguments + (whole?.ownArguments ?? [])).compactMap(Option.init) {
            if !options.contains(where: { $0.names == option.names }) { options.append(option) }
        }
        if path.isEmpty { options.append(Option(names: ["--version"], help: "Show the version")) }
        options.append(Option(names: ["-h", "--help"], help: "Show help"))
        var subcommands = command.ownSubcommands.map(Subcommand.init)
        if path.isEmpty { subcommands.append(Subcommand(name: "help", help: "Show the help of a command")) }
        let positional = command.ownArguments.first { $0.kind == "positional" }
        commands.append(Command(path: path, options: options, subcommands: subcommands, positional: positional?.valueName))
        for subcommand in command.ownSubcommands { add(subcommand, path: path + [subcommand.commandName]) }
    }

    /// `help` takes the names of commands, and no options.
    private mutating func addHelp(of command: CommandDescription.Command, path: [String]) {
        commands.append(Command(path: path, options: [], subcommands: command.ownSubcommands.map(Subcommand.init)))
        for subcommand in command.ownSubcommands where !subcommand.ownSubcommands.isEmpty {
            addHelp(of: subcommand, path: path + [subcommand.commandName])
        }
    }

    /// What each option takes, in as few lines as possible: the names of the commands, or nil for all that have the option.
    var values: [(option: Option, commands: [String]?)] {
        var lines: [(option: Option, commands: [String]?)] = []
        for name in names where !lines.contains(where: { $0.option.names.contains(name) }) {
            let uses = commands.flatMap { command in
                command.options.filter { $0.names.contains(name) && $0.value != nil }.map { (option: $0, command: command.name) }
            }
            let usual = uses.max { left, right in count(left.option.value, uses) < count(right.option.value, uses) }
            for use in uses where use.option.value != usual?.option.value { lines.append((use.option, [use.command])) }
            if let usual { lines.append((usual.option, nil)) }
        }
        return lines
    }

    private func count(_ value: Value?, _ uses: [(option: Option, command: String)]) -> Int { uses.filter { $0.option.value == value }.count }

    /// The names of all options that take a value, in the order of the declarations.
    var names: [String] {
        commands.flatMap(\.options).filter { $0.value != nil }.flatMap(\.names).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension CompletionTable.Option {
    init?(_ argument: CommandDescription.Argument) {
        guard argument.kind != "positional" else { return nil }
        names = (argument.names ?? []).map(\.text)
        value = argument.kind == "option" ? CompletionTable.Value(argument) : nil
        help = (argument.abstract ?? "").beginning
    }
}

extension CompletionTable.Value {
    init(_ argument: CommandDescription.Argument) {
        switch argument.completionKind {
        case let kind? where kind.list != nil: self = .words(kind.list?.values ?? [])
        case let kind? where kind.file != nil: self = .file
        case let kind? where kind.directory != nil: self = .directory
        default: self = .text(argument.valueName ?? "")
        }
    }
}

extension CompletionTable.Subcommand {
    init(_ command: CommandDescription.Command) { self.init(name: command.commandName, help: (command.abstract ?? "").beginning) }
}

extension String {
    /// The first sentence, without what an option takes and its default: menus have little room.
    fileprivate var beginning: String {
        var text = self[...]
        for end in [". ", " (default", " Takes "] {
            if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
        }
        return String(text.hasSuffix(".") ? text.dropLast() : text)
    }
}
