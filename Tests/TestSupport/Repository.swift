import Foundation

/// Where the files of this repository are: tests read sources, documents and snapshots.
public enum Repository {
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardizedFileURL
    public static var tests: URL { root.appendingPathComponent("Tests") }
}
