#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A path whose content may differ from what the index has, and how it gets into the tree.
enum Candidate {
    /// git reads it; also a link, and what is not there any more.
    case content
    /// A text of ours takes its place, so that it is not read: large, or not readable.
    case standIn
    /// It leaves the tree: a pipe, a socket, a device.
    case removal
    /// A repository of its own.
    case repository

    init(at path: [UInt8], limit: Int) {
        guard let status = FileStatus(at: path) else {
            self = .content
            return
        }
        switch status.kind {
        case .file:
            let isReadable = path.withCString { access($0, R_OK) } == 0
            self = status.size <= limit && isReadable ? .content : .standIn
        case .link: self = .content
        case .directory: self = FileStatus(at: path + Array("/.git".utf8)) == nil ? .content : .repository
        case .other: self = .removal
        }
    }

    /// What stands for the content of a file: different for each size and time, and binary to git.
    static func standIn(for path: [UInt8]) -> [UInt8] {
        guard let status = FileStatus(at: path) else { return Array("\0gone\n".utf8) }
        return Array("\0\(status.size) bytes of \(status.modified.seconds).\(status.modified.nanoseconds)\n".utf8)
    }
}
