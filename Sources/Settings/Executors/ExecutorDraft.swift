/// An executor as it is written, before it is known beside the others.
struct ExecutorDraft {
    let kind: ExecutorSetting.Kind
    var name: String?
    var variant: String?
    var weight: Double?
    var role: ExecutorSetting.Role?
    var isEnabled = true
    var model: String?
    var command: [String] = []
    var playsRoles: Bool?
    let origin: Origin
    /// Its place in the file, for messages: `executors[0]`.
    let key: String
}
