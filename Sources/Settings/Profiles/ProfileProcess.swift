/// What a profile changes for a whole process that starts with it; a conversation that chooses it changes nothing here.
public struct ProfileProcess: Hashable, Sendable {
    /// A value for a setting, before the setting gives it its type.
    package struct Override: Hashable, Sendable {
        /// The setting, the value and the place.
        package let entry: Layer.Entry
        /// What a relative path counts from.
        package let base: PathBase
    }

    /// Environment variables by name.
    public internal(set) var environment: [String: Placed<Secret>] = [:]
    /// A file of more variables, an absolute path.
    public internal(set) var environmentFile: Placed<String>?
    /// Whether the variables win over the real environment; nil when nobody says so, which means no.
    public internal(set) var winsOverEnvironment: Placed<Bool>?
    /// Values for settings, one for each path, in the order of the paths; nobody has checked them.
    package internal(set) var overrides: [Override] = []

    /// Each variable, override and field of this one, else that of `weaker`.
    func over(_ weaker: ProfileProcess) -> ProfileProcess {
        var result = self
        result.environment.merge(weaker.environment) { stronger, _ in stronger }
        result.environmentFile = environmentFile ?? weaker.environmentFile
        result.winsOverEnvironment = winsOverEnvironment ?? weaker.winsOverEnvironment
        let paths = Set(overrides.map(\.entry.path))
        result.overrides += weaker.overrides.filter { !paths.contains($0.entry.path) }
        result.overrides.sort { $0.entry.path < $1.entry.path }
        return result
    }
}
