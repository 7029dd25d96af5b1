package import JSONRPC

/// What a method was called with, whichever way it was written.
package struct CallParameters: Hashable, Sendable {
    /// The values by name; from forms these are texts.
    package var values: [String: JSONValue] = [:]
    /// The files by the name of their field.
    package var files: [String: UploadedFile] = [:]

    /// Creates parameters from values.
    package init(values: [String: JSONValue] = [:]) { self.values = values }

    /// Reads the query and the body of `request`; `nil` when the body is not what it says it is.
    init?(_ request: ServedRequest) {
        for (name, value) in URLEncoding.pairs(of: request.query.utf8) { values[name] = .string(value) }
        guard !request.body.isEmpty else { return }
        let type = request.headers["content-type"] ?? ""
        switch type.prefix(while: { $0 != ";" }).lowercased() {
        case "application/json":
            // A body that cannot be read is told to the client, in words of its own.
            guard let members = (try? JSONReader.read(request.body))?.members else { return nil }
            values.merge(members) { _, new in new }
        case "multipart/form-data":
            guard let form = MultipartForm(request.body, contentType: type) else { return nil }
            for (name, value) in form.values { values[name] = .string(value) }
            files = form.files
        default:
            for (name, value) in URLEncoding.pairs(of: request.body) { values[name] = .string(value) }
        }
    }

    /// The value called `name`; `nil` also for `null`.
    package subscript(name: String) -> JSONValue? {
        guard let value = values[name], value != .null else { return nil }
        return value
    }

    /// The text called `name`.
    package func text(_ name: String) -> String? {
        switch self[name] {
        case .string(let text): text
        case .integer(let value): "\(value)"
        default: nil
        }
    }

    /// The whole number called `name`.
    package func integer(_ name: String) -> Int? { self[name]?.integer }

    /// Whether the value called `name` says yes.
    package func isTrue(_ name: String) -> Bool { self[name]?.isTrue ?? false }

    /// The structured value called `name`, also when a form has it as text.
    package func structure(_ name: String) throws(APIFault) -> JSONValue? {
        guard case .string(let text) = self[name] else { return self[name] }
        guard !text.isEmpty else { return nil }
        do { return try JSONReader.read(text.utf8) } catch {
            throw .badRequest("can't parse \(name) JSON object")
        }
    }
}
