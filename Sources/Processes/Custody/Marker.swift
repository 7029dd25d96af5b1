/// What tells a child of ours from all other processes, whoever its parent has become.
///
/// As text it is `WORKSPACE.PID-START.NUMBER`: the workspace, the core, and the child.
struct Marker: Hashable, Sendable {
    /// The environment variable that carries it.
    static let variable = "CM_CHILD"

    let workspace: String
    private let corePID: Int32
    private let coreStart: UInt64
    let number: Int

    init(workspace: String, core: ProcessIdentity, number: Int) {
        self.workspace = workspace
        corePID = core.pid
        coreStart = core.startTime
        self.number = number
    }

    /// The core, taken for one of this run of the system; running processes have no other.
    var core: ProcessIdentity { ProcessIdentity(pid: corePID, startTime: coreStart) }

    /// `key` in the characters that a marker takes.
    static func workspace(_ key: String) -> String {
        String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }

    /// What the markers of all children of a workspace begin with.
    static func prefix(of workspace: String) -> String { "\(workspace)." }
}

extension Marker: LosslessStringConvertible {
    var description: String { "\(Self.prefix(of: workspace))\(corePID)-\(coreStart).\(number)" }

    init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let number = Int(parts[2]) else { return nil }
        let core = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard core.count == 2, let pid = Int32(core[0]), pid > 0, let start = UInt64(core[1]) else { return nil }
        workspace = String(parts[0])
        corePID = pid
        coreStart = start
        self.number = number
        // Leading zeros and signs would give one child several names.
        guard self.description == description else { return nil }
    }
}
