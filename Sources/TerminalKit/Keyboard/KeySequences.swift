/// The bytes that terminals send for keys, as data that can be compared with their manuals: xterm's “Control Sequences” (ctlseqs), PuTTY's
/// “The Keyboard panel”, urxvt(7), console_codes(4), GNU screen, tmux, and kitty's “keyboard protocol”.
///
/// `CSI` is Esc [, `SS3` is Esc O. `KeyTable` adds the keys of the terminal's terminfo entry.
enum KeySequences {
    /// `CSI letter`, and with modifiers `CSI 1 ; modifiers letter`. Also after SS3, in application mode.
    static let letters: [(letter: Unicode.Scalar, key: Key)] = [
        ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
        ("P", .function(1)), ("Q", .function(2)), ("S", .function(4)),
    ]

    /// After CSI only. With two numbers, `CSI row ; column R` is a cursor position and not F3.
    static let afterCSI: [(letter: Unicode.Scalar, key: Key)] = [("R", .function(3)), ("Z", .backTab)]

    /// After SS3 only: F3, and the keypad in application mode (VT100, VT220, xterm, tmux, PuTTY). The last line is
    /// PuTTY's “VT100+” for F5 to F12; its F9 is the keypad's `=` elsewhere.
    static let afterSS3: [(letter: Unicode.Scalar, key: Key)] = [
        ("R", .function(3)),
        ("p", .character("0")), ("q", .character("1")), ("r", .character("2")), ("s", .character("3")), ("t", .character("4")),
        ("u", .character("5")), ("v", .character("6")), ("w", .character("7")), ("x", .character("8")), ("y", .character("9")),
        ("j", .character("*")), ("k", .character("+")), ("l", .character(",")), ("m", .character("-")), ("n", .character(".")),
        ("o", .character("/")), ("X", .character("=")), (" ", .character(" ")), ("M", .enter), ("I", .tab),
        ("T", .function(5)), ("U", .function(6)), ("V", .function(7)), ("W", .function(8)), ("Y", .function(10)), ("Z", .function(11)),
        ("[", .function(12)),
    ]

    /// The Linux console's keypad differs from those above; it has no function keys after SS3.
    static let linuxKeypad: [(letter: Unicode.Scalar, key: Key)] = [
        ("Q", .character("/")), ("R", .character("*")), ("S", .character("-")), ("l", .character("+")), ("m", .character("-")),
    ]

    /// `CSI number ~`, and with modifiers `CSI number ; modifiers ~`. urxvt has other ends in place of the `~`: `^` with Ctrl,
    /// `$` with Shift, `@` with both.
    static let numbers: [(number: Int, key: Key)] = [
        (1, .home), (2, .insert), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
        (11, .function(1)), (12, .function(2)), (13, .function(3)), (14, .function(4)), (15, .function(5)),
        (17, .function(6)), (18, .function(7)), (19, .function(8)), (20, .function(9)), (21, .function(10)),
        (23, .function(11)), (24, .function(12)), (25, .function(13)), (26, .function(14)), (28, .function(15)), (29, .function(16)),
        (31, .function(17)), (32, .function(18)), (33, .function(19)), (34, .function(20)),
    ]

    /// Sequences without a common rule, without their Esc: the function keys of the Linux console; arrows of urxvt with Shift
    /// (`CSI a`) and with Ctrl (`SS3 a`).
    static let whole: [(sequence: String, key: Key)] = [
        ("[[A", .function(1)), ("[[B", .function(2)), ("[[C", .function(3)), ("[[D", .function(4)), ("[[E", .function(5)),
        ("[a", .up), ("[b", .down), ("[c", .right), ("[d", .left),
        ("Oa", .up), ("Ob", .down), ("Oc", .controlRight), ("Od", .controlLeft),
    ]

    /// `CSI code ; modifiers : event u`, for codes that are not characters: kitty's functional keys. The modifier keys
    /// themselves (57441 and up) and the media keys are left out.
    static let functional: [(code: Int, key: Key)] = [
        (57_376, .function(13)), (57_377, .function(14)), (57_378, .function(15)), (57_379, .function(16)),
        (57_380, .function(17)), (57_381, .function(18)), (57_382, .function(19)), (57_383, .function(20)),
        (57_399, .character("0")), (57_400, .character("1")), (57_401, .character("2")), (57_402, .character("3")),
        (57_403, .character("4")), (57_404, .character("5")), (57_405, .character("6")), (57_406, .character("7")),
        (57_407, .character("8")), (57_408, .character("9")),
        (57_409, .character(".")), (57_410, .character("/")), (57_411, .character("*")), (57_412, .character("-")),
        (57_413, .character("+")), (57_414, .enter), (57_415, .character("=")), (57_416, .character(",")),
        (57_417, .left), (57_418, .right), (57_419, .up), (57_420, .down), (57_421, .pageUp), (57_422, .pageDown),
        (57_423, .home), (57_424, .end), (57_425, .insert), (57_426, .delete),
    ]

    /// The terminfo capabilities of keys. Those of the keypad's corners (`ka1` and so on) are left out, because they would replace
    /// the digits.
    static let terminfo: [(capability: String, key: Key)] = [
        ("kcuu1", .up), ("kcud1", .down), ("kcuf1", .right), ("kcub1", .left), ("khome", .home), ("kend", .end),
        ("kich1", .insert), ("kdch1", .delete), ("kpp", .pageUp), ("knp", .pageDown), ("kcbt", .backTab), ("kent", .enter),
        ("kbs", .backspace),
    ] + (1...20).map { ("kf\($0)", .function($0)) }

    typealias StringOpening = (opening: Unicode.Scalar, content: String)

    /// The openings of control strings, `ESC ]` (OSC) and so on, each with the bytes that can begin its content. An opening without
    /// content is a key with Alt. Later bytes are the rest of a string only if they begin like its content.
    static let strings: [StringOpening] = [
        ("]", "0123456789Ll"), ("P", "0123456789>=!$+?"), ("_", "G"), ("^", ""), ("X", ""),
    ]
}
