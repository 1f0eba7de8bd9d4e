// swift-tools-version: 6.1
// Micro-benchmarks of the API layer. A separate package, so that other builds and the tests do not build it.
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "masker-tui", path: "../..")],
    targets: [
        .executableTarget(name: "benchmark", dependencies: [.product(name: "MaskerAPI", package: "masker-tui")])
    ],
    swiftLanguageModes: [.v6]
)
