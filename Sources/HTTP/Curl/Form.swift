import CCurl

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Makes libcurl's form of ours.
enum Form {
    /// A form for that handle; the caller's to free, after the transfer.
    static func make(_ parts: [FormPart], for easy: UnsafeMutableRawPointer) throws(HTTPError) -> OpaquePointer {
        guard let form = curl_mime_init(easy) else { throw refusal("out of memory") }
        do throws(HTTPError) {
            for part in parts { try add(part, to: form) }
        } catch {
            curl_mime_free(form)
            throw error
        }
        return form
    }

    private static func add(_ part: FormPart, to form: OpaquePointer) throws(HTTPError) {
        let texts = [part.name, part.fileName ?? "", part.contentType ?? ""]
        guard texts.allSatisfy(FieldLines.isOneLine) else { throw refusal("a name in the form is not one line") }
        let entry = curl_mime_addpart(form)
        var code = curl_mime_name(entry, part.name)
        switch part.content {
        case .bytes(let bytes):
            if code == CURLE_OK {
                code = bytes.withUnsafeBytes { bytes in
                    // Without an address, libcurl would take the part for one that has no content yet.
                    guard let start = bytes.baseAddress, !bytes.isEmpty else { return curl_mime_data(entry, "", 0) }
                    return curl_mime_data(entry, start.assumingMemoryBound(to: CChar.self), bytes.count)
                }
            }
        case .file(let path):
            try check(path)
            if code == CURLE_OK { code = curl_mime_filedata(entry, path) }
        }
        // After the content, as a file would bring its own name.
        if code == CURLE_OK { code = curl_mime_filename(entry, part.fileName) }
        if code == CURLE_OK, let type = part.contentType { code = curl_mime_type(entry, type) }
        guard code == CURLE_OK else { throw refusal("libcurl does not take a part of the form") }
    }

    /// Refuses what cannot be read, and a pipe or a device, which would hold up all transfers.
    private static func check(_ path: String) throws(HTTPError) {
        var found = stat()
        guard FieldLines.isOneLine(path), stat(path, &found) == 0, access(path, R_OK) == 0 else {
            throw refusal("a file to be sent cannot be read: \(String(cString: strerror(errno)))")
        }
        guard found.st_mode & S_IFMT == S_IFREG else { throw refusal("a file to be sent is no regular file") }
    }

    private static func refusal(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail: detail, mayHaveReached: false)
    }
}
