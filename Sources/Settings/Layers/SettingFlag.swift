/// A flag of the command line that sets a setting.
public struct SettingFlag: Sendable {
    let name: String
    let text: String
    let path: String

    /// The flag `name`, with its dashes, given with the value `text`.
    public init<Value>(_ name: String, _ text: String, sets key: SettingKey<Value>) {
        self.name = name
        self.text = text
        path = key.path
    }
}
