import Control
import Conversation
import Settings

extension SessionStandard {
    /// What `settings` say.
    init(_ settings: Settings) {
        self.init(mode: settings[.chatMode] == "single" ? .single : .plan, profile: settings.profiles.standard.name)
    }

    /// Asks the core that runs at `place`; where none does, one that would be hosted here counts.
    ///
    /// A core that does not answer soon, or is too old to tell, holds nobody up.
    init(at place: Place) async {
        let greeting = try? await Patience.limit(.seconds(2), "") {
            try await Door.greeting(of: place.state, as: "cm session")
        }  // what it would have said is then taken from the settings here
        self = greeting?.standard ?? SessionStandard(place.settings.values)
    }

    /// How messages of `session` are worked on.
    func mode(of session: SessionListing) -> Mode { session.mode ?? mode }

    /// The name of its profile.
    func profile(of session: SessionListing) -> String { session.profile ?? profile }
}
