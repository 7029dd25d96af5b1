import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    @Test func `a proxy is asked for the whole URL, except for some hosts`() async throws {
        let proxy = try LoopbackServer.answering { _ in answer(200, "by proxy") }
        let server = try LoopbackServer.answering { _ in answer(200, "directly") }
        func ask(_ url: String, except: String) async throws -> String {
            let address = "http://name:word@127.0.0.1:\(proxy.port)"
            let client = try CurlClient(CurlConfiguration(proxy: .url(address, except: except)))
            return try await client.send(HTTPRequest(.get, url)).text
        }
        let far = try await ask("http://host.invalid/a?b", except: "localhost,127.0.0.1")
        let near = try await ask(server.url("/near"), except: "localhost,127.0.0.1")
        #expect(far == "by proxy" && near == "directly")
        #expect(proxy.requests.map(\.line) == ["GET http://host.invalid/a?b HTTP/1.1"])
        #expect(proxy.requests.first?.header.contains("Proxy-Authorization: Basic ") == true)
        #expect(server.requests.map(\.line) == ["GET /near HTTP/1.1"])
    }

    @Test func `a proxy that makes no tunnel reaches nobody, and is shown no header`() async throws {
        let proxy = try LoopbackServer.answering { _ in answer(403, "no") }
        let client = try CurlClient(CurlConfiguration(proxy: .url("http://127.0.0.1:\(proxy.port)")))
        var request = HTTPRequest.post("https://host.invalid/secret")
        request.fields = ["Authorization": "secret"]
        let error = await failure { try await client.send(request) }
        #expect(error?.code == .notConnected && error?.mayHaveReached == false)
        #expect(proxy.requests.map(\.line) == ["CONNECT host.invalid:443 HTTP/1.1"])
        #expect(proxy.requests.first?.header.contains("secret") == false)
    }

    @Test func `a proxy without an address reaches nobody`() async throws {
        let client = try CurlClient(CurlConfiguration(proxy: .url("http://proxy.invalid:1")))
        let error = await failure { try await client.send(.post("http://127.0.0.1:1/")) }
        #expect(error?.code == .nameNotResolved && error?.mayHaveReached == false)
    }

    @Test func `the environment names the proxy, and the hosts it is not for`() async {
        // In a process of its own: the environment is everybody's.
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer.answering { _ in answer(200, "by proxy") }
            let server = try LoopbackServer.answering { _ in answer(200, "directly") }
            setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            setenv("no_proxy", "127.0.0.1", 1)
            let client = try CurlClient()
            let far = try await client.send(HTTPRequest(.get, "http://host.invalid/"))
            let near = try await client.send(HTTPRequest(.get, server.url()))
            exit(far.text == "by proxy" && near.text == "directly" ? 0 : 1)
        }
    }
}
