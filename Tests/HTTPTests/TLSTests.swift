import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    @Test(.enabled("openssl is not here, so certificates are not tested") { OpenSSLServer.program != nil })
    func `a certificate that nobody vouches for is refused, and taken from its authority`() async throws {
        let server = try await OpenSSLServer(name: "IP:127.0.0.1")
        let client = try CurlClient.direct()
        let error = await failure { try await client.send(.post(server.url)) }
        #expect(error?.code == .tlsFailed && error?.mayHaveReached == false)
        #expect(error?.description.contains("self-signed certificate") == true)

        let trusting = try CurlClient.direct(authorities: server.certificate)
        let response = try await trusting.send(HTTPRequest(.get, server.url))
        #expect(response.status == 200)
    }

    @Test(.enabled("openssl is not here, so certificates are not tested") { OpenSSLServer.program != nil })
    func `a certificate of another name is refused`() async throws {
        let server = try await OpenSSLServer(name: "DNS:example.org")
        let client = try CurlClient.direct(authorities: server.certificate)
        let error = await failure { try await client.send(.post(server.url)) }
        #expect(error?.code == .tlsFailed && error?.mayHaveReached == false)
    }
}
