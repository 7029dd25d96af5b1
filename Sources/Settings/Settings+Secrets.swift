extension Settings {
    /// The values of all settings that must never be shown, as far as they are set.
    public var secrets: [Secret] { keys.filter(\.isSecret).compactMap { entry(at: $0).value as? Secret } }
}
