import Testing

/// All tests of the program as it is built, one after the other: they measure times, and each runs several processes.
@Suite(.serialized) struct BuiltProgramTests {}
