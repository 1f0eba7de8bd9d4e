// swift-tools-version: 6.1
// Micro-benchmarks of what the console does with a key or a page. The console is an executable, which no other program can
// import; here its sources are a library.
import PackageDescription

let package = Package(
    name: "console-benchmarks",
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
    targets: [
        .systemLibrary(name: "CNcurses", path: "Sources/CNcurses"),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
        .systemLibrary(name: "CLibYAML", path: "Sources/CLibYAML"),
        .target(name: "CTerminal", path: "Sources/CTerminal"),
        .target(name: "CCurl", path: "Sources/CCurl"),
        .target(name: "MaskerAPI", dependencies: ["CCurl", "CZlib"], path: "Sources/MaskerAPI"),
        .target(
            name: "MaskerTUI",
            dependencies: [
                "MaskerAPI", "CNcurses", "CLibYAML", "CTerminal", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/MaskerTUI",
            // Its `main` is not the program's, and what is internal can be measured.
            swiftSettings: [.unsafeFlags(["-enable-testing", "-Xfrontend", "-entry-point-function-name", "-Xfrontend", "console_main"])]),
        .executableTarget(name: "measure-console", dependencies: ["MaskerTUI", "MaskerAPI"], path: "measure"),
        // For `make bench-quick`: what Swift cannot call.
        .target(name: "CMeasuring", path: "CMeasuring"),
        .executableTarget(name: "measure-steps", dependencies: ["MaskerTUI", "MaskerAPI", "CMeasuring"], path: "steps"),
    ],
    swiftLanguageModes: [.v6]
)
