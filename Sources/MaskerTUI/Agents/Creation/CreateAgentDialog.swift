import MaskerAPI
import TerminalKit

/// The form for a new agent, also for one that is re-created from the backup of a deleted agent.
///
/// The typed values stay after an error, after signing in again and after the lock.
struct CreateAgentDialog: Screen {
    static let keys = ScreenKeys(dialog: "create-agent", [], typing: [.confirm, .cancel] + FormKeys.actions)

    typealias Field = AgentDraft.Field

    private var form: Form<Field>
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

    enum Command: Sendable { case create, form(Form<Field>.Move), cancel }

    /// - Parameter saved: the backup of the deleted agent to re-create; nil for an empty form.
    init(again saved: AgentBackup? = nil, _ context: Context) {
        self.saved = saved
        let old = saved?.detail.agent
        kinds = saved?.detail.policyYAML == nil ? [.named, .file] : [.saved, .named, .file]
        var tokenizations = [Tokenization.vaultDeterministic, .reversibleAEAD].map(\.rawValue)
        if let odd = old?.tokenization?.rawValue, !tokenizations.contains(odd) { tokenizations.append(odd) }
        let policies = Set(context.data.agents.list.items.compactMap(\.policyName) + [AgentDraft.defaultPolicy]).sorted()
        form = Form([
            .init(id: .name, label: "name", hint: "1 to 64 characters", input: .text(TextField(old?.name ?? "", limit: 500))),
            .init(
                id: .upstream, label: "upstream", hint: "Ctrl-N, or type another",
                input: .text(TextField(old?.upstream?.rawValue ?? Upstream.known[0].rawValue, limit: 200), suggestions: Upstream.known.map(\.rawValue))),
            .init(
                id: .tokenization, label: "tokenization",
                input: .choice(tokenizations, selected: old?.tokenization.flatMap { tokenizations.firstIndex(of: $0.rawValue) } ?? 0)),
            .init(id: .policy, label: "policy", input: .choice(kinds.map(\.rawValue), selected: 0)),
            .init(
                id: .policyName, label: "policy name",
                input: .text(TextField(old?.policyName ?? AgentDraft.defaultPolicy, limit: 200), suggestions: policies)),
            .init(id: .policyFile, label: "path", hint: "at most 256 KiB", input: .text(TextField(limit: 12_000))),
        ])
        showPolicyFields(context)
        check(context, isComplete: false)
    }

    /// The deleted agent that the new one replaces.
    var replaced: Agent? { saved?.detail.agent }

    var title: String { saved == nil ? "New agent" : "Re-create an agent" }
    var presentation: Presentation { .dialog }
    /// Prefilled values are data of the account, so such a form closes at the lock; typed values are not.
    var staysThroughLock: Bool { saved == nil }

    func bindings(_ context: Context) -> [Binding<Command>] {
        var refusal: String?
        switch phase {
        case .sending: refusal = "the agent is being created"
        case .looking: refusal = "checking whether it was created"
        case .editing, .unknown: break
        }
        return [Binding(.confirm, hint: phase == .unknown ? "check again" : "create", "Create the agent", refusal: refusal, .create)]
            + FormKeys.bindings(Command.form) + [Binding(.cancel, hint: "cancel", "Close the form; a notice will report the outcome", .cancel)]
    }

    mutating func edit(_ event: TerminalEvent, _ context: Context) -> [Intent]? {
        guard phase == .editing, form.edit(event) else { return nil }
        changed(context)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
        switch command {
        case .cancel: return [.close]
        case .form(let move):
            // The values of a request already sent cannot change.
            if case .choose = move, phase != .editing { return [] }
            form.perform(move)
            if case .choose = move { changed(context) }
            return []
        case .create: return create(context)
        }
    }

    // MARK: While typing

    private var kind: PolicyKind { PolicyKind(rawValue: form.text(.policy)) ?? .named }

    private mutating func changed(_ context: Context) {
        remark = nil
        showPolicyFields(context)
        check(context, isComplete: false)
    }

    private mutating func showPolicyFields(_ context: Context) {
        let kind = kind
        form.change(.policyName) { $0.isShown = kind == .named }
        form.change(.policyFile) { field in
            field.isShown = kind == .file
            if context.settings.isRestricted { field.problem = "restricted mode opens no files; name a policy instead" }
        }
        let lines = saved?.detail.policyYAML.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count } ?? 0
        form.change(.policy) { $0.hint = kind == .saved ? "\(lines) lines of YAML" : "" }
    }

    /// Shows the problems that the console can find without the server.
    private mutating func check(_ context: Context, isComplete: Bool) {
        let name = AgentDraft.problem(ofName: form.text(.name).trimmingSpaces, taken: context.data.agents.list.items, isComplete: isComplete)
        form.change(.name) { if $0.problem == nil { $0.problem = name.map { PrintableText($0) } } }
        guard isComplete else { return }
        for (field, what) in [(Field.upstream, "an upstream"), (.policyName, "a policy name"), (.policyFile, "a path")]
        where form.text(field).trimmingSpaces.isEmpty {
            form.change(field) { $0.problem = $0.problem ?? PrintableText("\(what) is required") }
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
        case .named: policy = .named(form.text(.policyName).trimmingSpaces)
        case .file: policy = .file(form.text(.policyFile))
        case .saved: policy = .yaml(saved?.detail.policyYAML ?? "")
        }
        let draft = AgentDraft(
            name: form.text(.name).trimmingSpaces, upstream: Upstream(rawValue: form.text(.upstream).trimmingSpaces),
            tokenization: Tokenization(rawValue: form.text(.tokenization)), policy: policy)
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
        form.change(field) { $0.problem = problem }
        form.focus(on: field)
    }

    // MARK: View

    func draw(on canvas: inout Canvas, in area: Rect, _ context: Context) {
        let width = min(area.columns - 2, 78)
        let fields = form.rows(columns: width - 6)
        let below = footer(context).wrapped(to: width - 6)
        var above = introduction(context, width: width - 6)
        let needed = fields + below.count + 3
        // In a small window the text above gives way to the fields.
        above = Array(above.prefix(max(area.rows - needed, 0)))
        let box = area.centered(columns: width, rows: needed + above.count)
        let inside = Box.draw(PrintableText(title), on: &canvas, in: box)
        for (offset, line) in above.enumerated() { canvas.write(line, row: inside.row + offset, column: inside.column, width: inside.columns) }
        var row = inside.row + above.count
        form.draw(on: &canvas, row: row, column: inside.column, columns: inside.columns, values: min(30, inside.columns - 15))
        row += fields + 1
        let style = phase == .editing ? remark?.kind.style ?? .warning : remark?.kind.style ?? .accent
        for (offset, line) in below.enumerated() { canvas.write(line, row: row + offset, column: inside.column + 1, style: style) }
    }

    private func footer(_ context: Context) -> PrintableText {
        if let remark { return remark.text }
        return switch phase {
        case .sending: "Creating the agent…"
        case .looking: "Checking whether it was created…"
        case .editing, .unknown: PrintableText(Wording.foretold(context.data.account.user.value, lacking: .writeAgents) ?? "")
        }
    }

    private func introduction(_ context: Context, width: Int) -> [[Span]] {
        guard let saved else { return [[]] }
        let old = saved.detail.agent
        var document = Document(width: width)
        let when = saved.deletion?.at.map { ", deleted " + context.clock.moment($0) } ?? ""
        document.paragraph(PrintableText("From the configuration of \(old.name ?? old.id.rawValue)\(when)."))
        document.paragraph("The new agent has a new id and new URLs. Change the systems that use the old ones by hand:", .warning)
        document.field("old webhook", old.webhookURL)
        document.field("old proxy", old.proxyURL)
        document.blank()
        return document.lines
    }
}
