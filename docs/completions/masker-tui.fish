function __masker-tui_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __masker-tui_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __masker-tui_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __masker-tui_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __masker-tui_parse_tokens -S
    set -l unparsed_tokens (__masker-tui_tokens -pc)
    switch $unparsed_tokens[1]
    case 'masker-tui'
        __masker-tui_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'console'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'refresh=' 'idle-lock=' 'read-only' 'no-read-only' 'reports=' 'theme=' 'time-zone=' 'time-format=' 'confirm=' 'plain' 'mouse' 'no-mouse' 'escape-delay=' 'version' 'h/help'
        case 'whoami'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'agents'
            __masker-tui_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'limit=' 'json' 'jsonl' 'name=' 'version' 'h/help'
            case 'show'
                __masker-tui_parse_subcommand 1 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'version' 'h/help'
            case 'create'
                __masker-tui_parse_subcommand 1 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'upstream=' 'tokenization=' 'policy=' 'policy-file=' 'version' 'h/help'
            case 'delete'
                __masker-tui_parse_subcommand 1 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'yes-delete=' 'version' 'h/help'
            end
        case 'sessions'
            __masker-tui_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'limit=' 'json' 'jsonl' 'since=' 'status=' 'agent=' 'min-redactions=' 'version' 'h/help'
            case 'show'
                __masker-tui_parse_subcommand 1 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'payloads' 'version' 'h/help'
            end
        case 'report'
            __masker-tui_parse_subcommand -r 1 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'format=' 'o/output=' 'manifest' 'version' 'h/help'
        case 'overview'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'since=' 'json' 'version' 'h/help'
        case 'health'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'version' 'h/help'
        case 'login'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'logout'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'config'
            __masker-tui_parse_subcommand 0 'url=' 'profile=' 'no-store' 'ca-file=' 'log=' 'restricted' 'refresh=' 'idle-lock=' 'read-only' 'no-read-only' 'reports=' 'theme=' 'time-zone=' 'time-format=' 'confirm=' 'plain' 'mouse' 'no-mouse' 'escape-delay=' 'json' 'jsonl' 'version' 'h/help'
        case 'help'
            __masker-tui_parse_subcommand -r 1 'version'
        end
    end
end

function __masker-tui_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __masker-tui_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __masker-tui_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __masker-tui_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__masker-tui_tokens -p)
    if test -z "$(__masker-tui_tokens -t)"
        set -l index (count (__masker-tui_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'masker-tui' -f
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'console' -d 'Open the console (the default).'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'whoami' -d 'Print the login and the role of the signed-in user.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'agents' -d 'List, show, create and delete agents.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'sessions' -d 'List and show call sessions.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'report' -d 'Save the compliance reports of sessions and print their paths.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'overview' -d 'Print the figures of the account: sessions, errors, latencies, redactions.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'health' -d 'Print the health of the service.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'login' -d 'Check the login session on standard input and store it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'logout' -d 'End the login session on the server and forget it here.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'config' -d 'Print every setting with its value and the source of the value.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" refresh' -l 'refresh' -d 'Seconds between automatic refreshes; 0 turns them off. Takes 0, or 2 to 86400 seconds (default: 15).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" idle-lock' -l 'idle-lock' -d 'Minutes without a key until the console locks; it quits after an hour. Takes 1 to 60 minutes (default: 10).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" read-only' -l 'read-only' -d 'Read-only mode: no agent is created, deleted or checked.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" no-read-only' -l 'no-read-only' -d 'Read-only mode: no agent is created, deleted or checked.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" reports' -l 'reports' -d 'Where reports are saved; with no_store and in restricted mode, off unless a directory is given. Takes a directory, or off (default: .).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" theme' -l 'theme' -d 'The theme of colours; with NO_COLOR it is always monochrome. Takes default, high-contrast, monochrome or color-blind (default: default).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" time-zone' -l 'time-zone' -d 'The time zone in which times are shown. Takes utc or local (default: utc).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" time-format' -l 'time-format' -d 'Show times as clock times or as ages. Takes absolute or relative (default: absolute).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" confirm' -l 'confirm' -d 'What must be typed to delete an agent: its name or its id. Takes name or id (default: name).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" plain' -l 'plain' -d 'For screen readers: words instead of lines, bars and positions; the cursor is on the selected row.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" mouse' -l 'mouse' -d 'Use the mouse wheel and clicks; to select text in the terminal, hold Shift.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" no-mouse' -l 'no-mouse' -d 'Use the mouse wheel and clicks; to select text in the terminal, hold Shift.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" escape-delay' -l 'escape-delay' -d 'Milliseconds to wait after Esc for the rest of a key sequence. Takes 25 to 1000 milliseconds (default: ESCDELAY, or 100).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'list' -d 'List the agents, newest first (the default).'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'show' -d 'Show one agent with its figures and policy.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'create' -d 'Create an agent. If the answer is lost, check whether the agent exists.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'delete' -d 'Delete an agent permanently; account admins only. A backup of it is kept on this machine.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" limit' -l 'limit' -d 'The largest number of rows.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" name' -l 'name' -d 'Only agents whose names contain this text, in upper or lower case.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" upstream' -l 'upstream' -d 'The upstream, such as openai:gpt-4o-mini, openai:gpt-4o or stub.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" tokenization' -l 'tokenization' -d 'The tokenization: vault-deterministic (the server\'s default) or reversible-aead.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" policy' -l 'policy' -d 'The name of the policy.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" policy-file' -l 'policy-file' -d 'A file with the policy as YAML, instead of --policy.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" yes-delete' -l 'yes-delete' -d 'The agent\'s full name, to confirm the deletion.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui sessions" -eq 1' -fa 'list' -d 'List the sessions, newest first (the default).'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui sessions" -eq 1' -fa 'show' -d 'Show one session with its stages and events.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" limit' -l 'limit' -d 'The largest number of rows.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" since' -l 'since' -d 'Only sessions since then: 1h, 24h, 7d, 30d, or an ISO 8601 time (the server\'s default is 24h).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" status' -l 'status' -d 'Only sessions with this status: ok, error or partial.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" agent' -l 'agent' -d 'Only sessions of the agent with this id.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" min-redactions' -l 'min-redactions' -d 'Only sessions with at least this many redactions.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" payloads' -l 'payloads' -d 'Also print the payloads, if they are logged. They can hold PHI.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" format' -l 'format' -d 'pdf, json or both (default: the ending of the file after -o, or pdf).' -rfka 'pdf json both'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" o output' -l 'output' -s 'o' -d 'Save in this directory, or one report under this name; - is standard output (default: the current directory).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" manifest' -l 'manifest' -d 'Also write manifest.json, a list of the saved reports.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" since' -l 'since' -d 'The time window: 1h, 24h or 7d.' -rfka '1h 24h 7d'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" json' -l 'json' -d 'Print one JSON object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui overview" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" json' -l 'json' -d 'Print one JSON object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" url' -l 'url' -d 'The server, with or without /api/v1. Takes https://HOST or https://HOST:PORT (default: MASKER_URL, MASKER_SERVER, or https://masker-voice.fly.dev).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" profile' -l 'profile' -d 'The profile of the configuration file to use (default: MASKER_PROFILE, or the one that the file names).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" no-store' -l 'no-store' -d 'Keep the login session in memory only; read and write no file of it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" ca-file' -l 'ca-file' -d 'Trust the certificates in this file instead of the system\'s. Takes the path of a PEM file.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" log' -l 'log' -d 'Write one line per request to this file, never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" restricted' -l 'restricted' -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" refresh' -l 'refresh' -d 'Seconds between automatic refreshes; 0 turns them off. Takes 0, or 2 to 86400 seconds (default: 15).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" idle-lock' -l 'idle-lock' -d 'Minutes without a key until the console locks; it quits after an hour. Takes 1 to 60 minutes (default: 10).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" read-only' -l 'read-only' -d 'Read-only mode: no agent is created, deleted or checked.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" no-read-only' -l 'no-read-only' -d 'Read-only mode: no agent is created, deleted or checked.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" reports' -l 'reports' -d 'Where reports are saved; with no_store and in restricted mode, off unless a directory is given. Takes a directory, or off (default: .).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" theme' -l 'theme' -d 'The theme of colours; with NO_COLOR it is always monochrome. Takes default, high-contrast, monochrome or color-blind (default: default).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" time-zone' -l 'time-zone' -d 'The time zone in which times are shown. Takes utc or local (default: utc).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" time-format' -l 'time-format' -d 'Show times as clock times or as ages. Takes absolute or relative (default: absolute).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" confirm' -l 'confirm' -d 'What must be typed to delete an agent: its name or its id. Takes name or id (default: name).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" plain' -l 'plain' -d 'For screen readers: words instead of lines, bars and positions; the cursor is on the selected row.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" mouse' -l 'mouse' -d 'Use the mouse wheel and clicks; to select text in the terminal, hold Shift.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" no-mouse' -l 'no-mouse' -d 'Use the mouse wheel and clicks; to select text in the terminal, hold Shift.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" escape-delay' -l 'escape-delay' -d 'Milliseconds to wait after Esc for the rest of a key sequence. Takes 25 to 1000 milliseconds (default: ESCDELAY, or 100).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" jsonl' -l 'jsonl' -d 'Print one JSON object per line, each as it arrives.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui help" version' -l 'version' -d 'Show the version.'
