/// A list whose rows are shown: what an order and a cursor need to know of it.
public protocol RowList<Rows> {
    associatedtype Rows: RowStore

    var items: Rows { get }
    /// Counts the changes of the rows other than growing at either end.
    var revision: Int { get }
    /// Whether the rows are still those of before, and others are on their way.
    var isReplacing: Bool { get }
}
