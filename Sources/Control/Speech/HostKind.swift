/// What a process is that hosts the core of a workspace.
public enum HostKind: String, Hashable, Sendable {
    /// A conversation in a terminal.
    case chat
    /// One question.
    case ask
    /// The monitor.
    case monitor
    /// One that only newer versions know.
    case other
}

/// The process that hosts the core of a workspace.
public struct ControlHost: Hashable, Sendable {
    /// Which process it is.
    public var pid: Int32
    /// What it is.
    public var kind: HostKind

    /// Describes a host.
    public init(pid: Int32, kind: HostKind) {
        self.pid = pid
        self.kind = kind
    }
}
