import ArgumentParser
import Foundation
import MaskerMock

/// The options that `serve` and `exec` share.
struct ServerOptions: ParsableArguments {
    @Option(help: "Port on 127.0.0.1; 0 lets the system choose.") var port: UInt16 = 0
    @Option(help: "The same seed gives the same account.") var seed: UInt64 = 1
    @Option(help: "Agents in the account.") var agents = 12
    @Option(help: "Call sessions.") var sessions = 2_500
    @Option(help: "The days over which the sessions are spread; the service keeps sessions for 90 days.") var days = 30
    @Option(
        help: ArgumentHelp(
            "A user who can sign in, with a cookie that is valid from the start (default: a random one); repeatable.",
            valueName: "login:role:cookie"))
    var user: [String] = []
    @Option(
        help: ArgumentHelp(
            "An API token of a user, with its scopes: \(MockScope.allCases.map(\.rawValue).joined(separator: ", ")); repeatable.",
            valueName: "login:scope,scope:value"))
    var token: [String] = []
    @Option(help: "Give the cookie a new value with each answer: never or always.") var rotate = "never"
    @Option(help: "Milliseconds that a replaced cookie value stays valid.") var rotateGrace = 0
    @Option(help: "Milliseconds before each answer.") var latency = 0
    @Option(help: "New call sessions per minute.") var traffic = 6.0
    @Option(help: ArgumentHelp("Make the account for this time (ISO 8601), and start the clock there.", valueName: "time")) var now: String?
    @Option(help: ArgumentHelp("A fault as JSON, see docs/mock-server.md; repeatable.", valueName: "json"))
    var fault: [String] = []
    @Option(help: "Share of the sessions, 0 to 1, with logged payloads; the agents of `intake-debug` always have them.")
    var payloads = 0.0
    @Option(help: "The text of all logged payloads, instead of made-up conversations.") var payloadText: String?
    @Option(help: "Secret of the webhook's signature; if empty, signatures are not checked.") var webhookSecret: String?
    @Flag(help: "Put escape sequences and other characters that a terminal must not get into some texts.") var hostile = false
    @OptionGroup(title: "Variants of the contract") var variants: VariantOptions

    func parsed() throws -> MockOptions {
        var options = MockOptions()
        options.port = port
        options.seed = seed
        options.agents = try within(agents, 0...100_000, "--agents")
        options.sessions = try within(sessions, 0...100_000_000, "--sessions")
        options.days = try within(days, 1...3_650, "--days")
        options.latency = .milliseconds(try within(latency, 0...600_000, "--latency"))
        options.trafficPerMinute = try within(traffic, 0...6_000, "--traffic")
        options.payloadShare = try within(payloads, 0...1, "--payloads")
        options.payloadText = payloadText
        options.isHostile = hostile
        if let webhookSecret { options.webhookSecret = webhookSecret.isEmpty ? nil : webhookSecret }
        try variants.apply(to: &options)
        if !user.isEmpty { options.users = try users() }
        options.tokens = try tokens(of: options.users)
        guard let rotation = MockOptions.Rotation(rawValue: rotate) else {
            throw ValidationError("--rotate takes never or always.")
        }
        options.rotation = rotation
        options.rotationGrace = Double(try within(rotateGrace, 0...86_400_000, "--rotate-grace")) / 1000
        if let now {
            guard let date = MockOptions.moment(now) else { throw ValidationError("--now takes an ISO 8601 time.") }
            options.now = date
        }
        options.faults = try fault.map { text in
            guard let fault = try? JSONDecoder().decode(MockFault.self, from: Data(text.utf8)) else {
                throw ValidationError("--fault takes a JSON object, see docs/mock-server.md.")
            }
            return fault
        }
        return options
    }

    private func users() throws -> [MockUser] {
        let users = try user.map { text in
            guard let user = MockUser(parsing: text) else { throw ValidationError("--user takes LOGIN:ROLE:COOKIE.") }
            return user
        }
        guard Set(users.map(\.login)).count == users.count, Set(users.map(\.cookie)).count == users.count else {
            throw ValidationError("Each --user needs its own login and cookie.")
        }
        return users
    }

    private func tokens(of users: [MockUser]) throws -> [MockToken] {
        try token.map { text in
            guard let token = MockToken(parsing: text), users.contains(where: { $0.login == token.login }) else {
                throw ValidationError("--token takes LOGIN:SCOPE,SCOPE:VALUE, with an existing user and existing scopes.")
            }
            return token
        }
    }

    private func within<Value: Comparable>(_ value: Value, _ range: ClosedRange<Value>, _ name: String) throws -> Value
    {
        guard range.contains(value) else {
            throw ValidationError("\(name) takes \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }
}
