import Glibc

/// The hosts in `no_proxy`, to which no proxy leads. They are read as curl 8 reads them, whatever libcurl is there, because older
/// ones know no networks (`10.0.0.0/8`):
/// - The entries are separated by commas or white space.
/// - A name stands for itself and for everything below it. A dot before or after it changes nothing.
/// - An IP address stands for itself, with `/BITS` for its network.
/// - `*` stands for every host.
///
/// An entry can also end with `:PORT`, as other programs have it; then it is meant for this port alone.
struct ProxyExceptions {
    private let entries: [Substring]

    init(_ list: String) { entries = list.split { $0 == "," || $0.isWhitespace } }

    func contains(_ host: APIHost) -> Bool {
        let port = host.port ?? (host.isSecure ? 443 : 80)
        let address = IPAddress(host.name)
        return entries.contains { entry in
            if entry == "*" { return true }
            guard let (place, bits) = Self.parts(entry, port: port) else { return false }
            guard let address else { return bits == nil && Self.isName(host.name, in: place) }
            guard let network = IPAddress(place) else { return false }
            guard let bits else { return address == network }
            return Int(bits).map { address.isEqual(to: network, bits: $0) } ?? false
        }
    }

    /// The entry without its port, and the text behind its slash. Nil when it is meant for another port.
    private static func parts(_ entry: Substring, port: Int) -> (place: Substring, bits: Substring?)? {
        var rest = entry
        // More than one colon without brackets is an IPv6 address.
        if let colon = rest.lastIndex(of: ":"), rest.hasPrefix("[") ? rest[..<colon].contains("]") : rest.firstIndex(of: ":") == colon {
            guard Int(rest[rest.index(after: colon)...]) == port else { return nil }
            rest = rest[..<colon]
        }
        let slash = rest.firstIndex(of: "/")
        var place = slash.map { rest[..<$0] } ?? rest
        if place.hasPrefix("["), place.hasSuffix("]") { place = place.dropFirst().dropLast() }
        return (place, slash.map { rest[rest.index(after: $0)...] })
    }

    private static func isName(_ name: String, in entry: Substring) -> Bool {
        let name = (name.hasSuffix(".") ? name.dropLast() : name[...])
        let domain = (entry.hasSuffix(".") ? entry.dropLast() : entry).lowercased().drop { $0 == "." }
        return !domain.isEmpty && (name == domain || name.hasSuffix("." + domain))
    }
}

/// An IPv4 or IPv6 address.
private struct IPAddress: Equatable {
    private let bytes: [UInt8]

    init?(_ text: some StringProtocol) {
        let (family, length) = text.contains(":") ? (AF_INET6, 16) : (AF_INET, 4)
        var bytes = [UInt8](repeating: 0, count: length)
        guard inet_pton(family, String(text), &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Whether both begin with the same bits. As in curl, 0 bits stand for all of them: a network of every address would be `*`.
    func isEqual(to other: IPAddress, bits: Int) -> Bool {
        let all = bytes.count * 8
        guard bytes.count == other.bytes.count, (0...all).contains(bits) else { return false }
        let bits = bits == 0 ? all : bits
        return zip(bytes, other.bytes).enumerated().allSatisfy { index, pair in
            let unused = max(0, min(8, (index + 1) * 8 - bits))
            return unused == 8 || (pair.0 ^ pair.1) >> unused == 0
        }
    }
}
