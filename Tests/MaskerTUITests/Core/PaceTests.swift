import Foundation
import MaskerAPI
import Synchronization
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("Work with many requests", .ownThread)
struct PaceTests {
    // MARK: Which work it is

    /// The priorities of the requested pages.
    private func priorities(_ effects: [Effect]) -> [RequestPriority] {
        effects.compactMap { effect in
            switch effect {
            case .sessions(.list(let page)), .overview(.page(let page)): page.priority
            case .agents(.list(let page)): page.priority
            default: nil
            }
        }
    }

    private func sessions(_ rows: Int = 24) -> TestConsole {
        var console = TestConsole.loaded(rows: rows)
        console.press("2")
        console.takeEffects()
        return console
    }

    @Test("G reads further pages with bulk priority; moving down by hand and a refresh read with interactive priority")
    func lists() {
        var console = sessions()
        console.press("G")
        #expect(priorities(console.takeEffects()) == [.bulk])
        console = sessions()
        for _ in 0..<3 { console.press(.pageDown) }
        #expect(priorities(console.takeEffects()) == [.interactive])
        console = sessions()
        console.press("r")
        #expect(priorities(console.takeEffects()) == [.interactive, .interactive])
    }

    @Test("pages read while finding a text have bulk priority")
    func finding() {
        var console = sessions()
        console.press("/")
        console.type("merkle")
        #expect(priorities(console.takeEffects()) == [.bulk])
    }

    @Test("the overview's pages of sessions and agents have bulk priority")
    func overview() {
        var console = TestConsole()
        let first = console.takeEffects()
        console.press("0")
        #expect(priorities(console.takeEffects()) == [.bulk])
        for case .agents(.list(let page)) in first { console.answer(.agents(.list(page, .success(Page(data: Sample.agents, nextCursor: "a2"))))) }
        #expect(priorities(console.takeEffects()) == [.bulk])
    }

    @Test("the requests of a bulk page have bulk priority, those of a page that the user waits for do not", arguments: [RequestPriority.bulk, .interactive])
    func result(priority: RequestPriority) async {
        let result = await Result(priority) { RequestPriority.current }
        #expect(result == .success(priority))
        #expect(RequestPriority.current == .interactive)
    }

    @Test("one report has interactive priority; several reports have bulk priority and are requested again when the server says so", arguments: [1, 3])
    func reports(count: Int) async throws {
        try await withDirectory { directory in
            let seen = SeenPriorities()
            let transport = ReportTransport { target in
                seen.note(RequestPriority.current)
                return SampleReport.answer(target)
            }
            let subjects = (1...count).map { ReportJob.Subject(session: Identifier("sess_\($0)"), name: "report-\($0)", detailRoot: nil) }
            let saved = await (try transport.saver(directory)).saveAll(ReportJob(subjects: subjects, choice: .both, hasManifest: false))
            #expect(saved.sessions.count == count && saved.sessions.allSatisfy(\.isComplete))
            #expect(seen.all == Array(repeating: count == 1 ? .interactive : .bulk, count: 3 * count))
        }
    }

    // MARK: Messages

    private static let until = Sample.now + 125
    private static let sentence = "waiting until 13:08:45 UTC, too many requests"

    @Test("promise 41: a waiting list shows below its rows until when it waits", arguments: [(60, 15), (80, 24), (200, 60)])
    func waitingList(columns: Int, rows: Int) {
        var console = TestConsole.loaded(columns: columns, rows: rows)
        console.press("2", "G")
        console.answer(.account(.waiting(until: Self.until)))
        console.expect(Self.sentence)
        console.press("3")
        console.expect(Self.sentence)
        console.answer(.account(.waiting(until: nil)))
        console.expectNot("waiting until")
    }

    @Test("the end of the wait is shown in the console's time zone")
    func zone() {
        var settings = Sample.settings
        settings.time = TimeStyle(zone: .local, localOffset: { _ in 7_200 })
        var console = TestConsole(settings: settings)
        console.answerRefresh()
        console.answer(.account(.waiting(until: Self.until)))
        console.expect("waiting until 15:08:45, too many requests")
    }

    @Test("a waiting overview shows the end of the wait once, beside its progress", arguments: [false, true])
    func waitingOverview(isPlain: Bool) {
        var settings = Sample.settings
        settings.isPlain = isPlain
        var console = TestConsole(columns: 100, rows: 30, settings: settings)
        console.answerRefresh()
        console.press("0")
        let page = PageRequest(filter: SessionFilter(since: "24h"), cursor: nil, generation: 0)
        console.answer(.overview(.page(page, .success(Page(data: Sample.sessions, nextCursor: "c1")))))
        console.answer(.account(.waiting(until: Self.until)))
        #expect(console.screen.components(separatedBy: Self.sentence).count == 2, "\(console.screen)")
        console.expect("60 sessions so far")
        console.answer(.account(.waiting(until: nil)))
        console.expectNot("waiting until")
    }

    @Test("the line about saving reports shows it too, and X still cancels", arguments: [80, 200])
    func waitingReports(columns: Int) {
        var console = TestConsole.loaded(columns: columns)
        console.press("2", " ", " ", "S", "b")
        console.press(.enter)
        console.takeEffects()
        console.answer(.account(.waiting(until: Self.until)))
        console.expect("saving 1 of 2")
        console.expect(Self.sentence)
        console.press("X")
        #expect(console.takeEffects() == [.reports(.cancelSaving)])
        console.expect("cancelling…")
    }

    @Test("a pause of minutes is shown as the time of its end, a short one in seconds")
    func wording() {
        var error = Sample.error(.rateLimited(retryAfter: .seconds(7_200)), 429)
        error.retryAt = Sample.now + 7_200
        #expect(Wording.failure(error).string == "too many requests; try again at 2026-05-04 15:06:40 UTC · req_01HZ4T")
        error.kind = .rateLimited(retryAfter: .seconds(60))
        #expect(Wording.failure(error).string == "too many requests; the server asks to wait 60 s · req_01HZ4T")
    }

    // MARK: Configuration

    @Test("pace takes a number of requests a second, none, or auto", arguments: [
        ("auto", PaceSetting.automatic), ("none", .none), ("1", .rate(1)), ("10", .rate(10)), ("1000", .rate(1_000)),
    ])
    func setting(text: String, setting: PaceSetting) throws {
        let configuration = try configuration(text)
        #expect(configuration.pace == setting && ConfigurationKey.named("pace")?.text(configuration) == text)
    }

    @Test("other values are refused with a message", arguments: ["0", "-3", "1001", "2.5", "on", "ten", "1e2"])
    func refused(text: String) {
        #expect(throws: CommandFailure.self) { try configuration(text) }
    }

    private func configuration(_ text: String) throws -> Configuration {
        try ConfigurationSources(options: ["pace": ConfiguredValue(text: text, origin: .file("/c.yaml", nil))]).configuration()
    }
}

/// Records the priorities of requests in their order.
private final class SeenPriorities: Sendable {
    private let seen = Mutex<[RequestPriority]>([])

    func note(_ priority: RequestPriority) { seen.withLock { $0.append(priority) } }
    var all: [RequestPriority] { seen.withLock { $0 } }
}
