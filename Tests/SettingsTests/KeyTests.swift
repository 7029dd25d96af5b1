import Settings
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        ("codex.max_review_rounds", "CM_CODEX_MAX_REVIEW_ROUNDS"),
        ("orchestrator.pollInterval", "CM_ORCHESTRATOR_POLL_INTERVAL"),
        ("vk.baseURL", "CM_VK_BASE_URL"),
        ("a.URLPath2Go", "CM_A_URL_PATH2_GO"),
        ("a.with-dash", "CM_A_WITH_DASH"),
    ])
    func `the variable of a setting is its path in upper case`(path: String, name: String) {
        #expect(AnySettingKey.environmentName(of: path) == name)
    }

    @Test func `no two settings share a path or a variable`() {
        let paths = AnySettingKey.all.map(\.path), names = AnySettingKey.all.flatMap(\.environmentNames)
        #expect(Set(paths).count == paths.count)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: AnySettingKey.all)
    func `every setting stands in a table and has a default or an example`(key: AnySettingKey) {
        #expect(key.path.split(separator: ".").count >= 2)
        #expect(key.summary.hasSuffix("."))
        #expect(!key.isSecret)
        #expect(
            ConfTemplate.text(for: [key]).split(separator: "\n").last?.hasPrefix(
                "#\(key.path.split(separator: ".")[1]) = ") == true)
    }

    @Test func `settings of one table stand together`() {
        let tables = AnySettingKey.all.map { $0.path.split(separator: ".").dropLast() }
        let runs = zip(tables, tables.dropFirst()).count { $0 != $1 } + 1
        #expect(runs == Set(tables.map(Array.init)).count)
    }
}
