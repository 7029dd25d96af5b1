import Processes
import Testing

@Suite struct ExecutablesTests {
    @Test func `finds a program in the first directory that has it`() {
        #expect(Executables.find("sh", path: "/nonexistent:/bin:/usr/bin") == "/bin/sh")
        #expect(Executables.find("/bin/sh", path: nil) == "/bin/sh")
    }

    @Test(arguments: [nil, "", ":", ".", "bin:./bin", "/nonexistent"])
    func `finds nothing without an absolute directory that has it`(path: String?) {
        #expect(Executables.find("sh", path: path) == nil)
    }

    @Test(arguments: ["", "bin", "passwd", "/etc/passwd", "/bin", "/nonexistent"])
    func `a directory or a file that cannot be executed is no program`(name: String) {
        #expect(Executables.find(name, path: "/:/etc") == nil)
    }
}
