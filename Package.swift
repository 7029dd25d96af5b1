// swift-tools-version: 6.3

import PackageDescription

// One section per layer, leaves first: a target may depend only on sections above its own.
let package = Package(
    name: "cm",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "cm", targets: ["cm"]),
        // Preloaded by tests that kill the program at each step of its journal.
        .library(name: "mortal", type: .dynamic, targets: ["Mortal"]),
    ],
    dependencies: [
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // MARK: C

        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(
            name: "CMarkdown", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .target(name: "CProcess", cSettings: [.treatAllWarnings(as: .error)]),

        // MARK: Mechanisms (know nothing of the domain)

        .target(name: "Changes", dependencies: ["Locking", "Processes"]),
        .target(name: "HTTP", dependencies: ["CCurl", "Locking"]),
        .target(name: "Locking"),
        .target(name: "LocalSockets", dependencies: ["CEpoll", "Locking"]),
        .target(name: "JSONRPC", dependencies: ["Locking", .product(name: "Logging", package: "swift-log")]),
        .target(name: "Markdown", dependencies: ["CMarkdown", "Locking"]),
        .target(
            name: "Processes",
            dependencies: ["CProcess", "Locking", .product(name: "Subprocess", package: "swift-subprocess")]),
        .target(
            name: "Prompts", path: "prompts",
            resources: [
                "offline", "agent-tools", "single-developer", "plan-selector", "plan-planner", "plan-developer",
                "plan-reviewer",
                "task-planner", "crash-analysis", "autofix", "pr-conflicts", "pr-checks", "pr-worktree", "pr-commit",
            ].map { .embedInCode("\($0).md") }),
        .target(name: "Redaction"),
        .target(name: "Settings", dependencies: ["TOMLKit"]),

        // MARK: Core

        .target(name: "Conversation", dependencies: [.product(name: "Logging", package: "swift-log")]),

        // MARK: Adapters (conform to protocols of the core)

        .target(
            name: "AgentShell",
            dependencies: [
                "Conversation", "JSONRPC", "Locking", "Processes", "Redaction",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "Control",
            dependencies: [
                "Conversation", "JSONRPC", "LocalSockets", "Locking", .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Store",
            dependencies: [
                "Conversation", "Locking", "Redaction", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // MARK: Fronts

        .target(name: "REPL", dependencies: ["CEditLine", "Conversation", "Locking", "Markdown", "Processes"]),
        .target(
            name: "TelegramFront",
            dependencies: [
                "Conversation", "HTTP", "JSONRPC", "Locking", "Markdown",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // MARK: Assembly

        .target(
            name: "Commands",
            dependencies: [
                "AgentShell", "Changes", "Control", "Conversation", "HTTP", "JSONRPC", "LocalSockets", "Locking",
                "Processes", "Prompts", "REPL", "Redaction", "Settings", "Store", "TelegramFront",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(name: "cm", dependencies: ["Commands"]),

        // MARK: Tests

        .target(
            name: "TestSupport",
            dependencies: [
                "Conversation", "JSONRPC", "Locking", "Processes", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/TestSupport"),
        // Telegram on this machine, to try the Telegram front by hand.
        .executableTarget(name: "faketelegram", dependencies: ["TestSupport"], path: "Tests/FakeTelegram"),
        .executableTarget(name: "standin", path: "Tests/StandIn"),
        // A server of tools for agents.
        .executableTarget(name: "toolstand", dependencies: ["Control", "JSONRPC"], path: "Tests/ToolStand"),
        .executableTarget(name: "unruly", dependencies: ["Processes"], path: "Tests/Unruly"),
        // Kills the program that preloads it at a step of its journal.
        .target(
            name: "Mortal", path: "Tests/Mortal", cSettings: [.treatAllWarnings(as: .error)],
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        // What programs that measure have in common.
        .target(name: "BenchSupport", path: "Tests/BenchSupport"),
        // Measures one agent shell, or how changes are told, for `make bench`.
        .executableTarget(
            name: "shellbench",
            dependencies: ["AgentShell", "BenchSupport", "Changes", "Conversation", "Processes"],
            path: "Tests/ShellBench"),
        // Measures the redactor for `make bench`.
        .executableTarget(name: "redactbench", dependencies: ["Redaction"], path: "Tests/RedactionBench"),
        // Measures Markdown for `make bench`.
        .executableTarget(name: "markdownbench", dependencies: ["Markdown"], path: "Tests/MarkdownBench"),
        // Measures plan mode for `make bench`.
        .executableTarget(
            name: "planbench", dependencies: ["Conversation", "Store", "TestSupport"], path: "Tests/PlanBench"),
        // Measures the core behind its socket, with many clients, for `make bench`.
        .executableTarget(
            name: "controlbench",
            dependencies: [
                "BenchSupport", "Control", "Conversation", "LocalSockets", "Locking", "Store", "TestSupport",
            ],
            path: "Tests/ControlBench"),
        // Measures the built program as people see it in Telegram, for `make bench`.
        .executableTarget(
            name: "telegrambench",
            dependencies: [
                "AgentShell", "BenchSupport", "Conversation", "JSONRPC", "Locking", "Processes", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/TelegramBench"),
        // Measures exchanges over loopback, for `make bench`.
        .executableTarget(name: "httpbench", dependencies: ["HTTP"], path: "Tests/HTTPBench"),
        // Measures how long a line of the traces takes, for `make bench`.
        .executableTarget(
            name: "tracebench", dependencies: ["Conversation", "Redaction", "Store"], path: "Tests/TraceBench"),
        .testTarget(
            name: "AgentShellTests",
            dependencies: [
                "AgentShell", "Conversation", "JSONRPC", "Processes", "TestSupport", "standin", "toolstand", "unruly",
            ]),
        .testTarget(name: "ChangesTests", dependencies: ["Changes", "Processes", "TestSupport"]),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Conversation", "JSONRPC", "Locking", "Settings", "Store", "TelegramFront", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ControlTests",
            dependencies: [
                "Control", "Conversation", "JSONRPC", "LocalSockets", "Locking", "TestSupport", "toolstand",
                .product(name: "Logging", package: "swift-log"),
            ],
            // Read where it lies.
            exclude: ["Wire/events.jsonl"]),
        .testTarget(name: "ConversationTests", dependencies: ["Conversation", "TestSupport"]),
        .testTarget(name: "HTTPTests", dependencies: ["CCurl", "HTTP", "Locking", "TestSupport"]),
        .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC", "TestSupport"]),
        .testTarget(name: "LocalSocketsTests", dependencies: ["JSONRPC", "LocalSockets", "TestSupport"]),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "TestSupport"]),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes", "TestSupport", "unruly"]),
        .testTarget(name: "PromptsTests", dependencies: ["Prompts"]),
        .testTarget(
            name: "REPLTests", dependencies: ["Conversation", "Locking", "Markdown", "REPL", "TestSupport"]),
        .testTarget(name: "RedactionTests", dependencies: ["Redaction", "TestSupport"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "StoreTests", dependencies: ["Conversation", "Redaction", "Store", "TestSupport"]),
        .testTarget(name: "TestSupportTests", dependencies: ["JSONRPC", "Locking", "TestSupport"]),
        .testTarget(
            name: "TelegramFrontTests",
            dependencies: [
                "Conversation", "HTTP", "JSONRPC", "Locking", "Markdown", "TelegramFront", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        // The built program, driven from outside: piped, killed, on a terminal, and with the real agents.
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "JSONRPC", "TestSupport", "cm", "standin", "unruly", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .enableUpcomingFeature("InferIsolatedConformances"),
            .treatAllWarnings(as: .error),
        ]
}
