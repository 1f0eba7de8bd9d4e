import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

/// Asks before an agent is deleted. The agent is fixed when the dialog opens, whatever happens to the list below.
///
/// The user has to type the agent's name, or the end of its id when the name cannot be typed: the confirm key alone, a paste or a
/// held key never deletes.
struct DeleteAgentDialog: Screen {
    static let keys = ScreenKeys(dialog: "delete-agent", [], typing: [.confirm, .cancel] + FormKeys.actions)

    let target: DeletionTarget
    private let confirmation: DeletionConfirmation
    private let sessions24h: Int?
    /// Why the server will most likely refuse; nil when nothing is known. The request is sent in any case.
    private let foretold: String?
    private var focus = Focus.cancel
    private var field = TextField(limit: DeletionConfirmation.longest, secrecy: .typedOnly)
    private var remark: PrintableText?
    private var lastKeyAt = Date.distantPast
    private var lastEnterAt = Date.distantPast

    enum Focus: CaseIterable, Sendable { case cancel, name, delete }
    enum Command: Sendable { case enter, next, previous, cancel }

    /// Minimum seconds between two presses of Enter, and between any key and Enter. Faster ones come from a held key or a paste,
    /// not from a person.
    private static let betweenEnters = 0.7, betweenKeys = 0.03

    init(agent: Agent, _ context: Context) {
        let name = agent.name ?? ""
        let shown = DeletionConfirmation.showsItself(name) ? name : agent.id.rawValue
        target = DeletionTarget(id: agent.id, name: shown, confirmedName: agent.name)
        confirmation = DeletionConfirmation(of: agent, by: context.settings.confirm)
        sessions24h = agent.sessionCount24h
        let user = context.data.account.user.value
        foretold = user?.mayAdminister == false
            ? "Not an admin: the server will most likely refuse." : Wording.foretold(user, lacking: .writeAgents)
        shownName = agent.name.map { PrintableText.name($0) }
    }

    private let shownName: PrintableText?

    var title: String { "Delete an agent" }
    var presentation: Presentation { .dialog }

    func bindings(_ context: Context) -> [Binding<Command>] {
        [
            Binding(.confirm, hint: enterHint, "Press the button that has the focus", .enter),
            Binding(.nextField, or: [.nextChoice], hint: "next", "To the next field or button; → moves in the name", .next),
            Binding(.previousField, or: [.previousChoice], "To the one before; ← moves in the name", .previous),
            Binding(.cancel, hint: "cancel", "Close without deleting", .cancel),
        ]
    }

    private var enterHint: String {
        switch focus {
        case .cancel: "cancel"
        case .name: "continue"
        case .delete: "delete"
        }
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        if case .paste = event {
            remark = "Pasting is not accepted: type it."
            return []
        }
        if case .key(.character) = event {
            // Every character counts, also outside the field: an Enter right after it was not pressed by a person.
            lastKeyAt = context.now
            if focus == .cancel { focus = .name }
        }
        guard focus == .name, field.edit(event) else { return nil }
        lastKeyAt = context.now
        remark = nil
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        defer { lastKeyAt = context.now }
        switch command {
        case .cancel: return [.close]
        case .next: moveFocus(1)
        case .previous: moveFocus(-1)
        case .enter: return enter(context)
        }
        return []
    }

    private mutating func enter(_ context: Context) -> [Intent] {
        let now = context.now
        let isRepeated = now.timeIntervalSince(lastEnterAt) < Self.betweenEnters
        let isTooFast = now.timeIntervalSince(lastKeyAt) < Self.betweenKeys
        lastEnterAt = now
        switch focus {
        case .cancel:
            return [.close]
        case .name:
            if isConfirmed {
                focus = .delete
                remark = PrintableText("Press \(context.settings.keyName(.confirm, on: Self.keys)) once more to delete it.")
            } else {
                remark = confirmation.refusal
            }
        case .delete where !isConfirmed:
            focus = .name
            remark = confirmation.reminder
        case .delete:
            guard !isRepeated, !isTooFast else {
                remark = "Too fast: a held key must not delete. Wait a second, then press it once."
                return []
            }
            return [.close, .run(.agents(.delete(target, by: context.data.account.user.value?.login)))]
        }
        return []
    }

    private var isConfirmed: Bool { confirmation.accepts(field.text) }

    private mutating func moveFocus(_ step: Int) {
        remark = nil
        let all = Focus.allCases
        guard let index = all.firstIndex(of: focus) else { return }
        focus = all[(index + step + all.count) % all.count]
    }

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 74)
        let meaning = PrintableText(Self.meaning).wrapped(to: width - 6)
        let needed = meaning.count + 9, blanks = 5
        let isRoomy = area.rows >= needed + blanks
        let rows = needed + (isRoomy ? blanks : 0)
        let inside = Box.draw("Delete this agent?", style: .bad, on: &canvas, in: area.centered(columns: width, rows: rows))
        var row = inside.row
        func line(_ text: PrintableText, _ style: Style = .plain) {
            canvas.write(text, row: row, column: inside.column, width: inside.columns, style: style)
            row += 1
        }
        func field(_ label: String, _ value: PrintableText, _ style: Style = .plain) {
            canvas.write(PrintableText(label), row: row, column: inside.column, style: .label)
            canvas.write(value, row: row, column: inside.column + 14, width: inside.columns - 14, style: style)
            row += 1
        }
        if isRoomy { row += 1 }
        field("name", shownName ?? "—", .title)
        field("id", PrintableText(target.id.rawValue))
        field("sessions 24 h", PrintableText(sessions24h.map(Format.count) ?? "unknown"))
        if isRoomy { row += 1 }
        meaning.forEach { line($0) }
        if isRoomy { row += 1 }
        line(confirmation.instruction, .label)
        let typed = self.field
        typed.draw(on: &canvas, row: row, column: inside.column, width: inside.columns)
        if focus != .name { canvas.cursor = nil }
        row += 1
        line(remark ?? PrintableText(foretold ?? ""), .warning)
        if isRoomy { row += 1 }
        let used = Box.button("Cancel", focused: focus == .cancel, on: &canvas, row: row, column: inside.column)
        Box.button(
            "Delete", focused: focus == .delete, style: isConfirmed ? .bad : .faint, on: &canvas, row: row,
            column: inside.column + used + 2)
    }

    /// What deletion means (contract, *Agents*).
    private static let meaning = "This is permanent. Its proxy URL answers 404 to new requests at once. Past sessions stay "
        + "readable. The service restores nothing: a re-created agent has a new id and new URLs."
}
