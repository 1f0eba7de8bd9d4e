import Foundation
import TestSupport
import Testing

@testable import MaskerTUI

@Suite("A report on disk", .ownThread)
struct ReportFileTests {
    private static let name = "masker-sess_01HZ4T-2026-11-24"

    private func names(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    private func contents(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

    private func problem<Value>(_ body: () throws -> Value) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return "\(error)" }
    }

    @Test("promise 40: the exact bytes, readable by the user only, under the final name only after keep")
    func kept() async throws {
        try await withDirectory { directory in
            let file = try ReportFile(in: directory)
            try file.write([0x1B, 0x00, 0xFF, 0x0D, 0x0A])
            #expect(names(directory).count == 1 && names(directory).allSatisfy { $0.hasPrefix(".masker-") && $0.hasSuffix(".part") })
            try file.write([0x0A])
            #expect(try file.keep(as: Self.name, "pdf") == Self.name + ".pdf")
            #expect(names(directory) == [Self.name + ".pdf"])
            #expect(contents(directory + "/" + Self.name + ".pdf") == [0x1B, 0x00, 0xFF, 0x0D, 0x0A, 0x0A])
            var status = stat()
            #expect(stat(directory + "/" + Self.name + ".pdf", &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o600 && status.st_nlink == 1)
            // A kept file stays.
            file.discard()
            #expect(problem { try file.write([1]) } != nil)
            #expect(names(directory) == [Self.name + ".pdf"])
        }
    }

    @Test("promise 40: a discarded or released file leaves nothing, and cannot be kept")
    func discarded() async throws {
        try await withDirectory { directory in
            var file: ReportFile? = try ReportFile(in: directory)
            try file?.write([1, 2, 3])
            file?.discard()
            #expect(names(directory) == [])
            #expect(problem { try file?.write([4]) } != nil)
            #expect(problem { try file?.keep(as: Self.name, "pdf") } != nil)
            file = try ReportFile(in: directory)
            #expect(names(directory).count == 1)
            file = nil
            #expect(names(directory) == [])
        }
    }

    @Test("promise 40: an existing file is never overwritten and no link is followed: the name gets the next number")
    func taken() async throws {
        try await withDirectory { directory in
            let victim = directory + "/victim"
            try Data("precious".utf8).write(to: URL(fileURLWithPath: victim))
            try Data("older".utf8).write(to: URL(fileURLWithPath: directory + "/" + Self.name + ".pdf"))
            try FileManager.default.createSymbolicLink(atPath: directory + "/" + Self.name + "-2.pdf", withDestinationPath: victim)
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/" + Self.name + "-3.pdf", withDestinationPath: directory + "/dangling")
            try FileManager.default.createDirectory(atPath: directory + "/" + Self.name + "-4.pdf", withIntermediateDirectories: false)
            let file = try ReportFile(in: directory)
            try file.write(Array("new".utf8))
            #expect(try file.keep(as: Self.name, "pdf") == Self.name + "-5.pdf")
            #expect(contents(directory + "/" + Self.name + "-5.pdf") == Array("new".utf8))
            #expect(contents(directory + "/" + Self.name + ".pdf") == Array("older".utf8))
            #expect(contents(victim) == Array("precious".utf8))
            #expect(!FileManager.default.fileExists(atPath: directory + "/dangling"))
        }
    }

    @Test("promise 40: the hundredth report of a day is refused without an endless loop")
    func full() async throws {
        try await withDirectory { directory in
            for number in 1...99 {
                let name = Self.name + (number == 1 ? "" : "-\(number)") + ".json"
                try Data().write(to: URL(fileURLWithPath: directory + "/" + name))
            }
            let file = try ReportFile(in: directory)
            #expect(problem { try file.keep(as: Self.name, "json") }?.contains("-99.json exists already") == true)
            file.discard()
            #expect(names(directory).count == 99)
        }
    }

    @Test("promise 40: under exactly one name, or not at all; the free name is known before saving")
    func exactly() async throws {
        try await withDirectory { directory in
            #expect(ReportFile.freeName(in: directory, "a", "pdf") == nil)
            for (content, succeeds) in [("first", true), ("second", false)] {
                let file = try ReportFile(in: directory)
                try file.write(Array(content.utf8))
                let problem = problem { try file.keep(exactly: "a.pdf") }
                #expect((problem == nil) == succeeds && (succeeds || problem?.contains("a.pdf exists already") == true))
                file.discard()
            }
            #expect(names(directory) == ["a.pdf"] && contents(directory + "/a.pdf") == Array("first".utf8))
            #expect(ReportFile.freeName(in: directory, "a", "pdf") == "a-2.pdf")
            try FileManager.default.createSymbolicLink(atPath: directory + "/a-2.pdf", withDestinationPath: directory + "/none")
            #expect(ReportFile.freeName(in: directory, "a", "pdf") == "a-3.pdf", "a symbolic link uses up its name, wherever it points")
        }
    }

    @Test("promise 40: a path that is missing, not a directory or not writable is reported in one clause")
    func directories() async throws {
        try await withDirectory { directory in
            try Data().write(to: URL(fileURLWithPath: directory + "/file"))
            #expect(problem { try ReportFile(in: directory + "/none") }?.contains("No such file or directory") == true)
            #expect(problem { try ReportFile(in: directory + "/file") }?.contains("Not a directory") == true)
            // No user can create files there, not even root.
            let refused = try #require(problem { try ReportFile(in: "/proc/self") })
            #expect(refused.contains("no file can be created in /proc/self"))
            if geteuid() != 0 {
                chmod(directory, 0o500)
                #expect(problem { try ReportFile(in: directory) }?.contains("Permission denied") == true)
                chmod(directory, 0o700)
            }
            #expect(names(directory) == ["file"])
        }
    }

    @Test("promise 40: a directory that disappears while a file is written is an error, and no file is left elsewhere")
    func directoryGone() async throws {
        try await withDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory + "/reports", withIntermediateDirectories: false)
            let file = try ReportFile(in: directory + "/reports")
            try file.write([1])
            // A link at the same path would lead elsewhere if the path were resolved again.
            try FileManager.default.createDirectory(atPath: directory + "/elsewhere", withIntermediateDirectories: false)
            rename(directory + "/reports", directory + "/moved")
            try FileManager.default.createSymbolicLink(atPath: directory + "/reports", withDestinationPath: directory + "/elsewhere")
            #expect(try file.keep(as: Self.name, "pdf") == Self.name + ".pdf")
            #expect(names(directory + "/elsewhere") == [] && names(directory + "/moved") == [Self.name + ".pdf"])
        }
    }

    @Test("promise 40: hidden files that a killed console left a day ago are removed; nothing else is removed")
    func stale() async throws {
        try await withDirectory { directory in
            func make(_ name: String, hoursAgo: Double) throws {
                let path = directory + "/" + name
                try Data().write(to: URL(fileURLWithPath: path))
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -hoursAgo * 3_600)], ofItemAtPath: path)
            }
            try make(".masker-old.part", hoursAgo: 25)
            try make(".masker-new.part", hoursAgo: 23)
            try make("masker-old.part", hoursAgo: 25)
            try make(".masker-old.pdf", hoursAgo: 25)
            try make("victim", hoursAgo: 25)
            try FileManager.default.createSymbolicLink(atPath: directory + "/.masker-link.part", withDestinationPath: directory + "/victim")
            try ReportFile(in: directory).discard()
            #expect(names(directory) == [".masker-link.part", ".masker-new.part", ".masker-old.pdf", "masker-old.part", "victim"])
        }
    }
}
