extension Layer {
    /// Takes what `reader` has found in a part of the layer's file.
    mutating func take(_ reader: ProfileReader) {
        profiles += reader.profiles
        agents.merge(reader.agents) { earlier, _ in earlier }
        prompts.merge(reader.prompts) { earlier, _ in earlier }
        promptFiles.merge(reader.promptFiles) { earlier, _ in earlier }
        entries += [reader.standard].compactMap(\.self)
        problems += reader.problems
        warnings += reader.remarks.sorted { $0.line < $1.line }.map(\.text)
    }
}
