import ArgumentParser
import Conversation
import Foundation
import REPL

/// An end of the program that is not good: what to say on stderr, and the exit code.
struct Failure: Error {
    /// Something the user wrote in a file or variable is wrong.
    static let badConfiguration: Int32 = 2
    /// The command line is wrong.
    static let usage: Int32 = 64
    /// Something needed is unavailable.
    static let unavailable: Int32 = 69
    /// Another process holds the workspace.
    static let held: Int32 = 75
    /// A signal ended the run.
    static let interrupted: Int32 = 130

    var code: Int32
    /// nil when there is nothing to say.
    var message: String?

    /// The failure that `error` is for people; errors of cancelled tasks stay what they are.
    static func of(_ error: any Error) -> any Error {
        switch error {
        case is Failure, is CancellationError: error
        case let failure as ScriptFailure:
            Failure(code: failure.isUnavailable ? unavailable : 1, message: failure.reason)
        case let error as HubError: Failure(code: unavailable, message: error.description)
        default: Failure(code: 1, message: "\(error)")
        }
    }

    /// Says it, and makes it an error with which the command line ends.
    func report() -> ExitCode {
        if let message { FileHandle.standardError.write(Data("cm: \(message)\n".utf8)) }
        return ExitCode(code)
    }
}
