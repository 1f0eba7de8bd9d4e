/// Texts that control a terminal, hide text, or look like other texts.
public enum HostileText {
    /// At least 150 of them.
    public static let all: [String] = sequences + scalars + layouts

    private static let sequences = [
        "\u{1B}[2J", "\u{1B}[31;5mred", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;YWJj\u{7}", "\u{1B}]8;;http://evil\u{1B}\\x", "\u{1B}P+q544e\u{1B}\\",
        "\u{1B}_Gi=1\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}[6n", "\u{1B}[c", "\u{1B}[?1049l", "\u{1B}[?25l", "\u{1B}c", "\u{1B}#8", "\u{1B}[20t",
        "\u{1B}[!p", "\u{1B}[?2004h", "\u{1B}(0", "\u{1B}[1;1H", "\u{1B}]4;1;?\u{7}", "\u{1B}[5i", "\u{1B}]50;x\u{7}", "\u{1B}[?1000h", "\u{1B}N", "\u{1B}Z",
        "\u{9B}2J", "\u{9D}0;t\u{9C}", "\u{90}q\u{9C}", "\u{85}x", "\u{8D}x", "\u{84}x", "a\rb", "a\nb", "a\tb", "a\u{8}\u{8}b", "a\u{B}b", "a\u{C}b",
    ]

    private static let scalars: [String] =
        (Array(UInt32(0)...0x1F) + [0x7F] + Array(0x80...0x9F) + [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180E, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xE000, 0x10FFFF]
            + Array(0x200B...0x200F) + Array(0x2028...0x202E) + Array(0x2060...0x206F) + [0xFE0F, 0xE0001, 0xE0041, 0xE007F])
        .compactMap { Unicode.Scalar($0).map { "x\($0)y" } }

    private static let layouts = [
        "\u{301}leading", String(repeating: "\u{301}", count: 2_000), "a" + String(repeating: "\u{20E3}", count: 100), String(repeating: "日", count: 200),
        "ｆｕｌｌ", "👨‍👩‍👧‍👦", "🏳️‍🌈", "\u{202E}drowssap", "user\u{2066}\u{2069}", "pаypal", String(repeating: "W", count: 5_000), "", " ", "   padded   ",
        "…", "│ ▌ ─", "e\u{301}\u{302}\u{303}\u{304}", "क्षि", "\u{0E33}", "\u{1F1E9}\u{1F1EA}",
    ]
}
