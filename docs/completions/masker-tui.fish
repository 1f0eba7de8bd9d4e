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
            __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'refresh=' 'idle-lock=' 'read-only' 'reports=' 'version' 'h/help'
        case 'whoami'
            __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'agents'
            __masker-tui_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'limit=' 'json' 'jsonl' 'name=' 'version' 'h/help'
            case 'show'
                __masker-tui_parse_subcommand 1 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'version' 'h/help'
            case 'create'
                __masker-tui_parse_subcommand 1 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'upstream=' 'tokenization=' 'policy=' 'policy-file=' 'version' 'h/help'
            case 'delete'
                __masker-tui_parse_subcommand 1 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'yes-delete=' 'version' 'h/help'
            end
        case 'sessions'
            __masker-tui_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'limit=' 'json' 'jsonl' 'since=' 'status=' 'agent=' 'min-redactions=' 'version' 'h/help'
            case 'show'
                __masker-tui_parse_subcommand 1 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'json' 'jsonl' 'payloads' 'version' 'h/help'
            end
        case 'report'
            __masker-tui_parse_subcommand 1 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'format=' 'o/output=' 'version' 'h/help'
        case 'health'
            __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'login'
            __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
        case 'logout'
            __masker-tui_parse_subcommand 0 'url=' 'no-store' 'ca-file=' 'log=' 'restricted' 'version' 'h/help'
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
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'whoami' -d 'Print who is signed in, and as what.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'agents' -d 'List, show, create and delete agents.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'sessions' -d 'List and show call sessions.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'report' -d 'Save the compliance report of a session and print its path.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'health' -d 'Say whether the service is alive.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'login' -d 'Check the login session on standard input and store it.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'logout' -d 'End the login session on the server and forget it here.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" refresh' -l 'refresh' -d 'Refresh this often; 0 never by itself.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" idle-lock' -l 'idle-lock' -d 'Lock after this long without a key, 1 to 60 (default: 10); the console ends after 60.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" read-only' -l 'read-only' -d 'Only look: there is no way to delete an agent.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" reports' -l 'reports' -d 'Save reports here (default: the current directory; with --no-store or --restricted nowhere).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui console" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui whoami" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'list' -d 'List the agents, newest first (the default).'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'show' -d 'Show one agent with its figures and policy.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'create' -d 'Create an agent.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui agents" -eq 1' -fa 'delete' -d 'Delete an agent for good; account admins only. Its configuration is kept on this machine.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" limit' -l 'limit' -d 'How many at most.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" jsonl' -l 'jsonl' -d 'Print one JSON object a line, as they come.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" name' -l 'name' -d 'Only those with this in their names, in upper or lower case.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" jsonl' -l 'jsonl' -d 'Print one JSON object a line, as they come.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" jsonl' -l 'jsonl' -d 'Print one JSON object a line, as they come.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" upstream' -l 'upstream' -d 'Such as openai:gpt-4o-mini, openai:gpt-4o or stub.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" tokenization' -l 'tokenization' -d 'vault-deterministic (the server\'s default) or reversible-aead.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" policy' -l 'policy' -d 'The policy by its name.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" policy-file' -l 'policy-file' -d 'A file with the policy\'s YAML instead.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" yes-delete' -l 'yes-delete' -d 'The agent\'s full name, to say that you mean it.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui agents delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui sessions" -eq 1' -fa 'list' -d 'List the sessions, newest first (the default).'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_positional "masker-tui sessions" -eq 1' -fa 'show' -d 'Show one session with its stages and events.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" limit' -l 'limit' -d 'How many at most.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" jsonl' -l 'jsonl' -d 'Print one JSON object a line, as they come.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" since' -l 'since' -d 'How far back: 1h, 24h, 7d, 30d, or an ISO 8601 time (the server\'s default is 24h).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" status' -l 'status' -d 'ok, error or partial.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" agent' -l 'agent' -d 'Only this agent\'s, by its id.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" min-redactions' -l 'min-redactions' -d 'Only those with so many redactions or more.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" json' -l 'json' -d 'Print JSON: an array, or one object.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" jsonl' -l 'jsonl' -d 'Print one JSON object a line, as they come.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" payloads' -l 'payloads' -d 'With the payloads, where they are logged. They can hold PHI.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui sessions show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" format' -l 'format' -d 'pdf or json.' -rfka 'json pdf'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" o output' -l 'output' -s 'o' -d 'Save it in this directory.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui health" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui login" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" url' -l 'url' -d 'The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" no-store' -l 'no-store' -d 'Keep a login session in memory only; read and write no file.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" ca-file' -l 'ca-file' -d 'Trust the certificates in this PEM file instead of the system\'s.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" log' -l 'log' -d 'Write a line a request to this file: never an id, a cookie or a body.' -rfka ''
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" restricted' -l 'restricted' -d 'For an SSH ForceCommand: start nothing, and take nothing from the user\'s environment and files.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" version' -l 'version' -d 'Show the version.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui logout" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'masker-tui' -n '__masker-tui_should_offer_completions_for_flags_or_options "masker-tui help" version' -l 'version' -d 'Show the version.'
