import TestSupport
import Testing

@testable import TerminalKit

@Suite("The locale's codeset", .ownThread)
struct TerminalLocaleTests {
    @Test("UTF-8 is taken by its name, from the variable that counts", arguments: [
        (["LC_CTYPE": "UTF-8"], true), (["LC_CTYPE": "UTF-8", "LANG": "C"], true), (["LANG": "de_DE.utf8"], true), (["LANG": "xx_XX.UTF-8@euro"], true),
        (["LC_ALL": "", "LANG": "en_US.UTF8"], true), (["LC_ALL": "fr_FR.UTF-8", "LC_CTYPE": "C"], true), (["LANG": "utf-8"], true),
        (["LC_ALL": "C", "LC_CTYPE": "UTF-8"], false), (["LANG": "de_DE.ISO-8859-1"], false), (["LANG": "de_DE"], false), ([:], false),
        (["LC_CTYPE": "de_DE@euro", "LANG": "C.UTF-8"], false), (["LC_TIME": "en_US.UTF-8"], false), (["LANG": "UTF-16"], false),
    ])
    func names(environment: [String: String], isUTF8: Bool) { #expect(TerminalLocale.namesUTF8(environment) == isUTF8) }
}
