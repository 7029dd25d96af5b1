/// The prompt texts, embedded in the program at build time.
///
/// In a text `{{directory}}` stands for where the agent works and `{{profile}}` for the name of the profile.
public enum Prompt: String, CaseIterable, Sendable {
    /// What the offline agent says about itself: what it is, and how to get a real agent.
    case offline
    /// Decides whether a message needs a plan; answers JSON.
    case planSelector
    /// Writes the plan.
    case planPlanner
    /// Does the work of a plan.
    case planDeveloper
    /// Judges the work; answers JSON.
    case planReviewer

    /// What the variables of a text stand for.
    public struct Place: Hashable, Sendable {
        /// Where the agent works, an absolute path.
        public var directory: String
        /// The name of the profile.
        public var profile: String

        /// Creates a place from its parts.
        public init(directory: String, profile: String) {
            self.directory = directory
            self.profile = profile
        }
    }

    /// The text as it is embedded, without the line feed at its end.
    public var text: String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The text for `place`.
    public func text(in place: Place) -> String { Self.render(text, in: place) }

    /// `text` with its variables replaced; other words in braces stay as they are.
    public static func render(_ text: String, in place: Place) -> String {
        text.replacing("{{directory}}", with: place.directory).replacing("{{profile}}", with: place.profile)
    }

    private var bytes: [UInt8] {
        switch self {
        case .offline: PackageResources.offline_md
        case .planSelector: PackageResources.plan_selector_md
        case .planPlanner: PackageResources.plan_planner_md
        case .planDeveloper: PackageResources.plan_developer_md
        case .planReviewer: PackageResources.plan_reviewer_md
        }
    }
}
