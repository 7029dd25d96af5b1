/// Gives the executors of one source what depends on the others: names, weights and roles.
struct ExecutorList {
    private(set) var executors: [ExecutorSetting] = []
    private(set) var problems: [SettingsError.Problem] = []
    private(set) var warnings: [String] = []

    /// The executors that `drafts` describe.
    init(_ drafts: [ExecutorDraft]) {
        var places: [String: Origin] = [:]
        let share = share(in: drafts)
        var customs = 0
        for draft in drafts {
            if draft.kind == .custom { customs += 1 }
            let name = draft.name ?? Self.name(of: draft, number: customs)
            check(name, of: draft, places: places)
            if places[name.lowercased()] == nil { places[name.lowercased()] = draft.origin }
            let variant = draft.variant ?? ExecutorVariant.default
            let isCustom = draft.kind == .custom
            executors.append(
                ExecutorSetting(
                    name: name, kind: draft.kind, variant: variant,
                    weight: draft.weight ?? (draft.isEnabled ? share : 0), role: draft.role ?? .none,
                    isEnabled: draft.isEnabled,
                    // To a command of the user's own a variant means what the command makes of it.
                    model: draft.model ?? (isCustom ? nil : ExecutorVariant.model(of: variant)),
                    command: draft.command, playsRoles: draft.playsRoles ?? !isCustom, origin: draft.origin))
        }
    }

    /// What each enabled one without a weight gets: an equal part of what the others leave of 100.
    private mutating func share(in drafts: [ExecutorDraft]) -> Double {
        let enabled = drafts.filter(\.isEnabled)
        let open = enabled.filter { $0.weight == nil }
        guard let first = open.first else { return 0 }
        let left = 100 - enabled.compactMap(\.weight).reduce(0, +)
        if left <= 0 {
            warnings.append(
                "\(first.origin): \(first.key): the others have all of 100, so its weight is 0")
        }
        return max(0, left) / Double(open.count)
    }

    /// `codex-default`, `copilot-claude-opus-4-6`; a command without a variant is `custom-1`.
    private static func name(of draft: ExecutorDraft, number: Int) -> String {
        if draft.kind == .custom, draft.variant == nil { return "custom-\(number)" }
        let variant = (draft.variant ?? ExecutorVariant.default).lowercased()
        return draft.kind.rawValue + "-" + variant.split(separator: "_").joined(separator: "-")
    }

    private mutating func check(_ name: String, of draft: ExecutorDraft, places: [String: Origin]) {
        let shown = Shown.plain(name)
        if let reserved = ReservedName(rawValue: name.lowercased()), reserved.kind != draft.kind {
            problem(draft, "the name \(shown) means another agent; choose a different one")
        }
        if let place = places[name.lowercased()] {
            problem(
                draft, "the name \(shown) is that of the executor at \(place) too; each needs its own")
        }
    }

    private mutating func problem(_ draft: ExecutorDraft, _ reason: String) {
        problems.append(SettingsError.Problem(.invalid, at: draft.origin, key: draft.key, reason))
    }
}
