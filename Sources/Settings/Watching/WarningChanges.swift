extension Settings {
    /// The warnings that `earlier` did not have, in their order; a warning that only moved to another line is none.
    public func warnings(since earlier: Settings) -> [String] {
        let known = Set(earlier.warnings.map(Self.withoutLine))
        return warnings.filter { !known.contains(Self.withoutLine($0)) }
    }

    /// `.env: unknown name CM_A` of `.env:3: unknown name CM_A`.
    private static func withoutLine(_ warning: String) -> String {
        warning.replacing(/:[0-9]+:\s/, with: ": ", maxReplacements: 1)
    }
}
