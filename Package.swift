// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// Nobody looks a symbol up in the finished program, and relocations in the short form are 3 MB less: together a tenth of
// the memory of a run. lld, because gold does not know the form; the loader must be glibc 2.36 (Debian 12) or later.
let small = [
    "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
]

// Everything that the loader binds is bound and made read-only before main(), and no stack is executable.
let closed = ["relro", "now", "noexecstack"].flatMap { ["-Xlinker", "-z", "-Xlinker", $0] }

// Bytes from outside go through the C and C++ targets: a buffer that overruns ends the process. `make release` has the
// first two also for the dependencies' C. Without an optimization the third is a warning.
let stackGuards = ["-fstack-protector-strong", "-fstack-clash-protection"]
let guardedC: [CSetting] = [
    .unsafeFlags(stackGuards, .when(platforms: [.linux], configuration: .release)),
    .define("_FORTIFY_SOURCE", to: "3", .when(platforms: [.linux], configuration: .release)),
]
let guardedCXX: [CXXSetting] = [
    .unsafeFlags(stackGuards, .when(platforms: [.linux], configuration: .release)),
    .define("_FORTIFY_SOURCE", to: "3", .when(platforms: [.linux], configuration: .release)),
]

// The commit, for `rollcall version`. A debug build would compile and link again after every commit.
let buildInformation: [CSetting] = [
    .define(
        "BUILD_COMMIT", to: "\"\(Context.gitInformation?.currentCommit ?? "")\"", .when(configuration: .release))
]

let package = Package(
    name: "rollcall",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "rollcall", targets: ["rollcall"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        // Without its default trait, which is for Foundation's types.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .target(name: "Domain", swiftSettings: strict),
        .target(name: "Populations", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "People", dependencies: ["Domain"], swiftSettings: strict),
        .systemLibrary(
            name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
        .target(name: "Hashing", dependencies: ["CNettle"], swiftSettings: strict),
        .systemLibrary(
            name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
        .systemLibrary(
            name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .target(
            name: "Readers", dependencies: ["Domain", "CExpat", "CZip", "People", "WordTable"], swiftSettings: strict),
        .target(name: "WordTable", swiftSettings: strict),
        .systemLibrary(
            name: "CSimdjson", pkgConfig: "simdjson",
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
        .target(name: "CListing", dependencies: ["CSimdjson"], cSettings: guardedC, cxxSettings: guardedCXX),
        .target(name: "JSONReading", dependencies: ["CListing"], swiftSettings: strict),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .target(name: "CCourier", dependencies: ["CCurl"], cSettings: guardedC),
        .target(
            name: "WorkspaceAPI",
            dependencies: [
                "CCourier", "CListing", "Domain", "Hashing", "JSONReading", "Populations",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(name: "CColumns", cSettings: guardedC),
        .target(name: "Planning", dependencies: ["Domain"], swiftSettings: strict),
        .target(name: "Execution", dependencies: ["Domain"], swiftSettings: strict),
        .target(
            name: "Settings",
            dependencies: [
                "Domain", .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Ledger",
            dependencies: [
                "Domain", "Hashing", "Populations",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
        .target(
            name: "Reports",
            dependencies: [
                "Domain", "CXlsxWriter", "Hashing", "JSONReading", "People", "Templates",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),
        .target(
            name: "Templates", path: "templates",
            resources: [
                .embedInCode("block.mustache"), .embedInCode("foot.mustache"), .embedInCode("head.mustache"),
                .embedInCode("script.js"), .embedInCode("style.css"), .embedInCode("table-end.mustache"),
                .embedInCode("table.mustache"),
            ],
            swiftSettings: strict),
        .target(
            name: "Sandbox",
            dependencies: [
                "Domain", "JSONReading",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("GraphQL/schema.graphql")],
            swiftSettings: strict),
        .target(
            name: "TerminalIO", dependencies: ["CColumns", "CProcess", "Domain", "Reports", "Settings"],
            swiftSettings: strict),
        .target(
            name: "Connections",
            dependencies: [
                "Domain", "Hashing", "Ledger", "Populations", "Reports", "Settings", "TerminalIO", "WorkspaceAPI",
            ],
            swiftSettings: strict),
        .target(
            name: "Reviewing",
            dependencies: [
                "CBuild", "Connections", "Domain", "Hashing", "Ledger", "People", "Planning", "Populations", "Readers",
                "Reports", "TerminalIO", "WorkspaceAPI",
            ],
            swiftSettings: strict),
        .target(name: "CProcess", cSettings: guardedC),
        .target(name: "CBuild", cSettings: guardedC + buildInformation),
        .target(
            name: "Runs",
            dependencies: [
                "Connections", "Domain", "Execution", "Hashing", "Ledger", "Planning", "Readers", "Reports",
                "Reviewing", "Settings", "TerminalIO", "WorkspaceAPI",
            ],
            swiftSettings: strict),
        .target(
            name: "Sealing",
            dependencies: ["Domain", "Hashing", "Reports", "Settings", "TerminalIO", "WorkspaceAPI"],
            swiftSettings: strict),
        .target(
            name: "Verification",
            dependencies: [
                "Domain", "Hashing", "Ledger", "People", "Planning", "Populations", "Readers", "Reports", "Reviewing",
                "Sealing",
                "TerminalIO", "WorkspaceAPI",
            ],
            swiftSettings: strict),
        .target(
            name: "Packing",
            dependencies: ["CZip", "Domain", "Hashing", "Reports", "Reviewing", "TerminalIO", "Verification"],
            swiftSettings: strict),
        .executableTarget(
            name: "rollcall",
            dependencies: [
                "CBuild", "CProcess", "Connections", "Domain", "Ledger", "Packing", "People", "Planning", "Populations",
                "Readers", "Reports", "Reviewing", "Runs", "Sandbox", "Sealing", "Settings", "TerminalIO",
                "Verification", "WorkspaceAPI",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(small + closed, .when(platforms: [.linux], configuration: .release))]),
        // Stands before libcurl and the C library in the tests' own process, and makes faults to order.
        .target(name: "CLibraryFaults", path: "Tests/CLibraryFaults"),
        .testTarget(
            name: "WorkspaceAPITests",
            dependencies: [
                "CCourier", "CLibraryFaults", "Domain", "JSONReading", "Populations", "WorkspaceAPI",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["tls_server.py"], swiftSettings: strict),
        .testTarget(
            name: "SettingsTests", dependencies: ["Domain", "Lanes", "Settings"], swiftSettings: strict),
        .testTarget(name: "ExecutionTests", dependencies: ["Domain", "Execution"], swiftSettings: strict),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: [
                "Domain", "Hashing", "Lanes", "Reports", "rollcall", "TerminalIO", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: [
                "counting_server.py", "fill.py", "hostile_workbook.py", "on_terminal.py", "run_lines.py",
                "stalled_terminal.py", "tsa_server.py", "workspace_server.py",
            ], swiftSettings: strict),
        .testTarget(name: "TerminalIOTests", dependencies: ["Domain", "TerminalIO"], swiftSettings: strict),
        .testTarget(
            name: "ReviewingTests", dependencies: ["Hashing", "Readers", "Reports", "Reviewing", "TerminalIO"],
            swiftSettings: strict),
        .testTarget(
            name: "RunsTests",
            dependencies: ["Domain", "Execution", "Hashing", "Reports", "Runs", "TerminalIO"], swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Domain", "Execution", "Ledger", "Planning", "WorkspaceAPI",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
        .testTarget(name: "JSONReadingTests", dependencies: ["JSONReading"], swiftSettings: strict),
        .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: strict),
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
        .testTarget(name: "PopulationsTests", dependencies: ["Domain", "Populations"], swiftSettings: strict),
        .testTarget(name: "PlanningTests", dependencies: ["Domain", "Planning"], swiftSettings: strict),
        // Threads for tests that wait.
        .target(name: "Lanes", path: "Tests/Lanes", swiftSettings: strict),
        // Workbooks as no program writes them.
        .target(name: "TestWorkbooks", path: "Tests/TestWorkbooks", swiftSettings: strict),
        .testTarget(name: "PeopleTests", dependencies: ["Domain", "People"], swiftSettings: strict),
        .testTarget(
            name: "ReadersTests", dependencies: ["Domain", "People", "Readers", "TestWorkbooks"], swiftSettings: strict),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Domain", "Lanes", "Sandbox",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["CXlsxWriter", "Domain", "Hashing", "Reports"], exclude: ["workbook.py"],
            swiftSettings: strict),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Domain", "Ledger", "Populations", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// Bytes from outside are fuzzed by libFuzzer, which brings its own main(), or tested from a seed.
if Context.environment["ROLLCALL_FUZZ"] == nil {
    package.targets.append(
        .testTarget(
            name: "HostileBytesTests",
            dependencies: ["Domain", "JSONReading", "Populations", "Readers", "TestWorkbooks", "WorkspaceAPI"],
            exclude: ["Fuzz.swift"], swiftSettings: strict))
} else {
    let fuzzer = ["-sanitize=fuzzer,address", "-parse-as-library"]
    // Without its marks in the targets themselves, the fuzzer would not see where an input leads to.
    for target in package.targets
    where ["Domain", "JSONReading", "Populations", "Readers", "WorkspaceAPI"].contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer,address"])]
    }
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: ["Domain", "JSONReading", "Populations", "Readers", "TestWorkbooks", "WorkspaceAPI"],
            path: "Tests/HostileBytesTests",
            exclude: ["HostileBytesTests.swift"], swiftSettings: strict + [.unsafeFlags(fuzzer)],
            // Two entry points meet here: the package manager's and libFuzzer's own, which is not used.
            linkerSettings: [.unsafeFlags(fuzzer + ["-use-ld=lld", "-Xlinker", "--allow-multiple-definition"])]))
}

// Parts of the program, measured alone: `ROLLCALL_BENCH=1 swift run -c release parts`.
if Context.environment["ROLLCALL_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "parts",
            dependencies: [
                "Domain", "Ledger", "Populations", "Readers", "Reports", "WorkspaceAPI",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Benchmarks/parts", swiftSettings: strict))
}
