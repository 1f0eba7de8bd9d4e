/// Texts that a program must not write to a terminal unchanged: they test how the console makes texts printable.
enum HostileTexts {
    static let agentNames = [
        "\u{1B}[31mred\u{1B}[0m-bot", "prod\rAgent: evil", "reversed-\u{202E}dorp", "line\nbreak\ttab",
        "zero\u{200B}width",
        "flood" + String(repeating: "\u{301}", count: 60), "wide-名前-名前-名前",
        "\u{9B}2J\u{7}bell", "\u{1B}]0;title\u{7}",
        String(repeating: "long-name-", count: 6), "unended-\u{1B}]8;;https://example.org",
        String(repeating: "endless ", count: 400)
    ]

    static let kind = "NA\u{1B}[2JME\u{202E}"
    static let keyID = "key\u{8}\u{8}\u{8}2026\u{1B}[1;1H"
    static let email = "ada\u{200B}@example.org\u{1B}]52;c;aGk=\u{7}"
    static let errorMessage = "No such\u{1B}[2J\u{1B}[H thing.\r\nSigned in as root"

    static let payloads = MockPayloads(
        request: "Hi, this is Jane Example.\u{1B}]0;owned\u{7}\nMy number is\r555-0100\u{202E} backwards",
        masked: "\u{1B}[8mhidden\u{1B}[0m MSKV1.NAME.K_HEALTHCARE.00000000000000000000AA\u{0}\u{7F}\u{9D}0;x\u{9C}",
        response: String(repeating: "e\u{301}\u{302}\u{303}\u{304}\u{305}", count: 50))

    static let policy = """
        # \u{1B}[31mred comment\u{1B}[0m
        name: "hostile"   # \u{202E}reversed
        version: "1"
        long: "\(String(repeating: "x", count: 500))"
        """
}
