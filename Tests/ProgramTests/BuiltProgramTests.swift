import Testing

/// All tests of the program as it is built.
///
/// Each runs several processes, and many measure times: only a few may run at once (Makefile).
@Suite struct BuiltProgramTests {}
