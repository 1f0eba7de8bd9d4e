import Foundation
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Nothing that stands in the place of the configuration is ignored silently", .ownThread)
struct ConfigurationPlaceTests {
    /// Reads the configuration of a home directory after `prepare`, which gets the directory of the configuration.
    private func read(_ prepare: @escaping (String) throws -> Void) async throws -> Result<ConfigurationFile?, CommandFailure> {
        var result: Result<ConfigurationFile?, CommandFailure> = .success(nil)
        try await withDirectory { home in
            let directory = home + "/.config/masker-tui"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try prepare(directory)
            do throws(CommandFailure) { result = .success(try ConfigurationFile.read(["HOME": home])) } catch { result = .failure(error) }
        }
        return result
    }

    private static func write(_ path: String, _ text: String = "read_only: on\n") throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
    }

    @Test("config.yml is read where there is no config.yaml, also as a link", arguments: ["config.yaml", "config.yml"])
    func names(name: String) async throws {
        let file = try await read { try Self.write($0 + "/" + name) }.get()
        #expect(file?.top["read_only"]?.text == "on" && file?.path.hasSuffix("/" + name) == true)
        let linked = try await read { try Self.write($0 + "/mine"); symlink("mine", $0 + "/" + name) }.get()
        #expect(linked?.top["read_only"]?.text == "on")
        let both = try await read { try Self.write($0 + "/config.yaml"); symlink("config.yaml", $0 + "/config.yml") }.get()
        #expect(both?.path.hasSuffix("/config.yaml") == true)
    }

    @Test("an empty file, a file of comments and /dev/null are an empty configuration")
    func empty() async throws {
        for text in ["", "\n", "# nothing\n"] { #expect(try await read { try Self.write($0 + "/config.yaml", text) }.get()?.top == [:]) }
        #expect(try await read { symlink("/dev/null", $0 + "/config.yaml") }.get()?.top == [:])
        #expect(try ConfigurationFile.read(["MASKER_TUI_CONFIG": "/dev/null"]) == ConfigurationFile(path: "/dev/null"))
    }

    private static let obstacles: [(prepare: @Sendable (String) throws -> Void, sentence: String)] = [
        ({ try write($0 + "/config.yaml"); try write($0 + "/config.yml") }, "there are two configurations, "),
        ({ symlink("/none", $0 + "/config.yaml") }, "/config.yaml is a link to /none, which does not exist"),
        ({ symlink("dotfiles/config", $0 + "/config.yml") }, "/config.yml is a link to dotfiles/config, which does not exist"),
        ({ rmdir($0); symlink("/none", $0) }, "/masker-tui is a link to /none, which does not exist"),
        ({ symlink("config.yaml", $0 + "/config.yaml") }, "/config.yaml cannot be read: Too many levels of symbolic links"),
        ({ mkdir($0 + "/config.yaml", 0o700) }, "/config.yaml is a directory"), ({ mkfifo($0 + "/config.yaml", 0o600) }, "/config.yaml is not a plain file"),
        ({ symlink("/dev/zero", $0 + "/config.yaml") }, "/config.yaml is not a plain file"),
        ({ try write($0 + "/config.yaml"); chmod($0 + "/config.yaml", 0o666) }, "/config.yaml can be written by everybody; run chmod o-w on it"),
        ({ try write($0 + "/config") }, "/config is not read: the configuration is called config.yaml; rename it, or remove it"),
        ({ try write($0 + "/Config.YAML") }, "/Config.YAML is not read"), ({ try write($0 + "/config.json", "{}") }, "/config.json is not read"),
        ({ try write($0 + "/config.toml") }, "/config.toml is not read"), ({ try write($0 + "/CONFIG.yml") }, "/CONFIG.yml is not read"),
    ]

    @Test("everything else is told in one sentence with exit status 2", arguments: obstacles.indices)
    func told(place: Int) async throws {
        let (prepare, sentence) = Self.obstacles[place]
        guard case .failure(let failure) = try await read(prepare) else {
            Issue.record("nothing was told: \(sentence)")
            return
        }
        #expect(failure.status == 2 && failure.sentence?.contains(sentence) == true, "\(failure)")
    }

    @Test("a file of another user, or one that cannot be read, is told with what to do")
    func owners() async throws {
        let other = try await read { directory in
            if geteuid() == 0 {
                try Self.write(directory + "/config.yaml")
                #expect(chown(directory + "/config.yaml", 65_534, 65_534) == 0)
            } else {
                try Self.write(directory + "/config.yaml")
                chmod(directory + "/config.yaml", 0)
            }
        }
        guard case .failure(let failure) = other else {
            Issue.record("nothing was told")
            return
        }
        #expect(failure.sentence?.contains(geteuid() == 0 ? "belongs to another user" : "cannot be read: Permission denied") == true)
        if geteuid() == 0 { #expect(failure.sentence?.hasSuffix("run masker-tui without sudo, or with sudo -H") == true) }
    }

    @Test("other files in the directory, such as a configuration that was put aside, are none of its business", arguments: [
        "config.yaml.bak", "config.yaml~", ".config.yaml.swp", "config.yaml.off", "themes.yaml",
    ])
    func aside(name: String) async throws { #expect(try await read { try Self.write($0 + "/" + name) }.get() == nil) }

    @Test("no directory, and a home that is none, are no configuration", arguments: ["/usr/none", "/dev/null", "/proc", ""])
    func none(home: String) throws { #expect(try ConfigurationFile.read(["HOME": home]) == nil) }

    @Test("promise 39: the administrator's file fixes nothing only when nothing stands in its place", arguments: [true, false])
    func administrator(isLink: Bool) async throws {
        try await withDirectory { directory in
            #expect(try AdministratorConfiguration.read(directory + "/config", owner: geteuid()) == AdministratorConfiguration())
            if isLink { symlink("/none", directory + "/config") } else { try Self.write(directory + "/config.yaml", "read_only = on\n") }
            #expect { try AdministratorConfiguration.read(directory + "/config", owner: geteuid()) } throws: { error in
                let failure = error as? CommandFailure
                return failure?.status == 2 && failure?.sentence?.contains(isLink ? "/config is a link to /none" : "/config.yaml is not read: the configuration is called config;") == true
            }
        }
    }
}
