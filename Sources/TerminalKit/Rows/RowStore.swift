/// Stores the rows of a list. A row's index is counted from the first row and changes when rows come above; its handle
/// never changes.
public protocol RowStore: RandomAccessCollection, Sendable
where Index == Int, Element: Identifiable & Equatable & Sendable, Element.ID: Sendable {
    init()
    /// The handles of the rows, in their order.
    var handles: Range<Int> { get }
    /// About how many bytes of memory the rows take.
    var bytes: Int { get }
    func id(at index: Int) -> Element.ID
    func index(of id: Element.ID) -> Int?
    mutating func append(_ element: Element)
    mutating func prepend(_ element: Element)
    mutating func replace(at index: Int, with element: Element)
    mutating func removeFirst(_ count: Int)
    mutating func removeLast(_ count: Int)
    /// Returns a test that says whether a row shows a text. It can also be used after rows were added.
    func matching(_ text: TextSearch) -> RowTest<Self>
}

/// Says whether the row at an index of some rows is meant.
public typealias RowTest<Rows> = @Sendable (_ rows: Rows, _ index: Int) -> Bool

extension RowStore {
    public var startIndex: Int { 0 }
    /// The handle of the first row; the other rows have the following numbers.
    public var head: Int { handles.lowerBound }

    public init(_ elements: some Sequence<Element>) {
        self.init()
        for element in elements { append(element) }
    }

    /// The row with an id; nil when there is none.
    public subscript(id id: Element.ID) -> Element? { index(of: id).map { self[$0] } }
}

/// Estimates the memory that rows take.
public enum RowBytes {
    /// The most bytes that the rows of a list may take, whatever the server sends.
    public static let most = 192 << 20

    /// The bytes of a text outside of its row; texts of up to 15 bytes have none.
    public static func of(_ text: String?) -> Int { text.map { $0.utf8.count > 15 ? $0.utf8.count + 48 : 0 } ?? 0 }
}
