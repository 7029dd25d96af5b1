import TestSupport
import Testing

@Suite struct HTTPRequestReaderTests {
    private static let text = Array(
        ("POST /a?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
            + "GET /b HTTP/1.1\r\nConnection: close\r\n\r\n"
            + "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;ext=1\r\n\r\nde\r\n0\r\nT: x\r\n\r\n")
            .utf8)

    private func requests(_ bytes: [UInt8], size: Int) -> [ServedRequest] {
        var reader = HTTPRequestReader()
        var requests: [ServedRequest] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.feed(rest.prefix(size))
            rest = rest.dropFirst(size)
            while case .request(let request) = reader.next() { requests.append(request) }
        }
        return requests
    }

    @Test func `requests are the same however their bytes are cut`() {
        for size in 1...Self.text.count {
            let requests = requests(Self.text, size: size)
            #expect(requests.map(\.path) == ["/a", "/b", "/c"], "size \(size)")
            #expect(requests.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "", "abc\r\nde"])
            #expect(requests.map(\.keepsAlive) == [true, false, true] && requests.first?.query == "x=1")
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET x HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    ])
    func `what is no request is refused`(text: String) {
        var reader = HTTPRequestReader()
        reader.feed(text.utf8)
        #expect(reader.next() == .bad(status: 400))
        #expect(reader.next() == .bad(status: 400))
    }

    @Test func `a client that asks first is told to go on`() {
        var reader = HTTPRequestReader()
        reader.feed("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".utf8)
        #expect(reader.next() == .saysContinue)
        #expect(reader.next() == .needsMore)
        reader.feed("ok".utf8)
        guard case .request(let request) = reader.next() else { Issue.record("no request"); return }
        #expect(request.body == Array("ok".utf8))
    }

    @Test func `a body or a head without end is refused`() {
        var reader = HTTPRequestReader()
        reader.feed("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".utf8)
        #expect(reader.next() == .bad(status: 413))
        reader = HTTPRequestReader()
        reader.feed(repeatElement(UInt8(ascii: "x"), count: 70_000))
        #expect(reader.next() == .bad(status: 431))
    }
}
