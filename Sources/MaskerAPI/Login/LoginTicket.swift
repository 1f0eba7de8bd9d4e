import FoundationEssentials

extension LoginSession {
    /// Permission for one request to carry the cookie. It is given back with `finished` or `abandoned`.
    struct Ticket: Sendable {
        enum Secret { case cookie(CookieValue), token(APIToken) }
        let secret: Secret
        let epoch: Int
        let sentAt: Date
        /// Whether no other request of any of the user's consoles is in flight meanwhile.
        let isExclusive: Bool
        var number = 0
        let locks: [FileLock]

        /// The cookie; nil when the request carries an API token.
        var value: CookieValue? {
            if case .cookie(let value) = secret { return value }
            return nil
        }

        /// The header line with the cookie or the API token. libcurl removes it when a request would go to another host.
        var header: (name: String, value: String) {
            switch secret {
            case .cookie(let value): ("Cookie", CookieValue.cookieName + "=" + value.textToSendOrStore)
            case .token(let token): OpenDecision.header(of: token)
            }
        }
    }
}
