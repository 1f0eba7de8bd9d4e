/// What was held while a key was pressed, as terminals number it: one more than the sum of the bits.
struct KeyModifiers: OptionSet {
    let rawValue: Int

    static let shift = KeyModifiers(rawValue: 1)
    static let alt = KeyModifiers(rawValue: 2)
    static let control = KeyModifiers(rawValue: 4)
    /// For xterm and iTerm2 this is Meta, which does what Alt does; for kitty it is the key with the window's sign.
    static let meta = KeyModifiers(rawValue: 8)
    static let hyper = KeyModifiers(rawValue: 16)
    static let kittyMeta = KeyModifiers(rawValue: 32)
    static let capsLock = KeyModifiers(rawValue: 64)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// - Parameter parameter: as it stands in a sequence; 0 where it is left out.
    init(parameter: Int) { rawValue = max(parameter, 1) - 1 }

    /// The key that a key with a name is with these. Nil: nothing.
    func applied(to key: Key) -> Key? {
        let hasAlt = contains(.alt) || contains(.meta)
        switch key {
        case .left where hasAlt || contains(.control): return .controlLeft
        case .right where hasAlt || contains(.control): return .controlRight
        case .function(let number):
            if contains(.control) { return nil }
            // As xterm counts them: F13 is F1 with Shift.
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
