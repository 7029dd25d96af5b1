import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What is known when libcurl is done with a transfer.
struct TransferEnd {
    var code: CURLcode
    /// Whether anything of the request was written to a connection.
    var wasSent: Bool
    var elapsed: Duration
    var timeouts: HTTPTimeouts
    var host: String
    /// Why this side ended it.
    var fault: HTTPError.Code?
    /// The system's error number, or 0.
    var errno: Int32
    /// What libcurl says.
    var complaint: String

    /// What to throw; `nil` when all went well.
    var error: HTTPError? {
        guard code != CURLE_OK || fault != nil else { return nil }
        let known = fault ?? meaning
        return HTTPError(known, host: host, detail: detail(of: known), mayHaveReached: wasSent)
    }

    private var meaning: HTTPError.Code {
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            // libcurl has one code for both, and counts in milliseconds.
            if let whole = timeouts.whole, wasSent || elapsed >= whole - .milliseconds(10) {
                .wholeTimeout
            } else {
                .connectTimeout
            }
        case CURLE_URL_MALFORMAT: .badURL
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .badAnswer
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_READ_ERROR: .badRequest
        // A second connection, for a request that had been sent on the first.
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: wasSent ? .connectionClosed : .nameNotResolved
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
            CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND, CURLE_INTERFACE_FAILED:
            wasSent ? .connectionClosed : .notConnected
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            .tlsFailed
        default: .other
        }
    }

    /// Only what cannot have a path or a header in it.
    private func detail(of known: HTTPError.Code) -> String? {
        switch known {
        case .notConnected, .connectionClosed:
            errno == 0 ? nil : String(cString: strerror(errno))
        case .tlsFailed: complaint.isEmpty ? said : complaint
        case .badRequest, .other: said
        case .nameNotResolved, .connectTimeout, .idleTimeout, .wholeTimeout, .tooLarge, .badAnswer, .badURL, .closed:
            nil
        }
    }

    /// The words for the code, which are always the same.
    private var said: String { String(cString: curl_easy_strerror(code)) }
}
