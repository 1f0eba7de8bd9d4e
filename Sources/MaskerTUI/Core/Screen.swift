import TerminalKit

/// Something that fills the screen or lies over it: its state, its keys, its update and its view, in one place.
protocol Screen: Sendable {
    /// What a key can make this screen do.
    associatedtype Command: Sendable

    /// The actions of its keys, in whatever state it is; `Screens.all` has to name the screen.
    static var keys: ScreenKeys { get }
    /// For the trail above a detail, and the title of the help.
    var title: String { get }
    /// How it is laid over what is below.
    var presentation: Presentation { get }
    /// Whether letters go into a field and not to the keys that work everywhere.
    var isTyping: Bool { get }
    /// Whether it is still there after the lock, because what it holds was typed.
    var staysThroughLock: Bool { get }
    /// What it needs from the API; fetched when it opens and when the user refreshes.
    var requests: [Effect] { get }
    /// What of it has failed, or may have changed, and is asked for again with the next refresh.
    func retries(_ context: Context) -> [Effect]
    /// What else begins when it opens, and not when it is read anew.
    func opened(_ context: Context) -> [Intent]
    /// What ends when it closes.
    func closed(_ context: Context) -> [Intent]
    /// Whether it shows what came of something, so that no notice is needed.
    func shows(_ answer: Answer) -> Bool

    /// Every key of the screen as it stands now: hints, help and refusals are drawn from this table.
    func bindings(_ context: Context) -> [Binding<Command>]
    mutating func perform(_ command: Command, _ context: Context) -> [Intent]
    /// Takes text for an input field. Nil when it is not for one.
    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]?
    /// The mouse was pressed on a row that the screen has drawn as a `Canvas.Target`.
    mutating func click(row: Int, _ context: Context) -> [Intent]
    /// Looks at an answer, or at data that has changed.
    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent]
    /// Lets go of what the API has told, but not of its place: the console locks.
    mutating func forget()
    /// The right end of the hint line.
    func position(_ context: Context) -> PrintableText
    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context)
}

enum Presentation: Sendable {
    /// Between the tabs and the hint line.
    case page
    /// A box over the page; the page stays visible.
    case dialog
}

extension Screen {
    var presentation: Presentation { .page }
    var isTyping: Bool { false }
    var staysThroughLock: Bool { false }
    var requests: [Effect] { [] }
    func retries(_ context: Context) -> [Effect] { [] }
    func opened(_ context: Context) -> [Intent] { [] }
    func closed(_ context: Context) -> [Intent] { [] }
    func shows(_ answer: Answer) -> Bool { false }
    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? { nil }
    mutating func click(row: Int, _ context: Context) -> [Intent] { [] }
    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] { [] }
    mutating func forget() {}
    func position(_ context: Context) -> PrintableText { "" }

    /// Does what a key is bound to; nil when it is bound to nothing here.
    mutating func press(_ key: Key, _ context: Context) -> [Intent]? {
        guard let own = context.settings.keys[Self.keys] else { return pressAsByDefault(key, context) }
        return perform(bindings(context).first { $0.keys(own).contains(key) }, context)
    }

    /// Does what a key is bound to by itself, whatever the configuration says: what the mouse does is no matter of keys.
    mutating func pressAsByDefault(_ key: Key, _ context: Context) -> [Intent]? {
        perform(bindings(context).first { $0.keys.contains(key) }, context)
    }

    private mutating func perform(_ binding: Binding<Command>?, _ context: Context) -> [Intent]? {
        guard let binding else { return nil }
        if let refusal = binding.refusal { return [.notify(Notice(.refused, PrintableText(refusal)))] }
        return perform(binding.command, context)
    }

    /// A click selects a row; on the one that is selected it does what Enter does.
    /// - Parameter select: the command that goes so many rows further.
    mutating func click(row: Int, selected: Int, _ context: Context, _ select: (Int) -> Command) -> [Intent] {
        row == selected ? pressAsByDefault(.enter, context) ?? [] : perform(select(row - selected), context)
    }

    /// The keys without what they do, for hints and help.
    func keyHelp(_ context: Context) -> [KeyHelp] {
        // A key path of a generic type would be put together each time, which takes longer than all the rest here.
        guard let own = context.settings.keys[Self.keys] else { return bindings(context).map { $0.keyHelp } }
        return bindings(context).map { $0.configured(own).keyHelp }
    }
}
