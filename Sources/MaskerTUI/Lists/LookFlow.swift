/// Arranges the lists anew, for the next console as well.
func arrange(_ looks: ListLooks, _ state: inout AppState) -> [Effect] {
    guard looks != state.looks else { return [] }
    state.looks = looks
    return (state.settings.looksPath == nil ? [] : [.keepLooks(looks)]) + tellScreens(nil, &state)
}

/// How an earlier console has left the lists; what was arranged meanwhile counts more.
func adopt(_ kept: ListLooks, _ state: inout AppState) {
    if state.looks == ListLooks() { state.looks = kept }
}
