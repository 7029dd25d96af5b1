/// The settings again, each time that their files have changed: new ones, or what is wrong with them.
///
/// The files are looked at twice a second, those too that are not there yet, and the prompt files that they name. What
/// is just being written does not count before it has stayed the same for a while. What is wrong is told once, until
/// it is something else. Ends when the task is cancelled.
public struct SettingsWatch: AsyncSequence, Sendable {
    /// How often the files are looked at.
    package static let interval = Duration.milliseconds(500)
    /// How long the files must have stayed the same before they count.
    package static let settling = Duration.milliseconds(200)

    private let sources: SettingsSources
    private let clock: any Clock<Duration>
    private var stamps: [String: FileStamp?]

    /// A watch for changes from this moment on: it is made before `sources` are loaded for the first time.
    public init(_ sources: SettingsSources, clock: any Clock<Duration> = ContinuousClock()) {
        stamps = Self.stamps(of: sources.paths, in: sources.files)
        self.clock = clock
        var sources = sources
        sources.isReplacing = true
        self.sources = sources
    }

    /// The same watch, for the prompt files that `settings` were read from as well.
    public func following(_ settings: Settings) -> SettingsWatch {
        var watch = self
        watch.stamps.merge(settings.promptFiles) { earlier, _ in earlier }
        return watch
    }

    /// Starts to look at the files.
    public func makeAsyncIterator() -> Iterator {
        Iterator(sources: sources, clock: clock, seen: stamps)
    }

    fileprivate static func stamps(of paths: some Sequence<String>, in files: FileAccess) -> [String: FileStamp?] {
        Dictionary(paths.map { ($0, files.stamp($0)) }) { earlier, _ in earlier }
    }
}

extension SettingsWatch {
    /// One who waits for changes.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let sources: SettingsSources
        fileprivate let clock: any Clock<Duration>
        /// The files that are watched, as they were when they counted last.
        fileprivate var seen: [String: FileStamp?]
        /// What was wrong with them then.
        private var complaint: SettingsError?

        fileprivate init(sources: SettingsSources, clock: any Clock<Duration>, seen: [String: FileStamp?]) {
            self.sources = sources
            self.clock = clock
            self.seen = seen
        }

        /// Waits for the next change; nil when the task is cancelled.
        public mutating func next() async -> Result<Settings, SettingsError>? {
            do {
                while true {
                    try await change()
                    do {
                        let settings = try load()
                        complaint = nil
                        return .success(settings)
                    } catch let error where error != complaint {
                        complaint = error
                        return .failure(error)
                    } catch {}  // told already
                }
            } catch {
                return nil
            }
        }

        /// Reads the files; from then on those prompt files are watched that were looked for.
        private mutating func load() throws(SettingsError) -> Settings {
            let (settings, promptFiles) = sources.read()
            let paths = Set(sources.paths)
            seen = seen.filter { paths.contains($0.key) }.merging(promptFiles) { earlier, _ in earlier }
            return try settings.get()
        }

        /// Waits until the files are other ones than before, and rest.
        private mutating func change() async throws {
            while true {
                try await clock.sleep(for: SettingsWatch.interval)
                var latest = SettingsWatch.stamps(of: seen.keys, in: sources.files)
                guard latest != seen else { continue }
                repeat {
                    // Taken before the files are read: what is written later counts as a change again.
                    seen = latest
                    try await clock.sleep(for: SettingsWatch.settling)
                    latest = SettingsWatch.stamps(of: seen.keys, in: sources.files)
                } while latest != seen
                return
            }
        }
    }
}
