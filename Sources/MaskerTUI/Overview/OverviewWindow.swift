/// How far back the overview looks, and how it divides that.
package enum OverviewWindow: String, CaseIterable, Sendable {
    case hour = "1h"
    case day = "24h"
    case week = "7d"

    var seconds: Int {
        switch self {
        case .hour: 3_600
        case .day: 86_400
        case .week: 7 * 86_400
        }
    }

    /// Of the chart.
    var columns: Int {
        switch self {
        case .hour: 12
        case .day: 24
        case .week: 28
        }
    }

    /// Statistics drop what has become too old by slices that are shorter than a column.
    var slicesInColumn: Int { 6 }
    var columnSeconds: Int { seconds / columns }
    var sliceSeconds: Int { columnSeconds / slicesInColumn }

    /// `24 h`.
    package var name: String {
        switch self {
        case .hour: "1 h"
        case .day: "24 h"
        case .week: "7 d"
        }
    }

    /// What one column stands for: `hour`.
    var columnName: String {
        switch self {
        case .hour: "5 minutes"
        case .day: "hour"
        case .week: "6 hours"
        }
    }

    var next: OverviewWindow {
        switch self {
        case .hour: .day
        case .day: .week
        case .week: .hour
        }
    }
}
