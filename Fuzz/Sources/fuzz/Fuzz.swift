import Foundation

@testable import MaskerAPI
@testable import TerminalKit

/// The first byte chooses what reads the rest; whatever is taken for a cookie must be one that can be sent.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOne(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let choice = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    let text = String(decoding: rest, as: UTF8.self)
    switch choice % 5 {
    case 0: readRecords(rest)
    case 1:
        if case .renewed(let value, _)? = SetCookie(header: text, now: Date(timeIntervalSince1970: 0)) { check(value) }
    case 2:
        if let value = try? CookieValue(pasted: text) { check(value) }
    case 3: readKeys(rest)
    default:
        _ = Timestamp.parse(text)
        _ = try? APIHost(text)
        _ = HTTPDate.parse(text)
    }
    return 0
}

private func readRecords(_ bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes) else { return }
    _ = Page<Agent>(json: json)
    _ = Page<CallSession>(json: json)
    _ = AgentDetail(json: json["agent"] ?? json)
    _ = CallSessionDetail(json: json["session"] ?? json)
    _ = User(json: json["user"] ?? json)
    _ = Report(json: json["report"] ?? json)
    let head = HTTPResponseHead(status: 500, headers: [])
    _ = APIError(answer: HTTPResponse(head: head, body: bytes))
}

/// The first byte says where the others are cut into two reads.
private func readKeys(_ bytes: [UInt8]) {
    guard let cut = bytes.first.map({ Int($0) % bytes.count }) else { return }
    var whole = KeyDecoder(), inPieces = KeyDecoder()
    var events: [TerminalEvent] = [], others: [TerminalEvent] = []
    whole.decode(bytes, into: &events)
    inPieces.decode(bytes[..<cut], into: &others)
    inPieces.decode(bytes[cut...], into: &others)
    precondition(events == others, "other keys in two reads")
    // The end of the wait, and that of the wait for a dropped sequence's rest.
    for _ in 0..<2 { whole.waitEnded(into: &events) }
    precondition(whole.wait == nil, "it waits for ever")
}

private func check(_ value: CookieValue) {
    precondition(value.textToSendOrStore.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a cookie that cannot be sent")
}
