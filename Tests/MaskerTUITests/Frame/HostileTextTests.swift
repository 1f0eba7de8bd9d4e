import Foundation
import MaskerAPI
import TestSupport
import Testing

@testable import MaskerTUI
import TerminalKit

@Suite("Hostile text in every field", .ownThread)
struct HostileTextTests {
    /// A console in which every text from the server is `text`.
    private func console(_ text: String) -> TestConsole {
        var agent = Sample.agents[0]
        agent.name = text
        agent.upstream = Upstream(rawValue: text)
        agent.tokenization = Tokenization(rawValue: text)
        agent.policyName = text
        agent.policyVersion = text
        agent.proxyURL = text
        agent.webhookURL = text
        var session = Sample.sessions[0]
        session.agentName = text
        session.status = CallStatus(rawValue: text)
        session.redactionsByKind = [text: 3]
        session.upstreamModel = text
        // A few rows that are not hostile. More rows would not test more, but take most of the time.
        let user = User(id: text, login: text, email: text, role: Role(rawValue: text))
        return TestConsole.loaded(columns: 120, rows: 40, user: user, agents: [agent] + Sample.agents.dropFirst(), sessions: [session] + Sample.sessions[1..<4])
    }

    /// Every screen that shows text from the server. Large screens are closed again or opened last, because an open screen is
    /// laid out for each answer.
    private func screens(_ text: String) -> [Canvas] {
        var canvases: [Canvas] = []
        var console = console(text)
        func keep() { canvases.append(view(console.state)) }
        keep()
        console.press("d")
        keep()
        console.press(.escape)
        console.press("2")
        keep()
        console.press(.enter)
        var session = Sample.sessionDetail(payloads: Payloads(request: text, masked: text + "\n" + text, response: nil))
        session.session = console.state.data.sessions.list.items[0]
        session.policyName = text
        session.merkleRootHex = text
        session.events = [RedactionEvent(eventID: text, pass: text, entityKind: text, span: [1, 2], confidence: 0.5, tokenKind: text, kid: text)]
        console.answer(.sessions(.detail(session.session.id, .success(session))))
        keep()
        console.press("p")
        keep()
        console.press(.escape)
        console.press("3")
        keep()
        console.press("1")
        console.press(.enter)
        var detail = Sample.agentDetail
        detail.agent = console.state.data.agents.list.items[0]
        detail.policyYAML = text + "\n" + text + ": \"" + text
        console.answer(.agents(.detail(detail.agent.id, .success(detail))))
        console.answer(.agents(.latestSessions(detail.agent.id, .success(Page(data: Array(console.state.data.sessions.list.items))))))
        keep()
        console.press("G")
        keep()
        let error = APIError(kind: .server, status: 500, code: text, message: text, requestID: text)
        console.act(.answered(.agents(.deletion(DeletionTarget(id: detail.agent.id, name: text), .failed(APIError(kind: .forbidden, status: 403, message: text, requestID: text)))), ClientStatus(login: console.state.data.account.login, connection: ConnectionInfo(tlsVersion: text, certificateSubject: text, certificateExpiry: text, proxy: text))))
        console.press("r")
        for effect in console.takeEffects() { if case .agents(.list(let page)) = effect { console.answer(.agents(.list(page, .failure(error)))) } }
        keep()
        console.press("3")
        keep()
        console.press("1")
        console.press(.escape)
        console.press("0")
        let page = PageRequest(filter: SessionFilter(since: "24h"), cursor: nil, generation: 0)
        console.answer(.overview(.page(page, .success(Page(data: Array(console.state.data.sessions.list.items), nextCursor: text)))))
        console.answer(.overview(.page(PageRequest(filter: page.filter, cursor: text, generation: 0), .failure(error))))
        keep()
        console.press("G")
        keep()
        console.answer(.account(.user(.failure(Sample.unauthenticated))))
        keep()
        return canvases
    }

    /// The texts in parts, so that tests of different parts run at the same time.
    private static let parts: [[String]] = (0..<8).map { part in HostileText.all.enumerated().filter { $0.offset % 8 == part }.map(\.element) }

    @Test("there are at least 150 texts, each in one part")
    func texts() {
        #expect(HostileText.all.count >= 150)
        #expect(Self.parts.joined().sorted() == HostileText.all.sorted())
    }

    @Test("each screen shows the text, and the sign-in screen no longer does")
    func screensShowIt() {
        #expect(screens("HOSTILE").map { $0.text.contains("HOSTILE") } == Array(repeating: true, count: 12) + [false])
    }

    @Test("promise 1, 3: what reaches a cell is printable and visible, in every field of every screen", arguments: parts.indices)
    func everyField(part: Int) {
        var scalars = VisibleScalars()
        for text in Self.parts[part] {
            for (index, canvas) in screens(text).enumerated() {
                guard let bad = scalars.firstUnsafe(canvas) else { continue }
                Issue.record("U+\(String(bad.value, radix: 16)) on screen \(index) for \(text.debugDescription)")
                return
            }
        }
    }

    @Test("promise 2: in the lists no field reaches beyond its column", arguments: [80, 120, 200])
    func insideTheColumn(width: Int) {
        let columns = Table(columns: ListLayout().shown(AgentsScreen.columns(Sample.clock))).layout(in: width)
        func canvas(_ agent: Agent) -> Canvas {
            view(TestConsole.loaded(columns: width, rows: 24, agents: [Sample.agents[0], agent] + Sample.agents.dropFirst(2), sessions: []).state)
        }
        let fields: [(String, WritableKeyPath<Agent, String?>)] = [("NAME", \.name), ("POLICY", \.policyName)]
        for (title, field) in fields {
            guard let place = columns.first(where: { $0.0.title == title })?.1 else { continue }
            var clean = Sample.agents[1]
            clean[keyPath: field] = "x"
            let expected = canvas(clean)
            for text in HostileText.all {
                var agent = clean
                agent[keyPath: field] = text
                let shown = canvas(agent)
                // The second agent: its row comes after header, tabs, rule, titles and the first agent.
                for row in 0..<24 where shown.row(row) != expected.row(row) {
                    for column in 0..<width where row != 5 || !(place.start..<place.start + place.width).contains(column) {
                        guard shown[row, column] == expected[row, column] else {
                            Issue.record("row \(row), column \(column) changed with \(text.debugDescription) in \(title)")
                            return
                        }
                    }
                }
            }
        }
    }
}

/// Tests whether scalars in cells are printable and visible. Each scalar is tested once, because there are millions of cells.
private struct VisibleScalars {
    private var verdicts: [Unicode.Scalar: Bool] = [:]

    /// The first scalar in a cell that controls a terminal or is invisible.
    mutating func firstUnsafe(_ canvas: Canvas) -> Unicode.Scalar? {
        canvas.cells.withUnsafeBufferPointer { cells in
            var index = 0
            while index < cells.count {
                let base = cells[index].base
                index += 1
                // Most scalars are visible ASCII.
                if base.value >= 0x20, base.value < 0x7F { continue }
                if base.value != 0, !isSafe(base) { return base }
            }
            return nil
        }
    }

    private mutating func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        if let verdict = verdicts[scalar] { return verdict }
        let verdict = Self.isSafe(scalar)
        verdicts[scalar] = verdict
        return verdict
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && ![0x115F, 0x1160, 0x3164, 0xFFA0].contains(scalar.value)
            && ![.control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .privateUse].contains(scalar.properties.generalCategory)
    }
}
