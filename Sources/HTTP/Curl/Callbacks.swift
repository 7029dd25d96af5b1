import CCurl

/// The C functions that libcurl calls on the thread of the transfers; each finds its ``Transfer`` and hands on.
enum Callbacks {
    static func set(on easy: UnsafeMutableRawPointer) -> CURLcode {
        var code = ccurl_on_ready(easy) { client, _, _, _, _ in
            Callbacks.transfer(client).beginAttempt() ? Int32(CURL_PREREQFUNC_OK) : Int32(CURL_PREREQFUNC_ABORT)
        }
        if code == CURLE_OK {
            code = ccurl_on_data(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, client in
                let transfer = Callbacks.transfer(client)
                guard case .running(let handle) = transfer.phase else { return 0 }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return transfer.takeLine(line, of: handle.easy) ? line.count : 0
            }
        }
        if code == CURLE_OK {
            code = ccurl_on_data(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, client in
                let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return switch Callbacks.transfer(client).take(bytes) {
                case .taken: bytes.count
                case .heldBack: Int(CURL_WRITEFUNC_PAUSE)
                case .refused: 0
                }
            }
        }
        return code
    }

    static func setProgress(on easy: UnsafeMutableRawPointer) -> CURLcode {
        let code = ccurl_on_progress(easy) { client, _, _, _, uploaded in
            Callbacks.transfer(client).noteUploaded(Int64(uploaded))
            return 0
        }
        return code == CURLE_OK ? ccurl_set_long(easy, CURLOPT_NOPROGRESS, 0) : code
    }

    /// The transfer that `Handle` gave as the client; the loop keeps it alive for as long as libcurl knows it.
    static func transfer(_ client: UnsafeMutableRawPointer?) -> Transfer {
        guard let client else { preconditionFailure("libcurl has lost a transfer") }
        return Unmanaged<Transfer>.fromOpaque(client).takeUnretainedValue()
    }
}
