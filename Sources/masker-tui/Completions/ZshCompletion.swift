/// The completion for zsh. It works as a file `_masker-tui` in a folder of `fpath`, and when it is sourced after `compinit`.
enum ZshCompletion {
    static func script(_ table: CompletionTable) -> String {
        let paths = Set(table.commands.map(\.path))
        return """
            #compdef masker-tui
            # zsh completion for masker-tui, written from the declarations of its command line.

            \(table.commands.map { function($0, paths) }.joined(separator: "\n\n"))

            if [[ ${zsh_eval_context[-1]-} == loadautofunc ]]; then
                _masker-tui "$@"
            else
                compdef _masker-tui masker-tui
            fi

            """
    }

    private static func name(_ path: [String]) -> String { (["_masker-tui"] + path).joined(separator: "_") }

    /// The function that completes a command.
    /// - Parameter paths: the commands that have a function.
    private static func function(_ command: CompletionTable.Command, _ paths: Set<[String]>) -> String {
        var specifications = command.options.flatMap(specifications)
        guard !command.subcommands.isEmpty else {
            if let positional = command.positional { specifications.append("'*:\(escaped(positional)): '") }
            return """
                \(name(command.path))() {
                    _arguments -s -S : \\
                        \(specifications.joined(separator: " \\\n        "))
                }
                """
        }
        specifications += ["'1: :->command'", "'*:: :->argument'"]
        let subcommands = command.subcommands.map { Completions.quoted($0.name + ":" + $0.help.replacing(":", with: "\\:")) }
        // Behind `help whoami`, for example, nothing can follow.
        let called = command.subcommands.map(\.name).filter { paths.contains(command.path + [$0]) }
        return """
            \(name(command.path))() {
                local curcontext="$curcontext" state='' state_descr='' context=''
                local -a line subcommands
                local -A opt_args
                local -i ret=1
                _arguments -s -S -C : \\
                    \(specifications.joined(separator: " \\\n        ")) && ret=0
                case "$state" in
                command)
                    subcommands=(
                        \(subcommands.joined(separator: "\n            "))
                    )
                    _describe -t commands command subcommands && ret=0
                    ;;
                argument)
                    case "${words[1]}" in
                    \(called.isEmpty ? "''" : called.joined(separator: "|"))) "\(name(command.path))_${words[1]}" && ret=0 ;;
                    esac
                    ;;
                esac
                return ret
            }
            """
    }

    /// What `_arguments` needs to know of an option: one specification for each of its names.
    private static func specifications(_ option: CompletionTable.Option) -> [String] {
        let others = option.names.contains("--help") ? "(- : *)" : option.names.count > 1 ? "(\(option.names.joined(separator: " ")))" : ""
        return option.names.map { name in
            let value: String
            switch option.value {
            case nil: value = ""
            case .text(let name)?: value = ":\(escaped(name)): "
            case .words(let words)?: value = ":value:(\(words.map(escaped).joined(separator: " ")))"
            case .file?: value = ":file:_files"
            case .directory?: value = ":directory:_files -/"
            }
            let takes = option.value == nil ? "" : name.hasPrefix("--") ? "=" : "+"
            return Completions.quoted("\(others)\(name)\(takes)[\(escaped(option.help))]\(value)")
        }
    }

    /// Colons and brackets have a meaning in a specification.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(":", with: "\\:").replacing("[", with: "\\[").replacing("]", with: "\\]")
    }
}
