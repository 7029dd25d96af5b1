import Control
import Conversation
import Settings

/// What counts in sessions for which nobody chose: for the core that runs, else for one that would be hosted here.
struct SessionStandard: Equatable {
    let mode: Mode
    let profile: String

    /// What `settings` say, as far as `inForce`, the settings of a core that runs, says nothing else.
    init(_ settings: Settings, inForce: [String: String?] = [:]) {
        func told(_ path: String) -> String? {
            (inForce[path] ?? nil).map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0 }
        }
        mode = (told(SettingKey.chatMode.path) ?? settings[.chatMode]) == "single" ? .single : .plan
        profile = told(SettingKey.profileDefault.path) ?? settings.profiles.standard.name
    }

    /// Asks the core that runs at `place`; one that does not answer soon, or is too old to tell, holds nobody up.
    init(at place: Place) async {
        let greeting = try? await Patience.limit(.seconds(2), "") {
            try await Door.greeting(of: place.state, as: "cm session")
        }  // what it would have said is then taken from the settings here
        self.init(place.settings.values, inForce: (greeting ?? nil)?.settings ?? [:])
    }

    /// How messages of `session` are worked on.
    func mode(of session: SessionListing) -> Mode { session.mode ?? mode }

    /// The name of its profile.
    func profile(of session: SessionListing) -> String { session.profile ?? profile }
}
