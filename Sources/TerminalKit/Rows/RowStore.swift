/// Stores the rows of a list. A row's index is counted from the first row and changes when rows come above; its handle
/// never changes.
public protocol RowStore: RandomAccessCollection, Sendable
where Index == Int, Element: Identifiable & Equatable & Sendable, Element.ID: Sendable {
    init()
    /// The handle of the first row; the other rows have the following numbers.
    var head: Int { get }
    /// About how many bytes of memory the rows take.
    var bytes: Int { get }
    func id(at index: Int) -> Element.ID
    func index(of id: Element.ID) -> Int?
    mutating func append(_ element: Element)
    mutating func prepend(_ element: Element)
    mutating func replace(at index: Int, with element: Element)
    /// Returns a function that says whether the row at an index shows a text.
    func matching(_ text: TextSearch) -> (Int) -> Bool
}

extension RowStore {
    public var startIndex: Int { 0 }

    public init(_ elements: some Sequence<Element>) {
        self.init()
        for element in elements { append(element) }
    }

    /// The row with an id; nil when there is none.
    public subscript(id id: Element.ID) -> Element? { index(of: id).map { self[$0] } }
}

/// The values that rows are sorted by. Rows without a value come last, in both directions.
public enum RowKeys {
    case numbers((Int) -> Double?)
    case texts((Int) -> String?)
}

/// Estimates the memory that rows take.
public enum RowBytes {
    /// The most bytes that the rows of a list may take, whatever the server sends.
    public static let most = 192 << 20

    /// The bytes of a text outside of its row; texts of up to 15 bytes have none.
    public static func of(_ text: String?) -> Int { text.map { $0.utf8.count > 15 ? $0.utf8.count + 48 : 0 } ?? 0 }
}
