/// The modifier keys of a key press. Terminals send the sum of the bits plus one.
struct KeyModifiers: OptionSet {
    let rawValue: Int

    static let shift = KeyModifiers(rawValue: 1)
    static let alt = KeyModifiers(rawValue: 2)
    static let control = KeyModifiers(rawValue: 4)
    /// Meta in xterm and iTerm2, where it acts as Alt; Super (the Windows or Command key) in kitty.
    static let meta = KeyModifiers(rawValue: 8)
    static let hyper = KeyModifiers(rawValue: 16)
    static let kittyMeta = KeyModifiers(rawValue: 32)
    static let capsLock = KeyModifiers(rawValue: 64)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// - Parameter parameter: the number in the sequence; 0 when it is left out.
    init(parameter: Int) { rawValue = max(parameter, 1) - 1 }

    /// The key with these modifiers; nil when the combination has no meaning.
    func applied(to key: Key) -> Key? {
        let hasAlt = contains(.alt) || contains(.meta)
        switch key {
        case .left where hasAlt || contains(.control): return .controlLeft
        case .right where hasAlt || contains(.control): return .controlRight
        case .function(let number):
            if contains(.control) { return nil }
            // xterm's numbers: F13 is Shift-F1.
            let counted = contains(.shift) ? number + 12 : number
            if counted > 20 { return nil }
            return hasAlt ? .alt(.function(counted)) : .function(counted)
        case .character where contains(.control): return nil
        case .tab where contains(.shift): return hasAlt ? .alt(.backTab) : .backTab
        case .controlLeft, .controlRight: return key
        default: return hasAlt ? .alt(key) : key
        }
    }
}
