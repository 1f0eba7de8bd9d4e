import MaskerAPI

/// Where the user was: a tab, what was open on it, and what the sessions were filtered by.
struct Place: Sendable {
    /// What tells two places apart.
    struct Name: Hashable, Sendable {
        var tab: Tab
        var filter: SessionFilter?
        var screens: [String]
    }

    let name: Name
    /// The screens of the tab, without what the API has told: a place holds no data.
    let screens: [any Screen]
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
        let screens = (stacks[tab] ?? []).dropFirst().map { "\(type(of: $0)) \($0.place)" }
        return Place.Name(tab: tab, filter: tab == .sessions ? data.sessions.filter : nil, screens: screens)
    }

    var place: Place {
        Place(name: placeName, screens: (stacks[tab] ?? []).map { screen in
            var screen = screen
            screen.forget()
            return screen
        })
    }
}

extension Intent {
    /// Whether another place may be shown afterwards.
    var leadsElsewhere: Bool {
        switch self {
        case .open, .close, .select, .show, .nextTab, .filterSessions: true
        default: false
        }
    }
}

/// Back, or forward again. What was open there is opened and read anew.
func turn(back isBack: Bool, _ state: inout AppState) -> [Effect] {
    guard let place = state.places.turn(back: isBack, from: state.place) else {
        notify(Notice(.refused, isBack ? "there is no place before this one" : "there is no place after this one"), &state)
        return []
    }
    var effects: [Effect] = []
    let tab = place.name.tab
    if let filter = place.name.filter, filter != state.data.sessions.filter {
        effects += filterSessions(filter, &state)
        state.stacks[.sessions] = Array(place.screens.prefix(1))
    }
    state.tab = tab
    if state.placeName != place.name {
        let open = state.stacks[tab] ?? [tab.root]
        state.stacks[tab] = Array(open.prefix(1) + place.screens.dropFirst())
        effects += open.dropFirst().flatMap(\.requests).map(Effect.cancel)
        effects += place.screens.dropFirst().flatMap(\.requests).map(Effect.fetch)
    }
    return effects + tellScreens(nil, &state)
}
