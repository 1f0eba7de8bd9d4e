/// The rows of a list, however they are kept. A position is counted from the first row, a handle stays with its row.
public protocol RowStore: RandomAccessCollection, Sendable
where Index == Int, Element: Identifiable & Equatable & Sendable, Element.ID: Sendable {
    init()
    /// The handle of the first row; those of the others follow it.
    var head: Int { get }
    /// About how many bytes the rows keep.
    var bytes: Int { get }
    func id(at index: Int) -> Element.ID
    func index(of id: Element.ID) -> Int?
    mutating func append(_ element: Element)
    mutating func prepend(_ element: Element)
    mutating func replace(at index: Int, with element: Element)
    /// Whether a row has a text in what it shows.
    func matching(_ text: TextSearch) -> (Int) -> Bool
}

extension RowStore {
    public var startIndex: Int { 0 }

    public init(_ elements: some Sequence<Element>) {
        self.init()
        for element in elements { append(element) }
    }

    public subscript(id id: Element.ID) -> Element? { index(of: id).map { self[$0] } }
}

/// What rows are sorted by; a row without a value comes last, whichever way it is sorted.
public enum RowKeys {
    case numbers((Int) -> Double?)
    case texts((Int) -> String?)
}

/// About how much memory is kept.
public enum RowBytes {
    /// Most that a list keeps, whatever a server sends.
    public static let most = 192 << 20

    /// Of a text: short ones have no memory of their own.
    public static func of(_ text: String?) -> Int { text.map { $0.utf8.count > 15 ? $0.utf8.count + 48 : 0 } ?? 0 }
}
