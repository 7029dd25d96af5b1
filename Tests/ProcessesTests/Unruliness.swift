import Foundation
import Processes
import Testing

/// A way in which a child misbehaves.
enum Misbehaviour: String, CaseIterable, CustomTestStringConvertible {
    case ignoresTermination = "--ignore-term"
    case ignoresEndOfInput = "--ignore-eof"
    case leavesSession = "--leave-session"
    case losesParent = "--lose-parent"
    case clearsEnvironment = "--clear-environment"

    var testDescription: String { rawValue }

    /// Each alone, and all together.
    static let combinations: [[Misbehaviour]] = [[]] + allCases.map { [$0] } + [allCases]
}

/// Children of the program `unruly` in a place of their own, and what they leave behind.
struct Unruliness {
    let folder: String
    let workspace = "project-\(UInt32.random(in: .min ... .max))"
    private let roll: String

    init() throws {
        folder = NSTemporaryDirectory() + "custody-\(UUID().uuidString)"
        roll = folder + "/roll"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Removes the place; what may still run is killed, so that a test that fails leaves nothing either.
    func remove() {
        for identity in identities { identity.signal(SIGKILL) }
        // Another test's failure would be no news.
        try? FileManager.default.removeItem(atPath: folder)
    }

    var records: String { folder + "/children" }

    /// The names of the records that are left; the directory may not have been needed.
    var recordNames: [String] { (try? FileManager.default.contentsOfDirectory(atPath: records)) ?? [] }

    func custody(isGuarded: Bool = true, log: @escaping @Sendable (String) -> Void = { _ in }) -> Custody {
        Custody(
            workspace: workspace, directory: records, guardedBy: isGuarded ? Self.program : nil, log: log)
    }

    /// The arguments of `unruly` for a child that writes who it is.
    func arguments(_ misbehaviours: [Misbehaviour], children: Int = 2) -> [String] {
        misbehaviours.map(\.rawValue) + ["--children", "\(children)", "--roll", roll]
    }

    func child(
        _ misbehaviours: [Misbehaviour], children: Int = 2, more: [String] = [], isGuarded: Bool = true
    ) -> ChildProcess {
        var child = ChildProcess(
            Self.program, arguments: ["child"] + arguments(misbehaviours, children: children) + more,
            environment: [:], grace: .milliseconds(100))
        child.custody = custody(isGuarded: isGuarded)
        return child
    }

    /// A core of its own that has such a child.
    func host(_ misbehaviours: [Misbehaviour], isGuarded: Bool = true) -> ChildProcess {
        let words = ["host", workspace, records, isGuarded ? "guarded" : "bare"]
        return ChildProcess(
            Self.program, arguments: words + arguments(misbehaviours), environment: [:], grace: .milliseconds(100))
    }

    /// The child and all that it started, as they have told so far.
    var identities: [ProcessIdentity] {
        // None has come so far yet.
        let text = (try? String(contentsOfFile: roll, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { ProcessIdentity(String($0)) }
    }

    var running: [ProcessIdentity] { identities.filter(\.isRunning) }

    /// Waits until none runs any more, or ten seconds have passed.
    func quiets() async throws -> Bool { try await comesTrue { running.isEmpty } }

    /// The built program `unruly`, which is beside the bundle of tests.
    static let program: String = {
        var places = CommandLine.arguments.filter { $0.contains(".xctest") }
        places += Bundle.allBundles.map(\.bundlePath) + [Bundle.main.bundlePath]
        for place in places {
            var url = URL(filePath: place)
            while url.pathComponents.count > 1 {
                let path = url.appending(path: "unruly").path(percentEncoded: false)
                if FileManager.default.isExecutableFile(atPath: path) { return path }
                url.deleteLastPathComponent()
            }
        }
        preconditionFailure("unruly is in no directory around \(places)")
    }()
}

/// Looks until `condition` holds, for ten seconds; nothing tells of what strangers do.
func comesTrue(_ condition: () throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while try !condition() {
        guard ContinuousClock.now < deadline else { return false }
        try await Task.sleep(for: .milliseconds(5))
    }
    return true
}

extension RunningChild {
    /// Waits until `unruly` and all that it starts are there.
    func isReady() async throws {
        var iterator = lines.makeAsyncIterator()
        let line = try await iterator.next()
        #expect(line?.hasPrefix("ready ") == true)
    }
}
