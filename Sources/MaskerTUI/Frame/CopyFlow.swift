/// Copies what a key has asked for. What it was is said, since no terminal says whether it took it.
func copy(_ text: CopiedText, _ state: inout AppState) -> [Effect] {
    switch state.settings.clipboard {
    case .tmux?: return [.copy(text)]
    case .terminal?, .screen?:
        notify(Notice(.done, PrintableText("\(text.name) sent to the terminal's clipboard: \(text.text)")), &state)
        return [.copy(text)]
    case nil: return []
    }
}

/// tmux has answered.
func finishCopying(_ text: CopiedText, isTaken: Bool, _ state: inout AppState) {
    guard !state.isClosed else { return }
    let sentence = isTaken ? "\(text.name) copied by tmux: " : "tmux did not copy the \(text.name): "
    notify(Notice(isTaken ? .done : .failed, PrintableText(sentence + text.text)), &state)
}
