import CTerminal
import Foundation
import MaskerMock
import TestSupport
import Testing

/// Payloads can hold protected health information. They must reach the terminal only.
@Suite("Payloads", .serialized, .ownThread)
struct PayloadSecrecyTests {
    enum End: CaseIterable { case quit, crash, killed }

    @Test("promise 35: payloads are shown, reports saved, then quit, crash or kill: the payloads are on no disk and in no other write", arguments: End.allCases)
    func leavesNoTrace(end: End) async throws {
        let marker = "PHI" + UUID().uuidString.replacing("-", with: ""), started = Date()
        // strace shows every write of the process, whatever it is to. Where tracing is not allowed, only the disk is searched.
        let canTrace = try await Program.run("strace", ["-o", "/dev/null", "true"]).status == 0
        try await withDirectory { traces in
            let trace = traces + "/trace"
            var setup = RawTerminal.Setup()
            setup.columns = 160
            setup.rows = 50
            setup.mock.payloadShare = 1
            setup.mock.payloadText = "The caller said \(marker), born \(marker). She lives at \(marker)."
            if canTrace {
                let writes = "write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,sendfile,splice,copy_file_range"
                setup.wrapper = ["/usr/bin/strace", "-f", "-y", "-s", "1000000", "-o", trace, "-e", "trace=" + writes]
            }
            var places = ["/tmp", "/var/tmp", "/dev/shm"]
            try await withDirectory { home in
                for name in ["reports", "tmp"] {
                    try FileManager.default.createDirectory(atPath: home + "/" + name, withIntermediateDirectories: false)
                }
                setup.arguments = ["--reports", home + "/reports"]
                setup.environment = ["HOME": home, "TMPDIR": home + "/tmp"]
                places.append(home)
                try await RawTerminal.with(setup) { raw in
                    try await Self.work(raw.terminal, marker)
                    let console = canTrace ? try #require(Self.child(of: raw.terminal.process)) : raw.terminal.process
                    switch end {
                    case .quit: raw.terminal.send("q")
                    case .crash: kill(console, SIGSEGV)
                    case .killed: kill(console, SIGKILL)
                    }
                    try await raw.terminal.expectEnd()
                    #expect(try FileManager.default.contentsOfDirectory(atPath: home + "/reports").count == 2)
                    let hits = try Self.hits(marker, in: places + [raw.directory], since: started, except: traces)
                    #expect(hits == [])
                }
            }
            guard canTrace else { return }
            let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").filter { $0.contains(marker) }
            let onTerminal = lines.filter { $0.contains("</dev/pts/") }
            #expect(!onTerminal.isEmpty, "the terminal's own bytes are seen")
            // A frame is written to a memfd, which is on no disk, and which no other process can open.
            #expect(lines.allSatisfy { $0.contains(#/^\d+ +write\(\d+<(\/dev\/pts\/\d+|\/memfd:frame\b)/#) })
        }
    }

    @Test("promise 35: the memory in which a frame was written holds no payload after the terminal has it")
    func frameIsWiped() throws {
        let marker = Array("PHI\(UUID().uuidString)".utf8), frame = Array(repeatElement(marker, count: 1_000).joined())
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        // Once in a process: no other test of this bundle draws a frame.
        try #require(frame_output_open(ends[1]) != nil)
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let memory = try #require(descriptors.first { descriptor in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)"))?.hasPrefix("/memfd:frame") == true
        })
        func kept() -> [UInt8] {
            var bytes = [UInt8](repeating: 1, count: frame.count)
            let count = pread(memory, &bytes, bytes.count, 0)
            return Array(bytes.prefix(max(count, 0)))
        }
        frame_output_begin()
        frame.withUnsafeBytes { frame_output_write($0.baseAddress, $0.count) }
        let isCollected = kept() == frame
        #expect(isCollected, "this is where it is put together")
        frame_output_end()
        var written = [UInt8](repeating: 0, count: frame.count)
        let isWritten = read(ends[0], &written, written.count) == frame.count && written == frame
        #expect(isWritten, "the terminal has it")
        let remains = kept()
        #expect(remains.count == frame.count && remains.count { $0 != 0 } == 0)
    }

    /// Shows the payloads of a session, saves its reports and leaves the payloads on the screen.
    private static func work(_ terminal: PseudoTerminal, _ marker: String) async throws {
        try await terminal.expect("appointment-bot-prod")
        terminal.send("2")
        try await terminal.expect("STARTED")
        terminal.send("\r")
        try await terminal.expect("they can hold PHI")
        #expect(!terminal.text.contains(marker), "nobody has asked for them yet")
        for key in ["p", "j"] {
            terminal.send("S")
            try await terminal.expect("It will be saved to")
            terminal.forgetOutput()
            terminal.send(key + "\r")
            try await terminal.expect("the audit roots agree")
            terminal.send("\r")
            terminal.forgetOutput()
        }
        terminal.send("p")
        try await terminal.expect(marker)
    }

    private static func child(of process: pid_t) -> pid_t? {
        let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        return text?.split(separator: " ").first.flatMap { pid_t($0) }
    }

    /// The files below `places` that were changed since `start` and contain the marker. Core dumps would be in the
    /// working directory.
    private static func hits(_ marker: String, in places: [String], since start: Date, except: String) throws -> [String] {
        let cores = try FileManager.default.contentsOfDirectory(atPath: ".").filter { $0.hasPrefix("core") }.map { "./" + $0 }
        var hits: Set<String> = []
        for path in cores + places.flatMap({ place in FileManager.default.enumerator(atPath: place)?.map { place + "/\($0)" } ?? [] }) {
            guard !path.hasPrefix(except), let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular,
                (attributes[.modificationDate] as? Date ?? .distantPast) >= start - 2,
                // No file of the console is that large.
                (attributes[.size] as? Int ?? 0) < 64 << 20, let contents = FileManager.default.contents(atPath: path)
            else { continue }
            if contents.range(of: Data(marker.utf8)) != nil { hits.insert(path) }
        }
        return hits.sorted()
    }
}
