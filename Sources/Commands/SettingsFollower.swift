import Control
import Conversation
import Logging
import Settings

/// Has what changes in the settings apply while the program runs, and tells the people attached.
struct SettingsFollower {
    let place: Place
    let secrets: Secrets
    let fleet: AgentFleet
    let profiles: Profiles
    let inForce: SettingsInForce
    let hub: Hub
    let telegram: TelegramService?
    let sight: SightMaker
    let logger: Logger

    /// Follows the files until the task is cancelled; throws when the core is closed.
    func run() async throws {
        var current = place.settings
        var isBroken = false
        for await news in place.watch {
            do {
                let next = try ChatSettings(try news.get(), from: place.sources)
                let changes = next.news(since: current)
                secrets.follow(next)
                fleet.follow(next)
                profiles.follow(next)
                inForce.follow(next.values)
                telegram?.follow(next.values)
                await hub.configure { $0.take(next, sight) }
                if !changes.isEmpty {
                    try await tell(.info, "settings changed: \(changes.joined(separator: "; "))")
                } else if isBroken {
                    try await tell(.info, "the settings can be read again; they are those in force")
                }
                for warning in next.values.warnings(since: current.values) { try await tell(.warn, warning) }
                (current, isBroken) = (next, false)
            } catch let error as SettingsError {
                try await complain(error.problems.map(\.description).joined(separator: "; "))
                isBroken = true
            } catch let failure as Failure {
                try await complain(failure.message ?? "")
                isBroken = true
            }
        }
    }

    private func complain(_ reason: String) async throws {
        try await tell(.error, "the changed settings cannot be used, those before stay in force: \(reason)")
    }

    private static func priority(of level: Notice.Level) -> Announcement.Priority {
        switch level {
        case .info: .info
        case .warn: .warning
        case .error: .important
        }
    }

    private func tell(_ level: Notice.Level, _ text: String) async throws {
        // Each is news of its own, also one that undoes the one before.
        let key = "settings/\(Timestamp.now.millisecondsSince1970)/\(text)"
        do {
            try await hub.notify(Announcement(Self.priority(of: level), key: key, text, of: "settings"))
        } catch let error as HubError where error.code != .closed {
            // Not worth the core: whoever is there hears of it.
            try await hub.tell(Notice(level, text))
        }
        logger.info("told of the settings", metadata: ["level": "\(level.rawValue)"])
        logger.debug("what was told of the settings", metadata: ["text": "\(text)"])
    }
}

extension HubConfiguration {
    /// Takes what the settings say about conversations, and what `sight` makes from them.
    mutating func take(_ settings: ChatSettings, _ sight: SightMaker) {
        changes = sight.changes(settings)
        surroundings = sight.surroundings(settings)
        workingDirectory = settings.workingDirectory
        mode = SessionStandard(settings.values).mode
        maxReviewRounds = settings.values[.codexMaxReviewRounds]
        turnTimeout = settings.values[.turnTimeout]
        silentAfter = settings.values[.turnSilentAfter]
        approvalTimeout = settings.values[.approvalTimeout]
        steersWhenBusy = settings.values[.busy] == "steer"
        tellsDebug = settings.values[.telegramVerbosity] == "detailed"
        quietHours = settings.values[.telegramQuietHours].map { "\($0)" }
    }
}

extension ChatSettings {
    /// Variables that are looked at once, at the start, and in the real environment alone.
    private static let startNames = ["CM_STATE_DIR", "CODEX_CONF_PATH", "XDG_CONFIG_HOME", "HOME"]

    /// What is different from `earlier`, one phrase each.
    fileprivate func news(since earlier: ChatSettings) -> [String] {
        values.changes(since: earlier.values).map(\.description) + variableNews(since: earlier)
            + Self.startNames.filter { values.dotEnv[$0] != earlier.values.dotEnv[$0] }.map {
                "\($0) in .env has no effect on cm, which takes it from the environment that it is started with"
            }
    }

    /// Of the variables that agents get; those of settings were told as such.
    private func variableNews(since earlier: ChatSettings) -> [String] {
        let settings = Set(AnySettingKey.all.flatMap(\.environmentNames))
        let names = Set(childEnvironment.keys).union(earlier.childEnvironment.keys).subtracting(settings)
        return names.sorted().compactMap { name in
            switch (earlier.childEnvironment[name], childEnvironment[name]) {
            case (nil, nil): nil
            case (nil, _?): "agents get \(name) (.env)"
            case (_?, nil): "agents no longer get \(name) (.env)"
            case (let old?, let new?): old == new ? nil : "agents get another \(name) (.env)"
            }
        }
    }
}
