// swift-tools-version: 6.1
import Glibc
import PackageDescription

/// How the console is linked in a release: `docs/performance.md` says what each of these saves.
let releaseLinking: [LinkerSetting] = {
    var options = ["--no-export-dynamic", "--icf=all", "--script=\(Context.packageDirectory)/scripts/no-unwinding.ld"]
    var name = [CChar](repeating: 0, count: 32)
    confstr(Int32(_CS_GNU_LIBC_VERSION), &name, name.count)
    let version = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: "."))
    // glibc before 2.36 refuses to load packed relocations.
    if let minor = version.dropFirst().first.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }), minor >= 36 {
        options += ["-z", "pack-relative-relocs"]
    }
    return [.unsafeFlags(["-use-ld=lld"] + options.flatMap { ["-Xlinker", $0] }, .when(configuration: .release))]
}()

/// Generic code of one module is used by the next: without this each row that is drawn, sorted or found would cost half as much again.
let acrossModules: [SwiftSetting] = [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

/// The pure tests draw millions of cells, which takes three times as long without the optimizer.
let optimizedForTests: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "masker-tui",
    products: [
        .executable(name: "masker-tui", targets: ["masker-tui"]),
        .executable(name: "masker-mock", targets: ["masker-mock"]),
        .library(name: "MaskerAPI", targets: ["MaskerAPI"]),
        .library(name: "TerminalKit", targets: ["TerminalKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, each behind one thin header.
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
        .target(name: "CTerminal"),
        // Loads libcurl when it is needed; its headers are in libcurl4-openssl-dev.
        .target(name: "CCurl"),

        // The API layer: usable by itself, knows nothing of terminals.
        .target(name: "MaskerAPI", dependencies: ["CCurl", "CZlib"]),

        // The mock server and its command.
        .target(name: "MaskerMock", dependencies: ["MaskerAPI", "CCrypto", "FlyingFox", "Yams"]),
        .executableTarget(
            name: "masker-mock",
            dependencies: ["MaskerMock", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),

        // Full-screen programs in a terminal: printable text, the canvas, keys, lists, widgets, ncurses. Knows no Masker.
        .target(name: "TerminalKit", dependencies: ["CNcurses", "CTerminal"], swiftSettings: acrossModules + optimizedForTests),

        // The console, and its command: the options, and what runs without a screen.
        .target(name: "MaskerTUI", dependencies: ["MaskerAPI", "TerminalKit", "CLibYAML", "CTerminal"], swiftSettings: acrossModules),
        .executableTarget(
            name: "masker-tui",
            dependencies: ["MaskerTUI", "MaskerAPI", "TerminalKit", "CTerminal", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            linkerSettings: releaseLinking
        ),

        .target(name: "TestSupport", dependencies: ["MaskerAPI", "MaskerMock"], path: "Tests/TestSupport"),
        // Runs the tests, and ends what they leave behind.
        .executableTarget(name: "leave-nothing", path: "Tests/LeaveNothing"),
        // Crashes in every way there is, guarded as the console is.
        .executableTarget(name: "crash-probe", dependencies: ["CTerminal"], path: "Tests/CrashProbe"),
        // Layers of the suite, each a process of its own: `scripts/test` has their order.
        .testTarget(name: "MaskerAPITests", dependencies: ["MaskerAPI", "CCurl", "CZlib", "TestSupport"]),
        .testTarget(name: "TerminalKitTests", dependencies: ["TerminalKit", "TestSupport"], exclude: ["Keyboard/terminals.tsv"]),
        .testTarget(
            name: "MaskerTUITests",
            dependencies: ["MaskerTUI", "TerminalKit", "masker-tui", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            exclude: ["Snapshots"]),
        .testTarget(name: "MaskerClientTests", dependencies: ["MaskerAPI", "MaskerMock", "masker-mock", "TestSupport"]),
        .testTarget(name: "MaskerMockTests", dependencies: ["MaskerMock", "masker-mock", "TestSupport"]),
        .testTarget(name: "EndToEndTests", dependencies: ["MaskerTUI", "TerminalKit", "masker-tui", "MaskerMock", "masker-mock", "crash-probe", "leave-nothing", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
