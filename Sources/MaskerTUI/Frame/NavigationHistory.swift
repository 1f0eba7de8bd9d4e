import MaskerAPI
import TerminalKit

/// A place of the history: a tab, the screens that were open on it, and the filter of the sessions.
package struct HistoryEntry: Sendable {
    /// What makes two places different.
    struct Key: Hashable, Sendable {
        var tab: Tab
        var filter: SessionFilter?
        var routes: [Route]
    }

    let key: Key
    /// The screens of the tab without data from the API: the history stores no data of the account.
    let screens: [OpenScreen]
}

/// The visited places, as in a web browser: going to a new place removes the places after the current one.
struct NavigationHistory: Sendable {
    private var earlier: [HistoryEntry] = []
    private var later: [HistoryEntry] = []

    private static let most = 50

    mutating func left(_ entry: HistoryEntry) {
        earlier = (earlier + [entry]).suffix(Self.most)
        later = []
    }

    /// Returns the previous or the next place, and keeps `current` for the way back. Returns nil when there is no such place.
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

    /// Goes back or forward. The screens of that place are opened and read again.
    mutating func move(back isBack: Bool) -> [Effect] {
        guard let entry = history.move(back: isBack, from: historyEntry) else {
            notice = Notice(.refused, isBack ? "there is no previous place" : "there is no next place")
            return []
        }
        var effects: [Effect] = []
        let tab = entry.key.tab
        if let filter = entry.key.filter, filter != data.sessions.list.filter {
            let world = world
            // Not with an intent, because the new filter would be added to the history as another place.
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
