/// A key that was pressed with Alt, as one number. An indirect enum case would live on the heap, and tables of keys are copied and
/// compared for each key and each frame.
public struct AltKey: Hashable, Sendable {
    private let code: UInt32

    private static let kinds: (control: UInt32, function: UInt32, named: UInt32) = (1 << 24, 2 << 24, 3 << 24)
    private static let named: [Key] = [
        .enter, .escape, .backspace, .tab, .backTab, .delete, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .insert, .controlLeft,
        .controlRight,
    ]

    fileprivate init(_ key: Key) {
        switch key {
        case .character(let scalar): code = scalar.value
        case .control(let scalar): code = Self.kinds.control | scalar.value
        case .function(let number): code = Self.kinds.function | UInt32(clamping: number) & 0xFFFF
        case .withAlt(let other): self = other
        default: code = Self.kinds.named | UInt32(Self.named.firstIndex(of: key) ?? 0)
        }
    }

    /// The key without Alt.
    public var key: Key {
        let value = code & 0xFF_FFFF
        switch code & ~0xFF_FFFF {
        case Self.kinds.function: return .function(Int(value))
        case Self.kinds.named: return Self.named[Int(value)]
        case Self.kinds.control: return .control(Unicode.Scalar(value) ?? " ")
        default: return .character(Unicode.Scalar(value) ?? " ")
        }
    }
}

extension Key {
    /// A key pressed with Alt: the terminal sends Esc and the key's bytes together.
    public static func alt(_ key: Key) -> Key { .withAlt(AltKey(key)) }
}
