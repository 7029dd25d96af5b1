#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What is printed, line by line, so that what was measured before a failure is not lost.
package enum Report {
    /// How many values of a measurement are printed at most.
    private static let most = 5000

    /// Prints a measurement; of many values every so manieth, in order of size, which leaves the percentiles alone.
    package static func row(_ name: String, _ unit: String, _ values: [Double]) {
        let step = max(1, values.count / most)
        let sorted = values.sorted()
        let shown = stride(from: 0, to: sorted.count, by: step).map { sorted[$0] }
        write((["row", name, unit] + shown.map { "\($0)" }).joined(separator: "\t"))
    }

    /// Prints a remark for people.
    package static func note(_ text: String) {
        write("note\t" + text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    private static func write(_ line: String) {
        print(line)
        fflush(nil)
    }
}

extension [Double] {
    /// The value below which this share of them is.
    package func percentile(_ share: Double) -> Double {
        isEmpty ? .nan : sorted()[Swift.min(count - 1, Int(Double(count) * share))]
    }
}
