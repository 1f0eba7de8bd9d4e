import FoundationEssentials
import MaskerAPI
import TerminalKit

/// The progress or the result of saving reports, on the line above the hints, so that every page shows it.
enum SavingLine {
    private static let barWidth = 16

    /// Nil when there is nothing to show.
    static func spans(_ state: AppState, width: Int) -> [Span]? {
        let reports = state.data.reports
        let waiting = state.data.account.waitsUntil.map { PrintableText(Wording.waiting(until: $0, state.machineClock)) }
        if case .saving(let saving)? = reports.work {
            return saving.isCancelling ? [Span(" cancelling… ", .warning)] : progress(saving, waiting ?? numbers(saving, state.now), state.settings, width)
        }
        // The overview shows this beside its own progress.
        if let waiting, state.tab != .overview { return [Span(" " + waiting + " ", .warning)] }
        guard let ended = reports.ended else { return nil }
        let notice = ReportWording.summary(ended)
        let dismiss = PrintableText(" · \(state.settings.keyName(.cancelSaving)) dismisses ")
        let tail = fitting([" · :reports shows more" + dismiss, " · :reports" + dismiss, " "], width - notice.text.width - 1)
        return [Span(" " + notice.text.truncated(to: width - 2), notice.kind.style), Span(tail, .faint)]
    }

    /// In a narrow window the bar is left out first, then the key that cancels, which the help shows, too.
    private static func progress(_ saving: RunningReportJob, _ numbers: PrintableText, _ settings: ConsoleSettings, _ width: Int) -> [Span] {
        let count = saving.job.subjects.count
        let title = count == 1 ? " saving the report " : " saving \(min(saving.done.count + 1, count)) of \(count) "
        let bar = isMeasured(saving) ? Bars.progress(saving.share, width: barWidth) + [Span(" ")] : []
        let end = PrintableText(" · \(settings.keyName(.cancelSaving)) cancels ")
        let fixed = title.count + numbers.width + 1
        let hasBar = fixed + barWidth + 1 <= width, hasEnd = fixed + end.width + (hasBar ? barWidth + 1 : 0) <= width
        return [Span(PrintableText(title), .accent)] + (hasBar ? bar : []) + [Span(numbers)] + [Span(hasEnd ? end : " ", .faint)]
    }

    /// Whether the length is known; without it no bar is drawn.
    private static func isMeasured(_ saving: RunningReportJob) -> Bool {
        saving.job.subjects.count > 1 || saving.job.choice == .both || saving.progress?.expected != nil
    }

    /// The numbers of the progress: `1.2 MB of 3.4 MB · 310 KB/s`, or the waiting time until the first byte.
    private static func numbers(_ saving: RunningReportJob, _ now: Date) -> PrintableText {
        let total = saving.progress?.total ?? 0
        guard total > 0 else {
            return PrintableText("the server is generating it… \(Format.elapsed(now.timeIntervalSince(saving.began)))")
        }
        var text = Format.bytes(total)
        if saving.job.subjects.count == 1, saving.job.choice != .both, let expected = saving.progress?.expected {
            text += " of \(Format.bytes(expected))"
        }
        if let rate = saving.meter.rate(now: now) { text += " · \(Format.bytes(rate))/s" }
        return PrintableText(text)
    }

    private static func fitting(_ texts: [PrintableText], _ width: Int) -> PrintableText {
        texts.first { $0.width <= width } ?? ""
    }
}
