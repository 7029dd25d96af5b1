import Foundation
import Testing

extension ShellUnderTest {
    /// Those that need nothing but this package.
    static let all = [offline, command, standIn]

    /// The released agents.
    static let released = [
        codex("0.163.0", program: "/codex-0.163.0/bin/codex", sandbox: "workspace-write"),
        // The sandbox is not part of this package of Codex.
        codex("0.147.0", program: "/codex-0.147.0/codex", sandbox: "danger-full-access"),
        codexMCP, copilot,
    ]
}

/// The released agents, if somebody fetched them for the tests.
enum ReleasedAgents {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents) to run the real agents"
    /// Where they are; empty when the tests are to do without.
    static let folder = ProcessInfo.processInfo.environment["CM_TEST_AGENTS"] ?? ""
    static var areThere: Bool { !folder.isEmpty }
}
