// swift-tools-version: 6.1
// Micro-benchmarks of the API layer; a package of its own, so that neither a build nor the tests wait for it.
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "masker-tui", path: "../..")],
    targets: [
        .executableTarget(name: "benchmark", dependencies: [.product(name: "MaskerAPI", package: "masker-tui")])
    ],
    swiftLanguageModes: [.v6]
)
