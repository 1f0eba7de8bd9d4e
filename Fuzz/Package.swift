// swift-tools-version: 6.1
// What reads the server's and the user's bytes, under libFuzzer: `make fuzz` in the folder above.
import PackageDescription

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "masker-tui", path: "..")],
    targets: [
        .executableTarget(
            name: "fuzz", dependencies: [.product(name: "MaskerAPI", package: "masker-tui"), .product(name: "TerminalKit", package: "masker-tui")],
            swiftSettings: [.unsafeFlags(["-parse-as-library", "-sanitize=fuzzer"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
    ],
    swiftLanguageModes: [.v6]
)
