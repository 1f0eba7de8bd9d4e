import Glibc

/// Secret bytes that are overwritten with zeros when the last reference to them is gone.
///
/// Copies are not overwritten: the header line of a request in flight, and the text read from the file.
// `@unchecked` because of the pointer: its bytes are written in `init` only, read until `deinit`, and it stays private.
final class SecretBytes: @unchecked Sendable {
    private let base: UnsafeMutableRawBufferPointer

    init(_ bytes: some Collection<UInt8>) {
        base = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
        base.initializeMemory(as: UInt8.self, repeating: 0)
        base.copyBytes(from: bytes)
        count = bytes.count
    }

    let count: Int

    deinit {
        // The compiler may remove a plain loop, but not this call.
        if let address = base.baseAddress { explicit_bzero(address, base.count) }
        base.deallocate()
    }

    func withBytes<Result>(_ use: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try use(UnsafeRawBufferPointer(rebasing: base[0..<count]))
    }

    /// Compares in a time that depends only on the lengths, so that the time tells nothing about the bytes.
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<left.count { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
