import Foundation
import HTTP

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Measures exchanges over loopback; `Scripts/bench` calls it and makes statistics of what it prints.
///
/// Each line is `row NAME UNIT VALUE...`, with tabs between, as `shellbench` prints them.
@main struct HTTPBench {
    private static let rounds = 2_000
    private static let parallel = 100

    static func main() async throws {
        let port = try serve()
        let client = try CurlClient(CurlConfiguration(proxy: .none))
        let body = HTTPBody.bytes(Data(#"{"chat_id":1,"text":"hello"}"#.utf8), contentType: "application/json")
        let request = HTTPRequest(.post, "http://127.0.0.1:\(port)/", body: body)
        _ = try await times(100, client, request)

        report("http: one exchange after the other", "µs", try await times(rounds, client, request).map { $0 * 1e6 })
        for count in [1, parallel] {
            var rates: [Double] = []
            for _ in 0..<10 { rates.append(try await rate(of: count, client, request)) }
            report("http: exchanges, \(count) at a time", "1/s", rates)
        }
        var fresh = request
        fresh.usesFreshConnection = true
        report("http: one exchange, new connection", "µs", try await times(200, client, fresh).map { $0 * 1e6 })
        client.close()
    }

    private static func times(_ count: Int, _ client: CurlClient, _ request: HTTPRequest) async throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            _ = try await client.send(request)
            times.append((.now - start) / .seconds(1))
        }
        return times
    }

    /// Exchanges in a second.
    private static func rate(of count: Int, _ client: CurlClient, _ request: HTTPRequest) async throws -> Double {
        let each = rounds / count
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask { for _ in 0..<each { _ = try await client.send(request) } }
            }
            try await group.waitForAll()
        }
        return Double(each * count) / ((.now - start) / .seconds(1))
    }

    private static func report(_ name: String, _ unit: String, _ values: [Double]) {
        print((["row", name, unit] + values.map { "\($0)" }).joined(separator: "\t"))
    }

    /// Starts a server that answers everything alike; returns its port.
    private static func serve() throws -> UInt16 {
        #if canImport(Darwin)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 256) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isReady else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { answer(connection) }
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func answer(_ connection: Int32) {
        let answer = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}".utf8)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var open = true
        while open {
            // The whole request, which is small, comes in one piece or ends with the brace of its body.
            var last: UInt8 = 0
            while open, last != UInt8(ascii: "}") {
                let count = recv(connection, &buffer, buffer.count, 0)
                open = count > 0
                if open { last = buffer[count - 1] }
            }
            open = open && send(connection, answer, answer.count, 0) == answer.count
        }
        close(connection)
    }
}
