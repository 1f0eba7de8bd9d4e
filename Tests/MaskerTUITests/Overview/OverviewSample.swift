import Foundation
import MaskerAPI

@testable import MaskerTUI

/// A day of an account for the overview: few sessions at night, and many errors in one hour of the afternoon.
enum OverviewSample {
    static func session(_ number: Int, secondsAgo: Double) -> CallSession {
        let session = Sample.session(number % 900)
        return CallSession(
            id: Identifier("sess_\(number)"), agentID: session.agentID, agentName: session.agentName, startedAt: Sample.now - secondsAgo,
            durationMS: session.durationMS, status: session.status, redactionCount: 4, redactionsByKind: session.redactionsByKind)
    }

    /// The sessions of one day, the newest first.
    static let day: [CallSession] = (0..<24).flatMap { hoursAgo -> [CallSession] in
        // It is 13:06 now, so eight hours ago it was early morning.
        let busy = [9, 10, 11, 12, 12, 10, 8, 5, 3, 2, 1, 1, 1, 1, 2, 2, 3, 4, 6, 8, 9, 9, 9, 10][hoursAgo]
        return (0..<busy * 3).map { number -> CallSession in
            let total = hoursAgo * 40 + number
            var session = session(total, secondsAgo: Double(hoursAgo) * 3_600 + Double(number) * 90 + 30)
            let isBad = hoursAgo == 21 && number % 2 == 0
            session.status = isBad ? .error : number % 31 == 7 ? .error : number % 17 == 3 ? .partial : .ok
            session.agentID = Sample.agents[[0, 0, 0, 1, 3, 0, 3][total % 7]].id
            session.agentName = Sample.agents.first { $0.id == session.agentID }?.name
            session.durationMS = 300 + Double(total * 7919 % 1_100) + (isBad ? 2_400 : 0)
            session.redactionsByKind = ["NAME": 1 + total % 2, "PHONE": total % 3, "DOB": total % 5 == 0 ? 1 : 0]
            return session
        }
    }

    /// A console that shows the overview of that day.
    static func console(columns: Int = 80, rows: Int = 24, settings: ConsoleSettings = Sample.settings) -> TestConsole {
        var console = TestConsole(columns: columns, rows: rows, settings: settings)
        console.answerRefresh()
        console.takeEffects()
        console.press("0")
        let request = PageRequest(filter: SessionFilter(since: "24h"), cursor: nil, generation: 0)
        console.answer(.overview(.page(request, .success(Page(data: day)))))
        answerStages(&console)
        return console
    }

    static func stages(_ effects: [Effect]) -> [Identifier<CallSession>] {
        effects.compactMap { effect in
            if case .overview(.timing(let id)) = effect { return id }
            return nil
        }
    }

    /// Answers the requests of the sample until it is complete.
    static func answerStages(_ console: inout TestConsole) {
        while let ids = Optional(stages(console.takeEffects())), !ids.isEmpty {
            for id in ids { console.answer(.overview(.timing(id, .success(CallTiming(Sample.sessionDetail()))))) }
        }
    }
}
