import MaskerAPI
import TerminalKit

/// Where the user was: a tab, what was open on it, and what the sessions were filtered by.
package struct HistoryEntry: Sendable {
    /// What tells two places apart.
    struct Key: Hashable, Sendable {
        var tab: Tab
        var filter: SessionFilter?
        var routes: [Route]
    }

    let key: Key
    /// The screens of the tab, without what the API has told: a place holds no data.
    let screens: [OpenScreen]
}

/// The places visited, as in a browser: going somewhere else from an earlier one forgets those that followed it.
struct NavigationHistory: Sendable {
    private var earlier: [HistoryEntry] = []
    private var later: [HistoryEntry] = []

    private static let most = 50

    mutating func left(_ entry: HistoryEntry) {
        earlier = (earlier + [entry]).suffix(Self.most)
        later = []
    }

    /// The place before, or after, and the one that is left kept for the way back; nil when there is none.
    mutating func move(back isBack: Bool, from current: HistoryEntry) -> HistoryEntry? {
        guard let entry = isBack ? earlier.popLast() : later.popLast() else { return nil }
        if isBack { later.append(current) } else { earlier.append(current) }
        return entry
    }
}

extension AppState {
    var historyKey: HistoryEntry.Key {
        HistoryEntry.Key(tab: tab, filter: tab == .sessions ? data.sessions.list.filter : nil, routes: screens(of: tab).dropFirst().map(\.route))
    }

    var historyEntry: HistoryEntry {
        HistoryEntry(key: historyKey, screens: screens(of: tab).map { open in
            var open = open
            open.screen.forget()
            return open
        })
    }

    /// Back, or forward again. What was open there is opened and read anew.
    mutating func move(back isBack: Bool) -> [Effect] {
        guard let entry = history.move(back: isBack, from: historyEntry) else {
            notice = Notice(.refused, isBack ? "there is no place before this one" : "there is no place after this one")
            return []
        }
        var effects: [Effect] = []
        let tab = entry.key.tab
        if let filter = entry.key.filter, filter != data.sessions.list.filter {
            let world = world
            // Not by an intent: that would be a place of its own.
            for intent in SessionsFeature.change(.filter(filter), &data.sessions, world) { effects += perform([intent]) }
            stacks[.sessions] = Array(entry.screens.prefix(1))
        }
        self.tab = tab
        if historyKey != entry.key {
            let open = screens(of: tab)
            stacks[tab] = Array(open.prefix(1) + entry.screens.dropFirst())
            effects += open.dropFirst().flatMap(\.screen.requests).map(Effect.cancel)
            effects += entry.screens.dropFirst().flatMap(\.screen.requests)
        }
        return effects + tellScreens(nil)
    }
}
