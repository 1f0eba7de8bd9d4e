/// An answer that is not the API's, because something between the console and the service has made or changed it.
enum ForeignAnswer: Equatable {
    /// HTML, or another text in tags.
    case webPage
    /// The console asks for no compression.
    case compressed(String)

    /// Nil for every other answer. Call it only for an answer that could not be read.
    /// - Parameter body: the body, or its beginning.
    init?(_ head: HTTPResponseHead, body: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let first = body.dropFirst(body.starts(with: mark) ? mark.count : 0).first { !$0.isSpace }
        // JSON or a PDF whose headers are wrong.
        if let first, "{[%".utf8.contains(first) { return nil }
        if let encoding = Self.encoding(head) ?? Self.encoding(of: body) {
            self = .compressed(encoding)
        } else if head.isWebPage || first == UInt8(ascii: "<") {
            self = .webPage
        } else {
            return nil
        }
    }

    private static func encoding(_ head: HTTPResponseHead) -> String? {
        guard let named = head["content-encoding"]?.lowercased(), !named.isEmpty, named != "identity" else { return nil }
        return String(named.prefix(20))
    }

    /// The encoding that the first bytes of a body show.
    private static func encoding(of body: [UInt8]) -> String? {
        if body.starts(with: [0x1F, 0x8B]) { return "gzip" }
        return body.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? "zstd" : nil
    }

    /// What came, and what may be the reason.
    var sentence: String {
        switch self {
        case .webPage: "a web page came instead of the API's answer: \(APIError.whatIsBetween)"
        case .compressed(let encoding):
            "the answer is compressed (\(encoding)), which the console did not ask for: is a proxy or a cache in between?"
        }
    }
}

extension HTTPResponseHead {
    /// Whether the body is a web page by its type.
    var isWebPage: Bool {
        let type = self["content-type"]?.prefix { $0 != ";" && !$0.isWhitespace }.lowercased()
        return type == "text/html" || type == "application/xhtml+xml"
    }
}

extension APIError {
    /// The question that follows when something other than the API has answered.
    public static let whatIsBetween = "is the address right, or is a proxy, a sign-in page or a captive portal in between?"
}
