import Foundation

/// The files whose paths begin with a part of one.
struct FileCompletion {
    /// How many are offered at most.
    static let limit = 200

    /// The fitting paths in order, as they are typed; those of directories end in "/".
    ///
    /// Names with white space or characters that a terminal would not show cannot be typed, and are left out. Hidden
    /// ones are in it when the part says so.
    let paths: [String]

    /// Looks for `part`, relative to `directory` unless it begins with "/".
    ///
    /// A directory that cannot be read has no files.
    init(of part: String, in directory: String) {
        let slash = part.lastIndex(of: "/")
        let folder = slash.map { String(part[...$0]) } ?? ""
        let name = slash.map { part[part.index(after: $0)...] } ?? part[...]
        let place = folder.hasPrefix("/") ? folder : directory + "/" + folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        let fitting = names.filter { candidate in
            candidate.hasPrefix(name) && (name.hasPrefix(".") || !candidate.hasPrefix("."))
                && candidate.unicodeScalars.allSatisfy(Self.isTypable)
        }
        paths = fitting.sorted().prefix(Self.limit).map { candidate in
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: place + "/" + candidate, isDirectory: &isDirectory)
            return folder + candidate + (exists && isDirectory.boolValue ? "/" : "")
        }
    }

    private static func isTypable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned: false
        default: true
        }
    }
}
