import FoundationEssentials
import Glibc
import MaskerAPI
import TerminalKit

/// Draws the state. Pure; the terminal and the tests use the same function.
func view(_ state: AppState) -> Canvas {
    var canvas = Canvas(size: state.size, isPlain: state.settings.isPlain)
    guard !state.isTooSmall else {
        drawTooSmall(state, on: &canvas)
        return canvas
    }
    let context = state.frontContext
    Header.draw(state, on: &canvas)
    let dialogs = state.dialogs.map(\.screen)
    // A screen reader reads whole lines, so the page is not drawn beside a dialog.
    let shown = canvas.isPlain ? dialogs.suffix(1) : dialogs[...]
    if let cover = state.cover {
        canvas.rule(row: 1, column: 1, columns: state.size.columns - 2)
        cover.screen.draw(on: &canvas, in: Rect(row: 2, column: 0, columns: state.size.columns, rows: state.size.rows - 4), context)
    } else if shown.isEmpty || !canvas.isPlain {
        TabBar.draw(state, on: &canvas)
        state.page.draw(on: &canvas, in: state.pageArea, context)
    }
    if state.isPageCovered { canvas.dropTargets() }
    for dialog in shown { dialog.draw(on: &canvas, in: state.dialogArea, context) }
    HintLine.draw(state, context, on: &canvas)
    if canvas.isPlain, canvas.cursor == nil { canvas.cursor = (state.pageArea.row, 0) }
    return canvas
}

private func drawTooSmall(_ state: AppState, on canvas: inout Canvas) {
    let needed = "needs \(AppState.smallest.columns)x\(AppState.smallest.rows)"
    let here = "window too small: \(state.size.columns)x\(state.size.rows)"
    let sentences: [PrintableText] = ["\(here), masker-tui \(needed)", "\(here), \(needed)", "too small, \(needed)", "\(needed)"]
    let fitting = sentences.first { $0.width <= state.size.columns } ?? "\(needed)"
    canvas.write(fitting, row: 0, column: 0)
}
