import Foundation
import TestSupport
import Testing

@testable import MaskerAPI

@Suite("Whose directory the state is kept in", .ownThread)
struct StateDirectoryTests {
    /// Runs `body` with a directory and its owner, who is not root: root gives the directory to another user.
    private func withOwned(_ body: @escaping (_ directory: String, _ owner: uid_t) throws -> Void) async throws {
        try await withDirectory { directory in
            let owner = geteuid() == 0 ? 65_534 : geteuid()
            if geteuid() == 0 { #expect(chown(directory, owner, owner) == 0) }
            try body(directory, owner)
        }
    }

    @Test("its path: below XDG_STATE_HOME, or below ~/.local/state")
    func path() {
        #expect(StateDirectory(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"]).path == "/s/masker-tui")
        #expect(StateDirectory(environment: ["XDG_STATE_HOME": "relative", "HOME": "/h"]).path == "/h/.local/state/masker-tui")
        #expect(StateDirectory(environment: ["HOME": "/h"]).path == "/h/.local/state/masker-tui")
    }

    @Test("promise 19: nothing is kept in a directory that the environment names and that belongs to another user, also when parts of the path do not exist", arguments: [
        ("HOME", "", 0, "run masker-tui without sudo, or with sudo -H"), ("HOME", "", 4_242, "set HOME to your own home directory"),
        ("HOME", "/", 0, "sudo -H"), ("HOME", "/not/there", 0, "sudo -H"), ("XDG_STATE_HOME", "", 0, "set XDG_STATE_HOME to a directory of your own, or unset it"),
        ("XDG_STATE_HOME", "/not/there", 4_242, "set XDG_STATE_HOME"),
    ] as [(String, String, uid_t, String)])
    func foreign(variable: String, below: String, user: uid_t, cure: String) async throws {
        try await withOwned { directory, owner in
            let state = StateDirectory(environment: [variable: directory + below])
            let refusal = try #require(state.refusal(for: user))
            #expect(refusal.hasPrefix("nothing is stored or read in \(directory)") && refusal.contains("belongs to another user (uid \(owner))"))
            #expect(refusal.contains(cure))
            #expect(state.refusal(for: owner) == nil, "the owner keeps files there")
        }
    }

    @Test("promise 19: a state directory that exists already does not hide that the home belongs to another user")
    func existing() async throws {
        try await withOwned { directory, owner in
            let state = StateDirectory(environment: ["HOME": directory])
            try FileManager.default.createDirectory(atPath: state.path, withIntermediateDirectories: true)
            // As after a `sudo` that kept HOME: the new directories belong to root when root runs the tests.
            #expect(state.refusal(for: owner == geteuid() ? 0 : geteuid())?.contains("belongs to another user (uid \(owner))") == true)
        }
    }

    @Test("what belongs to root may be written by others where its mode allows that; the file says when it does not", arguments: ["/", "/usr", "/nonexistent/home", "/dev/null", "/proc"])
    func system(home: String) { #expect(StateDirectory(environment: ["HOME": home]).refusal(for: 4_242) == nil) }

    @Test("without a store for that reason, a new value of MASKER_SESSION is told as not stored, and the old one is not")
    func told() async throws {
        let session = LoginSession(host: .hosted, store: nil, environmentValue: try CookieValue(pasted: "v1"), storageRefusal: "nothing is stored")
        #expect(session.status.storageProblem == "nothing is stored" && session.status.unstoredReason == nil)
        let ticket = try #require(await session.begin())
        session.finished(ticket, HTTPResponseHead(status: 200, headers: [("set-cookie", "masker_session=v2; Path=/")]))
        #expect(session.status.unstoredReason == "nothing is stored")
        let signedIn = LoginSession(host: .hosted, store: nil, environmentValue: nil, storageRefusal: "nothing is stored")
        #expect(signedIn.status.storageProblem == "nothing is stored" && signedIn.status.unstoredReason == nil)
        signedIn.replace(with: LoginSession(candidate: try CookieValue(pasted: "v3")), storing: false)
        #expect(signedIn.status.unstoredReason == "nothing is stored")
    }
}
