/// The environment that agents get.
enum ChildEnvironment {
    /// `environment` and, where it lacks a name, `dotEnv`; without our own variables and without Telegram's.
    static func make(_ environment: [String: String], dotEnv: [String: String]) -> [String: String] {
        environment.merging(dotEnv) { own, _ in own }.filter { name, _ in
            !name.hasPrefix("CM_") && !name.hasPrefix("TELEGRAM_")
        }
    }
}
