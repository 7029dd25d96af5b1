/// What the variant of an executor means.
public enum ExecutorVariant {
    /// The variant that leaves the choice to the agent.
    public static let `default` = "DEFAULT"

    /// The model that `variant` names; nil for ``default``, in any case of letters.
    ///
    /// Lower case, `_` as `-`, and as `.` between numbers: `CLAUDE_OPUS_4_6` is `claude-opus-4.6`.
    public static func model(of variant: String) -> String? {
        guard variant.uppercased() != Self.default else { return nil }
        var model = ""
        var isAfterNumber = false
        for part in variant.lowercased().split(separator: "_") {
            let isNumber = part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if !model.isEmpty { model += isNumber && isAfterNumber ? "." : "-" }
            model += part
            isAfterNumber = isNumber
        }
        return model.isEmpty ? nil : model
    }
}
