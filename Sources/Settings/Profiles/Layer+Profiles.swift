extension Layer {
    /// Takes what `reader` has found in the file of the layer.
    mutating func take(_ reader: ProfileReader) {
        profiles = reader.profiles
        agents = reader.agents
        entries += [reader.standard].compactMap(\.self)
        problems += reader.problems
        warnings += reader.remarks.sorted { $0.line < $1.line }.map(\.text)
    }
}
