import Foundation

/// Writes files of earlier versions for tests. Only their owner can read them; otherwise the program would not use them.
public enum KeptFiles {
    /// A file as version 0.1.0 wrote it.
    public static func place(_ name: String, at path: String) throws {
        try place(try Data(contentsOf: Repository.tests.appendingPathComponent("Fixtures/0.1.0/\(name)")), at: path)
    }

    public static func place(text: String, at path: String) throws { try place(Data(text.utf8), at: path) }

    private static func place(_ data: Data, at path: String) throws {
        let directory = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try data.write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    public static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The content of the file, read with Foundation instead of the program's own reader.
    public static func object(_ path: String) throws -> NSDictionary {
        guard let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? NSDictionary else {
            throw CocoaError(.coderInvalidValue)
        }
        return object
    }
}
