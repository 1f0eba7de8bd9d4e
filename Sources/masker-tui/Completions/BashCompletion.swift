/// The completion for bash. It is written for bash 3.2 and later, and holds under `set -u` and `set -e`.
enum BashCompletion {
    static func script(_ table: CompletionTable) -> String {
        let commands = table.commands.map { command in
            """
                \(Completions.quoted(command.name)))
                    commands=\(Completions.quoted(command.subcommands.map(\.name).joined(separator: " ")))
                    options=\(Completions.quoted(command.options.flatMap(\.names).joined(separator: " "))) ;;
            """
        }
        let values = table.values.map { option, commands in
            let patterns = option.names.flatMap { name in
                (commands ?? ["*"]).map { $0 == "*" ? "*" + Completions.quoted(" " + name) : Completions.quoted($0 + " " + name) }
            }
            let (kind, words): (String, String) = switch option.value {
            case .file?: ("file", "")
            case .directory?: ("directory", "")
            case .words(let words)?: ("words", words.joined(separator: " "))
            case .text?, nil: ("text", "")
            }
            return "    \(patterns.joined(separator: " | "))) kind=\(kind) words=\(Completions.quoted(words)) ;;"
        }
        return """
            # bash completion for masker-tui, written from the declarations of its command line.

            # Sets the subcommands and the options of the command $1. Returns 1 when there is no such command.
            _masker_tui_command() {
                case "$1" in
            \(commands.joined(separator: "\n"))
                *) return 1 ;;
                esac
            }

            # Sets what the option $2 of the command $1 takes. Returns 1 when it takes nothing.
            _masker_tui_value() {
                case "$1 $2" in
            \(values.joined(separator: "\n"))
                *) return 1 ;;
                esac
            }

            """ + engine
    }

    /// What is the same for every command line.
    private static let engine = #"""

        # Offers those of the words $1 that continue what is typed.
        _masker_tui_offer() {
            local offered
            for offered in $1; do
                offered=$prefix$offered
                case "$offered" in
                "$whole"*) COMPREPLY+=("${offered#"$kept"}") ;;
                esac
            done
        }

        # Offers the files (-f) or directories (-d) that continue the path $2.
        _masker_tui_offer_paths() {
            local offered path=$2
            # An open quote is not part of the path.
            case "$path" in
            \"* | \'*) path=${path#?} ;;
            esac
            while IFS= read -r offered; do
                [ -n "$offered" ] || continue
                offered=$prefix$offered
                COMPREPLY+=("${offered#"$kept"}")
            done <<< "$(compgen "$1" -- "$path")"
            # Escapes blanks, and puts a slash behind a directory. Before bash 4 there is no compopt.
            compopt -o filenames 2> /dev/null || true
        }

        _masker_tui() {
            local IFS=$' \t\n' word='' command='' option='' positional='' ended='' commands='' options='' kind='' words=''
            local whole='' kept='' prefix='' glue='' count=0 i
            local -a typed
            COMPREPLY=()
            # bash ends words at = and :, which are parts of options and values here.
            for ((i = 1; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]-}
                case "$word" in
                '' | *[!:=]*)
                    # The word may go on behind the cursor.
                    if [ "$i" -eq "$COMP_CWORD" ]; then word=${2-$word}; fi
                    if [ -n "$glue" ]; then
                        typed[count - 1]=${typed[count - 1]}$word
                    else
                        typed[count]=$word
                        count=$((count + 1))
                    fi
                    glue='' ;;
                *)
                    if [ "$count" -eq 0 ]; then count=1; fi
                    typed[count - 1]=${typed[count - 1]-}$word
                    word='' glue=1 ;;
                esac
            done
            [ "$count" -gt 0 ] || return 0
            whole=${typed[count - 1]}
            kept=${whole%"$word"}

            _masker_tui_command ''
            for ((i = 0; i < count - 1; i++)); do
                word=${typed[i]}
                if [ -n "$option" ]; then
                    option=''
                    continue
                fi
                if [ -z "$ended" ]; then
                    case "$word" in
                    --)
                        ended=1
                        continue ;;
                    -*)
                        if _masker_tui_value "$command" "$word"; then option=$word; fi
                        continue ;;
                    esac
                    if [ -z "$positional" ] && _masker_tui_command "${command:+$command }$word"; then
                        command="${command:+$command }$word"
                        continue
                    fi
                fi
                positional=1
            done

            word=$whole
            if [ -z "$option$ended" ]; then
                case "$word" in
                --*=*)
                    option=${word%%=*} prefix=${word%%=*}=
                    word=${word#*=} ;;
                esac
            fi
            if [ -n "$option" ]; then
                _masker_tui_value "$command" "$option" || return 0
                case "$kind" in
                words) _masker_tui_offer "$words" ;;
                file) _masker_tui_offer_paths -f "$word" ;;
                directory) _masker_tui_offer_paths -d "$word" ;;
                esac
            elif [ -z "$ended" ]; then
                case "$word" in
                -*) _masker_tui_offer "$options" ;;
                *)
                    if [ -z "$positional" ] && [ -n "$commands" ]; then
                        _masker_tui_offer "$commands"
                    elif [ -z "$word" ]; then
                        _masker_tui_offer "$options"
                    fi ;;
                esac
            fi
            return 0
        }

        complete -F _masker_tui masker-tui

        """#
}
