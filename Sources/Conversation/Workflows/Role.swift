/// The parts that agents play in working on a message.
public enum Role: String, CaseIterable, Sendable {
    /// Decides whether a message needs a plan.
    case selector
    /// Writes the plan.
    case planner
    /// Does the work.
    case developer
    /// Judges the work.
    case reviewer

    /// Whether it only looks, on a thread of its own that is forgotten afterwards.
    public var readsOnly: Bool { self != .developer }
}

/// How a role is played.
public struct RoleSettings: Hashable, Sendable {
    /// The model; nil for the agent's own.
    public var model: String?
    /// The first part of what the agent is told in this role; nil for nothing.
    public var prompt: String?
    /// The name of the agent; nil for that of the session.
    public var executor: String?

    /// Creates settings; by default the session's agent as it is.
    public init(model: String? = nil, prompt: String? = nil, executor: String? = nil) {
        self.model = model
        self.prompt = prompt
        self.executor = executor
    }
}
