import MaskerAPI
import TerminalKit

/// The form for a new agent, also for one that is re-created from the backup of a deleted agent.
///
/// The typed values stay after an error, after signing in again and after the lock.
struct CreateAgentDialog: Screen {
    static let keys = ScreenKeys(dialog: "create-agent", [], typing: [.confirm, .cancel] + FormKeys.actions)

    typealias Field = AgentDraft.Field

    /// What can have the focus.
    enum Place: Hashable, Sendable { case field(Field), button }

    private var form: Form<Place>
    /// Whether the next Esc closes the form and loses what was typed.
    private var isAsking = false
    private let kinds: [PolicyKind]
    private let saved: AgentBackup?
    private var phase = Phase.editing
    /// The draft that was sent last.
    private(set) var sent: AgentDraft?
    /// The message below the fields.
    private var remark: Notice?

    private enum Phase: Sendable {
        case editing, sending
        /// The answer was lost; checking whether the agent exists.
        case looking
        /// The answer was lost, and that check failed, too.
        case unknown
    }

    private enum PolicyKind: String, Sendable { case named = "by name", file = "YAML file", saved = "unchanged" }

    enum Command: Sendable { case create, next, move(Form<Place>.Move), cancel }

    /// - Parameter saved: the backup of the deleted agent to re-create; nil for an empty form.
    init(again saved: AgentBackup? = nil, _ context: Context) {
        self.saved = saved
        let old = saved?.detail.agent
        kinds = saved?.detail.policyYAML == nil ? [.named, .file] : [.saved, .named, .file]
        var tokenizations = [Tokenization.vaultDeterministic, .reversibleAEAD].map(\.rawValue)
        if let odd = old?.tokenization?.rawValue, !tokenizations.contains(odd) { tokenizations.append(odd) }
        let policies = Set(context.data.agents.list.items.compactMap(\.policyName) + [AgentDraft.defaultPolicy]).sorted()
        form = Form([
            .init(id: .field(.name), label: "name", hint: "1 to 64 characters", input: .text(TextField(old?.name ?? "", limit: 500))),
            .init(
                id: .field(.upstream), label: "upstream", hint: "Ctrl-N, or type another",
                input: .text(TextField(old?.upstream?.rawValue ?? Upstream.known[0].rawValue, limit: 200), suggestions: Upstream.known.map(\.rawValue))),
            .init(
                id: .field(.tokenization), label: "tokenization",
                input: .choice(tokenizations, selected: old?.tokenization.flatMap { tokenizations.firstIndex(of: $0.rawValue) } ?? 0)),
            .init(id: .field(.policy), label: "policy", input: .choice(kinds.map(\.rawValue), selected: 0)),
            .init(
                id: .field(.policyName), label: "policy name",
                input: .text(TextField(old?.policyName ?? AgentDraft.defaultPolicy, limit: 200), suggestions: policies)),
            .init(id: .field(.policyFile), label: "path", hint: "at most 256 KiB", input: .text(TextField(limit: 12_000))),
            .init(id: .button, label: "Create", input: .button),
        ])
        // A form that is filled from a backup can be sent as it is.
        if saved != nil { form.focus(on: .button) }
        showPolicyFields(context)
        check(context, isComplete: false)
    }

    /// The deleted agent that the new one replaces.
    var replaced: Agent? { saved?.detail.agent }

    var title: String { saved == nil ? "New agent" : "Re-create an agent" }
    var presentation: Presentation { .dialog }
    /// Prefilled values are data of the account, so such a form closes at the lock; typed values are not.
    var staysThroughLock: Bool { saved == nil }

    /// While the request is pending, closing the form loses nothing: a notice reports the outcome.
    var hasTypedText: Bool { phase == .editing && form.hasChanges }

    func bindings(_ context: Context) -> [Binding<Command>] {
        var refusal: String?
        switch phase {
        case .sending: refusal = "the agent is being created"
        case .looking: refusal = "checking whether it was created"
        case .editing, .unknown: break
        }
        let isInField = phase == .editing && form.focus != .button
        let hint = phase == .unknown ? "check again" : isInField ? "next" : "create"
        return [
            Binding(
                .confirm, hint: hint, "Go to the next field; on the button, create the agent", refusal: refusal, isInField ? .next : .create),
        ] + FormKeys.bindings(isNextHinted: !isInField, Command.move) + [
            Binding(.cancel, hint: isAsking ? "close" : "cancel", "Close the form; asks first where something was typed", .cancel),
        ]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        guard phase == .editing, form.edit(event) else { return nil }
        isAsking = false
        changed(context)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        let wasAsking = isAsking
        isAsking = false
        switch command {
        case .cancel:
            isAsking = hasTypedText && !wasAsking
            return isAsking ? [] : [.close]
        case .next:
            form.perform(.next)
            return []
        case .move(let move):
            // The values of a request already sent cannot change.
            if case .choose = move, phase != .editing { return [] }
            form.perform(move)
            if case .choose = move { changed(context) }
            return []
        case .create: return create(context)
        }
    }

    // MARK: While typing

    private func text(_ field: Field) -> String { form.text(.field(field)) }
    private mutating func change(_ field: Field, _ body: (inout Form<Place>.Field) -> Void) { form.change(.field(field), body) }

    private var kind: PolicyKind { PolicyKind(rawValue: text(.policy)) ?? .named }

    private mutating func changed(_ context: Context) {
        remark = nil
        showPolicyFields(context)
        check(context, isComplete: false)
    }

    private mutating func showPolicyFields(_ context: Context) {
        let kind = kind
        change(.policyName) { $0.isShown = kind == .named }
        change(.policyFile) { field in
            field.isShown = kind == .file
            if context.settings.isRestricted { field.problem = "restricted mode opens no files; name a policy instead" }
        }
        let lines = saved?.detail.policyYAML.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count } ?? 0
        change(.policy) { $0.hint = kind == .saved ? "\(lines) lines of YAML" : "" }
    }

    /// Shows the problems that the console can find without the server.
    private mutating func check(_ context: Context, isComplete: Bool) {
        let name = AgentDraft.problem(ofName: text(.name).trimmingSpaces, taken: context.data.agents.list.items, isComplete: isComplete)
        change(.name) { if $0.problem == nil { $0.problem = name.map { PrintableText($0) } } }
        guard isComplete else { return }
        for (field, what) in [(Field.upstream, "an upstream"), (.policyName, "a policy name"), (.policyFile, "a path")]
        where text(field).trimmingSpaces.isEmpty {
            change(field) { $0.problem = $0.problem ?? PrintableText("\(what) is required") }
        }
    }

    // MARK: Sending

    private mutating func create(_ context: Context) -> [Intent] {
        if phase == .unknown, let sent {
            phase = .looking
            remark = nil
            return [.run(.agents(.findCreated(sent)))]
        }
        // A problem that the server or the file had may be solved by now, so all fields are checked again.
        for field in form.fields { form.change(field.id) { $0.problem = nil } }
        showPolicyFields(context)
        check(context, isComplete: true)
        guard !form.hasProblems else {
            if let first = form.fields.first(where: { $0.isShown && $0.problem != nil }) { form.focus(on: first.id) }
            return []
        }
        let policy: AgentDraft.Policy
        switch kind {
        case .named: policy = .named(text(.policyName).trimmingSpaces)
        case .file: policy = .file(text(.policyFile))
        case .saved: policy = .yaml(saved?.detail.policyYAML ?? "")
        }
        let draft = AgentDraft(
            name: text(.name).trimmingSpaces, upstream: Upstream(rawValue: text(.upstream).trimmingSpaces),
            tokenization: Tokenization(rawValue: text(.tokenization)), policy: policy)
        sent = draft
        phase = .sending
        remark = nil
        return [.run(.agents(.create(draft)))]
    }

    func shows(_ answer: Answer) -> Bool {
        switch answer {
        case .agents(.creation(sent, _)), .agents(.foundCreated(sent, _)): true
        default: false
        }
    }

    mutating func receive(_ answer: Answer?, _ context: Context) -> [Intent] {
        switch answer {
        case .agents(.creation(sent, .created(let agent)))?: return created(agent, isCertain: true)
        case .agents(.foundCreated(sent, .success(let agent?)))?: return created(agent, isCertain: false)
        case .agents(.creation(sent, let outcome))?: receive(outcome)
        case .agents(.foundCreated(sent, .success(nil)))?:
            phase = .editing
            remark = Notice(.failed, "The answer was lost, and no agent has this name: it was not created. You can send it again.")
        case .agents(.foundCreated(sent, .failure(let error)))?:
            phase = .unknown
            remark = Notice(.failed, "The answer was lost: unknown whether it was created. The check failed, too: " + Wording.failure(error))
        default: break
        }
        return []
    }

    private func created(_ agent: Agent, isCertain: Bool) -> [Intent] {
        [.replace(with: .createdAgent(agent.id, Known(CreatedAgent(agent: agent, replaced: replaced, isCertain: isCertain))))]
    }

    private mutating func receive(_ outcome: CreationOutcome) {
        phase = .editing
        switch outcome {
        case .created: break
        case .notRead(let reason): show(PrintableText(reason), at: .policyFile)
        case .failed(let error) where error.leavesOutcomeUnknown:
            phase = .looking
            remark = Notice(.refused, "The answer was lost: unknown whether it was created; checking…")
        case .failed(let error):
            if let field = sent?.field(of: error) {
                show(Wording.failure(error), at: field)
            } else {
                remark = Notice(.failed, "Not created: " + Wording.failure(error))
            }
        }
    }

    private mutating func show(_ problem: PrintableText, at field: Field) {
        change(field) { $0.problem = problem }
        form.focus(on: .field(field))
    }

    // MARK: View

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let usual = introduction(context, width: min(area.columns - 2, 78) - 6)
        let width = min(area.columns - 2, max(78, usual.widestValue + 6))
        let fields = form.rows(columns: width - 6)
        let remarks = footer(context)
        let below = remarks.width == 0 ? [] : remarks.wrapped(to: width - 6)
        var above = width == usual.width + 6 ? usual.lines : introduction(context, width: width - 6).lines
        let needed = fields + below.count + 3
        // In a small window the text above gives way to the fields.
        above = Array(above.prefix(max(area.rows - needed, 0)))
        let box = area.centered(columns: width, rows: needed + above.count)
        let inside = Box.draw(PrintableText(title), on: &canvas, in: box)
        for (offset, line) in above.enumerated() { canvas.write(line, row: inside.row + offset, column: inside.column, width: inside.columns) }
        var row = inside.row + above.count
        form.draw(on: &canvas, row: row, column: inside.column, columns: inside.columns, values: min(30, inside.columns - 15))
        row += fields + 1
        let style = phase == .editing ? isAsking ? .warning : remark?.kind.style ?? .warning : remark?.kind.style ?? .accent
        for (offset, line) in below.enumerated() { canvas.write(line, row: row + offset, column: inside.column + 1, style: style) }
    }

    private func footer(_ context: Context) -> PrintableText {
        if isAsking {
            let key = context.settings.keyName(.cancel, on: Self.keys)
            return PrintableText("Press \(key) once more to close the form; what you typed is lost.")
        }
        if let remark { return remark.text }
        return switch phase {
        case .sending: "Creating the agent…"
        case .looking: "Checking whether it was created…"
        case .editing, .unknown: PrintableText(Wording.foretold(context.data.account.user.value, lacking: .writeAgents) ?? "")
        }
    }

    private func introduction(_ context: Context, width: Int) -> Document {
        var document = Document(width: width)
        guard let saved else {
            document.blank()
            return document
        }
        let old = saved.detail.agent
        let when = saved.deletion?.at.map { ", deleted " + context.clock.moment($0) } ?? ""
        document.paragraph(PrintableText("From the configuration of \(old.name ?? old.id.rawValue)\(when)."))
        document.paragraph("The new agent has a new id and new URLs. Change the systems that use the old ones by hand:", .warning)
        document.field("old webhook", old.webhookURL)
        document.field("old proxy", old.proxyURL)
        document.blank()
        return document
    }
}
