/// Which table of a role is meant: `agents.plan.reviewer`, `agents.single.developer`, `agents.developer`.
public struct RoleKey: Hashable, Sendable {
    /// The parts that an agent may play.
    public enum Role: String, CaseIterable, Hashable, Sendable {
        case selector
        case planner
        case developer
        case reviewer
    }

    /// The ways a message is worked on.
    public enum Mode: String, CaseIterable, Hashable, Sendable {
        case single
        case plan
    }

    /// The mode it is written for; nil in the short form, which is for both.
    public let mode: Mode?
    /// The role it is written for.
    public let role: Role

    /// The table of `role` for `mode`; nil for the short form.
    public init(_ mode: Mode?, _ role: Role) {
        self.mode = mode
        self.role = role
    }

    /// The tables that count for `role` in `mode`, the winning one first.
    ///
    /// Plan mode also takes what is written for single mode, but not the other way round.
    static func candidates(for role: Role, in mode: Mode) -> [RoleKey] {
        switch mode {
        case .single: [RoleKey(.single, role), RoleKey(nil, role)]
        case .plan: [RoleKey(.plan, role), RoleKey(.single, role), RoleKey(nil, role)]
        }
    }
}
