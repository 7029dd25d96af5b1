import Commands

@main
struct CM {
    static func main() async { await Program.main() }
}
