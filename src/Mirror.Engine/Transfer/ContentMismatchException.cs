using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Transfer;

/// <summary>
/// The last bytes of a blob came, and the whole is not what its digest says. Thrown instead of handing these bytes on,
/// so that no sink ever takes a wrong blob for complete.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "Caught within the room; it never leaves the room.")]
internal sealed class ContentMismatchException(Digest actual) : Exception($"The content is that of {actual}.")
{
    public Digest Actual => actual;
}
