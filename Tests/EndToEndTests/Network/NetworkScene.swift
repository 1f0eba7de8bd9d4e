import Foundation
import TestSupport
import Testing

/// The mock server behind TLS on 127.0.0.2, with a certificate of a private authority, and a real proxy (tinyproxy) before it.
struct NetworkScene {
    /// What a command printed, standard error included, and how it ended.
    struct Outcome {
        var status: Int
        var output: String
        /// How often the proxy was asked for a connection meanwhile.
        var connects: Int
    }

    /// Runs commands one after the other, in an empty directory with `ca.pem` (the authority), `other.pem` (another one),
    /// `hashed` (the authority as OpenSSL reads directories), `empty` and `pipe`. `$T` is the console, `$S` the server, `$P` the
    /// proxy, which takes `corpuser:p.ss-1` and lets through to the port of `$S` alone.
    static func run(_ commands: [String]) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        try await withDirectory { directory in
            let script = Self.script.replacing("COMMANDS", with: commands.map { "run '\($0.replacing("'", with: "'\\''"))'" }.joined(separator: "\n"))
            try Data(script.utf8).write(to: URL(fileURLWithPath: directory + "/run.sh"))
            let environment = [
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": directory, "D": directory, "XDG_STATE_HOME": directory + "/state",
                "T": try #require(Program.built("masker-tui")),
            ]
            let mock = try #require(Program.built("masker-mock"))
            let result = try await Program.run(mock, ["exec", "--traffic", "0", "--", "bash", directory + "/run.sh"], environment: environment)
            try #require(result.status == 0, "\(result.output)")
            outcomes = try result.output.components(separatedBy: "\u{1}").dropFirst().map { part in
                let fields = part.components(separatedBy: "\u{2}")
                return Outcome(status: try #require(Int(fields[0])), output: fields[2], connects: try #require(Int(fields[1])))
            }
            try #require(outcomes.count == commands.count)
        }
        return outcomes
    }

    private static let script = #"""
        set -eu; cd $D; exec 2>log
        new_key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        openssl req -x509 $new_key -days 30 -keyout ca.key -out ca.pem -subj '/CN=Test Authority'
        openssl req -x509 $new_key -days 30 -keyout other.key -out other.pem -subj '/CN=Other Authority'
        openssl req $new_key -keyout key.pem -out req.pem -subj /CN=server
        echo 'subjectAltName=IP:127.0.0.2' > names
        openssl x509 -req -in req.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out cert.pem >/dev/null
        mkdir hashed; cp ca.pem hashed/$(openssl x509 -hash -noout -in ca.pem).0; touch empty; mkfifo pipe
        socat -d -d -lf socat.log OPENSSL-LISTEN:0,bind=127.0.0.2,fork,cert=cert.pem,key=key.pem,verify=0 TCP:${MASKER_URL#http://} &
        server=$!; trap 'kill $server ${proxy:-}' EXIT
        until port=$(grep -o 'listening on .*' socat.log | grep -o '[0-9]*$'); do sleep 0.05; kill -0 $server; done
        # tinyproxy does not say which port it was given, so a free one is tried for.
        until [ -n "${accepts:-}" ]; do
            place=$((20000 + RANDOM % 12000)); : > proxy.log
            printf '%s\n' "Port $place" 'Listen 127.0.0.1' 'BasicAuth corpuser p.ss-1' "ConnectPort $port" "LogFile \"$D/proxy.log\"" 'LogLevel Info' > proxy.conf
            tinyproxy -d -c proxy.conf >/dev/null & proxy=$!
            until accepts=$(grep 'Accepting connections' proxy.log) || ! kill -0 $proxy; do sleep 0.05; done
        done
        export S=https://127.0.0.2:$port P=127.0.0.1:$place; unset MASKER_URL
        run() {
            before=$(grep -c 'Request.*CONNECT' proxy.log || true); status=0
            bash -c "$1" >output 2>&1 || status=$?
            printf '\1%s\2%s\2' $status $(($(grep -c 'Request.*CONNECT' proxy.log || true) - before)); cat output
        }
        COMMANDS
        """#
}
