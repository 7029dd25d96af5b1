import CCurl

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// libcurl's side of a transfer, and what has to live as long.
///
/// Belongs to the thread of the transfers, which calls `release` once.
struct Handle {
    let easy: UnsafeMutableRawPointer
    private var lines: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?
    /// Where libcurl writes what it has to say about an error.
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Takes over `easy`, which is as new.
    private init(_ easy: UnsafeMutableRawPointer) {
        self.easy = easy
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    /// Sets up `easy` for `transfer`, which must stay alive until `release`.
    ///
    /// `easy` is as new again when this throws.
    static func make(
        _ easy: UnsafeMutableRawPointer, for transfer: Transfer, _ configuration: CurlConfiguration
    ) throws(HTTPError) -> Handle {
        var handle = Handle(easy)
        do throws(HTTPError) {
            try handle.setBody(transfer.request)
            try FieldLines.append(transfer.request, to: &handle.lines)
            var code = ccurl_prepare(easy)
            if code == CURLE_OK { code = handle.setRequest(transfer.request) }
            if code == CURLE_OK { code = handle.setSurroundings(configuration) }
            if code == CURLE_OK { code = handle.setEvents(transfer) }
            guard code == CURLE_OK else {
                let text = String(cString: curl_easy_strerror(code))
                throw HTTPError(.other, detail: text, mayHaveReached: false)
            }
        } catch {
            handle.release()
            throw error
        }
        return handle
    }

    /// Frees all but `easy`, which is as new afterwards.
    func release() {
        curl_easy_reset(easy)
        curl_mime_free(form)
        curl_slist_free_all(lines)
        message.deallocate()
    }

    /// What libcurl says about the error, where that is worth reading.
    var complaint: String { String(cString: message) }

    private mutating func setBody(_ request: HTTPRequest) throws(HTTPError) {
        var code = CURLE_OK
        switch request.body {
        case .none:
            if [.post, .put, .patch].contains(request.method) { code = ccurl_set_body(easy, nil, 0) }
        case .bytes(let bytes, _):
            code = bytes.withUnsafeBytes { ccurl_set_body(easy, $0.baseAddress, Int64($0.count)) }
        case .form(let parts):
            let form = try Form.make(parts, for: easy)
            self.form = form
            code = ccurl_set_form(easy, form)
        }
        guard code == CURLE_OK else { throw HTTPError(.other, detail: "out of memory", mayHaveReached: false) }
    }

    private func setRequest(_ request: HTTPRequest) -> CURLcode {
        var code = ccurl_set_text(easy, CURLOPT_URL, request.url)
        func set(_ option: CURLoption, _ value: Int) {
            if code == CURLE_OK { code = ccurl_set_long(easy, option, value) }
        }
        // After the body, which says what libcurl takes the method for.
        if request.method == .head {
            set(CURLOPT_NOBODY, 1)
        } else if request.needsName, code == CURLE_OK {
            code = ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        if code == CURLE_OK { code = ccurl_set_fields(easy, lines) }
        if let connect = request.timeouts.connect { set(CURLOPT_CONNECTTIMEOUT_MS, connect.wholeMilliseconds) }
        if let whole = request.timeouts.whole { set(CURLOPT_TIMEOUT_MS, whole.wholeMilliseconds) }
        if request.usesFreshConnection { set(CURLOPT_FRESH_CONNECT, 1) }
        return code
    }

    private func setSurroundings(_ configuration: CurlConfiguration) -> CURLcode {
        var code = ccurl_set_long(
            easy, CURLOPT_MAXAGE_CONN, max(1, Int(configuration.idleConnectionAge.components.seconds)))
        func set(_ option: CURLoption, _ value: String) {
            if code == CURLE_OK { code = ccurl_set_text(easy, option, value) }
        }
        if let agent = configuration.userAgent { set(CURLOPT_USERAGENT, agent) }
        if let authorities = configuration.authorities {
            set(CURLOPT_CAINFO, authorities)
        }
        switch configuration.proxy {
        case .environment: break
        case .none: set(CURLOPT_PROXY, "")
        case .url(let url, let exceptions):
            set(CURLOPT_PROXY, url)
            set(CURLOPT_NOPROXY, exceptions)
        }
        return code
    }

    private func setEvents(_ transfer: Transfer) -> CURLcode {
        let client = Unmanaged.passUnretained(transfer).toOpaque()
        let clients = [
            CURLOPT_PRIVATE, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_PREREQDATA, CURLOPT_XFERINFODATA,
        ]
        for option in clients {
            let code = ccurl_set_client(easy, option, client)
            guard code == CURLE_OK else { return code }
        }
        var code = ccurl_set_client(easy, CURLOPT_ERRORBUFFER, message)
        if code == CURLE_OK { code = Callbacks.set(on: easy) }
        if case .none = transfer.request.body { return code }
        if code == CURLE_OK, transfer.request.timeouts.idle != nil { code = Callbacks.setProgress(on: easy) }
        return code
    }
}

extension HTTPRequest {
    /// Whether libcurl would choose another method by the body alone.
    fileprivate var needsName: Bool {
        if case .none = body { return method != .get && method != .post }
        return method != .post
    }
}

extension Duration {
    /// Rounded up, as 0 means for ever to libcurl, and no longer than what it takes.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let rest = Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        return min(max(1, Int(min(seconds, 2_000_000)) * 1000 + rest), Int(Int32.max))
    }
}
