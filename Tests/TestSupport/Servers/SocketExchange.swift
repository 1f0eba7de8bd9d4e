import Foundation

/// One connection to a port of this machine: sends bytes and returns all bytes that come back.
public enum SocketExchange {
    private struct Problem: Error { var call: String, number = errno }

    /// Blocks until the other side has closed.
    public static func send(_ bytes: Data, port: UInt16) throws -> Data {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Problem(call: "socket") }
        defer { close(socket) }
        // The time limit is only there so that a bug does not hang the tests.
        var patience = timeval(tv_sec: Int(Patience.hang / .seconds(1)), tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Problem(call: "connect") }
        var rest = [UInt8](bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Problem(call: "send") }
            rest = rest.dropFirst(count)
        }
        var received = Data(), buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count == 0 || count < 0 && errno == ECONNRESET { return received }
            guard count > 0 else { throw Problem(call: "recv") }
            received += buffer[..<count]
        }
    }
}
