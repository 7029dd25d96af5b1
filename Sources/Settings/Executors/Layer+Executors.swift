extension Layer {
    /// The variables that list executors, the winning one first.
    static let executorVariables = ["EXECUTORS", AnySettingKey.environmentName(of: "executors")]

    /// Takes the executors that the variable `name` lists, if it is one of ``executorVariables``.
    mutating func readExecutors(_ variables: [String: String], origin: (String) -> Origin) {
        for name in Self.executorVariables.reversed() {
            guard let text = variables[name], !text.isEmpty else { continue }
            let shorthand = ExecutorShorthand(text, origin: origin(name), base: base)
            problems += shorthand.problems
            setExecutors(shorthand.drafts)
        }
    }

    /// Makes `drafts` the executors of the layer.
    mutating func setExecutors(_ drafts: [ExecutorDraft]) {
        let list = ExecutorList(drafts)
        executors = list.executors
        problems += list.problems
        warnings += list.warnings
    }
}
