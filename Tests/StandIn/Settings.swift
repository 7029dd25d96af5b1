/// How the stand-in behaves, as its environment says.
///
/// `STANDIN_MODE` is the name of a ``Mode``; `normal` when unset. `STANDIN_LOG` is a file for ``TrafficLog``,
/// `STANDIN_STATE` a directory for ``ThreadStore``. `STANDIN_DELAY_MS` is the pause after each delta, none when unset.
/// With `STANDIN_DIE_AFTER_ACTION=1` the mode `die-in-turn` dies after a command instead of after a delta; with
/// `STANDIN_DIE_ONCE=1`, which needs `STANDIN_STATE`, it dies once and is `normal` in later processes.
struct Settings {
    /// Every variable that is read.
    static let names = [
        "STANDIN_MODE", "STANDIN_LOG", "STANDIN_STATE", "STANDIN_DELAY_MS", "STANDIN_DIE_AFTER_ACTION",
        "STANDIN_DIE_ONCE",
    ]

    let mode: Mode
    let modeName: String
    let log: String?
    let state: String?
    let delay: Duration
    let diesAfterAction: Bool
    let diesOnce: Bool

    /// Reads the settings; an unknown mode or a number that is none is an error.
    init(environment: [String: String]) throws(Complaint) {
        modeName = environment["STANDIN_MODE"] ?? "normal"
        guard let mode = Mode(name: modeName) else { throw Complaint("no mode is named \(modeName)") }
        let milliseconds = environment["STANDIN_DELAY_MS"] ?? "0"
        guard let delay = Int(milliseconds), delay >= 0 else {
            throw Complaint("STANDIN_DELAY_MS is \(milliseconds), not a number of milliseconds")
        }
        self.mode = mode
        self.delay = .milliseconds(delay)
        log = environment["STANDIN_LOG"]
        state = environment["STANDIN_STATE"]
        diesAfterAction = environment["STANDIN_DIE_AFTER_ACTION"] == "1"
        diesOnce = environment["STANDIN_DIE_ONCE"] == "1"
        if diesOnce && state == nil { throw Complaint("STANDIN_DIE_ONCE needs STANDIN_STATE") }
    }

    /// What is wrong with the settings.
    struct Complaint: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}
