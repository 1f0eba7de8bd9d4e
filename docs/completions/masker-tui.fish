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
            case --url --profile --ca-file --connect-timeout --log --refresh --idle-lock --reports --theme --time-zone --time-format --confirm --escape-delay --limit --name --upstream --tokenization --policy --policy-file --yes-delete --since --until --status --agent --min-redactions --format --output -o
                set takes_value 1
            case '-*'
                continue
            case '*'
                set -l longer (string trim -- "$command $token")
                if contains -- "$longer" 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config' 'help' 'help agents' 'help sessions'
                    set command $longer
                else if contains -- "$command" '' 'agents' 'sessions' 'help' 'help agents' 'help sessions'
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
complete -c masker-tui -n "__masker_tui_at ''" -a console -d 'Open the console (the default)'
complete -c masker-tui -n "__masker_tui_at ''" -a whoami -d 'Print the login and the role of the signed-in user'
complete -c masker-tui -n "__masker_tui_at ''" -a agents -d 'List, show, create and delete agents'
complete -c masker-tui -n "__masker_tui_at ''" -a sessions -d 'List and show call sessions'
complete -c masker-tui -n "__masker_tui_at ''" -a report -d 'Save the compliance reports of sessions and print their paths'
complete -c masker-tui -n "__masker_tui_at ''" -a overview -d 'Print the figures of the account: sessions, errors, latencies, redactions'
complete -c masker-tui -n "__masker_tui_at ''" -a health -d 'Print the health of the service'
complete -c masker-tui -n "__masker_tui_at ''" -a login -d 'Check the login session on standard input and store it'
complete -c masker-tui -n "__masker_tui_at ''" -a logout -d 'End the login session on the server and forget it here'
complete -c masker-tui -n "__masker_tui_at ''" -a config -d 'Print every setting with its value and the source of the value'
complete -c masker-tui -n "__masker_tui_at ''" -a help -d 'Show the help of a command'
complete -c masker-tui -n "__masker_tui_at 'agents'" -a list -d 'List the agents, newest first (the default)'
complete -c masker-tui -n "__masker_tui_at 'agents'" -a show -d 'Show one agent with its figures and policy'
complete -c masker-tui -n "__masker_tui_at 'agents'" -a create -d 'Create an agent'
complete -c masker-tui -n "__masker_tui_at 'agents'" -a delete -d 'Delete an agent permanently; account admins only'
complete -c masker-tui -n "__masker_tui_at 'sessions'" -a list -d 'List the sessions of the last 30 days, newest first (the default)'
complete -c masker-tui -n "__masker_tui_at 'sessions'" -a show -d 'Show one session with its stages and events'
complete -c masker-tui -n "__masker_tui_at 'help'" -a console -d 'Open the console (the default)'
complete -c masker-tui -n "__masker_tui_at 'help'" -a whoami -d 'Print the login and the role of the signed-in user'
complete -c masker-tui -n "__masker_tui_at 'help'" -a agents -d 'List, show, create and delete agents'
complete -c masker-tui -n "__masker_tui_at 'help'" -a sessions -d 'List and show call sessions'
complete -c masker-tui -n "__masker_tui_at 'help'" -a report -d 'Save the compliance reports of sessions and print their paths'
complete -c masker-tui -n "__masker_tui_at 'help'" -a overview -d 'Print the figures of the account: sessions, errors, latencies, redactions'
complete -c masker-tui -n "__masker_tui_at 'help'" -a health -d 'Print the health of the service'
complete -c masker-tui -n "__masker_tui_at 'help'" -a login -d 'Check the login session on standard input and store it'
complete -c masker-tui -n "__masker_tui_at 'help'" -a logout -d 'End the login session on the server and forget it here'
complete -c masker-tui -n "__masker_tui_at 'help'" -a config -d 'Print every setting with its value and the source of the value'
complete -c masker-tui -n "__masker_tui_at 'help agents'" -a list -d 'List the agents, newest first (the default)'
complete -c masker-tui -n "__masker_tui_at 'help agents'" -a show -d 'Show one agent with its figures and policy'
complete -c masker-tui -n "__masker_tui_at 'help agents'" -a create -d 'Create an agent'
complete -c masker-tui -n "__masker_tui_at 'help agents'" -a delete -d 'Delete an agent permanently; account admins only'
complete -c masker-tui -n "__masker_tui_at 'help sessions'" -a list -d 'List the sessions of the last 30 days, newest first (the default)'
complete -c masker-tui -n "__masker_tui_at 'help sessions'" -a show -d 'Show one session with its stages and events'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l url -x -d 'The server, with or without /api/v1'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l profile -x -d 'The profile of the configuration file to use'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l no-store -d 'Keep the login session in memory only; read and write no file of it'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l ca-file -rF -d 'Trust the certificates in this file instead of the system\'s'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l connect-timeout -x -d 'Seconds until a connection must be ready, including TLS'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l log -rF -d 'Write one line per request to this file, never an id, a cookie or a body'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l restricted -d 'Restricted mode, for an SSH ForceCommand: start no other program, and ignore the user\'s environment and files'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l refresh -x -d 'Seconds between automatic refreshes; 0 turns them off'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l idle-lock -x -d 'Minutes without a key until the console locks; it quits after an hour'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l read-only -d 'Read-only mode: no agent is created, deleted or checked'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l no-read-only -d 'Allow to create, delete and check agents, whatever the configuration says'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l reports -xa '(__fish_complete_directories)' -d 'Where reports are saved; with no_store and in restricted mode, off unless a directory is given'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l theme -xa 'default high-contrast monochrome color-blind' -d 'The theme of colours; with NO_COLOR it is always monochrome'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l time-zone -xa 'utc local' -d 'The time zone in which times are shown'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l time-format -xa 'absolute relative' -d 'Show times as clock times or as ages'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l confirm -xa 'name id' -d 'What must be typed to delete an agent: its name or its id'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l plain -d 'For screen readers: words instead of lines, bars and positions; the cursor is on the selected row'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l mouse -d 'Use the mouse wheel and clicks; to select text in the terminal, hold Shift'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l no-mouse -d 'Leave the mouse to the terminal, whatever the configuration says'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'config'" -l escape-delay -x -d 'Milliseconds to wait after Esc for the rest of a key sequence'
complete -c masker-tui -n "__masker_tui_at ''" -l version -d 'Show the version'
complete -c masker-tui -n "__masker_tui_at '' 'console' 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -s h -l help -d 'Show help'
complete -c masker-tui -n "__masker_tui_at 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l json -d 'Print JSON: one record as an object, a list as an array'
complete -c masker-tui -n "__masker_tui_at 'whoami' 'agents' 'agents list' 'agents show' 'agents create' 'agents delete' 'sessions' 'sessions list' 'sessions show' 'report' 'overview' 'health' 'login' 'logout' 'config'" -l jsonl -d 'Print one JSON object on each line, as it arrives'
complete -c masker-tui -n "__masker_tui_at 'agents' 'agents list' 'sessions' 'sessions list'" -l limit -xa 'all' -d 'The largest number of rows'
complete -c masker-tui -n "__masker_tui_at 'agents' 'agents list'" -l name -x -d 'Only agents whose names contain this text, in upper or lower case'
complete -c masker-tui -n "__masker_tui_at 'agents create'" -l upstream -xa 'openai:gpt-4o-mini openai:gpt-4o stub' -d 'The upstream, such as openai:gpt-4o-mini, openai:gpt-4o or stub'
complete -c masker-tui -n "__masker_tui_at 'agents create'" -l tokenization -xa 'vault-deterministic reversible-aead' -d 'The tokenization: vault-deterministic (the server\'s default) or reversible-aead'
complete -c masker-tui -n "__masker_tui_at 'agents create'" -l policy -x -d 'The name of the policy'
complete -c masker-tui -n "__masker_tui_at 'agents create'" -l policy-file -rF -d 'A file with the policy as YAML, instead of --policy'
complete -c masker-tui -n "__masker_tui_at 'agents delete'" -l yes-delete -x -d 'The agent\'s full name, to confirm the deletion'
complete -c masker-tui -n "__masker_tui_at 'sessions' 'sessions list'" -l since -xa '1h 24h 7d 30d today yesterday' -d 'Only sessions since then: 90m, 2h, 30d, 1w, yesterday, "yesterday 14:05", "mon 9:00", "Nov 26", 14:00 (the latest one), 2026-11-26T14:00'
complete -c masker-tui -n "__masker_tui_at 'sessions' 'sessions list'" -l until -xa 'today yesterday' -d 'Only sessions until then, in the same forms; a day, minute or second is included'
complete -c masker-tui -n "__masker_tui_at 'sessions' 'sessions list'" -l status -xa 'ok error partial' -d 'Only sessions with this status: ok, error or partial'
complete -c masker-tui -n "__masker_tui_at 'sessions' 'sessions list'" -l agent -x -d 'Only sessions of the agent with this id, name, or part of a name'
complete -c masker-tui -n "__masker_tui_at 'sessions' 'sessions list'" -l min-redactions -x -d 'Only sessions with at least this many redactions'
complete -c masker-tui -n "__masker_tui_at 'sessions show'" -l payloads -d 'Also print the payloads, if they are logged'
complete -c masker-tui -n "__masker_tui_at 'report'" -l format -xa 'pdf json both' -d 'pdf, json or both'
complete -c masker-tui -n "__masker_tui_at 'report'" -l output -s o -rF -d 'Save in this directory, or one report under this name; - is standard output'
complete -c masker-tui -n "__masker_tui_at 'report'" -l manifest -d 'Also write manifest.json, a list of the saved reports'
complete -c masker-tui -n "__masker_tui_at 'overview'" -l since -xa '1h 24h 7d' -d 'The time window: 1h, 24h or 7d'
