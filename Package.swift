// swift-tools-version: 6.0
import PackageDescription

/// Warnings stop our own builds, but must never stop a build that only depends on us.
let strict = Context.environment["PERFTOP_STRICT"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

let package = Package(
  name: "perftop",
  products: [
    .library(name: "Monitors", targets: ["Monitors"]),
    .executable(name: "perftop", targets: ["perftop"]),
    .executable(name: "perftop-deliver", targets: ["perftop-deliver"]),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CJansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CSystem"),
    .target(
      name: "Monitors", dependencies: ["CSystem", "CJansson", "CSQLite", "CYaml"],
      swiftSettings: settings),
    .executableTarget(
      name: "perftop", dependencies: ["Monitors", "CNcurses", "CSystem"],
      swiftSettings: settings),
    .executableTarget(
      name: "perftop-deliver", dependencies: ["CCurl", "CSystem"], path: "Sources/Deliver",
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Monitors", "CSystem"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .executableTarget(name: "FaultTool", path: "Tests/FaultTool", exclude: ["preload"]),
    .executableTarget(
      name: "JournalTool", dependencies: ["Monitors"], path: "Tests/JournalTool",
      swiftSettings: settings),
    .executableTarget(
      name: "collector-swift", dependencies: ["Monitors"], path: "examples/collector-swift",
      exclude: ["README.md"], swiftSettings: settings),
    .executableTarget(
      name: "perftop-bench", dependencies: ["Monitors", "TestSupport"], path: "Benchmarks",
      exclude: ["live"], swiftSettings: settings),
    .testTarget(
      name: "MonitorsTests", dependencies: ["Monitors", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "perftopTests", dependencies: ["perftop", "Monitors", "TestSupport"],
      exclude: ["Panes/Goldens"], swiftSettings: settings),
    .testTarget(
      name: "SessionTests", dependencies: ["TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "HouseTests", dependencies: ["TestSupport", "Monitors"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
