import MaskerAPI

/// Does what the mouse asks for, which keys can do, too. What is under the pointer is what `view` has drawn there.
func handle(_ mouse: MouseEvent, _ state: inout AppState) -> [Effect] {
    guard !state.isClosed, !state.isTooSmall else { return [] }
    switch mouse {
    case .wheel(let notches):
        // As far as terminals scroll; in a dialog an arrow goes from one choice to the next.
        let keys = abs(notches) * (state.overlays.isEmpty ? 3 : 1)
        state.notice = nil
        state.noticeEnds = nil
        return (0..<keys).flatMap { _ in
            let context = state.frontContext
            return perform(withFront(&state) { $0.pressAsByDefault(notches < 0 ? .up : .down, context) ?? [] }, &state)
        }
    case .press(let row, let column):
        switch view(state).target(row: row, column: column) {
        case .key(let key)?: return handle(.key(key), &state)
        case .tab(let number)?: return Tab(rawValue: number).map { perform([.select($0)], &state) } ?? []
        case .row(let index)?:
            let context = state.frontContext
            return perform(withFront(&state) { $0.click(row: index, context) }, &state)
        case nil: return []
        }
    }
}
