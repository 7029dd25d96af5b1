extension Hub {
    /// Hands a file to all who are attached to `session`; that it was is on disk when it returns.
    ///
    /// Throws ``FileGateError``.
    func share(_ name: String, by author: String, in session: SessionID) async throws -> SharedFile {
        var file = try await gate().file(name, in: try await workingDirectory(of: session))
        file.by = author
        try await append(.shared(file), to: session)
        return file
    }

    /// Runs `/file`.
    func share(_ name: String, from person: Message, in session: SessionID) async throws -> CommandReply {
        do {
            let file = try await share(name, by: person.author, in: session)
            return CommandReply(name: SlashCommand.file.rawValue, ok: true, text: file.line, untold: "")
        } catch let error as FileGateError {
            return CommandReply(name: SlashCommand.file.rawValue, ok: false, text: error.description)
        }
    }

    /// Throws ``DeedRefusal`` when the file may not be handed over.
    func refuseUnlessFit(_ name: String, in session: SessionID) async throws {
        do {
            try await gate().look(at: name, in: try await workingDirectory(of: session))
        } catch let error as FileGateError {
            throw DeedRefusal(error.description)
        }
    }

    private func gate() throws -> any FileGate {
        guard let gate = configuration.fileGate else { throw FileGateError("no files can be handed over here") }
        return gate
    }
}
