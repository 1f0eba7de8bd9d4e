/// The completion for fish.
enum FishCompletion {
    static func script(_ table: CompletionTable) -> String {
        var lines: [String] = []
        for command in table.commands {
            for subcommand in command.subcommands {
                lines.append("complete -c masker-tui -n \(condition([command.name])) -a \(subcommand.name) -d \(quoted(subcommand.help))")
            }
        }
        // An option that is the same in several commands is one line.
        var options: [(option: CompletionTable.Option, commands: [String])] = []
        for command in table.commands {
            for option in command.options {
                if let place = options.firstIndex(where: { $0.option == option }) {
                    options[place].commands.append(command.name)
                } else {
                    options.append((option, [command.name]))
                }
            }
        }
        lines += options.map { line($0.option, $0.commands) }
        let known = table.commands.map(\.name).filter { !$0.isEmpty }.map(quoted).joined(separator: " ")
        let parents = table.commands.filter { !$0.subcommands.isEmpty }.map { quoted($0.name) }.joined(separator: " ")
        return """
            # fish completion for masker-tui, written from the declarations of its command line.

            # The command before the cursor, such as “sessions list”; “?” when something stands behind it that is none.
            function __masker_tui_command
                set -l command
                set -l takes_value 0
                for token in (commandline -opc)[2..-1]
                    if test $takes_value = 1
                        set takes_value 0
                        continue
                    end
                    switch $token
                        case \(table.names.joined(separator: " "))
                            set takes_value 1
                        case '-*'
                            continue
                        case '*'
                            set -l longer (string trim -- "$command $token")
                            if contains -- "$longer" \(known)
                                set command $longer
                            else if contains -- "$command" \(parents)
                                set command '?'
                            end
                    end
                end
                echo "$command"
            end

            function __masker_tui_at
                contains -- (__masker_tui_command) $argv
            end

            complete -c masker-tui -f
            \(lines.joined(separator: "\n"))

            """
    }

    private static func condition(_ commands: [String]) -> String {
        "\"__masker_tui_at " + commands.map(quoted).joined(separator: " ") + "\""
    }

    private static func line(_ option: CompletionTable.Option, _ commands: [String]) -> String {
        let names = option.names.map { $0.hasPrefix("--") ? "-l " + $0.dropFirst(2) : "-s " + $0.dropFirst() }.joined(separator: " ")
        let value = switch option.value {
        case nil: ""
        case .text?: " -x"
        case .words(let words)?: " -xa " + quoted(words.joined(separator: " "))
        case .file?: " -rF"
        case .directory?: " -xa '(__fish_complete_directories)'"
        }
        return "complete -c masker-tui -n \(condition(commands)) \(names)\(value) -d \(quoted(option.help))"
    }

    /// In single quotes, where fish knows only `\\\\` and `\\'`.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'" }
}
