/// The certificate authorities whose servers and proxies are trusted.
public struct TrustedAuthorities: Sendable, Equatable {
    /// A PEM file; nil for the system's.
    public var file: String?
    /// A directory in OpenSSL's form, or several with colons between them; nil for the system's.
    public var directory: String?
    /// Whether the file is all that is trusted.
    public var isFileAlone = false

    /// The system's authorities.
    public static let system = TrustedAuthorities()

    private init() {}

    /// - Parameters:
    ///   - caFile: the file of `--ca-file`. It is all that is trusted, and the variables do not count then.
    ///   - environment: has `SSL_CERT_FILE` and `SSL_CERT_DIR`. As in OpenSSL and curl, each replaces its part of the system's
    ///     authorities, and an empty one counts as unset.
    public init(caFile: String?, environment: [String: String] = [:]) {
        file = caFile
        isFileAlone = caFile != nil
        guard caFile == nil else { return }
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        file = value(Self.fileVariable)
        directory = value(Self.directoryVariable)
    }

    public static let fileVariable = "SSL_CERT_FILE", directoryVariable = "SSL_CERT_DIR"

    /// Where the file comes from, for messages; nil for the system's.
    public var fileOrigin: String? { file.map { _ in isFileAlone ? "--ca-file" : Self.fileVariable } }
}
