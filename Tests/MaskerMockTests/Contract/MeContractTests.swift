import Foundation
import MaskerMock
import TestSupport
import Testing

/// Literal JSON, written from the contract: *Current user*.
@Suite("The mock's current user", .ownThread)
struct MeContractTests {
    private static let userFields: Set = [
        "id", "github_login", "github_id", "name", "email", "avatar_url", "created_at", "last_seen_at",
    ]
    private static let adminPermissions = ["agents:read", "agents:write", "sessions:read", "reports:read", "billing:read"]

    private func matches(_ value: Any?, _ pattern: Regex<Substring>) -> Bool { (value as? String)?.wholeMatch(of: pattern) != nil }

    @Test("/me: user, account and permissions, without a role; /auth/me is 404")
    func documented() async throws {
        try await PlainHTTP.with { http in
            let answer = try await http.api("/me")
            #expect(answer.status == 200 && Set(answer.json.keys) == ["user", "account", "permissions"])
            let user = answer.object("user"), account = answer.object("account")
            #expect(Set(user.keys) == Self.userFields)
            #expect(matches(user["id"], #/usr_[0-9A-HJKMNP-TV-Z]{26}/#) && user["github_login"] as? String == "ada")
            #expect(user["github_id"] is Int && user["name"] is String && user["email"] is String)
            #expect(matches(user["avatar_url"], #/https://.+/#))
            for time in [user["created_at"], user["last_seen_at"], account["created_at"]] {
                #expect(matches(time, #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/#))
            }
            #expect(Set(account.keys) == ["id", "name", "plan", "created_at"])
            #expect(matches(account["id"], #/acc_[0-9A-HJKMNP-TV-Z]{26}/#) && account["name"] is String)
            #expect(["beta", "pilot", "production", "internal"].contains(account["plan"] as? String))
            #expect(answer.json["permissions"] as? [String] == Self.adminPermissions)
            let other = try await http.api("/me", cookie: "member-1")
            #expect(other.json["permissions"] as? [String] == Self.adminPermissions.dropLast())
            #expect(other.object("account")["id"] as? String == account["id"] as? String, "both users have the same account")
            #expect(other.object("user")["id"] as? String != user["id"] as? String)
            let earlier = try await http.api("/auth/me")
            #expect(earlier.status == 404 && earlier.errorCode == "not_found")
            #expect(try await http.api("/me", cookie: nil).errorCode == "unauthenticated")
        }
    }

    @Test("--me: each form that a server may have", arguments: MockOptions.Me.allCases)
    func forms(form: MockOptions.Me) async throws {
        try await PlainHTTP.with({ $0.me = form }) { http in
            let me = try await http.api("/me"), earlier = try await http.api("/auth/me")
            let role = me.object("user")["role"] as? String
            switch form {
            case .documented: #expect(me.status == 200 && role == nil && earlier.status == 404)
            case .role:
                #expect(role == "admin" && Set(me.object("user").keys) == Self.userFields.union(["role"]) && earlier.status == 404)
            case .authMe:
                #expect(me.status == 404 && Set(earlier.json.keys) == ["user"])
                #expect(Set(earlier.object("user").keys) == ["id", "github_login", "email", "role", "last_seen_at"])
                #expect(earlier.object("user")["role"] as? String == "admin")
            case .authMePage:
                #expect(me.object("user")["github_login"] as? String == "ada" && role == nil)
                #expect(earlier.status == 200 && earlier.headers["content-type"] == "text/html; charset=utf-8" && earlier.json.isEmpty)
            case .minimal: #expect(Set(me.json.keys) == ["user"] && Set(me.object("user").keys) == ["id"] && earlier.status == 404)
            case .missing: #expect(me.errorCode == "not_found" && earlier.errorCode == "not_found")
            case .forbidden: #expect(me.status == 403 && me.errorCode == "forbidden" && earlier.status == 404)
            }
        }
    }

    @Test("--permissions: those of users that are not admins, none, or not in /me; creating needs agents:write")
    func permissions() async throws {
        let body = #"{"name":"new","upstream":"stub"}"#
        let cases: [(MockOptions.Permissions, told: [String]?, status: Int)] = [
            (["agents:read", "sessions:read"], ["agents:read", "sessions:read"], 403), ([], [], 403), (.untold, nil, 201),
            (["agents:write", "x:y"], ["agents:write", "x:y"], 201),
        ]
        for (permissions, told, status) in cases {
            try await PlainHTTP.with({ $0.permissions = permissions }) { http in
                let member = try await http.api("/me", cookie: "member-1")
                #expect(member.json["permissions"] as? [String] == told && member.json.keys.contains("permissions") == (told != nil))
                #expect(try await http.api("/me").json["permissions"] as? [String] == (permissions == .untold ? nil : Self.adminPermissions))
                let made = try await http.send("POST", "/api/v1/agents", cookie: "member-1", body: body)
                #expect(made.status == status && made.errorCode == (status == 403 ? "forbidden" : nil))
                let id = try #require(try await http.api("/agents").data.first?["id"] as? String)
                #expect(try await http.send("DELETE", "/api/v1/agents/\(id)", cookie: "member-1").errorCode == "forbidden")
                #expect(try await http.send("DELETE", "/api/v1/agents/\(id)").status == 204)
            }
        }
    }
}
