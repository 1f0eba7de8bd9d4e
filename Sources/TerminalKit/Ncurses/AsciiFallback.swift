/// ASCII characters in place of the console's symbols, for locales that are not UTF-8. Every other character becomes `?`,
/// because ncurses would send a Latin-1 character to the terminal as a raw byte.
public enum AsciiFallback {
    /// The ASCII character for a character; `?` if it is not one of the console's symbols.
    public static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.value < 0x7F ? scalar : symbols[scalar] ?? "?"
    }

    private static let symbols: [Unicode.Scalar: Unicode.Scalar] = [
        "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "╭": "+", "╮": "+", "╰": "+",
        "╯": "+", "▌": ">", "█": "#", "▁": "_", "▂": "_", "▃": "-", "▄": "-", "▅": "+", "▆": "+", "▇": "#", "■": "#", "▓": "%", "▒": "=", "░": ".", "…": "~", "·": "-", "•": "*", "●": "*", "○": "o",
        "↑": "^", "↓": "v", "←": "<", "→": ">", "↵": "<", "↻": "@", "⊘": "x", "✓": "+", "✗": "x", "⚠": "!", "×": "x",
        "›": ">", "‹": "<", "–": "-", "—": "-", "“": "\"", "”": "\"", "’": "'", "▲": "^", "▼": "v", "∅": "-", "◌": "o", "≥": ">",
    ]
}
