import Foundation

/// Where the programs under test were built.
enum BuiltPrograms {
    static var cm: String { directory + "/cm" }
    static var standIn: String { directory + "/standin" }
    static var unruly: String { directory + "/unruly" }
    /// What is preloaded into a program that is to die at a step of its journal.
    static var mortal: String { directory + "/libmortal.so" }

    /// The directory that holds the bundle of tests: the runner of the tests may be a program from elsewhere.
    private static let directory: String = {
        var places = CommandLine.arguments.filter { $0.contains(".xctest") }
        places += Bundle.allBundles.map(\.bundlePath)
        places += [Bundle.main.executablePath ?? "", Bundle.main.bundlePath]
        for place in places {
            var url = URL(filePath: place)
            while url.pathComponents.count > 1 {
                if holdsPrograms(url) { return url.path(percentEncoded: false).trimmingSuffix("/") }
                url.deleteLastPathComponent()
            }
        }
        preconditionFailure("cm and standin are in no directory around \(places)")
    }()

    private static func holdsPrograms(_ directory: URL) -> Bool {
        ["cm", "standin"].allSatisfy { name in
            let path = directory.appending(path: name).path(percentEncoded: false)
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
                && FileManager.default.isExecutableFile(atPath: path)
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
