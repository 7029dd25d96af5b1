import CCurl

/// Where a URL leads.
enum Target {
    /// The host of a URL that can be asked.
    ///
    /// Throws ``HTTPError``, code `badURL`.
    static func host(of url: String) throws(HTTPError) -> String {
        // libcurl would see the end of the text in a zero byte.
        guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw HTTPError(.badURL, detail: "it has blanks or control characters", mayHaveReached: false)
        }
        guard let parsed = curl_url() else {
            throw HTTPError(.other, detail: "out of memory", mayHaveReached: false)
        }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = part(CURLUPART_SCHEME, of: parsed), let host = part(CURLUPART_HOST, of: parsed)
        else { throw HTTPError(.badURL, detail: "it is not of the form http://host/path", mayHaveReached: false) }
        guard scheme == "http" || scheme == "https" else {
            throw HTTPError(.badURL, host: host, detail: "it is neither http nor https", mayHaveReached: false)
        }
        return host
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
