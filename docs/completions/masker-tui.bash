#!/bin/bash

__masker-tui_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__masker-tui_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__masker-tui_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__masker-tui_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_masker-tui() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __masker-tui_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    console|whoami|agents|sessions|report|overview|health|login|logout|config|help)
        # Offer subcommand argument completions
        "_masker-tui_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'console whoami agents sessions report overview health login logout config help' -- "${cur}"))
        ;;
    esac
}

_masker-tui_console() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --read-only --no-read-only --plain --mouse --no-mouse --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --refresh --idle-lock --reports --theme --time-zone --time-format --confirm --escape-delay)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--refresh')
        return
        ;;
    '--idle-lock')
        return
        ;;
    '--reports')
        return
        ;;
    '--theme')
        return
        ;;
    '--time-zone')
        return
        ;;
    '--time-format')
        return
        ;;
    '--confirm')
        return
        ;;
    '--escape-delay')
        return
        ;;
    esac
}

_masker-tui_whoami() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_agents() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __masker-tui_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|create|delete)
        # Offer subcommand argument completions
        "_masker-tui_agents_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show create delete' -- "${cur}"))
        ;;
    esac
}

_masker-tui_agents_list() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --jsonl --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --limit --name)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--limit')
        return
        ;;
    '--name')
        return
        ;;
    esac
}

_masker-tui_agents_show() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --jsonl --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_agents_create() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --jsonl --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --upstream --tokenization --policy --policy-file)
    __masker-tui_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--upstream')
        return
        ;;
    '--tokenization')
        return
        ;;
    '--policy')
        return
        ;;
    '--policy-file')
        return
        ;;
    esac
}

_masker-tui_agents_delete() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --yes-delete)
    __masker-tui_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--yes-delete')
        return
        ;;
    esac
}

_masker-tui_sessions() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __masker-tui_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show)
        # Offer subcommand argument completions
        "_masker-tui_sessions_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show' -- "${cur}"))
        ;;
    esac
}

_masker-tui_sessions_list() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --jsonl --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --limit --since --status --agent --min-redactions)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--limit')
        return
        ;;
    '--since')
        return
        ;;
    '--status')
        return
        ;;
    '--agent')
        return
        ;;
    '--min-redactions')
        return
        ;;
    esac
}

_masker-tui_sessions_show() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --jsonl --payloads --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_report() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --manifest --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --format --output -o)
    __masker-tui_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--format')
        __masker-tui_add_completions -W 'pdf'$'\n''json'$'\n''both'
        return
        ;;
    '--output'|'-o')
        return
        ;;
    esac
}

_masker-tui_overview() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --since)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--since')
        __masker-tui_add_completions -W '1h'$'\n''24h'$'\n''7d'
        return
        ;;
    esac
}

_masker-tui_health() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_login() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_logout() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    esac
}

_masker-tui_config() {
    repeating_flags=()
    non_repeating_flags=(--no-store --restricted --read-only --no-read-only --plain --mouse --no-mouse --json --jsonl --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --profile --ca-file --connect-timeout --log --refresh --idle-lock --reports --theme --time-zone --time-format --confirm --escape-delay)
    __masker-tui_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--profile')
        return
        ;;
    '--ca-file')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--log')
        return
        ;;
    '--refresh')
        return
        ;;
    '--idle-lock')
        return
        ;;
    '--reports')
        return
        ;;
    '--theme')
        return
        ;;
    '--time-zone')
        return
        ;;
    '--time-format')
        return
        ;;
    '--confirm')
        return
        ;;
    '--escape-delay')
        return
        ;;
    esac
}

_masker-tui_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __masker-tui_offer_flags_options -1
}

complete -o filenames -F _masker-tui masker-tui
