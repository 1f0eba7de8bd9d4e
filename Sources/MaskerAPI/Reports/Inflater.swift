import CZlib

/// Unpacks one zlib stream, piece by piece.
final class Inflater {
    // On the heap, because zlib keeps pointers to it, so that it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var output = [UInt8](repeating: 0, count: 16 << 10)

    /// Nil when there is not enough memory.
    init?() {
        stream.initialize(to: z_stream())
        guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks `bytes` and removes the used bytes from them. `body` receives the output and returns whether it wants more.
    /// - Returns: whether unpacking has ended: at the end of the stream, at an error, or because `body` returned false.
    func take(_ bytes: inout ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var isOver = false
        let left = bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = uInt(input.count)
            repeat {
                let (result, count) = inflateSome()
                let isWanted = body(output[..<count])
                isOver = result != Z_OK || !isWanted
            } while !isOver && (stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0)
            return Int(stream.pointee.avail_in)
        }
        bytes = bytes.suffix(left)
        return isOver
    }

    private func inflateSome() -> (result: Int32, count: Int) {
        output.withUnsafeMutableBufferPointer { output in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = uInt(output.count)
            let result = inflate(stream, Z_NO_FLUSH)
            return (result, output.count - Int(stream.pointee.avail_out))
        }
    }
}
