import Foundation

/// What share of the code of a process' program is in its memory, from 0 to 1; nil where the system does not tell.
public func residentCode(of pid: Int32) -> Double? {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe"),
        let map = try? String(contentsOfFile: "/proc/\(pid)/smaps", encoding: .utf8)
    else { return nil }
    var size = 0.0, resident = 0.0, isCode = false
    for line in map.split(separator: "\n") {
        let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
        if fields.count == 6, fields[0].contains("-") {
            isCode = fields[1] == "r-xp" && fields[5].hasSuffix(program)
        } else if isCode, fields.count == 3, let kilobytes = Double(fields[1]) {
            if fields[0] == "Size:" { size += kilobytes }
            if fields[0] == "Rss:" { resident += kilobytes }
        }
    }
    return size > 0 ? resident / size : nil
}
