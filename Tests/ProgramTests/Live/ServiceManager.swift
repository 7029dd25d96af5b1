import Foundation

/// The socket of a service manager, at which services tell how they are.
final class ServiceManager: Sendable {
    private let received = Watched<[String]>([])
    private let socket: Int32

    /// Listens at `path`.
    init(at path: String) throws {
        #if canImport(Darwin)
            let type = SOCK_DGRAM
        #else
            let type = Int32(SOCK_DGRAM.rawValue)
        #endif
        let socket = Foundation.socket(AF_UNIX, type, 0)
        self.socket = socket
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        guard status == 0 else { throw RawConnection.Refused(number: errno) }
        Thread.detachNewThread { [received] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(socket, &buffer, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                let text = String(decoding: buffer[..<count], as: UTF8.self)
                received.change { $0.append(text) }
            }
            close(socket)
        }
    }

    // Ends the reading, which closes the socket.
    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    /// The next message that is meant; those before it are forgotten.
    func message(where isMeant: @Sendable (String) -> Bool) async throws -> String {
        let found = await received.wait(within: Program.patience) { messages -> String? in
            guard let index = messages.firstIndex(where: isMeant) else { return nil }
            defer { messages.removeSubrange(...index) }
            return messages[index]
        }
        guard let found else { throw Transcript.Missing(description: "no such message in \(received.value)") }
        return found
    }
}
