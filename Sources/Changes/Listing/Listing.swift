#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The files of a directory by what tells one content from another; without git, the only thing kept of them.
struct Listing: Hashable {
    /// Files up to this size are told apart by their contents, others by size and time.
    static let hashedSize = 1 << 20
    /// More files than this are not looked at.
    static let fileLimit = 200_000

    struct Entry: Hashable {
        var status: FileStatus
        /// Of the content or of where a link points; `-` when it was not read.
        var hash: String

        /// Whether the file is the same as another, touched at most.
        func isSame(as other: Entry) -> Bool {
            guard status.kind == other.status.kind, status.size == other.status.size,
                status.isExecutable == other.status.isExecutable
            else { return false }
            return hash == other.hash && (hash != "-" || status.modified == other.status.modified)
        }
    }

    /// By path under the directory.
    var entries: [[UInt8]: Entry] = [:]
    /// Whether there were more files.
    var isCut = false
    /// How many folders could not be read.
    var unreadable = 0

    /// Lists a directory; what has not been touched since `earlier` is not read again.
    init(of directory: String, since earlier: Listing? = nil) throws {
        let walk = DirectoryWalk(root: directory)
        var entries: [[UInt8]: Entry] = [:]
        var isCut = false
        unreadable = try walk.run { path, status in
            isCut = entries.count == Self.fileLimit
            guard !isCut else { return false }
            let known = earlier?.entries[path]
            let hash = known?.status == status ? known?.hash : nil
            entries[path] = Entry(status: status, hash: hash ?? Self.hash(of: walk.path(of: path), status))
            return true
        }
        self.entries = entries
        self.isCut = isCut
    }

    private static func hash(of path: [UInt8], _ status: FileStatus) -> String {
        let bytes: [UInt8]? =
            switch status.kind {
            case .link: Content.destination(of: path)
            case .file where status.size <= hashedSize: Content.load(path, limit: hashedSize)?.bytes
            case .file, .directory, .other: nil
            }
        return bytes.map(SHA256.hex(of:)) ?? "-"
    }

    /// What is different in `later`; names only.
    func changes(to later: Listing) -> [ChangedFile] {
        var files: [ChangedFile] = []
        for (path, entry) in later.entries {
            guard let old = entries[path] else {
                files.append(ChangedFile(path: String(decoding: path, as: UTF8.self), kind: .added))
                continue
            }
            guard !old.isSame(as: entry) else { continue }
            files.append(ChangedFile(path: String(decoding: path, as: UTF8.self), kind: .modified))
        }
        for path in entries.keys where later.entries[path] == nil {
            files.append(ChangedFile(path: String(decoding: path, as: UTF8.self), kind: .deleted))
        }
        return files.sorted { $0.path < $1.path }
    }
}

// MARK: - As a file

extension Listing {
    private static let head = "cm listing 1"

    /// The listing as bytes: a head, then for each file a line of fields and its path, each ended by a zero.
    var bytes: [UInt8] {
        var bytes = Array("\(Self.head) \(isCut ? 1 : 0) \(unreadable)\0".utf8)
        for (path, entry) in entries {
            let status = entry.status
            let fields = [
                "\(status.kind.rawValue)", "\(status.size)", "\(status.isExecutable ? 1 : 0)",
                "\(status.modified.seconds)", "\(status.modified.nanoseconds)",
                "\(status.changed.seconds)", "\(status.changed.nanoseconds)", entry.hash,
            ]
            bytes += Array(fields.joined(separator: " ").utf8) + [0] + path + [0]
        }
        return bytes
    }

    /// Reads a listing; `nil` when it is damaged.
    init?(bytes: [UInt8]) {
        guard bytes.last == 0 else { return nil }
        let parts = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
        let head = String(decoding: parts[0], as: UTF8.self).split(separator: " ")
        guard head.dropLast(2).joined(separator: " ") == Self.head, parts.count % 2 == 1, let last = head.last,
            let unreadable = Int(last)
        else { return nil }
        isCut = head[head.count - 2] == "1"
        self.unreadable = unreadable
        for at in stride(from: 1, to: parts.count, by: 2) {
            let fields = String(decoding: parts[at], as: UTF8.self).split(separator: " ")
            let numbers = fields.dropLast().compactMap { Int($0) }
            guard numbers.count == 7, fields.count == 8, let kind = UInt8(exactly: numbers[0]),
                let status = FileStatus(kind: kind, numbers: numbers)
            else { return nil }
            entries[Array(parts[at + 1])] = Entry(status: status, hash: String(fields[7]))
        }
    }
}

extension FileStatus {
    fileprivate init?(kind: UInt8, numbers: [Int]) {
        guard let kind = Kind(rawValue: kind) else { return nil }
        self.kind = kind
        size = numbers[1]
        isExecutable = numbers[2] == 1
        modified = Time(seconds: numbers[3], nanoseconds: numbers[4])
        changed = Time(seconds: numbers[5], nanoseconds: numbers[6])
    }
}
