import Control
import Conversation
import LocalSockets
import Store

/// The way in to a core that runs in another process, for one errand.
enum Door {
    /// Runs `body` with the core at `socket`, and leaves.
    ///
    /// Throws what `body` throws, `LocalSocketError` when nobody is there, and ``ControlError`` or `HubError` when the
    /// core refuses or goes away.
    static func enter<Value: Sendable>(
        _ socket: String, as name: String, session: SessionID? = nil, key: String? = nil,
        _ body: @Sendable (ControlClient) async throws -> Value
    ) async throws -> Value {
        let client = try ControlClient.connect(to: socket, as: ClientName(name: name, version: Program.version))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // A connection that breaks fails the calls, which is told.
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            try await Patience.limit(.seconds(15), "the cm that hosts the core does not answer") {
                _ = try await client.initialize(session: session, key: key)
            }
            return try await body(client)
        }
    }

    /// What the core of the workspace at `state` says of itself; nil when none runs, or it has just gone.
    ///
    /// Throws ``Failure`` when it does not answer.
    static func greeting(of state: StateDirectory, as name: String) async throws -> ControlGreeting? {
        guard WorkspaceLock.isHeld(.core, in: state), let socket = WorkspaceLock.holder(in: state).socket else {
            return nil
        }
        do {
            return try await enter(socket, as: name) { $0.greeting }
        } catch is LocalSocketError {
            return nil
        } catch is ControlError {
            return nil  // Whoever has to do with it is told the same.
        } catch is HubError {
            return nil
        }
    }

    /// Runs `body` with the core of the workspace at `state`; returns nil when none runs.
    static func enter<Value: Sendable>(
        _ state: StateDirectory, as name: String, _ body: @Sendable (ControlClient) async throws -> Value
    ) async throws -> Value? {
        guard WorkspaceLock.isHeld(.core, in: state), let socket = WorkspaceLock.holder(in: state).socket else {
            return nil
        }
        do {
            return try await enter(socket, as: name, body)
        } catch let error as LocalSocketError where error.code == .notFound || error.code == .refused {
            return nil
        } catch let error as LocalSocketError {
            throw Failure(code: Failure.unavailable, message: error.description)
        } catch let error as ControlError {
            let isUnfit = [.failed, .unknown, .notHandedOver].contains(error.code)
            throw Failure(code: isUnfit ? 1 : Failure.unavailable, message: error.description)
        } catch let error as HubError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
    }
}
