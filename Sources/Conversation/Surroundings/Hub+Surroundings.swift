extension Hub {
    /// The answer to a question about the place in which `session` works.
    ///
    /// Throws what the ``Surroundings`` throw.
    func tell(_ question: SurroundingsQuestion, for session: SessionID) async throws -> String {
        let profile = profile(of: try await state(of: session)).profile
        guard let surroundings = configuration.surroundings else { throw NoSurroundings() }
        return try await surroundings.answer(question, in: directory(profile))
    }

    /// The same, where what cannot be told is an answer, too.
    func report(_ question: SurroundingsQuestion, for session: SessionID) async -> String {
        do {
            return try await tell(question, for: session)
        } catch {
            return Self.reason(error)
        }
    }

    /// Runs a command that asks for nothing else.
    func tell(_ command: SlashCommand, _ words: [String], in session: SessionID) async -> CommandReply {
        func reply(_ text: String, ok: Bool = true) -> CommandReply {
            CommandReply(name: command.rawValue, ok: ok, text: text)
        }
        let question: SurroundingsQuestion
        do throws(SurroundingsQuestion.Misuse) {
            question = try SurroundingsQuestion(command, words)
        } catch {
            return reply("\(error.why); usage: \(command.usage)", ok: false)
        }
        do {
            return reply(try await tell(question, for: session))
        } catch {
            return reply(Self.reason(error), ok: false)
        }
    }

    private static func reason(_ error: any Error) -> String {
        error is CancellationError ? "stopped before there was an answer" : "\(error)"
    }
}

/// There is nobody to ask.
private struct NoSurroundings: Error, CustomStringConvertible {
    let description = "nothing can be told of files and logs here"
}
