# bash completion for masker-tui, written from the declarations of its command line.

# Sets the subcommands and the options of the command $1. Returns 1 when there is no such command.
_masker_tui_command() {
    case "$1" in
    '')
        commands='console whoami agents sessions report overview health login logout config help'
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --refresh --idle-lock --read-only --no-read-only --reports --theme --time-zone --time-format --confirm --plain --mouse --no-mouse --escape-delay --version -h --help' ;;
    'console')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --refresh --idle-lock --read-only --no-read-only --reports --theme --time-zone --time-format --confirm --plain --mouse --no-mouse --escape-delay -h --help' ;;
    'whoami')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl -h --help' ;;
    'agents')
        commands='list show create delete'
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --limit --json --jsonl --name -h --help' ;;
    'agents list')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --limit --json --jsonl --name -h --help' ;;
    'agents show')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl -h --help' ;;
    'agents create')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl --upstream --tokenization --policy --policy-file -h --help' ;;
    'agents delete')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl --yes-delete -h --help' ;;
    'sessions')
        commands='list show'
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --limit --json --jsonl --since --until --status --agent --min-redactions -h --help' ;;
    'sessions list')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --limit --json --jsonl --since --until --status --agent --min-redactions -h --help' ;;
    'sessions show')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl --payloads -h --help' ;;
    'report')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl --format --output -o --manifest -h --help' ;;
    'overview')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --since --json --jsonl -h --help' ;;
    'health')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl -h --help' ;;
    'login')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl -h --help' ;;
    'logout')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --json --jsonl -h --help' ;;
    'config')
        commands=''
        options='--url --profile --no-store --ca-file --connect-timeout --log --restricted --refresh --idle-lock --read-only --no-read-only --reports --theme --time-zone --time-format --confirm --plain --mouse --no-mouse --escape-delay --json --jsonl -h --help' ;;
    'help')
        commands='console whoami agents sessions report overview health login logout config'
        options='' ;;
    'help agents')
        commands='list show create delete'
        options='' ;;
    'help sessions')
        commands='list show'
        options='' ;;
    *) return 1 ;;
    esac
}

# Sets what the option $2 of the command $1 takes. Returns 1 when it takes nothing.
_masker_tui_value() {
    case "$1 $2" in
    *' --url') kind=text words='' ;;
    *' --profile') kind=text words='' ;;
    *' --ca-file') kind=file words='' ;;
    *' --connect-timeout') kind=text words='' ;;
    *' --log') kind=file words='' ;;
    *' --refresh') kind=text words='' ;;
    *' --idle-lock') kind=text words='' ;;
    *' --reports') kind=directory words='' ;;
    *' --theme') kind=words words='default high-contrast monochrome color-blind' ;;
    *' --time-zone') kind=words words='utc local' ;;
    *' --time-format') kind=words words='absolute relative' ;;
    *' --confirm') kind=words words='name id' ;;
    *' --escape-delay') kind=text words='' ;;
    *' --limit') kind=words words='all' ;;
    *' --name') kind=text words='' ;;
    *' --upstream') kind=words words='openai:gpt-4o-mini openai:gpt-4o stub' ;;
    *' --tokenization') kind=words words='vault-deterministic reversible-aead' ;;
    *' --policy') kind=text words='' ;;
    *' --policy-file') kind=file words='' ;;
    *' --yes-delete') kind=text words='' ;;
    'overview --since') kind=words words='1h 24h 7d' ;;
    *' --since') kind=words words='1h 24h 7d 30d today yesterday' ;;
    *' --until') kind=words words='today yesterday' ;;
    *' --status') kind=words words='ok error partial' ;;
    *' --agent') kind=text words='' ;;
    *' --min-redactions') kind=text words='' ;;
    *' --format') kind=words words='pdf json both' ;;
    *' --output' | *' -o') kind=file words='' ;;
    *) return 1 ;;
    esac
}

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
