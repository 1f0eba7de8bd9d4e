/// The pages that a user sees in the browser.
enum OAuthPages {
    static func signIn(wasRefused: Bool) -> MockAnswer {
        let note = wasRefused ? "<p class=\"note\">The sign-in was not approved.</p>" : ""
        return .html(
            "Masker portal",
            note + "<p>Sign in to see your agents.</p>"
                + "<p><a class=\"button\" href=\"/api/v1/auth/github\">Sign in with GitHub</a></p>")
    }

    static func approval(_ users: [MockUser], state: String) -> MockAnswer {
        let forms = users.map { user in
            """
            <form action="/mock-github/approve"><input type="hidden" name="state" value="\(escaped(state))">
            <input type="hidden" name="login" value="\(escaped(user.login))">
            <button>Approve as \(escaped(user.login))</button> <small>\(escaped(user.role))</small></form>
            """
        }
        let refusal =
            "<p><a href=\"/api/v1/auth/github/callback?error=access_denied&amp;state=\(escaped(state))\">Cancel</a></p>"
        return .html(
            "Authorize Masker",
            "<p class=\"note\">This page stands in for GitHub's.</p><p>Masker wants to know who you are.</p>"
                + forms.joined() + refusal)
    }

    static func portal(_ user: MockUser) -> MockAnswer {
        .html(
            "Masker portal",
            """
            <p>Signed in as <b>\(escaped(user.login))</b> (\(escaped(user.role))).</p><h2>Use the console</h2>
            <ol><li>Open the browser's developer tools (F12).</li>
            <li>Choose <i>Storage</i> (Firefox) or <i>Application</i> (Chrome), then <i>Cookies</i>
            and this address.</li>
            <li>Copy the value of <code>masker_session</code> and paste it into the console, or
            <code>export MASKER_SESSION=…</code> in the shell.</li></ol>
            <p>Whoever has this value is you. It is good for 30 days from the last use.</p>
            """)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
