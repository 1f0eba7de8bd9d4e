/// What stands in for the console's own symbols where the locale is not UTF-8. Everything else becomes `?`, because
/// ncurses would send the raw byte of a Latin-1 character to the terminal.
public enum AsciiFallback {
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
