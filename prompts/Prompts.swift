/// The prompt texts, embedded in the program at build time.
///
/// In a text `{{name}}` stands for the value of a ``Variable``. Files of the user's can replace all but ``offline`` and ``agentTools``.
///
/// | variable | is | in |
/// |---|---|---|
/// | `{{tools}}` | the tools, one a line, each with what it does | `agent-tools` |
/// | `{{directory}}` | where the agent works, an absolute path | all prompts that can be replaced |
/// | `{{profile}}` | the name of the profile | `single-developer`, `plan-*` |
/// | `{{project}}` | the name of the project | `task-planner`, `crash-analysis`, `autofix`, `pr-*` |
/// | `{{branch}}` | the branch of the work | `autofix`, `pr-*` |
/// | `{{target}}` | the branch that the work is for, such as `origin/main` | `pr-*` |
/// | `{{title}}` | the title of the task | `pr-*` |
/// | `{{task}}` | what the task asks for; for `task-planner` the wish | `task-planner`, `pr-*` |
/// | `{{board}}` | the open tasks, one a line | `task-planner` |
/// | `{{count}}` | how many: tasks; repeats; files | `task-planner`; `autofix`; `pr-conflicts`, `pr-commit` |
/// | `{{files}}` | the files it is about, one a line | `autofix`, `pr-conflicts`, `pr-commit` |
/// | `{{error}}` | what went wrong | `crash-analysis`, `autofix`, `pr-checks`, `pr-worktree` |
/// | `{{log}}` | the end of what was printed | `crash-analysis`, `autofix`, `pr-checks` |
public enum Prompt: String, CaseIterable, Sendable {
    /// What the offline agent says about itself: what it is, and how to get a real agent.
    case offline
    /// Tells agents of the tools by which they ask and steer the program that runs them.
    case agentTools = "agent-tools"
    /// Does the work of single mode; used only where the settings choose it.
    case singleDeveloper = "single-developer"
    /// Decides whether a message needs a plan; answers JSON.
    case planSelector = "plan-selector"
    /// Writes the plan.
    case planPlanner = "plan-planner"
    /// Does the work of a plan.
    case planDeveloper = "plan-developer"
    /// Judges the work; answers JSON.
    case planReviewer = "plan-reviewer"
    /// Turns a wish into tasks on the board; answers JSON.
    case taskPlanner = "task-planner"
    /// Explains why a program has ended.
    case crashAnalysis = "crash-analysis"
    /// Repairs an error that keeps coming back.
    case autofix
    /// Resolves the conflicts of a rebase.
    case prConflicts = "pr-conflicts"
    /// Repairs what the checks before a push have found.
    case prChecks = "pr-checks"
    /// Puts a worktree in order whose pull request failed at once.
    case prWorktree = "pr-worktree"
    /// Commits what an agent left uncommitted where `cm` cannot do it.
    case prCommit = "pr-commit"

    /// Those that files can replace, in their order.
    public static let replaceable = allCases.filter { $0 != .offline && $0 != .agentTools }

    /// What people call it: the name of its file without `.md`.
    public var name: String { rawValue }

    /// What an earlier system calls it in `agentPrompts`; nil when that has no such prompt.
    public var earlierName: String? { self == .taskPlanner ? "planner" : nil }

    /// The text as it is embedded, without the line feed at its end.
    public var text: String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The variables that have a value in it, also in a text that replaces it.
    public var variables: [Variable] {
        switch self {
        case .offline: []
        case .agentTools: [.tools]
        case .singleDeveloper, .planSelector, .planPlanner, .planDeveloper, .planReviewer: [.directory, .profile]
        case .taskPlanner: [.directory, .project, .task, .board, .count]
        case .crashAnalysis: [.directory, .project, .error, .log]
        case .autofix: [.directory, .project, .branch, .count, .files, .error, .log]
        case .prConflicts, .prCommit: [.directory, .project, .branch, .target, .title, .task, .count, .files]
        case .prChecks: [.directory, .project, .branch, .target, .title, .task, .error, .log]
        case .prWorktree: [.directory, .project, .branch, .target, .title, .task, .error]
        }
    }

    private var bytes: [UInt8] {
        switch self {
        case .offline: PackageResources.offline_md
        case .agentTools: PackageResources.agent_tools_md
        case .singleDeveloper: PackageResources.single_developer_md
        case .planSelector: PackageResources.plan_selector_md
        case .planPlanner: PackageResources.plan_planner_md
        case .planDeveloper: PackageResources.plan_developer_md
        case .planReviewer: PackageResources.plan_reviewer_md
        case .taskPlanner: PackageResources.task_planner_md
        case .crashAnalysis: PackageResources.crash_analysis_md
        case .autofix: PackageResources.autofix_md
        case .prConflicts: PackageResources.pr_conflicts_md
        case .prChecks: PackageResources.pr_checks_md
        case .prWorktree: PackageResources.pr_worktree_md
        case .prCommit: PackageResources.pr_commit_md
        }
    }
}
