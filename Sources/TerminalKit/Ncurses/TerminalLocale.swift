import Glibc

/// The user's locale. The console only needs to know whether the terminal uses UTF-8.
public enum TerminalLocale {
    /// Sets the locale that the environment names. If the C library lacks one part of it, such as the `LC_CTYPE=UTF-8` that macOS
    /// sends over SSH, it sets nothing; then UTF-8 is recognised by its name.
    public static func adopt(_ environment: [String: String]) {
        guard setlocale(LC_ALL, "") == nil, setlocale(LC_CTYPE, "") == nil, namesUTF8(environment) else { return }
        setlocale(LC_CTYPE, "C.UTF-8")
    }

    /// Whether the codeset of the effective locale is UTF-8: `UTF-8`, `de_DE.utf8`, `en_US.UTF-8@euro`.
    static func namesUTF8(_ environment: [String: String]) -> Bool {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let withoutModifier = name.prefix { $0 != "@" }
        let codeset = withoutModifier.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        return ["utf8", "utf-8"].contains(codeset.lowercased())
    }
}
