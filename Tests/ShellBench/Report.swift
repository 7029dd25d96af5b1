#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What is printed, line by line, so that what was measured before a failure is not lost.
enum Report {
    /// Prints a measurement.
    static func row(_ name: String, _ unit: String, _ values: [Double]) {
        write((["row", name, unit] + values.map { "\($0)" }).joined(separator: "\t"))
    }

    /// Prints a remark for people.
    static func note(_ text: String) {
        write("note\t" + text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    private static func write(_ line: String) {
        print(line)
        fflush(nil)
    }
}
