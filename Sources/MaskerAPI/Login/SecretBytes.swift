import Glibc

/// Bytes that are overwritten when the last holder lets go of them.
///
/// Best effort: the header line of a request in flight and the text read from the file are copies this cannot reach.
// Unchecked because of the pointer: it is written in `init` only, read until `deinit`, and never handed out.
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
        // Unlike a plain loop, this is not optimised away.
        if let address = base.baseAddress { explicit_bzero(address, base.count) }
        base.deallocate()
    }

    func withBytes<Result>(_ use: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try use(UnsafeRawBufferPointer(rebasing: base[0..<count]))
    }

    /// Compares in a time that depends on the lengths only.
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<left.count { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
