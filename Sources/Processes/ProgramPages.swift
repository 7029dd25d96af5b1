internal import CProcess

/// The pages of the program's file and its libraries', their code above all, in the memory of this process.
///
/// A touched page is mapped together with its neighbours, 64 KB in all on Linux, and counts as resident from then on.
public enum ProgramPages {
    /// How often the process has touched a page that was not mapped, since it began.
    public static var faults: Int { cprocess_page_faults() }

    /// Unmaps those that nobody writes to, so that only what is touched from now on is resident.
    ///
    /// The system keeps what they hold, as it keeps files that were read, for as long as it has no better use for the
    /// memory; a page that is touched again is there within microseconds. Breakpoints of a debugger are lost. What the
    /// system refuses to unmap, locked memory for example, stays.
    ///
    /// - Returns: Whether the system has a way to do it, which macOS has not.
    @discardableResult public static func release() -> Bool { cprocess_release_program() == 0 }
}
