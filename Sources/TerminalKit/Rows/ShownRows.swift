/// The shown rows of a list, in their order.
public struct ShownRows<Rows: RowStore>: RandomAccessCollection {
    /// All rows of the list.
    public let rows: Rows
    /// The handles of the shown rows, in order; nil: all rows.
    public let handles: [Int32]?

    public init(rows: Rows, handles: [Int32]?) {
        self.rows = rows
        self.handles = handles
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { handles?.count ?? rows.count }
    public subscript(index: Int) -> Rows.Element { rows[place(index)] }
    /// The id of the row at an index among the shown rows.
    public func id(at index: Int) -> Rows.Element.ID { rows.id(at: place(index)) }

    private func place(_ index: Int) -> Int { handles.map { Int($0[index]) - rows.head } ?? index }

    /// The index of a row among the shown rows; nil when it is not shown.
    public func index(of id: Rows.Element.ID) -> Int? {
        guard let place = rows.index(of: id) else { return nil }
        guard let handles else { return place }
        return handles.firstIndex(of: Int32(place + rows.head))
    }
}
