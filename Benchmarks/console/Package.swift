// swift-tools-version: 6.1
// Micro-benchmarks of how the console handles a key or a page.
import PackageDescription

let package = Package(
    name: "console-benchmarks",
    targets: [
        .systemLibrary(name: "CNcurses", path: "Sources/CNcurses"),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
        .systemLibrary(name: "CLibYAML", path: "Sources/CLibYAML"),
        .target(name: "CTerminal", path: "Sources/CTerminal"),
        .target(name: "CCurl", path: "Sources/CCurl"),
        .target(name: "MaskerAPI", dependencies: ["CCurl", "CZlib"], path: "Sources/MaskerAPI"),
        .target(
            name: "TerminalKit", dependencies: ["CNcurses", "CTerminal"], path: "Sources/TerminalKit",
            swiftSettings: [.unsafeFlags(["-cross-module-optimization"])]),
        .target(
            name: "MaskerTUI", dependencies: ["MaskerAPI", "TerminalKit", "CLibYAML", "CTerminal"], path: "Sources/MaskerTUI",
            // Internal functions can be measured.
            swiftSettings: [.unsafeFlags(["-enable-testing", "-cross-module-optimization"])]),
        .executableTarget(name: "measure-console", dependencies: ["MaskerTUI", "TerminalKit", "MaskerAPI"], path: "measure"),
        // For `make bench-quick`: C functions and macros that Swift cannot call.
        .target(name: "CMeasuring", path: "CMeasuring"),
        .executableTarget(name: "measure-steps", dependencies: ["MaskerTUI", "TerminalKit", "MaskerAPI", "CMeasuring"], path: "steps"),
    ],
    swiftLanguageModes: [.v6]
)
