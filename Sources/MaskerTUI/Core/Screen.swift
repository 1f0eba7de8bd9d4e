import TerminalKit

/// Something that fills the screen or lies over it: its state, its keys, its update and its view, in one place.
protocol Screen: Sendable {
    /// What the keys of this screen can do.
    associatedtype Command: Sendable

    /// The actions of all its keys, in every state of the screen. `Screens.all` must list the screen.
    static var keys: ScreenKeys { get }
    /// The title in the path above a detail, and in the help.
    var title: String { get }
    /// How the screen is laid over the screens below.
    var presentation: Presentation { get }
    /// Whether a text field has the focus. Then letters are typed into it and are not keys of the console.
    var isTyping: Bool { get }
    /// Whether the screen has text that the user has typed and that is lost when the console quits. Then Ctrl-C asks first.
    var hasTypedText: Bool { get }
    /// Whether the screen remains open while the console is locked, because it contains typed text.
    var staysThroughLock: Bool { get }
    /// The data that it needs from the API. It is requested when the screen opens, and at each refresh that the user asks for.
    var requests: [Effect] { get }
    /// The requests to repeat at the next refresh, because they failed or their data may have changed.
    func retries(_ context: Context) -> [Effect]
    /// What else starts when the screen opens, but not at a refresh.
    func opened(_ context: Context) -> [Intent]
    /// What ends when the screen closes.
    func closed(_ context: Context) -> [Intent]
    /// Whether the screen shows this result itself, so that no notice is needed.
    func shows(_ answer: Answer) -> Bool

    /// All keys of the screen in its current state. Hints, help and refusals are made from them.
    func bindings(_ context: Context) -> [Binding<Command>]
    mutating func perform(_ command: Command, _ context: Context) -> [Intent]
    /// Passes text to an input field. Returns nil when the event is not for a field.
    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]?
    /// Handles a click on a row that the screen has drawn as a `Canvas.Target`.
    mutating func click(row: Int, _ context: Context) -> [Intent]
    /// Whether work on many rows is under way. Then `receive` does the next part of it, with nil as the answer.
    var isWorking: Bool { get }
    /// Handles an answer. Nil means that data has changed.
    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent]
    /// Removes the data from the API, because the console locks. The place, such as the selected row, remains.
    mutating func forget()
    /// The text at the right end of the hint line.
    func position(_ context: Context) -> PrintableText
    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context)
}

enum Presentation: Sendable {
    /// Fills the area between the tabs and the hint line.
    case page
    /// A box over the page, which remains visible.
    case dialog
}

extension Screen {
    var presentation: Presentation { .page }
    var isTyping: Bool { false }
    var hasTypedText: Bool { false }
    var staysThroughLock: Bool { false }
    var requests: [Effect] { [] }
    func retries(_ context: Context) -> [Effect] { [] }
    func opened(_ context: Context) -> [Intent] { [] }
    func closed(_ context: Context) -> [Intent] { [] }
    func shows(_ answer: Answer) -> Bool { false }
    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? { nil }
    mutating func click(row: Int, _ context: Context) -> [Intent] { [] }
    var isWorking: Bool { false }
    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] { [] }
    mutating func forget() {}
    func position(_ context: Context) -> PrintableText { "" }

    /// Runs the command of a key; returns nil when the key has none here.
    mutating func press(_ key: Key, _ context: Context) -> [Intent]? {
        guard let own = context.settings.keys[Self.keys] else { return pressAsByDefault(key, context) }
        return perform(bindings(context).first { $0.keys(own).contains(key) }, context)
    }

    /// Runs the command that a key has by default. Mouse events use this, since the configured keys do not matter to them.
    mutating func pressAsByDefault(_ key: Key, _ context: Context) -> [Intent]? {
        perform(bindings(context).first { $0.keys.contains(key) }, context)
    }

    private mutating func perform(_ binding: Binding<Command>?, _ context: Context) -> [Intent]? {
        guard let binding else { return nil }
        if let refusal = binding.refusal { return [.notify(Notice(.refused, PrintableText(refusal)))] }
        return perform(binding.command, context)
    }

    /// A click selects a row. A click on the selected row does the same as Enter.
    /// - Parameter select: Makes the command that moves the selection by a number of rows.
    mutating func click(row: Int, selected: Int, _ context: Context, _ select: (Int) -> Command) -> [Intent] {
        row == selected ? pressAsByDefault(.enter, context) ?? [] : perform(select(row - selected), context)
    }

    /// The keys without their commands, for hints and help.
    func keyHelp(_ context: Context) -> [KeyHelp] {
        // A closure: a key path of a generic type would be built on each call, which takes longer than the rest of the function.
        guard let own = context.settings.keys[Self.keys] else { return bindings(context).map { $0.keyHelp } }
        return bindings(context).map { $0.configured(own).keyHelp }
    }
}
