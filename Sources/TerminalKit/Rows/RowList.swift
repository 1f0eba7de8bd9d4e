/// A list of rows, as far as `RowOrder` and `ListCursor` need to know it.
public protocol RowList<Rows> {
    associatedtype Rows: RowStore

    var items: Rows { get }
    /// Increases with every change of the rows, except when rows are added at either end.
    var revision: Int { get }
    /// The handles whose rows have not changed since a revision; nil when that is not known.
    func unchanged(since revision: Int) -> Range<Int>?
    /// Whether the rows are old ones, and new ones that replace them are being loaded.
    var isReplacing: Bool { get }
}
