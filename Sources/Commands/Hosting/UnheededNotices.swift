import Conversation
import Locking

/// Tells who is attached to a core elsewhere what of their own settings does not count there: once, and again when another
/// host takes over and that changes.
///
/// A class with a lock: the beginning and the changes of host come from different tasks.
final class UnheededNotices: Sendable {
    private struct Told {
        var ofFile = false
        var differences = UnheededSettings.Differences.found([])
    }

    private let file: String?
    private let settings: UnheededSettings
    private let told = Locked(Told())

    /// `file` is the settings file that the command line names; nil for none.
    init(_ settings: UnheededSettings, file: String?) {
        self.settings = settings
        self.file = file
    }

    /// Whether there will be nothing to say, since nothing was asked for.
    var isEmpty: Bool { file == nil && settings.isEmpty }

    /// What is to be said, now that the core is with `host`, which goes by `inForce`; nil from one that does not tell.
    func attached(to host: String, by inForce: [String: String?]?) -> [Notice] {
        let differences = settings.differences(beside: inForce)
        let last = told.withLock { told in
            defer { told = Told(ofFile: true, differences: differences) }
            return told
        }
        var texts: [String] = []
        if let file, !last.ofFile {
            // What a file of one's own forbids must not seem to be forbidden.
            texts.append("the cm that hosts the core keeps to its own settings; those of --conf \(file) do not count")
        }
        if differences != last.differences, let warning = differences.warning(of: host) { texts.append(warning) }
        return texts.map { Notice(.warn, $0) }
    }

    /// The core is here, where all counts that was asked for.
    func hosting() { told.withLock { $0 = Told() } }
}
