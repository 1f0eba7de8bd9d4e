/// The period that the overview covers, and how the period is divided.
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

    /// The number of columns in the chart.
    var columns: Int {
        switch self {
        case .hour: 12
        case .day: 24
        case .week: 28
        }
    }

    /// The slices of a column. Statistics drop old sessions slice by slice.
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

    /// The length of one column: `hour`.
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
