#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

#if os(Linux)
    extension ProcessTable {
        /// The numbers of all processes.
        static var pids: [Int32] { ProcessFile.names(in: "/proc").compactMap { Int32($0) } }

        /// The value of a variable that `pid` was started with; `nil` when it lacks it or may not be asked.
        static func value(of variable: String, in pid: Int32) -> String? {
            let name = Array("\(variable)=".utf8)
            return ProcessFile.read("/proc/\(pid)/environ")?.split(separator: 0).first { $0.starts(with: name) }
                .map { String(decoding: $0.dropFirst(name.count), as: UTF8.self) }
        }

        /// The beginning of the command line of `pid`, for people; empty when it has none any more.
        static func command(of pid: Int32) -> String {
            let words = ProcessFile.read("/proc/\(pid)/cmdline", limit: 4096)?.split(separator: 0) ?? []
            return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        }
    }

    extension ProcessTable.Entry {
        /// The process that has this number now; `nil` when there is none.
        init?(of pid: Int32) {
            guard let line = ProcessFile.read("/proc/\(pid)/stat") else { return nil }
            self.init(pid: pid, stat: line)
        }

        /// Reads a line of `/proc/PID/stat`; see proc_pid_stat(5).
        init?(pid: Int32, stat line: [UInt8]) {
            // The second field is the name in parentheses, and may itself hold spaces and parentheses.
            guard let name = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
            let fields = line[(name + 1)...].split(separator: UInt8(ascii: " ")).map {
                String(decoding: $0, as: UTF8.self)
            }
            // The first here is the third there.
            guard fields.count > 21, let parent = Int32(fields[1]), let group = Int32(fields[2]),
                let session = Int32(fields[3]), let startTime = UInt64(fields[19]), let pages = Int(fields[21])
            else { return nil }
            identity = ProcessIdentity(pid: pid, startTime: startTime)
            self.parent = parent
            self.group = group
            self.session = session
            hasEnded = fields[0] == "Z" || fields[0] == "X"
            residentBytes = pages * Int(getpagesize())
        }
    }
#else
    extension ProcessTable {
        /// The numbers of all processes.
        static var pids: [Int32] {
            var pids = [Int32](repeating: 0, count: Int(proc_listallpids(nil, 0)) + 64)
            let count = proc_listallpids(&pids, Int32(pids.count * MemoryLayout<Int32>.stride))
            return Array(pids.prefix(Int(max(0, count))))
        }

        /// Not told by this system for other processes.
        static func value(of variable: String, in pid: Int32) -> String? { nil }

        /// The path of the program, for people; empty when it is not told.
        static func command(of pid: Int32) -> String {
            var path = [UInt8](repeating: 0, count: 4096)
            let count = proc_pidpath(pid, &path, UInt32(path.count))
            return String(decoding: path.prefix(Int(max(0, count))), as: UTF8.self)
        }
    }

    extension ProcessTable.Entry {
        /// The process that has this number now; `nil` when there is none.
        init?(of pid: Int32) {
            var info = proc_taskallinfo()
            let size = Int32(MemoryLayout<proc_taskallinfo>.size)
            guard proc_pidinfo(pid, PROC_PIDTASKALLINFO, 0, &info, size) == size else { return nil }
            let start = info.pbsd.pbi_start_tvsec * 1_000_000 + info.pbsd.pbi_start_tvusec
            identity = ProcessIdentity(pid: pid, startTime: start)
            parent = Int32(info.pbsd.pbi_ppid)
            group = Int32(info.pbsd.pbi_pgid)
            session = getsid(pid)
            hasEnded = info.pbsd.pbi_status == UInt32(SZOMB)
            residentBytes = Int(info.ptinfo.pti_resident_size)
        }
    }
#endif
