import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// What comes in at the core's socket that is not `cm`.
    @Suite(.timeLimit(.minutes(1))) struct StrangerTests {
        /// A core with somebody at it.
        private func host(_ program: Program) async throws -> (Run, String) {
            let run = try await program.script()
            return (run, try #require(program.host().socket))
        }

        /// The core answers those who were there, and those who come.
        private func checkThatItAnswers(_ run: Run, _ socket: String) async throws {
            run.send("/mode\n")
            #expect(try await run.output.event("command").text == "mode: single")
            let connection = try RawConnection(to: socket)
            #expect(try await connection.initialize()?.result?.role == "person")
        }

        @Test func `what cannot be understood is answered, and the core goes on`() async throws {
            let (run, socket) = try await host(Program())

            let garbage = try RawConnection(to: socket)
            garbage.send("GET / HTTP/1.1\n")
            #expect(try await garbage.answer()?.error?.code == -32700)
            #expect(try await garbage.initialize()?.result?.role == "person")
            #expect(try await garbage.call("fly", id: 7)?.error?.code == -32601)
            #expect(try await garbage.call("handle", #"{"session":5}"#)?.error?.code == -32602)
            #expect(try await garbage.call("initialize")?.error != nil)

            let half = try RawConnection(to: socket)
            half.send(#"{"jsonrpc":"2.0","id":1,"meth"#)
            half.end()
            _ = try await half.output.rest()

            let silent = try RawConnection(to: socket)
            silent.end()

            let early = try RawConnection(to: socket)
            let session = #"{"session":"tty:default"}"#
            for method in ["greeting", "interrupt", "approvals", "names", "subscribe", "handOver", "tools.list"] {
                #expect(try await early.call(method, session)?.error?.code == -32002, "\(method)")
            }
            for (first, last, outdated) in [(7, 9, "the program that hosts the core"), (0, 0, "the client")] {
                let other = try RawConnection(to: socket)
                let error = try #require(try await other.initialize(first, last)?.error)
                #expect(error.code == -32001)
                #expect(error.message.hasSuffix("update \(outdated)"))
                // It may try again with another one.
                #expect(try await other.initialize()?.result?.role == "person")
            }
            try await checkThatItAnswers(run, socket)
        }

        @Test func `a line of 100 MB is not kept, and the core goes on`() async throws {
            let (run, socket) = try await host(Program())
            let memory = try #require(OtherProcess(pid: run.pid).residentKilobytes)
            let big = try RawConnection(to: socket)
            big.send([UInt8](repeating: UInt8(ascii: "a"), count: 100 << 20))
            let error = try #require(try await big.answer()?.error)
            #expect(error.code == -32600)
            #expect(error.message == "a line may have at most 41943040 bytes")
            try await checkThatItAnswers(run, socket)
            let now = try #require(OtherProcess(pid: run.pid).residentKilobytes)
            #expect(now < memory + 200_000)
        }

        @Test func `300 connections do not keep anybody out`() async throws {
            let (run, socket) = try await host(Program())
            let connections = try (1...300).map { _ in try RawConnection.connect(to: socket) }
            defer { for connection in connections { close(connection) } }
            try await checkThatItAnswers(run, socket)
        }

        @Test func `who reads nothing holds up nobody`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let (run, socket) = try await host(program)
            let deaf = try RawConnection.connect(to: socket)
            defer { close(deaf) }
            let lines =
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":{"min":1,"max":1},"#
                + #""client":{"name":"deaf","version":"1"}}}"# + "\n"
                + #"{"jsonrpc":"2.0","id":2,"method":"subscribe","params":{"session":"tty:default"}}"# + "\n"
            let sent = Array(lines.utf8)
            #expect(write(deaf, sent, sent.count) == sent.count)
            run.send("[[count: 20000]] [[say: many]]\n")
            #expect(try await run.output.event("turn.finished").status == "ok")
            try await checkThatItAnswers(run, socket)
            // Nor does it keep the core from ending.
            run.closeInput()
            let time = try await ContinuousClock().measure {
                let ended = try await run.ended()
                #expect(ended.status == 0)
            }
            #expect(time < .seconds(7))
        }

        @Test(
            .enabled(
                if: geteuid() == 0 && Python.isThere, "only the superuser can be somebody else, with \(Python.path)"))
        func `a process of another user is refused, whatever the directories allow`() async throws {
            let program = try Program()
            let (run, socket) = try await host(program)
            // Opened on purpose: what is tested is what stands behind the directories.
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: socket)
            for directory in [program.path(""), program.path("state"), try program.stateFile("")] {
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
            }
            let script = """
                import os, socket, sys
                os.setgroups([]); os.setgid(65534); os.setuid(65534)
                s = socket.socket(socket.AF_UNIX)
                s.connect(sys.argv[1])
                call = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":{"min":1,"max":1},'
                call += '"client":{"name":"stranger","version":"1"}}}'
                s.sendall(call.encode() + b"\\n")
                answer = b""
                while True:
                    more = s.recv(4096)
                    if not more: break
                    answer += more
                print(answer.decode())
                """
            let answer = try await Python.run(script, socket)
            #expect(answer.contains("-32003"), "\(answer)")
            #expect(answer.contains("this core belongs to another user"))
            try await checkThatItAnswers(run, socket)
        }

        @Test func `the socket is its user's alone, and one that a killed core left is replaced`() async throws {
            let program = try Program()
            let (run, socket) = try await host(program)
            #expect(try permissions(socket) == 0o600)
            run.signal(SIGKILL)
            try await run.ended()
            #expect(FileManager.default.fileExists(atPath: socket))
            #expect(throws: RawConnection.Refused.self) { try RawConnection.connect(to: socket) }
            let (next, same) = try await host(program)
            #expect(same == socket)
            #expect(try permissions(socket) == 0o600)
            try await checkThatItAnswers(next, socket)
            next.closeInput()
            #expect(try await next.ended().status == 0)
            #expect(!FileManager.default.fileExists(atPath: socket))
        }

        private func permissions(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }

        @Test(arguments: [true, false])
        func `where the path of the state is too long for a socket, others find it all the same`(
            hasRuntimeDirectory: Bool
        ) async throws {
            var program = try Program()
            let state = program.path("state/" + String(repeating: "deep", count: 50))
            program.environment["CM_STATE_DIR"] = state
            if hasRuntimeDirectory {
                try FileManager.default.createDirectory(
                    atPath: program.path("run"), withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
                program.environment["XDG_RUNTIME_DIR"] = program.path("run")
            }
            try program.useStandIn("directed")
            let (host, socket) = try await host(program)
            #expect(socket.hasPrefix(program.path(hasRuntimeDirectory ? "run/cm-" : "tmp/cm-\(getuid())/cm-")))
            #expect(try permissions(socket) == 0o600)
            let second = try await program.chat()
            try await second.type("hello", until: "You said: hello\n")
            #expect(try await host.output.event("turn.finished").text == "You said: hello")
            host.signal(SIGKILL)
            try await second.type("again", until: "You said: again\n")
            #expect(program.host().socket == socket)
        }
    }
}
