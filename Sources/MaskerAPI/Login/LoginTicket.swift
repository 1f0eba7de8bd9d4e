import FoundationEssentials

extension LoginSession {
    /// One request's permission to carry the cookie; to be given back with `finished`.
    struct Ticket: Sendable {
        enum Secret { case cookie(CookieValue), token(APIToken) }
        let secret: Secret
        let epoch: Int
        let sentAt: Date
        /// Nothing else of the user's consoles is out meanwhile.
        let isExclusive: Bool
        var number = 0
        let locks: [FileLock]

        /// Nil where an API token is carried.
        var value: CookieValue? {
            if case .cookie(let value) = secret { return value }
            return nil
        }

        /// The header line that carries the cookie, or the API token. libcurl drops it when a request would go to another
        /// host.
        var header: (name: String, value: String) {
            switch secret {
            case .cookie(let value): ("Cookie", CookieValue.cookieName + "=" + value.textToSendOrStore)
            case .token(let token): OpenDecision.header(of: token)
            }
        }
    }
}
