/// Arranges the lists anew.
func arrange(_ looks: ListLooks, _ state: inout AppState) -> [Effect] {
    guard looks != state.looks else { return [] }
    state.looks = looks
    return tellScreens(nil, &state)
}
