import ArgumentParser
import CTerminal
import Foundation
import MaskerAPI

/// Which server to talk to, and as whom: what every command shares.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server, with or without /api/v1 (default: MASKER_URL, or the hosted service).", valueName: "origin"))
    var url: String?

    @Flag(help: "Keep a login session in memory only; read and write no file.")
    var noStore = false

    @Option(help: ArgumentHelp("Trust the certificates in this PEM file instead of the system's.", valueName: "path"))
    var caFile: String?

    /// The parts of a connection, ready to use.
    struct Connection {
        var client: MaskerClient
        var transport: CurlTransport
        var stateDirectory: String?
        var storePath: String?
    }

    /// Puts the client together. Nothing is sent yet.
    /// - Throws: `CommandFailure` for an address or a `MASKER_SESSION` that cannot be used.
    func connect(environment: [String: String]) throws -> Connection {
        let host = try host(environment)
        let store = noStore ? nil : CredentialStore(
            directory: CredentialStore.defaultDirectory(environment: environment), host: host)
        let login = LoginSession(host: host, store: store, environmentValue: try Self.takeSession())
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw CommandFailure.usage("the file “\(caFile)” given with --ca-file cannot be read")
        }
        var settings = CurlTransport.Settings(caFile: caFile, proxyEnvironment: environment)
        // A crash there has to find a stack to put the terminal back on.
        settings.onThreadStart = { terminal_guard_add_thread() }
        let transport = CurlTransport(host: host, settings: settings)
        return Connection(
            client: MaskerClient(host: host, transport: transport, login: login), transport: transport,
            stateDirectory: noStore ? nil : CredentialStore.defaultDirectory(environment: environment),
            storePath: store?.path)
    }

    private func host(_ environment: [String: String]) throws -> APIHost {
        let fromEnvironment = environment["MASKER_URL"].flatMap { $0.isEmpty ? nil : $0 }
        guard let address = url ?? fromEnvironment else { return .hosted }
        do {
            return try APIHost(address)
        } catch {
            throw CommandFailure.usage("\(url == nil ? "MASKER_URL" : "--url"): \(error.description)")
        }
    }

    /// Takes the login session out of the environment, where other programs of the same user could read it.
    private static func takeSession() throws -> CookieValue? {
        var buffer = [CChar](repeating: 0, count: 8_192)
        defer { explicit_bzero(&buffer, buffer.count) }
        let length = environment_take("MASKER_SESSION", &buffer, buffer.count)
        guard length != 0 else { return nil }
        guard length > 0 else { throw CommandFailure.usage("MASKER_SESSION is too long to be a login session") }
        do {
            return try CookieValue(pasted: String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self))
        } catch {
            throw CommandFailure.usage("MASKER_SESSION: \(error.description)")
        }
    }
}
