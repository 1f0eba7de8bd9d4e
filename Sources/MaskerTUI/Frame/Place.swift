import MaskerAPI
import TerminalKit

/// Where the user was: a tab, what was open on it, and what the sessions were filtered by.
package struct Place: Sendable {
    /// What tells two places apart.
    struct Name: Hashable, Sendable {
        var tab: Tab
        var filter: SessionFilter?
        var routes: [Route]
    }

    let name: Name
    /// The screens of the tab, without what the API has told: a place holds no data.
    let screens: [OpenScreen]
}

/// The places visited, as in a browser: going somewhere else from an earlier one forgets those that followed it.
struct PlaceHistory: Sendable {
    private var earlier: [Place] = []
    private var later: [Place] = []

    private static let most = 50

    mutating func left(_ place: Place) {
        earlier = (earlier + [place]).suffix(Self.most)
        later = []
    }

    /// The place before, or after, and the one that is left kept for the way back; nil when there is none.
    mutating func turn(back isBack: Bool, from here: Place) -> Place? {
        guard let place = isBack ? earlier.popLast() : later.popLast() else { return nil }
        if isBack { later.append(here) } else { earlier.append(here) }
        return place
    }
}

extension AppState {
    var placeName: Place.Name {
        Place.Name(tab: tab, filter: tab == .sessions ? data.sessions.list.filter : nil, routes: screens(of: tab).dropFirst().map(\.route))
    }

    var place: Place {
        Place(name: placeName, screens: screens(of: tab).map { open in
            var open = open
            open.screen.forget()
            return open
        })
    }

    /// Back, or forward again. What was open there is opened and read anew.
    mutating func turn(back isBack: Bool) -> [Effect] {
        guard let place = places.turn(back: isBack, from: place) else {
            notice = Notice(.refused, isBack ? "there is no place before this one" : "there is no place after this one")
            return []
        }
        var effects: [Effect] = []
        let tab = place.name.tab
        if let filter = place.name.filter, filter != data.sessions.list.filter {
            let world = world
            // Not by an intent: that would be a place of its own.
            for intent in SessionsFeature.change(.filter(filter), &data.sessions, world) { effects += perform([intent]) }
            stacks[.sessions] = Array(place.screens.prefix(1))
        }
        self.tab = tab
        if placeName != place.name {
            let open = screens(of: tab)
            stacks[tab] = Array(open.prefix(1) + place.screens.dropFirst())
            effects += open.dropFirst().flatMap(\.screen.requests).map(Effect.cancel)
            effects += place.screens.dropFirst().flatMap(\.screen.requests)
        }
        return effects + tellScreens(nil)
    }
}
