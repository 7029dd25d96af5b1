/// Some of the settings, which are the same as others when all their values are.
public struct SettingsPart: Equatable, Sendable {
    private let settings: Settings
    private let keys: [AnySettingKey]

    fileprivate init(_ settings: Settings, _ keys: [AnySettingKey]) {
        self.settings = settings
        self.keys = keys
    }

    /// The value of `key`.
    ///
    /// A key that is not in the part is a mistake in the program and ends it.
    public subscript<Value>(key: SettingKey<Value>) -> Value {
        precondition(keys.contains { $0.path == key.path }, "the setting \(key.path) is not in this part")
        return settings[key]
    }

    /// Whether both have the same settings with the same values, wherever these come from.
    public static func == (left: Self, right: Self) -> Bool {
        left.keys.map(\.path) == right.keys.map(\.path)
            && left.keys.allSatisfy { $0.isSame(left.settings.entry(at: $0).value, right.settings.entry(at: $0).value) }
    }
}

extension Settings {
    /// The part that `keys` make.
    public func part(_ keys: [AnySettingKey]) -> SettingsPart { SettingsPart(self, keys) }
}
